// Drawings of clothes: dresses, skirts, shirts, jackets, head wraps, sweaters and things for babies.
import { check, kitenge, knit, stripes } from './cloth.mjs';
import { circle, darker, ellipse, group, lighter, oval, path, rect, stroke, times, turned, words } from './paper.mjs';

/** The fill of a garment from its options: a print, a check, a knit or a plain colour. */
export function clothFill(pic, o, size) {
  if (o.print) return kitenge(pic, o.print, o.ink, o.size ?? size ?? 110, o.turn ?? '');
  if (o.check) return check(pic, o.check, o.size ?? 130);
  if (o.knit) return knit(pic, o.knit);
  if (o.stripes) return stripes(pic, o.stripes, o.across ?? true);
  return o.colour;
}

const hanger = (y, reach = 150) =>
  stroke(`M540 ${y}v-40c0 -18 34 -18 34 -46c0 -30 -50 -34 -56 -4`, '#8f8a84', 9) +
  stroke(`M${540 - reach} ${y + 62}Q540 ${y - 62} ${540 + reach} ${y + 62}`, '#8a5a34', 26) +
  stroke(`M${540 - reach} ${y + 58}Q540 ${y - 68} ${540 + reach} ${y + 58}`, '#b98052', 12);

const mirrored = (inside) => inside + group(inside, 'transform="translate(1080 0) scale(-1 1)"');

function bodice(o) {
  const { neck = 62, drop = 70, shoulder = 128, bust = 140, waist = 104, waistAt = 610, hem = 250, end = 1170, top = 300 } = o;
  const l = (v) => 540 - v;
  const r = (v) => 540 + v;
  const neckline = o.vee ? `L540 ${top + drop * 1.5}L${l(neck)} ${top}` : `Q${r(neck * 0.9)} ${top + drop} 540 ${top + drop}Q${l(neck * 0.9)} ${top + drop} ${l(neck)} ${top}`;
  return `M${l(neck)} ${top}L${l(shoulder)} ${top + 26}C${l(shoulder - 14)} ${top + 90} ${l(shoulder - 2)} ${top + 130} ${l(bust)} ${top + 175}C${l(bust - 8)} ${waistAt - 80} ${l(waist)} ${waistAt - 50} ${l(waist)} ${waistAt}C${l(waist + 40)} ${waistAt + 130} ${l(hem - 20)} ${end - 200} ${l(hem)} ${end}Q540 ${end + 44} ${r(hem)} ${end}C${r(hem - 20)} ${end - 200} ${r(waist + 40)} ${waistAt + 130} ${r(waist)} ${waistAt}C${r(waist)} ${waistAt - 50} ${r(bust - 8)} ${waistAt - 80} ${r(bust)} ${top + 175}C${r(shoulder - 2)} ${top + 130} ${r(shoulder - 14)} ${top + 90} ${r(shoulder)} ${top + 26}L${r(neck)} ${top}${neckline}z`;
}

const sleeves = {
  none: () => '',
  cap: () => 'M416 322C370 330 330 376 318 428C350 446 384 452 404 448C410 410 420 370 428 338z',
  short: () => 'M418 322C366 340 322 420 296 520C330 540 366 548 396 544C402 480 408 430 414 390z',
  flutter: () => 'M414 326C350 340 276 440 262 560C300 530 330 566 356 540C376 560 392 548 402 540C402 470 410 410 420 350z',
  long: () => 'M418 322C350 350 318 520 262 800C284 816 316 822 338 816C368 690 396 590 408 470z',
  bell: () => 'M418 322C350 350 300 520 226 740C270 790 340 800 374 770C384 660 400 560 410 470z',
};

