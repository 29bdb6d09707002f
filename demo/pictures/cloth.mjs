// Cloth and surface patterns: kitenge prints, checks, stripes, knit, weave and beads, as pattern fills.
import { circle, darker, ellipse, lighter, path, rect, stroke, times } from './paper.mjs';

const prints = {
  rings: (s, [a, b, c, d]) =>
    rect(0, 0, s, s, 0, a) +
    [[s / 2, s / 2], [0, 0], [s, 0], [0, s], [s, s]]
      .map(([x, y]) => circle(x, y, s * 0.33, b) + circle(x, y, s * 0.26, d) + circle(x, y, s * 0.19, c) + circle(x, y, s * 0.09, a))
      .join('') +
    [[s / 2, 0], [0, s / 2], [s, s / 2], [s / 2, s]].map(([x, y]) => circle(x, y, s * 0.05, d)).join(''),
  diamonds: (s, [a, b, c, d]) => {
    const lozenge = (x, y, r, fill) => path(`M${x} ${y - r}L${x + r * 0.62} ${y}L${x} ${y + r}L${x - r * 0.62} ${y}z`, fill);
    const one = (x, y) => lozenge(x, y, s * 0.48, b) + lozenge(x, y, s * 0.35, a) + lozenge(x, y, s * 0.24, c) + lozenge(x, y, s * 0.11, d);
    return rect(0, 0, s, s, 0, a) + one(s / 2, s / 2) + [[0, 0], [s, 0], [0, s], [s, s]].map(([x, y]) => lozenge(x, y, s * 0.2, d) + lozenge(x, y, s * 0.1, c)).join('');
  },
  scales: (s, [a, b, c, d]) => {
    const fan = (x, y) => circle(x, y, s * 0.5, d) + circle(x, y, s * 0.44, b) + circle(x, y, s * 0.32, c) + circle(x, y, s * 0.2, a) + circle(x, y, s * 0.09, d);
    return rect(0, 0, s, s, 0, a) + [0, 1, 2, 3, 4].map((row) => [-1, 0, 1, 2].map((col) => fan((col + (row % 2) / 2) * s, row * s * 0.5 - s * 0.5)).join('')).join('');
  },
  leaves: (s, [a, b, c, d]) => {
    const leaf = (x, y, turn, fill) =>
      `<g transform="translate(${x} ${y}) rotate(${turn})">${path(`M0 0C${s * 0.22} ${-s * 0.08} ${s * 0.22} ${-s * 0.34} 0 ${-s * 0.46}C${-s * 0.22} ${-s * 0.34} ${-s * 0.22} ${-s * 0.08} 0 0z`, fill)}${stroke(`M0 ${-s * 0.05}V${-s * 0.38}`, d, s * 0.025)}</g>`;
    return rect(0, 0, s, s, 0, a) + [0, 90, 180, 270].map((t) => leaf(s / 2, s / 2, t + 45, b)).join('') + [0, 90, 180, 270].map((t) => leaf(s / 2, s / 2, t, c)).join('') + circle(s / 2, s / 2, s * 0.08, d) + [[0, 0], [s, 0], [0, s], [s, s]].map(([x, y]) => circle(x, y, s * 0.1, d) + circle(x, y, s * 0.05, a)).join('');
  },
  zigzag: (s, [a, b, c, d]) => {
    const saw = (y, colour, w) => `<path d="M${-s * 0.25} ${y + s * 0.25}L0 ${y}L${s * 0.25} ${y + s * 0.25}L${s * 0.5} ${y}L${s * 0.75} ${y + s * 0.25}L${s} ${y}L${s * 1.25} ${y + s * 0.25}" fill="none" stroke="${colour}" stroke-width="${w}"/>`;
    return rect(0, 0, s, s, 0, a) + [-1, 0, 1].map((k) => saw(k * s, b, s * 0.17) + saw(k * s + s * 0.25, c, s * 0.1) + saw(k * s + s * 0.5, d, s * 0.15) + saw(k * s + s * 0.72, c, s * 0.05)).join('');
  },
  suns: (s, [a, b, c, d]) =>
    rect(0, 0, s, s, 0, a) +
    times(16, (i) => {
      const t = (i * Math.PI) / 8;
      const w = Math.PI / 22;
      const at = (r, q) => `${s / 2 + r * Math.cos(q)} ${s / 2 + r * Math.sin(q)}`;
      return path(`M${at(s * 0.2, t - w)}L${at(s * 0.47, t)}L${at(s * 0.2, t + w)}z`, i % 2 ? b : c);
    }) +
    circle(s / 2, s / 2, s * 0.2, d) + circle(s / 2, s / 2, s * 0.13, b) + circle(s / 2, s / 2, s * 0.06, a) +
    [[0, 0], [s, 0], [0, s], [s, s]].map(([x, y]) => circle(x, y, s * 0.13, c) + circle(x, y, s * 0.07, d)).join(''),
  triangles: (s, [a, b, c, d]) => {
    const h = s / 4;
    return rect(0, 0, s, s, 0, a) + times(4, (r) => times(4, (k) => path(`M${k * h} ${r * h + h}h${h}l${-h / 2} ${-h}z`, [b, c, d, b, d, c][(r * 5 + k * 3) % 6]))) + times(4, (r) => rect(0, r * h + h - s * 0.02, s, s * 0.025, 0, a));
  },
  feathers: (s, [a, b, c, d]) => {
    const drop = (x, y, k, turn) => `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${k})">${path('M0 -50C34 -14 34 30 0 42C-34 30 -34 -14 0 -50z', b)}${path('M0 -28C22 -4 22 24 0 33C-22 24 -22 -4 0 -28z', c)}${circle(0, 12, 11, d)}</g>`;
    return rect(0, 0, s, s, 0, a) + drop(s / 2, s / 2, s / 130, 0) + [[0, 0], [s, 0], [0, s], [s, s]].map(([x, y]) => drop(x, y, s / 130, 180)).join('') + [[s / 2, 0], [s / 2, s], [0, s / 2], [s, s / 2]].map(([x, y]) => circle(x, y, s * 0.045, d)).join('');
  },
};

