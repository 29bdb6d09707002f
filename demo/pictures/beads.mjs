// Drawings of Maasai beadwork and other jewellery.
import { beadAt, beadRing, wood } from './cloth.mjs';
import { box, circle, darker, ellipse, group, lighter, oval, path, rect, stroke, times, turned } from './paper.mjs';

const brass = ['#d9ad54', '#8f6a25', '#f6e2a8'];

function collar(pic, o) {
  const outer = o.rows ?? 9;
  let out = pic.lay(`${oval(540, 660, 150 + outer * 26, 130 + outer * 26)}`, 16, 30, 24, 0.3);
  out += ellipse(540, 660, 162 + outer * 26, 142 + outer * 26, '#2b1a12') + '';
  for (let i = outer - 1; i >= 0; i -= 1) out += beadRing(540, 660, 160 + i * 26, 12.5, o.ink[i % o.ink.length], (142 + i * 26) / (160 + i * 26));
  const hole = oval(540, 660, 144, 124);
  out += path(hole, o.paper ?? '#efe2cd') + path(hole, pic.linear([[0, '#000', 0.34], [0.3, '#000', 0.04], [1, '#000', 0]]));
  return out + times(o.drops ?? 0, (i) => { const t = Math.PI * (0.12 + (0.76 * i) / (o.drops - 1)); const x = 540 + (160 + outer * 26) * Math.cos(t); const y = 660 + (142 + outer * 26) * Math.sin(t); return beadAt(x, y + 8, 9, o.ink[0][0]) + beadAt(x, y + 26, 9, o.ink[1][0]) + path(`M${x} ${y + 34}l15 40 -15 14 -15 -14z`, '#cfd3d6', 'stroke="#8e9499" stroke-width="2"'); });
}

function cuff(pic, o) {
  const d = 'M300 560Q540 680 780 560V860Q540 990 300 860z';
  const rows = Array.from({ length: 11 }, (_, r) => times(25, (i) => { const x = 312 + i * 19; const k = 1 - ((x - 540) / 240) ** 2; const motif = (Math.abs(((i + 20) % 8) - 4) + Math.abs(r - 5)) % o.ink.length; return beadAt(x, 582 + r * 27.5 + k * 58, 11.5, o.ink[motif]); })).join('');
  return pic.floor(540, 920, 250) + ellipse(540, 560, 240, 62, '#2b1a12') + ellipse(540, 566, 214, 46, darker(o.ink[0], 0.55)) + path(d, '#2b1a12') + group(rows, pic.clip(d)) + pic.round(d, 'none', 0.34) + stroke('M300 560Q540 680 780 560', '#6b3f22', 14) + stroke('M300 860Q540 990 780 860', '#6b3f22', 14);
}

function bangles(pic, o) {
  const one = (x, y, turn, ink, plain) => {
    const ring = oval(0, 0, 200, 190);
    const inside = plain ? path(ring, 'none', `stroke="${brass[1]}" stroke-width="34"`) + path(ring, 'none', `stroke="${brass[0]}" stroke-width="26"`) + path(ring, 'none', `stroke="${brass[2]}" stroke-width="6" transform="translate(-4 -6)"`) : path(ring, 'none', 'stroke="#2b1a12" stroke-width="46"') + beadRing(0, 0, 188, 11, ink, 0.95) + beadRing(0, 0, 211, 11, [...ink].reverse(), 0.95);
    return `<g transform="translate(${x} ${y}) rotate(${turn})">${path(ring, 'none', `stroke="#1c0f08" stroke-width="40" opacity=".35" transform="translate(12 22)" ${pic.blur(12)}`)}${inside}</g>`;
  };
  const spots = [[430, 520, 0], [660, 600, 20], [470, 800, 50], [690, 850, -20], [540, 680, 10]];
  return o.sets.map((ink, i) => one(...spots[i], ink, ink === 'brass')).join('');
}

const ear = (x) => stroke(`M${x} 420c-4 -60 52 -80 56 -24`, brass[1], 9) + stroke(`M${x - 2} 418c-4 -60 52 -80 56 -24`, brass[2], 3);