function dress(pic, o) {
  const d = bodice(o);
  const fill = clothFill(pic, o, 116);
  const sleeve = sleeves[o.sleeve ?? 'cap']();
  const end = o.end ?? 1170;
  const waistAt = o.waistAt ?? 610;
  const hem = o.hem ?? 250;
  const waist = o.waist ?? 104;
  const plain = o.trim ?? o.ink?.[1] ?? '#333333';
  const top = o.top ?? 300;
  let out = pic.lay(d) + (sleeve ? mirrored(pic.lay(sleeve, 10, 22, 18, 0.22)) : '') + hanger(top - 18, (o.shoulder ?? 128) + 4);
  out += path(`M${540 - (o.neck ?? 62)} ${top}Q540 ${top + 34} ${540 + (o.neck ?? 62)} ${top}L540 ${top + (o.drop ?? 70)}z`, darker(plain, 0.4));
  if (sleeve) out += mirrored(pic.soft(sleeve, fill, 0.26) + stroke(sleeve.replace(/z$/, ''), '#000', 2, 'opacity=".18"'));
  out += pic.round(d, fill, 0.2);
  const flares = [-0.72, -0.4, -0.08, 0.26, 0.58, 0.84].map((k) => `M${540 + k * waist} ${waistAt + 30}Q${540 + k * hem * 0.7} ${(waistAt + end) / 2} ${540 + k * hem} ${end + 20}`);
  out += pic.folds(d, flares, 20, 0.22) + pic.folds(d, [`M480 ${top + 170}Q500 ${waistAt - 60} 500 ${waistAt}`, `M610 ${top + 170}Q585 ${waistAt - 60} 586 ${waistAt}`], 12, 0.14);
  const inside = [];
  if (o.band) inside.push(stroke(`M${540 - hem - 20} ${end - 40}Q540 ${end + 4} ${540 + hem + 20} ${end - 40}`, plain, 54), stroke(`M${540 - hem - 20} ${end - 76}Q540 ${end - 32} ${540 + hem + 20} ${end - 76}`, o.ink?.[3] ?? '#fff', 6));
  if (o.tie) inside.push(rect(380, waistAt - 24, 320, 46, 6, plain), rect(380, waistAt - 24, 320, 12, 0, '#fff', 'opacity=".14"'));
  if (o.tiers) inside.push(...[0.38, 0.7].map((k) => { const y = waistAt + (end - waistAt) * k; return stroke(`M200 ${y - 14}Q540 ${y + 34} 880 ${y - 14}`, '#000', 10, `opacity=".32" ${pic.blur(4)}`) + stroke(`M200 ${y - 26}Q540 ${y + 22} 880 ${y - 26}`, plain, 10); }));
  if (o.wrap) inside.push(stroke(`M${540 + (o.neck ?? 62)} ${top}L${440} ${waistAt}`, plain, 16), stroke(`M446 ${waistAt + 20}C520 ${waistAt + 180} 560 ${end - 160} 590 ${end + 30}`, plain, 16), stroke(`M462 ${waistAt + 20}C536 ${waistAt + 180} 576 ${end - 160} 606 ${end + 30}`, '#000', 12, `opacity=".25" ${pic.blur(6)}`));
  if (o.buttons) inside.push(stroke(`M540 ${top + 70}V${end + 40}`, '#000', 4, 'opacity=".35"'), times(9, (i) => circle(552, top + 110 + i * ((end - top - 160) / 9), 9, '#f4ead6', 'stroke="#000" stroke-opacity=".3" stroke-width="2"')));
  out += group(inside.join(''), pic.clip(d));
  if (o.wrap || o.tie) out += path(`M${o.wrap ? 440 : 600} ${waistAt}c-34 60 -30 150 -52 216l40 10c14 -70 14 -150 28 -222z`, plain, 'stroke="#000" stroke-opacity=".2" stroke-width="2"') + path(`M${o.wrap ? 440 : 600} ${waistAt}c20 70 44 130 48 196l36 -12c-10 -70 -36 -130 -64 -190z`, lighter(plain, 0.08), 'stroke="#000" stroke-opacity=".2" stroke-width="2"') + circle(o.wrap ? 442 : 604, waistAt, 22, plain);
  const neckline = o.vee ? `M${540 - (o.neck ?? 62)} ${top}L540 ${top + (o.drop ?? 70) * 1.5}L${540 + (o.neck ?? 62)} ${top}` : `M${540 - (o.neck ?? 62)} ${top}Q${540 - (o.neck ?? 62) * 0.9} ${top + (o.drop ?? 70)} 540 ${top + (o.drop ?? 70)}Q${540 + (o.neck ?? 62) * 0.9} ${top + (o.drop ?? 70)} ${540 + (o.neck ?? 62)} ${top}`;
  return out + stroke(neckline, plain, 13) + (o.yoke ? stroke(neckline, o.ink?.[3] ?? '#fff', 4, 'stroke-dasharray="3 12"') : '');
}