/** A wax print. `print` names the motif, `ink` holds four colours, `size` is one repeat. */
export function kitenge(pic, print, ink, size = 120, turn = '') {
  return pic.pattern(size, size, prints[print](size, ink), turn);
}

/** Stripes across or along: list of [colour, width]. */
export function stripes(pic, list, across = true) {
  const total = list.reduce((sum, [, w]) => sum + w, 0);
  let at = 0;
  const inside = list.map(([colour, w]) => {
    const one = across ? rect(0, at, total, w + 0.5, 0, colour) : rect(at, 0, w + 0.5, total, 0, colour);
    at += w;
    return one;
  });
  return pic.pattern(total, total, inside.join(''));
}

/** The check of a Maasai shuka: a ground, a second colour and a thin line. */
export function check(pic, [ground, second, thin], size = 130, turn = '') {
  const bar = (offset, w, colour, o) => rect(offset, 0, w, size, 0, colour, `opacity="${o}"`) + rect(0, offset, size, w, 0, colour, `opacity="${o}"`);
  return pic.pattern(size, size, rect(0, 0, size, size, 0, ground) + bar(size * 0.08, size * 0.36, second, 0.62) + bar(size * 0.6, size * 0.1, second, 0.5) + bar(size * 0.82, size * 0.03, thin, 0.9) + bar(size * 0.24, size * 0.025, thin, 0.55), turn);
}

/** Knitted stitches. */
export function knit(pic, colour, size = 22) {
  const v = (x) => stroke(`M${x} 2L${x + size / 4} ${size * 0.72}`, darker(colour, 0.28), 3) + stroke(`M${x + size / 2} 2L${x + size / 4} ${size * 0.72}`, lighter(colour, 0.1), 3);
  return pic.pattern(size, size * 0.8, rect(0, 0, size, size, 0, colour) + v(0) + v(size / 2));
}

/** Stitched sisal: small slanted stitches in one colour. */
export function sisal(pic, colour, size = 26) {
  const s = size;
  const stitch = (x, y) => rect(x, y, s * 0.86, s * 0.36, s * 0.18, lighter(colour, 0.12), `transform="rotate(-14 ${x} ${y})"`);
  return pic.pattern(s, s, rect(0, 0, s, s, 0, darker(colour, 0.26)) + stitch(0.5, s * 0.18) + stitch(-s / 2, s * 0.68) + stitch(s / 2, s * 0.68));
}

/** Wood grain along the y axis. */
export function wood(pic, colour) {
  return pic.pattern(90, 400, rect(0, 0, 90, 400, 0, colour) + [8, 26, 41, 63, 80].map((x, i) => stroke(`M${x} -10C${x + 12} 90 ${x - 14} 190 ${x + 4} 410`, darker(colour, 0.3), 2 + (i % 3) * 1.6, 'opacity=".42"')).join(''));
}

/** A row of round beads along a circle. */
export function beadRing(cx, cy, r, bead, colours, squash = 1) {
  const n = Math.max(8, Math.floor((2 * Math.PI * r) / (bead * 1.9)));
  return times(n, (i) => {
    const t = (i / n) * 2 * Math.PI;
    const colour = colours[Math.floor((i / n) * colours.length * 6) % colours.length];
    return beadAt(cx + r * Math.cos(t), cy + r * squash * Math.sin(t), bead, colour);
  });
}

/** One glass bead with its glint. */
export const beadAt = (x, y, r, colour) =>
  circle(x, y, r, darker(colour, 0.22)) + circle(x - r * 0.1, y - r * 0.12, r * 0.84, colour) + ellipse(x - r * 0.32, y - r * 0.38, r * 0.28, r * 0.2, lighter(colour, 0.65));
