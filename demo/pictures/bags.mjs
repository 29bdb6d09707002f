// Drawings of baskets, bags and sandals.
import { beadAt, kitenge, sisal } from './cloth.mjs';
import { clothFill } from './clothes.mjs';
import { box, circle, darker, ellipse, group, lighter, oval, path, rect, stroke, times, turned } from './paper.mjs';

/** The horizontal bands of a stitched basket, inside clip `d`. */
function bands(pic, d, o, top, bottom, bulge = 40) {
  const n = o.bands.length;
  const step = (bottom - top) / n;
  const rows = o.bands.map((colour, i) => {
    const y = top + i * step;
    return path(`M0 ${y}Q540 ${y + bulge * 2} 1080 ${y}V${y + step + 80}H0z`, sisal(pic, colour, 24));
  });
  const zig = (o.zig ?? []).map(([colour, row, height]) => {
    const y = top + row * step;
    const points = times(29, (i) => { const x = 120 + i * 30; const sag = bulge * (1 - ((x - 540) / 540) ** 2); return `${i ? 'L' : 'M'}${x} ${y + sag + (i % 2 ? height : 0)}`; });
    return `<path d="${points}" fill="none" stroke="${sisal(pic, colour, 18)}" stroke-width="30" stroke-linejoin="miter"/>`;
  });
  return path(d, sisal(pic, o.bands[0])) + group(rows.join('') + zig.join(''), pic.clip(d));
}

const lit = (pic, d, power = 0.36) => pic.round(d, 'none', power);

function kiondo(pic, o) {
  const w = o.wide ?? 270;
  const top = o.top ?? 560;
  const base = 1120;
  const d = `M${540 - w} ${top}C${540 - w - 30} ${top + 220} ${540 - w * 0.9} ${base - 20} ${540 - w * 0.5} ${base}Q540 ${base + 22} ${540 + w * 0.5} ${base}C${540 + w * 0.9} ${base - 20} ${540 + w + 30} ${top + 220} ${540 + w} ${top}Q540 ${top + 90} ${540 - w} ${top}z`;
  const leather = o.leather ?? '#7a4726';
  const strapHigh = o.strapHigh ?? 230;
  const strap = (shift, y, colour) => stroke(`M${540 - w * 0.62} ${top + 70 + y}C${540 - w * 0.7} ${strapHigh + shift} ${540 + w * 0.7} ${strapHigh + shift} ${540 + w * 0.62} ${top + 70 + y}`, colour, 24);
  const rivets = [-1, 1].map((s) => rect(540 + s * w * 0.62 - 24, top + 50, 48, 110, 12, leather) + circle(540 + s * w * 0.62, top + 84, 8, '#d9b66a') + circle(540 + s * w * 0.62, top + 128, 8, '#d9b66a')).join('');
  return (
    pic.floor(540, base, w * 0.82) + strap(-40, -60, darker(leather, 0.35)) + ellipse(540, top, w, 46, darker(o.bands[0], 0.62)) + bands(pic, d, o, top, base) + lit(pic, d) +
    stroke(`M${540 - w} ${top}Q540 ${top + 90} ${540 + w} ${top}`, darker(o.rim ?? leather, 0.05), 24) + stroke(`M${540 - w} ${top - 3}Q540 ${top + 87} ${540 + w} ${top - 3}`, lighter(o.rim ?? leather, 0.25), 6, 'stroke-dasharray="10 12"') +
    strap(0, 10, leather) + strap(-5, 4, lighter(leather, 0.2)).replace('stroke-width="24"', 'stroke-width="6"') + (o.short ? '' : rivets)
  );
}

