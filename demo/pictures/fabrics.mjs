// Drawings of cloth by the piece: kangas on a rail, folded kitenge, kikoi, Maasai shukas and baby wraps.
import { kitenge } from './cloth.mjs';
import { circle, darker, group, lighter, path, rect, stroke, times, words } from './paper.mjs';
import { clothFill } from './clothes.mjs';

const rail = (y) => rect(120, y - 14, 840, 28, 14, '#8a5a34') + rect(120, y - 14, 840, 10, 5, '#c08d60') + circle(120, y, 24, '#6e4526') + circle(960, y, 24, '#6e4526');

function kanga(pic, o) {
  const d = 'M220 300H860V1130Q700 1146 540 1130Q380 1114 220 1130z';
  const [ground, border, accent, light] = o.ink;
  const frame = kitenge(pic, o.print, [border, ground, accent, light], 62);
  const field = kitenge(pic, o.field, [ground, lighter(ground, 0.14), darker(ground, 0.2), accent], 84);
  const motif = times(8, (i) => `<g transform="translate(540 610) rotate(${i * 45})">${path('M0 -30C46 -70 46 -130 0 -176C-46 -130 -46 -70 0 -30z', i % 2 ? accent : border)}${path('M0 -54C22 -80 22 -112 0 -140C-22 -112 -22 -80 0 -54z', light)}</g>`) + circle(540, 610, 56, light) + circle(540, 610, 40, border) + circle(540, 610, 22, accent);
  return (
    pic.lay(d, 18, 34, 26, 0.3) + rail(292) + path(d, frame) +
    group(rect(300, 300, 480, 730, 0, light) + rect(308, 300, 464, 722, 0, field) + motif + [[390, 420], [690, 420], [390, 800], [690, 800]].map(([x, y]) => circle(x, y, 44, border) + circle(x, y, 30, light) + circle(x, y, 16, accent)).join('') + rect(316, 900, 448, 84, 8, light) + words(540, 955, o.saying.length > 20 ? 24 : 36, o.saying, darker(border, 0.25), 'font-weight="700" letter-spacing=".5"'), pic.clip(d)) +
    pic.folds(d, ['M290 300Q310 700 284 1140', 'M420 300Q404 720 424 1140', 'M560 300Q576 700 552 1140', 'M690 300Q672 720 700 1140', 'M800 300Q812 720 796 1140'], 34, 0.2) + rect(212, 276, 656, 34, 10, frame) + rect(212, 276, 656, 34, 10, pic.linear([[0, '#fff', 0.3], [1, '#000', 0.4]]))
  );
}

function folded(pic, o) {
  const layers = o.layers ?? 3;
  const height = 132;
  const top = 1110 - layers * height;
  const fills = o.fills.map((f) => clothFill(pic, { size: 120, ...f }));
  let out = pic.floor(540, 1118, 350, 1.2);
  for (let i = layers - 1; i >= 0; i -= 1) {
    const y = top + i * height;
    const fill = fills[i % fills.length];
    const w = 330 - (i % 2) * 14;
    const d = `M${540 - w + 40} ${y}H${540 + w - 30}C${540 + w + 26} ${y} ${540 + w + 26} ${y + height} ${540 + w - 30} ${y + height}H${540 - w + 24}C${540 - w - 14} ${y + height - 20} ${540 - w - 14} ${y + 20} ${540 - w + 40} ${y}z`;
    out += pic.soft(d, fill, 0.18) + path(d, pic.linear([[0, '#fff', 0.22], [0.25, '#fff', 0], [0.7, '#000', 0.06], [1, '#000', 0.5]])) +
      stroke(`M${540 - w + 20} ${y + height * 0.36}H${540 + w - 10}`, '#000', 5, `opacity=".3" ${pic.blur(2)}`) + stroke(`M${540 - w + 18} ${y + height * 0.68}H${540 + w - 14}`, '#000', 4, `opacity=".25" ${pic.blur(2)}`);
  }
  const lid = `M280 ${top - 132}H800L${540 + 300} ${top + 2}H${540 - 290}z`;
  out += path(lid, fills[0]) + path(lid, pic.linear([[0, '#fff', 0.34], [1, '#fff', 0.02]]));
  if (o.fringe) out += times(40, (i) => stroke(`M${252 + i * 14.6} ${top + 4}q${pic.chance() * 8 - 4} 30 ${pic.chance() * 8 - 4} 62`, o.fringe, 5));
  if (o.rope) out += stroke(`M470 ${top - 132}L452 ${top}V1112`, '#c9a66b', 12) + stroke(`M474 ${top - 132}L456 ${top}V1112`, '#8b6a35', 3, 'stroke-dasharray="6 8"') + rect(500, top + 46, 150, 96, 8, '#f3e7d0', 'stroke="#00000033" stroke-width="2"') + words(575, top + 106, 34, o.label ?? '100%', '#6b4a2a', 'font-weight="700"');
  return out;
}

