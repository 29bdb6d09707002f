// The drawing paper: colours, basic shapes, light and shadow shared by every demo illustration.

export const WIDTH = 1080;
export const HEIGHT = 1350;

const short = (n) => Math.round(n * 10) / 10;

/** Mixes two #rrggbb colours; t = 0 gives the first, 1 the second. */
export function mix(a, b, t) {
  const part = (c, i) => parseInt(c.slice(1 + i * 2, 3 + i * 2), 16);
  const one = (i) => Math.round(part(a, i) * (1 - t) + part(b, i) * t).toString(16).padStart(2, '0');
  return `#${one(0)}${one(1)}${one(2)}`;
}
export const darker = (c, t = 0.25) => mix(c, '#0b0705', t);
export const lighter = (c, t = 0.25) => mix(c, '#ffffff', t);

export const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
export const stroke = (d, colour, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" ${more.includes('linecap') ? '' : 'stroke-linecap="round"'} stroke-linejoin="round" ${more}/>`;
export const rect = (x, y, w, h, r, fill, more = '') =>
  `<rect x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}" rx="${r}" fill="${fill}" ${more}/>`;
export const ellipse = (cx, cy, rx, ry, fill, more = '') =>
  `<ellipse cx="${short(cx)}" cy="${short(cy)}" rx="${short(rx)}" ry="${short(ry)}" fill="${fill}" ${more}/>`;
export const circle = (cx, cy, r, fill, more = '') => ellipse(cx, cy, r, r, fill, more);
export const group = (inside, more = '') => `<g ${more}>${inside}</g>`;
export const turned = (inside, angle, cx = 540, cy = 675) => group(inside, `transform="rotate(${angle} ${cx} ${cy})"`);
export const moved = (inside, x, y, scale = 1) => group(inside, `transform="translate(${x} ${y}) scale(${scale})"`);
export const words = (x, y, size, text, fill, more = '') =>
  `<text x="${x}" y="${y}" font-family="Liberation Sans, DejaVu Sans, Arial, sans-serif" font-size="${size}" text-anchor="middle" fill="${fill}" ${more}>${text}</text>`;

/** The path of a rounded rectangle, for when a shape must also clip or cast a shadow. */
export function box(x, y, w, h, r) {
  return `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${-(w - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${-r}v${-(h - 2 * r)}a${r} ${r} 0 0 1 ${r} ${-r}z`;
}
/** The path of an ellipse. */
export const oval = (cx, cy, rx, ry) => `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;

/** Calls `each(i)` n times and joins what it gives. */
export const times = (n, each) => Array.from({ length: n }, (_, i) => each(i)).join('');

/** One picture being drawn: collects definitions and hands out repeatable chance. */
export class Picture {
  constructor(seed) {
    this.defs = [];
    this.state = [...seed].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0, 2166136261);
  }

  /** A number in [0, 1), the same for the same seed on every machine. */
  chance() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  define(make) {
    const id = `d${this.defs.length}`;
    this.defs.push('');
    this.defs[Number(id.slice(1))] = make(id);
    return `url(#${id})`;
  }

  stops(list) {
    return list.map(([at, colour, opacity = 1]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`).join('');
  }

  linear(list, [x1, y1, x2, y2] = [0, 0, 0, 1]) {
    return this.define((id) => `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${this.stops(list)}</linearGradient>`);
  }

  radial(list, [cx, cy, r] = [0.5, 0.5, 0.5]) {
    return this.define((id) => `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${this.stops(list)}</radialGradient>`);
  }

  blur(size) {
    return `filter="${this.define((id) => `<filter id="${id}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${size}"/></filter>`)}"`;
  }

  clip(d) {
    return `clip-path="${this.define((id) => `<clipPath id="${id}"><path d="${d}"/></clipPath>`)}"`;
  }

  pattern(w, h, inside, turn = '') {
    return this.define((id) => `<pattern id="${id}" width="${w}" height="${h}" patternUnits="userSpaceOnUse" patternTransform="${turn}">${inside}</pattern>`);
  }

  /** The shadow of a thing standing on the floor at y. */
  floor(cx, y, rx, depth = 1) {
    return (
      ellipse(cx + rx * 0.12, y + 12, rx * 1.25, rx * 0.17 * depth + 12, '#1c0f08', `opacity=".22" ${this.blur(30)}`) +
      ellipse(cx, y, rx * 0.98, rx * 0.06 * depth + 9, '#1c0f08', `opacity=".5" ${this.blur(9)}`)
    );
  }

  /** The shadow of a thing lying on, or hanging before, the backdrop. */
  lay(d, dx = 16, dy = 30, size = 24, opacity = 0.3) {
    return (
      path(d, '#1c0f08', `opacity="${opacity}" transform="translate(${dx} ${dy})" ${this.blur(size)}`) +
      path(d, '#1c0f08', `opacity="${opacity * 0.8}" transform="translate(${dx / 4} ${dy / 4})" ${this.blur(5)}`)
    );
  }

  /** A shape lit as something round standing upright. */
  round(d, fill, power = 0.32) {
    const light = this.linear(
      [[0, '#000', power], [0.2, '#000', power * 0.15], [0.34, '#fff', power * 0.85], [0.5, '#fff', 0], [0.75, '#000', power * 0.4], [1, '#000', power * 1.35]],
      [0, 0, 1, 0],
    );
    return path(d, fill) + path(d, light);
  }

  /** A shape lit from the upper left, nearly flat. */
  soft(d, fill, power = 0.2) {
    const light = this.linear([[0, '#fff', power], [0.45, '#fff', 0], [0.6, '#000', 0], [1, '#000', power]], [0.1, 0, 0.9, 1]);
    return path(d, fill) + path(d, light);
  }

  /** Soft folds inside a cloth shape; each fold is a path. */
  folds(d, lines, width = 16, opacity = 0.2) {
    const filter = this.blur(width * 0.45);
    return group(
      lines
        .map(
          (l) =>
            stroke(l, '#000', width, `opacity="${opacity}" ${filter}`) +
            stroke(l, '#fff', width * 0.7, `opacity="${opacity * 0.8}" transform="translate(${-width * 0.9} 0)" ${filter}`),
        )
        .join(''),
      this.clip(d),
    );
  }
}

/** Backdrops by name: wall colour and floor colour. */
export const backdrops = {
  sand: ['#f1e4d0', '#dcc5a4'], blush: ['#f6ddd3', '#e3b9a8'], clay: ['#e9c3a6', '#cf9b77'], sage: ['#dde5d2', '#b9c8a8'],
  honey: ['#f7e3b4', '#e5c47f'], lilac: ['#e6def0', '#c7b9dc'], sky: ['#d9e8ef', '#b1ccd9'], stone: ['#e9e6e1', '#ccc6bd'],
  teal: ['#cfe5e1', '#9fc8c2'], mist: ['#e6ebf1', '#c3ccd9'], ice: ['#dceaf6', '#b3cce4'], mint: ['#d9f0e4', '#aed6c1'],
  peach: ['#fbe3d4', '#efbfa2'], lavender: ['#e4e3f7', '#bfbde6'], lemon: ['#f8f0c4', '#e6d78c'], slate: ['#ccd4de', '#9da9b9'],
  cream: ['#f7f1e6', '#e2d6c1'], rose: ['#f6dbe2', '#e3b1be'],
};

/** The studio behind the thing: a lit wall, or wall and floor. */
export function backdrop(pic, name, standing, width = WIDTH, height = HEIGHT) {
  const [wall, ground] = backdrops[name] ?? backdrops.sand;
  const all = `M0 0h${width}v${height}h${-width}z`;
  const glow = pic.radial([[0, '#fff', 0.75], [0.55, '#fff', 0.18], [1, '#fff', 0]], [0.38, 0.32, 0.75]);
  const edge = pic.radial([[0.55, '#000', 0], [1, '#3a2010', 0.16]], [0.5, 0.5, 0.78]);
  if (!standing) return path(all, mix(wall, ground, 0.25)) + path(all, glow) + path(all, edge);
  const line = height * 0.76;
  const floorFill = pic.linear([[0, mix(wall, ground, 0.65)], [0.25, ground], [1, mix(wall, ground, 0.45)]]);
  return (
    path(all, wall) + path(all, glow) +
    rect(-80, line, width + 160, height - line + 80, 0, floorFill, pic.blur(14)) +
    path(all, edge)
  );
}