function lidded(pic, o) {
  const d = 'M300 560C270 760 290 1000 340 1120Q540 1160 740 1120C790 1000 810 760 780 560Q540 620 300 560z';
  const lid = 'M280 540C290 430 420 370 540 366C660 370 790 430 800 540Q540 620 280 540z';
  return pic.floor(540, 1130, 240) + bands(pic, d, o, 560, 1140, 30) + lit(pic, d) + pic.lay(lid, 2, 12, 8, 0.4) + bands(pic, lid, { bands: [...o.bands].slice(0, 4) }, 350, 580, 40) + lit(pic, lid, 0.3) + stroke('M280 540Q540 620 800 540', darker(o.bands[0], 0.25), 18) + pic.round(box(500, 320, 80, 56, 24), o.zig?.[0]?.[0] ?? '#7a4726', 0.3) + [250, 830].map((x) => stroke(`M${x + (x < 540 ? 46 : -46)} 700q${x < 540 ? -60 : 60} 50 ${x < 540 ? 4 : -4} 110`, '#7a4726', 22)).join('');
}

function planter(pic, o) {
  const d = 'M330 720C300 860 320 1040 370 1120Q540 1150 710 1120C760 1040 780 860 750 720Q540 780 330 720z';
  const leaf = (turn, k, green) => `<g transform="translate(540 740) rotate(${turn}) scale(${k})">${stroke('M0 0C-6 -100 10 -200 0 -260', darker(green, 0.3), 9)}${path('M0 -170C96 -210 110 -350 0 -470C-110 -350 -96 -210 0 -170z', green)}${path('M0 -170C96 -210 110 -350 0 -470z', '#000', 'opacity=".16"')}${stroke('M0 -180V-440', lighter(green, 0.3), 4)}</g>`;
  return pic.floor(540, 1126, 215) + [[-58, 0.8, '#4c7a3f'], [56, 0.82, '#5a8a48'], [-30, 1, '#6b9a54'], [30, 0.98, '#467339'], [-8, 0.86, '#7cab61'], [12, 1.1, '#5a8a48'], [-80, 0.6, '#7cab61'], [80, 0.6, '#467339']].map((l) => leaf(...l)).join('') + ellipse(540, 720, 210, 34, '#2d2016') + bands(pic, d, o, 700, 1140, 30) + lit(pic, d) + stroke('M330 720Q540 780 750 720', o.bands[1], 26);
}

function tray(pic, o) {
  const rings = [390, 350, 316, 276, 236, 196, 150, 104, 58];
  const all = rings.map((r, i) => circle(540, 660, r, sisal(pic, o.bands[i % o.bands.length], 22))).join('');
  const star = times(o.points ?? 12, (i) => `<g transform="rotate(${(i * 360) / (o.points ?? 12)} 540 660)">${path('M540 660L506 420L540 340L574 420z', sisal(pic, o.star, 18))}</g>`);
  const ridges = times(13, (i) => circle(540, 660, 30 + i * 30, 'none', 'stroke="#000" stroke-opacity=".16" stroke-width="4"'));
  const d = oval(540, 660, 390, 390);
  return pic.lay(d, 20, 34, 26, 0.36) + all + star + circle(540, 660, 72, sisal(pic, o.bands[0], 18)) + ridges + path(d, pic.radial([[0, '#000', 0.26], [0.7, '#000', 0], [0.86, '#fff', 0.24], [0.94, '#000', 0.1], [1, '#000', 0.4]])) + stroke('M540 268v-30', '#7a4726', 10);
}