function dera(pic, o) {
  const d = 'M470 300L396 322C300 360 210 520 176 700L300 742C318 860 312 1020 296 1170Q540 1216 784 1170C768 1020 762 860 780 742L904 700C870 520 780 360 684 322L610 300Q596 372 540 372Q484 372 470 300z';
  const fill = clothFill(pic, o, 150);
  const hemBand = group(stroke('M250 1128Q540 1176 830 1128', o.trim, 66) + stroke('M250 1084Q540 1132 830 1084', o.ink[3], 6) + stroke('M300 1130Q540 1176 790 1130', o.ink[3], 22, 'stroke-dasharray="1 44"'), pic.clip(d));
  const cuffs = group(stroke('M170 690L306 734', o.trim, 40) + stroke('M910 690L774 734', o.trim, 40), pic.clip(d));
  return (
    pic.lay(d) + hanger(282, 132) + path('M470 300Q540 340 610 300L540 372z', darker(o.trim, 0.4)) + pic.round(d, fill, 0.18) + hemBand + cuffs +
    pic.folds(d, ['M330 560Q360 860 350 1200', 'M430 480Q450 860 436 1200', 'M540 420Q548 860 540 1200', 'M650 480Q632 860 652 1200', 'M750 560Q722 860 740 1200', 'M396 330Q330 480 318 736', 'M684 330Q750 480 762 736'], 22, 0.2) +
    path('M466 300L452 304Q470 402 500 420L522 640Q540 664 558 640L580 420Q610 402 628 304L614 300Q596 372 540 372Q484 372 466 300z', o.trim) +
    stroke('M459 302Q476 396 508 412L528 632Q540 648 552 632L572 412Q604 396 621 302', o.ink[3], 5, 'stroke-dasharray="4 12"')
  );
}

function skirt(pic, o) {
  const end = o.end ?? 1120;
  const hem = o.hem ?? 300;
  const d = `M410 330H670C690 520 ${540 + hem * 0.86} ${end - 220} ${540 + hem} ${end}Q540 ${end + 60} ${540 - hem} ${end}C${540 - hem * 0.86} ${end - 220} 390 520 410 330z`;
  const fill = clothFill(pic, o, 130);
  const pleats = [-0.8, -0.5, -0.2, 0.12, 0.44, 0.74].map((k) => `M${540 + k * 120} 390Q${540 + k * hem * 0.62} ${end - 320} ${540 + k * hem} ${end + 40}`);
  return (
    stroke('M470 296V236M610 296V236', '#8f8a84', 8) + rect(420, 214, 240, 22, 11, '#b98052') + stroke('M540 214v-34c0 -16 30 -16 30 -40c0 -26 -44 -30 -48 -4', '#8f8a84', 8) + rect(452, 280, 36, 60, 6, '#6f6a64') + rect(592, 280, 36, 60, 6, '#6f6a64') +
    pic.lay(d) + pic.round(d, fill, 0.2) + pic.folds(d, pleats, 24, 0.26) + group(o.band ? stroke(`M100 ${end - 50}Q540 ${end + 20} 980 ${end - 50}`, o.trim, 60) : '', pic.clip(d)) +
    pic.soft('M406 322H674L678 384Q540 400 402 384z', o.trim, 0.2) + path('M620 384c50 40 90 60 110 130l-34 8c-24 -50 -60 -80 -96 -130z', o.trim) + path('M614 384c10 60 30 110 26 170l-34 0c0 -60 -10 -110 -14 -168z', lighter(o.trim, 0.08)) + circle(612, 380, 24, lighter(o.trim, 0.05))
  );
}

const torso = 'M452 330L378 356C360 392 330 560 318 640V1080Q540 1118 762 1080V640C750 560 720 392 702 356L628 330Q600 380 540 384Q480 380 452 330z';
const tee = 'M452 330L372 360V1080Q540 1112 708 1080V360L628 330Q600 388 540 388Q480 388 452 330z';
const shortArm = 'M380 352C310 384 250 470 208 600L340 664C356 610 368 560 376 520z';
const longArm = 'M380 352C300 390 240 600 196 1010L308 1030C330 860 352 700 378 560z';