function earrings(pic, o) {
  const one = (x) => {
    if (o.shape === 'hoop') return ellipse(x + 10, 622, 138, 158, 'none', `stroke="#1c0f08" stroke-width="36" opacity=".22" ${pic.blur(12)}`) + ear(x) + ellipse(x, 600, 138, 158, 'none', 'stroke="#2b1a12" stroke-width="34"') + beadRing(x, 600, 132, 10, o.ink, 1.15) + beadRing(x, 600, 150, 10, [...o.ink].reverse(), 1.13) + times(7, (i) => beadAt(x - 72 + i * 24, 790 + (3 - Math.abs(i - 3)) * 20, 10, o.ink[i % o.ink.length]) + beadAt(x - 72 + i * 24, 812 + (3 - Math.abs(i - 3)) * 20, 10, o.ink[(i + 1) % o.ink.length]));
    if (o.shape === 'disc') return pic.lay(oval(x, 620, 165, 165), 10, 24, 16, 0.24) + ear(x) + circle(x, 600, 160, '#2b1a12') + [150, 128, 106, 84, 62, 40, 18].map((r, i) => beadRing(x, 600, r, 11, o.ink[i % o.ink.length])).join('') + times(5, (i) => { const px = x - 88 + i * 44; const py = 748 + (2 - Math.abs(i - 2)) * 16; return stroke(`M${px} ${py}v40`, '#8e9499', 3) + path(`M${px} ${py + 36}l16 50 -16 16 -16 -16z`, '#d6dadd', 'stroke="#8e9499" stroke-width="2"'); });
    const d = `M${x} 440C${x + 110} 560 ${x + 120} 760 ${x} 900C${x - 120} 760 ${x - 110} 560 ${x} 440z`;
    return pic.lay(d, 12, 24, 16, 0.26) + ear(x) + pic.round(d, brass[0], 0.4) + stroke(d, brass[1], 6) + path(`M${x} 560C${x + 60} 640 ${x + 64} 740 ${x} 820C${x - 64} 740 ${x - 60} 640 ${x} 560z`, o.ink[0]) + stroke(`M${x} 580V800`, brass[2], 5);
  };
  return one(350) + one(730);
}

function strand(pic, o) {
  const rows = o.rows ?? 3;
  let out = '';
  for (let r = 0; r < rows; r += 1) {
    const w = 210 + r * 46;
    out += stroke(`M${540 - w} 306C${540 - w} 150 ${540 - w * 0.5} 118 540 118C${540 + w * 0.5} 118 ${540 + w} 150 ${540 + w} 306`, '#4a3426', 6);
  }
  out += rect(506, 104, 68, 28, 14, brass[0]) + rect(520, 110, 40, 8, 4, brass[2]);
  for (let r = 0; r < rows; r += 1) {
    const w = 210 + r * 46;
    const deep = 560 + r * 110;
    const n = 42 + r * 9;
    const at = (i) => { const t = i / (n - 1); const a = Math.PI * (1 - t); return [540 + w * Math.cos(a), 300 + Math.sin(a) ** 0.8 * deep]; };
    const line = Array.from({ length: n }, (_, i) => `${i ? 'L' : 'M'}${at(i)[0].toFixed(1)} ${at(i)[1].toFixed(1)}`).join('');
    out += stroke(line, '#1c0f08', 26, `opacity=".3" transform="translate(10 20)" ${pic.blur(9)}`) + stroke(line, '#2b1a12', 5) + times(n, (i) => { const [x, y] = at(i); return beadAt(x, y, o.bead ?? 13, o.ink[(Math.floor(i / (o.run ?? 3)) + r) % o.ink.length]); });
  }
  if (o.pendant) out += path('M540 860C620 900 640 1020 600 1110Q540 1160 480 1110C440 1020 460 900 540 860z', o.pendant, 'stroke="#00000055" stroke-width="3"') + path('M540 860C620 900 640 1020 600 1110Q540 1160 480 1110C440 1020 460 900 540 860z', pic.linear([[0, '#fff', 0.4], [0.5, '#fff', 0], [1, '#000', 0.35]], [0, 0, 1, 1])) + circle(540, 900, 16, brass[0]);
  return out;
}