function sandals(pic, o) {
  const sole = 'M440 300C520 270 590 330 592 440C594 540 566 620 566 720C566 830 600 900 590 1000C580 1084 520 1110 470 1100C410 1088 388 1020 388 940C388 830 404 760 396 660C388 560 362 500 366 420C370 350 400 314 440 300z';
  const strapFront = 'M372 500C400 430 540 420 594 500L590 590C540 520 420 530 384 600z';
  const strapBack = 'M390 830C420 770 540 760 574 820L580 890C540 840 430 850 389 900z';
  const leather = o.leather;
  const row = (a, b, n, lift, colours) => times(n, (i) => { const k = i / (n - 1); return beadAt(a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k - Math.sin(k * Math.PI) * lift, 9, colours[i % colours.length]); });
  const decorated = o.beads ? row([384, 520], [588, 520], 14, 62, o.beads) + row([384, 548], [588, 548], 14, 62, [...o.beads].reverse()) + row([388, 576], [588, 576], 14, 62, o.beads) : '';
  const tyre = o.tyre ? group(times(14, (i) => stroke(`M360 ${330 + i * 58}l48 22M610 ${330 + i * 58}l-48 22`, '#000', 10, 'opacity=".5"')), pic.clip(sole)) : '';
  const print = o.print ? kitenge(pic, o.print, o.ink, 70) : leather;
  const one = pic.lay(sole, 12, 22, 14, 0.36) + path(sole, darker(o.sole ?? '#3a2618', 0.2), 'transform="translate(5 12)"') + pic.soft(sole, o.sole ?? '#c99a66', 0.16) + stroke(sole, darker(leather, 0.3), 3, 'stroke-dasharray="9 9" transform="translate(48 67) scale(.9)"') + tyre + pic.soft(strapFront, print, 0.26) + stroke('M372 500C400 430 540 420 594 500', lighter(leather, 0.35), 4, 'stroke-dasharray="8 9"') + (o.thong ? stroke('M484 448L478 380', leather, 16) : '') + (o.back === false ? '' : pic.soft(strapBack, o.tyre ? leather : print, 0.26)) + (o.cross ? stroke('M390 600L572 850M584 600L396 850', leather, 34) + stroke('M390 600L572 850M584 600L396 850', lighter(leather, 0.3), 3, 'stroke-dasharray="8 9"') : '') + decorated + (o.buckle ? rect(560, 800, 44, 62, 8, 'none', 'stroke="#d9b66a" stroke-width="9"') : '');
  const scale = o.small ? 0.8 : 1;
  return group(group(turned(one, 7, 480, 700), 'transform="translate(240 20)"') + group(turned(one, -7, 480, 700), 'transform="translate(840 0) scale(-1 1)"'), `transform="translate(${540 - 540 * scale} ${690 - 690 * scale}) scale(${scale})"`);
}

function tote(pic, o) {
  const fill = clothFill(pic, o, 130);
  const d = 'M290 520H790L820 1110Q540 1136 260 1110z';
  const handle = (colour, lift) => stroke(`M410 ${540}C400 ${250 + lift} 680 ${250 + lift} 670 540`, colour, 30);
  return pic.floor(540, 1116, 270) + handle(darker(o.trim, 0.4), -50) + pic.round(d, fill, 0.16) + pic.folds(d, ['M360 620Q340 900 370 1120', 'M700 600Q740 860 700 1120'], 30, 0.2) + group(rect(200, 1000, 700, 140, 0, o.trim, 'opacity=".96"'), pic.clip(d)) + stroke('M290 528H790', o.trim, 22) + handle(o.trim, 20) + [410, 670].map((x) => rect(x - 26, 520, 52, 96, 6, o.trim) + path(`M${x - 16} 540l32 56m0 -56l-32 56`, 'none', 'stroke="#fff" stroke-opacity=".5" stroke-width="4"')).join('');
}