function shirt(pic, o) {
  const fill = clothFill(pic, o, 120);
  const arm = o.long ? longArm : shortArm;
  const trim = o.trim ?? '#333333';
  const d = o.wide ? torso : tee;
  const cuff = o.long ? stroke('M192 978L316 1000', trim, 46) : stroke('M204 586L346 654', trim, 22);
  let out = pic.lay(d) + mirrored(pic.lay(arm, 8, 24, 18, 0.25)) + hanger(312, 150) + path('M452 330Q540 366 628 330L600 392H480z', darker(o.inner ?? trim, 0.45));
  out += mirrored(pic.soft(arm, fill, 0.24) + (o.plainArm ? path(arm, o.plainArm) : '') + group(cuff, pic.clip(arm)) + pic.folds(arm, [o.long ? 'M350 480Q280 700 262 1000' : 'M352 430Q290 520 270 630'], 18, 0.2));
  out += pic.round(d, fill, 0.16);
  const placket = [];
  if (o.tee) placket.push('');
  else if (o.dashiki) placket.push(path('M450 330Q470 430 500 470L486 640Q540 720 594 640L580 470Q610 430 630 330Q600 388 540 388Q480 388 450 330z', trim), stroke('M462 360Q486 440 512 476L502 632Q540 690 578 632L568 476Q594 440 618 360', o.ink[3], 7, 'stroke-dasharray="3 13"'), stroke('M486 424Q502 470 524 484L518 626Q540 656 562 626L556 484Q578 470 594 424', o.ink[2], 7), stroke('M372 1040Q540 1078 708 1040', trim, 40), stroke('M372 1040Q540 1078 708 1040', o.ink[3], 8, 'stroke-dasharray="2 20"'));
  else placket.push(rect(516, 384, 48, 720, 0, o.placket ?? 'none'), stroke('M516 390V1110', '#000', 3, 'opacity=".35"'), stroke('M564 390V1110', '#000', 3, 'opacity=".2"'), times(o.zip ? 0 : 7, (i) => circle(540, 440 + i * 94, 10, o.button ?? '#f6efe0', 'stroke="#000" stroke-opacity=".35" stroke-width="2"')), o.zip ? stroke('M540 390V1110', '#d7c08a', 14, 'stroke-dasharray="5 7" stroke-linecap="butt"') : '');
  if (o.hemBand) placket.push(stroke('M360 1060Q540 1096 720 1060', trim, 74), times(26, (i) => stroke(`M${372 + i * 13.4} 1020V1110`, '#000', 2, 'opacity=".25"')));
  if (o.pocket) placket.push(path('M590 560h96v96q-48 30 -96 0z', fill, 'stroke="#000" stroke-opacity=".35" stroke-width="3"'), rect(590, 560, 96, 18, 0, trim));
  if (o.chest) placket.push(o.chest);
  out += group(placket.join(''), pic.clip(d)) + pic.folds(d, ['M420 560Q450 820 430 1110', 'M664 520Q630 820 656 1110', 'M480 740Q500 900 484 1110'], 22, 0.14);
  if (o.tee || o.dashiki || o.zip) out += stroke('M452 330Q480 388 540 388Q600 388 628 330', trim, o.zip ? 34 : 18) + (o.zip ? stroke('M452 330Q480 388 540 388Q600 388 628 330', '#000', 34, 'opacity=".25" stroke-dasharray="2 9" stroke-linecap="butt"') : '');
  else out += mirrored(path('M456 316L430 340L462 452L540 392Q486 380 456 316z', o.collar ?? fill, 'stroke="#000" stroke-opacity=".35" stroke-width="3"'));
  return out;
}

const printedTee = (pic, o) => shirt(pic, {
  ...o, tee: true,
  chest: circle(540, 640, 118, o.sun) + group(path('M400 740L470 640L510 690L570 600L690 740z', darker(o.colour, 0.35)) + rect(400, 716, 300, 60, 0, darker(o.colour, 0.35)) + path('M476 716v-60q-34 -8 -40 -26q60 -30 112 2q-16 22 -46 24l4 60z', '#16110d'), pic.clip(oval(540, 640, 118, 118))) + words(540, 840, 62, 'NAIROBI', o.sun, 'font-weight="700" letter-spacing="8"'),
});