function belt(pic, o) {
  const turn = (k) => {
    const r = 330 - k * 64;
    return ellipse(540, 690, r, r * 0.92, 'none', `stroke="#1c0f08" stroke-width="54" opacity=".3" transform="translate(8 16)" ${pic.blur(10)}`) + ellipse(540, 690, r, r * 0.92, 'none', `stroke="${darker(o.leather, 0.2)}" stroke-width="56"`) + [-15, 0, 15].map((s, i) => beadRing(540, 690, r + s, 7.6, o.ink[(i + k) % o.ink.length], 0.92)).join('') + ellipse(540, 690, r + 24, (r + 24) * 0.92, 'none', `stroke="${lighter(o.leather, 0.3)}" stroke-width="3" stroke-dasharray="8 8"`);
  };
  return [0, 1, 2].map(turn).join('') + group(rect(840, 560, 84, 210, 18, 'none', `stroke="${brass[1]}" stroke-width="22"`) + rect(840, 560, 84, 210, 18, 'none', `stroke="${brass[0]}" stroke-width="14"`) + rect(800, 655, 110, 16, 8, brass[0]), 'transform="rotate(6 880 660)"');
}

function keyring(pic, o) {
  const d = 'M540 560L660 700V980L540 1060L420 980V700z';
  const rows = Array.from({ length: 24 }, (_, r) => times(13, (i) => beadAt(424 + i * 19.4, 580 + r * 20.5, 9.6, o.ink[(Math.abs(i - 6) + Math.abs((r % 12) - 6)) % o.ink.length]))).join('');
  return circle(540, 360, 110, 'none', 'stroke="#1c0f08" stroke-width="26" opacity=".25" transform="translate(10 20)" ' + pic.blur(10)) + circle(540, 360, 110, 'none', 'stroke="#8e9499" stroke-width="24"') + circle(540, 358, 112, 'none', 'stroke="#dfe3e6" stroke-width="8"') + stroke('M540 460V570', '#6b3f22', 26) + pic.lay(d, 12, 24, 16, 0.3) + path(d, '#2b1a12') + group(rows, pic.clip(d)) + stroke(d, '#6b3f22', 14) + [470, 540, 610].map((x) => stroke(`M${x} 1030v80`, '#6b3f22', 6) + beadAt(x, 1120, 14, o.ink[0]) + beadAt(x, 1148, 14, o.ink[1])).join('');
}

function horn(pic, o) {
  const d = 'M250 720C250 500 390 380 540 380C690 380 830 500 830 720C830 860 770 960 690 1010L650 950C710 900 750 820 744 720C736 560 640 470 540 470C440 470 344 560 336 720C330 820 370 900 430 950L390 1010C310 960 250 860 250 720z';
  return pic.lay(d, 14, 28, 20, 0.34) + pic.soft(d, wood(pic, o.colour), 0.34) + stroke('M280 680C300 520 400 420 540 414C660 418 750 490 784 600', '#fff', 12, `opacity=".4" ${pic.blur(5)}`) + [[402, 980], [678, 980]].map(([x, y]) => circle(x, y, 44, brass[0], `stroke="${brass[1]}" stroke-width="4"`) + circle(x - 10, y - 12, 12, brass[2])).join('');
}

function comb(pic, o) {
  const d = `${box(360, 330, 360, 250, 60)}`;
  return turned(pic.lay(d, 12, 26, 16, 0.3) + times(9, (i) => pic.round(`M${376 + i * 37} 560h24l-6 500q-6 20 -12 0z`, wood(pic, o.colour), 0.3)) + pic.soft(d, wood(pic, o.colour), 0.26) + times(15, (i) => beadAt(392 + i * 21, 440, 9, o.ink[i % o.ink.length]) + beadAt(392 + i * 21, 462, 9, o.ink[(i + 1) % o.ink.length])), 8);
}

export const lying = { collar, bangles, earrings, strand, belt, keyring, horn, comb };
export const standing = { cuff };