function draped(pic, o) {
  const d = 'M250 300H830C850 560 812 820 842 1090Q790 1116 740 1092Q690 1070 640 1096Q580 1122 530 1094Q470 1066 420 1098Q330 1126 240 1090C268 820 232 560 250 300z';
  const fill = clothFill(pic, o, 150);
  const fringe = times(58, (i) => { const x = 246 + i * 10.3; return stroke(`M${x} 1086q${pic.chance() * 8 - 4} 40 ${pic.chance() * 10 - 5} 84`, i % 2 ? o.fringe : darker(o.fringe, 0.12), 5); });
  return (
    pic.lay(d, 18, 34, 26, 0.3) + rail(292) + (o.fringe ? fringe : '') + path(d, fill) + (o.edge ? group(stroke('M250 300C268 560 232 820 240 1090', o.edge, 90) + stroke('M830 300C850 560 812 820 842 1090', o.edge, 90) + stroke('M310 300C322 560 292 820 300 1110', lighter(o.edge, 0.6), 8) + stroke('M770 300C786 560 756 820 780 1110', lighter(o.edge, 0.6), 8), pic.clip(d)) : '') +
    pic.folds(d, ['M320 300Q344 700 316 1120', 'M450 300Q424 700 456 1120', 'M580 300Q612 700 574 1120', 'M700 300Q676 700 708 1120', 'M788 300Q812 700 786 1120'], 44, 0.28) +
    rect(242, 276, 596, 34, 10, fill) + rect(242, 276, 596, 34, 10, pic.linear([[0, '#fff', 0.3], [1, '#000', 0.4]]))
  );
}

function rolled(pic, o) {
  const fill = clothFill(pic, o, 90);
  const end = (y) => `<g transform="translate(842 ${y})">${circle(0, 0, 118, darker(o.colour ?? o.ink[0], 0.2))}${[104, 84, 64, 44, 24].map((r, i) => circle(0, 0, r, i % 2 ? darker(o.ink?.[0] ?? o.colour, 0.35) : o.ink?.[0] ?? o.colour)).join('')}${circle(0, 0, 10, '#3a2416')}</g>`;
  const d = 'M250 860H842V1096H250C170 1096 170 860 250 860z';
  const flap = 'M330 862C280 700 360 520 300 330C420 300 560 340 700 300C740 480 690 680 730 862z';
  return pic.floor(540, 1100, 380, 1.1) + pic.lay(flap, 10, 14, 16, 0.22) + pic.soft(flap, fill, 0.2) + pic.folds(flap, ['M420 330Q460 600 410 862', 'M540 330Q520 600 560 862', 'M650 320Q630 600 670 862'], 28, 0.26) + path(d, fill) + path(d, pic.linear([[0, '#fff', 0.3], [0.35, '#fff', 0.02], [1, '#000', 0.5]])) + end(978) + (o.loops ? stroke('M330 850V1100M640 850V1100', o.loops, 34) : '');
}

function blanket(pic, o) {
  return folded(pic, { layers: 2, fills: [{ check: o.check, size: 90 }], fringe: o.check[0] });
}

export const lying = { kanga, draped };
export const standing = { folded, rolled, blanket };