function sweater(pic, o) {
  const fill = knit(pic, o.colour);
  const d = 'M448 340L366 366V1060Q540 1090 714 1060V366L632 340L540 500z';
  const ribs = (x, y, w, h, n) => rect(x, y, w, h, 6, darker(o.colour, 0.1)) + times(n, (i) => stroke(`M${x + 7 + (i * (w - 8)) / n} ${y + 4}v${h - 8}`, darker(o.colour, 0.42), 4)) + rect(x, y + h * 0.3, w, h * 0.14, 0, o.stripe) + rect(x, y + h * 0.58, w, h * 0.14, 0, o.stripe);
  const arm = 'M374 362C296 400 236 640 206 990L318 1012C330 860 352 720 374 600z';
  const badge = path('M604 560h84v60q0 40 -42 56q-42 -16 -42 -56z', o.stripe) + path('M646 580l10 22 24 2 -18 16 6 24 -22 -13 -22 13 6 -24 -18 -16 24 -2z', o.colour);
  return (
    pic.lay(d) + (o.vest ? '' : mirrored(pic.lay(arm, 8, 24, 18, 0.25))) + hanger(324, 150) + path('M448 340Q540 380 632 340L540 520z', darker(o.colour, 0.55)) + path('M470 350L540 372L610 350L556 470H524z', '#f5f3ee') + path('M528 372h24l10 90 -22 40 -22 -40z', darker(o.colour, 0.2)) +
    (o.vest ? '' : mirrored(pic.soft(arm, fill, 0.24) + group(turned(ribs(198, 940, 134, 84, 11), 9, 262, 980), pic.clip(arm)) + pic.folds(arm, ['M340 520Q280 760 268 980'], 20, 0.25))) +
    pic.round(d, fill, 0.2) + group(ribs(360, 996, 360, 92, 28) + badge, pic.clip(d)) + pic.folds(d, ['M430 560Q446 800 432 1010', 'M660 700Q636 860 652 1010'], 22, 0.18) +
    (o.vest ? mirrored(stroke('M366 366Q392 480 366 640', o.stripe, 20)) : '') +
    stroke('M448 340L540 500L632 340', darker(o.colour, 0.2), 30) + stroke('M452 346L540 498L628 346', o.stripe, 8)
  );
}

function headwrap(pic, o) {
  const fill = clothFill(pic, o, 100);
  const base = 'M350 760C330 560 420 420 560 420C700 420 760 560 736 760C640 716 450 716 350 760z';
  const knotA = 'M540 440C440 400 360 300 400 220C470 200 560 300 580 400z';
  const knotB = 'M560 440C560 340 640 210 730 230C780 290 690 400 600 450z';
  const bust = 'M548 700C640 700 700 780 690 880C682 960 640 1010 610 1030V1110C640 1140 720 1150 760 1180H330C370 1150 460 1140 490 1110V1030C450 1010 410 950 404 880C396 780 460 700 548 700z';
  return (
    pic.floor(545, 1185, 230) + pic.round(bust, '#c9b59b', 0.28) + pic.lay(base, 6, 18, 14, 0.3) +
    pic.soft(knotA, fill, 0.3) + pic.folds(knotA, ['M550 420Q460 340 430 250', 'M560 410Q520 320 470 270'], 12, 0.3) + pic.soft(knotB, fill, 0.3) + pic.folds(knotB, ['M580 430Q620 320 700 260', 'M600 440Q680 360 720 290'], 12, 0.3) +
    pic.round(base, fill, 0.3) + pic.folds(base, ['M352 720Q460 560 560 440', 'M380 740Q520 600 590 440', 'M700 740Q640 560 560 440', 'M734 700Q690 540 570 440', 'M500 726Q600 620 590 450'], 18, 0.3) +
    pic.soft('M500 410C540 370 610 380 630 420C640 470 600 500 556 496C510 494 484 450 500 410z', fill, 0.3) + stroke('M520 420Q570 440 590 490', '#000', 6, `opacity=".3" ${pic.blur(3)}`)
  );
}