function crossbody(pic, o) {
  const d = 'M300 640Q300 600 340 600H740Q780 600 780 640V1030Q780 1090 720 1094H360Q300 1090 300 1030z';
  const flap = 'M292 620Q292 584 340 584H740Q788 584 788 620V800Q780 900 540 920Q300 900 292 800z';
  return stroke('M320 620C180 300 420 190 560 210C760 240 860 420 760 620', darker(o.leather, 0.3), 26) + pic.floor(540, 1100, 270) + pic.round(d, darker(o.leather, 0.12), 0.24) + pic.lay(flap, 2, 14, 10, 0.35) + pic.soft(flap, o.leather, 0.22) + stroke('M310 640V796Q320 882 540 900Q760 882 770 796V640', lighter(o.leather, 0.4), 4, 'stroke-dasharray="10 9"') + (o.beads ? times(13, (i) => beadAt(402 + i * 23, 700, 10, o.beads[i % o.beads.length]) + beadAt(402 + i * 23, 724, 10, o.beads[(i + 2) % o.beads.length]) + beadAt(402 + i * 23, 748, 10, o.beads[(i + 4) % o.beads.length])) : '') + rect(508, 846, 64, 96, 12, darker(o.leather, 0.3)) + circle(540, 908, 16, '#d9b66a') + circle(322, 618, 20, 'none', 'stroke="#d9b66a" stroke-width="9"') + circle(758, 618, 20, 'none', 'stroke="#d9b66a" stroke-width="9"');
}

function pouch(pic, o) {
  const d = 'M250 560H830V930Q830 980 780 984H300Q250 980 250 930z';
  return turned(pic.lay(d) + pic.soft(d, clothFill(pic, o, 100), 0.2) + rect(250, 540, 580, 48, 20, o.trim) + stroke('M276 564H804', '#d9b66a', 12, 'stroke-dasharray="6 6" stroke-linecap="butt"') + rect(776, 548, 54, 32, 8, '#d9b66a') + stroke('M830 564q60 20 60 110', o.trim, 16) + path('M880 660l24 0 12 120 -48 0z', o.trim) + times(5, (i) => stroke(`M${872 + i * 9} 780v60`, darker(o.trim, 0.2), 6)), -9, 540, 760);
}

function backpack(pic, o) {
  const fill = clothFill(pic, o, 140);
  const d = 'M320 560C320 380 420 320 540 320C660 320 760 380 760 560V1040Q760 1110 690 1114H390Q320 1110 320 1040z';
  const pocket = 'M370 780H710V1020Q710 1068 664 1068H416Q370 1068 370 1020z';
  return pic.floor(540, 1118, 240) + stroke('M470 330C470 240 610 240 610 330', o.trim, 26) + stroke('M330 520C250 640 250 900 330 1060', darker(o.trim, 0.2), 36) + stroke('M750 520C830 640 830 900 750 1060', darker(o.trim, 0.2), 36) + pic.round(d, fill, 0.24) + group(rect(300, 1010, 500, 120, 0, o.trim), pic.clip(d)) + stroke('M336 640C340 430 430 372 540 372C650 372 740 430 744 640', '#d9b66a', 9, 'stroke-dasharray="6 6" stroke-linecap="butt"') + pic.lay(pocket, 2, 10, 8, 0.3) + pic.soft(pocket, o.trim, 0.18) + rect(386, 800, 308, 16, 6, '#d9b66a', 'opacity=".9"') + rect(510, 800, 20, 66, 8, '#d9b66a') + rect(480, 560, 120, 84, 10, o.trim) + stroke('M498 602h84', lighter(o.trim, 0.5), 6);
}

function sleeve(pic, o) {
  const d = box(220, 430, 640, 470, 34);
  return turned(pic.lay(d) + pic.soft(d, clothFill(pic, o, 120), 0.2) + path('M220 464a34 34 0 0 1 34 -34h572a34 34 0 0 1 34 34v90Q540 720 220 554z', o.trim) + path('M220 464a34 34 0 0 1 34 -34h572a34 34 0 0 1 34 34v90Q540 720 220 554z', pic.linear([[0, '#fff', 0.2], [1, '#000', 0.15]])) + stroke('M226 552Q540 712 854 552', lighter(o.trim, 0.5), 4, 'stroke-dasharray="10 9"') + circle(540, 606, 16, '#d9b66a') + circle(540, 606, 8, '#a8843c'), -6, 540, 660);
}

export const standing = { kiondo, lidded, planter, tote, crossbody, backpack };
export const lying = { tray, sandals, pouch, sleeve };