function poncho(pic, o) {
  const d = 'M540 330L800 470C850 640 880 820 880 960L540 1160L200 960C200 820 230 640 280 470z';
  const fringe = times(34, (i) => { const k = i / 33; const x = 200 + k * 680; const y = 960 + (1 - Math.abs(k - 0.5) * 2) * 200; return stroke(`M${x} ${y}q${pic.chance() * 8 - 4} 30 0 58`, o.check[0], 6); });
  return pic.lay(d) + fringe + pic.round(d, clothFill(pic, { ...o, size: 150 }), 0.2) + pic.folds(d, ['M470 470Q380 700 330 1030', 'M540 520Q530 800 540 1150', 'M610 470Q700 700 750 1030', 'M400 440Q280 640 240 960', 'M680 440Q800 640 840 960'], 26, 0.26) + path('M462 372L540 330L618 372L540 500z', darker(o.check[0], 0.6)) + stroke('M462 372L540 500L618 372', o.check[1], 20);
}

const stretched = (inside, sx, sy, dy) => group(inside, `transform="translate(${540 - 540 * sx} ${dy}) scale(${sx} ${sy})"`);
const maxi = (pic, o) => stretched(dress(pic, o), 0.8, 1.12, -110);
const longDera = (pic, o) => stretched(dera(pic, o), 0.84, 1.14, -125);

function babyDress(pic, o) {
  return dress(pic, { ...o, end: 980, hem: 270, waistAt: 580, waist: 128, bust: 150, shoulder: 130, sleeve: o.sleeve ?? 'flutter' }) ;
}

function bibs(pic, o) {
  const d = 'M410 380C330 470 300 620 330 760C360 900 450 980 540 980C630 980 720 900 750 760C780 620 750 470 670 380C640 346 600 376 618 420C650 500 610 560 540 560C470 560 430 500 462 420C480 376 440 346 410 380z';
  const one = (fill, trim) => pic.lay(d, 12, 20, 16, 0.28) + pic.soft(d, fill, 0.14) + stroke(d, trim, 16) + circle(424, 400, 13, '#fff', 'opacity=".9"');
  return turned(one(clothFill(pic, { print: o.print, ink: o.ink, size: 100 }), o.trim), -16, 420, 800) + group(turned(one(clothFill(pic, { print: o.print2, ink: o.ink2, size: 90 }), o.trim2), 12, 620, 700), 'transform="translate(90 150)"');
}

function socks(pic, o) {
  const d = 'M420 300H580V760C580 820 610 850 680 900C760 960 770 1060 690 1090C610 1116 520 1070 470 1000C430 940 420 900 420 820z';
  const one = () => pic.lay(d, 12, 24, 18, 0.28) + pic.round(d, knit(pic, o.colour, 16), 0.16) + group(rect(400, 300, 200, 120, 0, darker(o.colour, 0.08)) + times(18, (i) => stroke(`M${424 + i * 9} 300v120`, darker(o.colour, 0.35), 2.5)) + rect(400, 330, 200, 18, 0, o.stripe) + rect(400, 366, 200, 18, 0, o.stripe) + ellipse(720, 1050, 110, 90, darker(o.colour, 0.3), 'opacity=".8"') + ellipse(440, 940, 70, 90, darker(o.colour, 0.3), 'opacity=".8"'), pic.clip(d));
  return group(one(), 'transform="translate(-120 -20) rotate(4 500 700)"') + group(one(), 'transform="translate(120 40) rotate(-3 500 700)"');
}

function romper(pic, o) {
  const d = 'M450 340L390 360C380 420 390 470 372 520C340 640 330 780 350 900C360 960 400 1000 440 1000C480 1000 500 960 540 960C580 960 600 1000 640 1000C680 1000 720 960 730 900C750 780 740 640 708 520C690 470 700 420 690 360L630 340Q600 420 540 420Q480 420 450 340z';
  return pic.lay(d) + pic.round(d, clothFill(pic, o, 96), 0.18) + pic.folds(d, ['M430 600Q410 800 430 980', 'M640 600Q670 800 650 980', 'M540 640V950'], 20, 0.2) + group(rect(300, 580, 480, 40, 0, o.trim), pic.clip(d)) + stroke('M450 340Q480 420 540 420Q600 420 630 340', o.trim, 16) + circle(420, 366, 13, '#fff') + circle(660, 366, 13, '#fff') + times(3, (i) => circle(490 + i * 50, 968 - (i === 1 ? 8 : 0), 10, '#fff', 'stroke="#000" stroke-opacity=".3"'));
}

export const lying = { dress, maxi, dera: longDera, skirt, shirt, printedTee, sweater, poncho, babyDress, bibs, socks, romper };
export const standing = { headwrap };
