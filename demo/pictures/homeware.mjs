// Drawings of things for the home: soapstone, wood, cushions, table linen and toys.
import { kitenge, wood } from './cloth.mjs';
import { clothFill } from './clothes.mjs';
import { box, circle, darker, ellipse, group, lighter, path, rect, stroke, times, turned } from './paper.mjs';

function bowl(pic, o) {
  const d = 'M230 720Q540 800 850 720C840 900 740 1060 640 1080H440C340 1060 240 900 230 720z';
  const fill = o.wood ? wood(pic, o.colour) : o.colour;
  const motif = o.motif ? group(times(13, (i) => `<g transform="translate(${250 + i * 48} ${850 + (1 - ((i - 6) / 6) ** 2) * 44})">${path('M0 -44L22 0L0 44L-22 0z', o.motif)}${path('M0 -22L11 0L0 22L-11 0z', lighter(o.colour, 0.5))}</g>`) + stroke('M220 788Q540 880 860 788', o.motif, 10) + stroke('M260 930Q540 1010 820 930', o.motif, 10), pic.clip(d)) : '';
  return pic.floor(540, 1086, 250) + pic.round('M430 1050h220l24 44q-134 26 -268 0z', darker(o.colour, 0.2), 0.3) + path(d, fill) + motif + pic.round(d, 'none', 0.36) + ellipse(540, 720, 310, 74, lighter(o.colour, 0.16)) + ellipse(540, 728, 284, 60, darker(o.colour, 0.38)) + ellipse(540, 748, 250, 38, darker(o.colour, 0.14), pic.blur(10)) + (o.fruit ? [['#e8962e', 430, 670, 92], ['#d9472b', 560, 640, 96], ['#8fae3c', 660, 686, 82], ['#f0b429', 500, 706, 80]].map(([c, x, y, r]) => circle(x, y, r, pic.radial([[0, lighter(c, 0.45)], [0.6, c], [1, darker(c, 0.35)]], [0.36, 0.3, 0.8]))).join('') + path('M232 724Q540 812 848 724L844 780Q540 860 236 780z', fill) + stroke('M232 722Q540 812 848 722', lighter(o.colour, 0.3), 9) : '');
}

function elephant(pic, o) {
  const c = o.colour;
  const body = 'M300 1080V800C290 640 390 540 560 540C650 540 700 560 730 590C800 560 880 600 890 700C896 790 880 880 920 960C926 990 880 1000 866 970C830 900 830 840 812 800C800 850 780 870 760 880V1080H650V930Q560 960 450 930V1080z';
  const ear = 'M640 600C560 590 540 680 570 760C590 820 650 830 690 790C730 740 720 620 640 600z';
  return pic.floor(560, 1084, 300) + stroke('M306 760C260 800 262 880 250 930', darker(c, 0.2), 16) + pic.soft('M380 1078V860h90v218zM600 1078V880h80v198z', darker(c, 0.28), 0.1) + pic.soft(body, c, 0.36) + path(body, pic.radial([[0, '#fff', 0.35], [1, '#fff', 0]], [0.4, 0.2, 0.5])) + pic.lay(ear, 2, 8, 8, 0.25) + pic.soft(ear, lighter(c, 0.08), 0.25) + circle(774, 690, 12, '#1d1613') + path('M812 800q50 20 70 -10q-10 50 -66 50z', '#f5efe4') + (o.motif ? [[400, 700], [480, 640], [470, 780], [390, 830]].map(([x, y]) => circle(x, y, 34, 'none', `stroke="${o.motif}" stroke-width="7"`) + circle(x, y, 14, o.motif)).join('') : '') + times(2, (i) => stroke(`M${320 + i * 350} 1062h70`, darker(c, 0.35), 7, 'stroke-dasharray="14 10"'));
}

function giraffes(pic, o) {
  const one = (x, flip, tall, c) => {
    const d = 'M0 0C-16 -160 -10 -330 30 -420C6 -560 10 -720 40 -800C50 -840 90 -850 120 -830L200 -790C214 -770 196 -750 176 -752L112 -760C96 -640 110 -520 130 -430C170 -330 170 -160 150 0H96L88 -200Q76 -230 62 -200L50 0z';
    const spots = Array.from({ length: 34 }, () => { const px = pic.chance() * 200 - 20; const py = -pic.chance() * 820; const r = 12 + pic.chance() * 12; return path(`M${px} ${py - r}l${r} ${r * 0.6} ${-r * 0.3} ${r} ${-r} ${r * 0.1} ${-r * 0.5} ${-r}z`, darker(c, 0.5)); }).join('');
    return `<g transform="translate(${x} 1090) scale(${flip * tall} ${tall})">${pic.soft(d, wood(pic, c), 0.3)}${group(spots, `${pic.clip(d)} opacity=".75"`)}${stroke('M64 -840l-6 -44M92 -846l2 -42', darker(c, 0.3), 10)}${circle(126, -800, 8, '#1d1613')}</g>`;
  };
  return pic.floor(540, 1094, 270, 1.2) + pic.round(box(300, 1076, 480, 34, 16), darker(o.colour, 0.35), 0.3) + one(360, 1, 0.95, o.colour) + one(720, -1, 0.78, lighter(o.colour, 0.12));
}

function candle(pic, o) {
  const one = (x, h, k) => { const y = 1080 - h; return pic.floor(x, 1082, 90 * k) + rect(x - 34 * k, y - 190 * k, 68 * k, 200 * k, 8, '#f4ead2') + rect(x - 34 * k, y - 190 * k, 68 * k, 200 * k, 8, pic.linear([[0, '#000', 0.14], [0.4, '#fff', 0.2], [1, '#000', 0.2]], [0, 0, 1, 0])) + stroke(`M${x} ${y - 190 * k}v-20`, '#3a2a20', 5) + circle(x, y - 240 * k, 90 * k, pic.radial([[0, '#ffd98a', 0.75], [1, '#ffd98a', 0]])) + path(`M${x} ${y - 290 * k}q30 50 0 76q-30 -26 0 -76z`, '#ffb63d') + path(`M${x} ${y - 254 * k}q14 26 0 40q-14 -14 0 -40z`, '#fff3c9') + pic.round(`M${x - 86 * k} 1084L${x - 60 * k} 1040C${x - 20 * k} 1000 ${x - 20 * k} ${y + 60} ${x - 76 * k} ${y}Q${x} ${y + 22} ${x + 76 * k} ${y}C${x + 20 * k} ${y + 60} ${x + 20 * k} 1000 ${x + 60 * k} 1040L${x + 86 * k} 1084Q${x} 1108 ${x - 86 * k} 1084z`, o.colour, 0.36) + ellipse(x, y, 76 * k, 16 * k, lighter(o.colour, 0.25)) + stroke(`M${x - 60 * k} 1036Q${x} 1056 ${x + 60 * k} 1036`, o.motif, 9); };
  return one(380, 330, 1) + one(690, 210, 1.1);
}

function heart(pic, o) {
  const d = 'M540 1020C360 880 250 770 250 640C250 530 340 470 420 480C480 486 520 530 540 570C560 530 600 486 660 480C740 470 830 530 830 640C830 770 720 880 540 1020z';
  return pic.lay(d, 16, 30, 20, 0.34) + pic.soft(d, o.colour, 0.36) + path(d, pic.radial([[0, '#fff', 0.5], [1, '#fff', 0]], [0.3, 0.2, 0.4])) + group(times(7, (i) => stroke(`M${300 + i * 80} 470C${340 + i * 80} 640 ${260 + i * 80} 800 ${320 + i * 80} 1020`, '#fff', 7, 'opacity=".22"')) + times(9, (i) => circle(330 + (i % 5) * 105, 610 + Math.floor(i / 5) * 130, 30, 'none', `stroke="${o.motif}" stroke-width="8"`)), pic.clip(d));
}

function spoons(pic, o) {
  const spoon = (x, turn, kind, c) => {
    const head = kind === 'flat' ? 'M-46 -300Q-60 -150 -20 -120H20Q60 -150 46 -300Q0 -330 -46 -300z' : kind === 'fork' ? 'M-54 -320Q-50 -170 -18 -120H18Q50 -170 54 -320L34 -330L24 -210L14 -335H-14L-24 -210L-34 -330z' : 'M0 -340C70 -330 84 -180 20 -120H-20C-84 -180 -70 -330 0 -340z';
    const d = `${head}M-16 -130H16L22 420Q0 450 -22 420z`;
    return `<g transform="translate(${x} 660) rotate(${turn})">${pic.lay(d, 12, 22, 12, 0.34)}${pic.round(d, wood(pic, c), 0.26)}${kind === 'bowl' ? ellipse(0, -232, 44, 76, darker(c, 0.3), 'opacity=".75"') + ellipse(-6, -214, 32, 54, lighter(c, 0.1), `opacity=".5" ${pic.blur(8)}`) : ''}${(o.tips ?? []).map((t, i) => rect(-22, 330 - i * 26, 44, 18, 4, t)).join('')}</g>`;
  };
  const n = o.kinds.length;
  return o.kinds.map((kind, i) => spoon(540 + (i - (n - 1) / 2) * (n > 3 ? 150 : 210), (i - (n - 1) / 2) * 8, kind, i % 2 ? lighter(o.colour, 0.1) : o.colour)).join('');
}

function board(pic, o) {
  const d = 'M300 460Q300 400 360 400H486L500 240Q540 200 580 240L594 400H720Q780 400 780 460V1040Q780 1110 700 1110H380Q300 1110 300 1040z';
  return pic.lay(d) + pic.soft(d, wood(pic, o.colour), 0.22) + group(path('M640 390C560 600 700 820 620 1120H720C790 820 660 600 740 390z', darker(o.colour, 0.4), 'opacity=".5"'), pic.clip(d)) + circle(540, 290, 22, '#00000055') + stroke('M540 280C520 220 560 200 548 170', '#7a4726', 10);
}

function cushion(pic, o) {
  const d = 'M230 400Q380 436 540 424Q700 436 850 400Q816 540 830 690Q816 850 856 996Q700 960 540 972Q380 960 224 996Q264 850 250 690Q264 540 230 400z';
  return pic.lay(d, 16, 36, 28, 0.36) + path(d, clothFill(pic, o, 150)) + path(d, pic.radial([[0, '#fff', 0.26], [0.6, '#fff', 0], [1, '#000', 0.38]], [0.44, 0.4, 0.66])) + pic.folds(d, ['M240 410L340 500', 'M840 410L740 500', 'M236 986L340 890', 'M846 986L740 890'], 16, 0.26) + stroke(d, o.trim, 13);
}

function placemats(pic, o) {
  const fill = clothFill(pic, o, 96);
  const one = (x, y, turn) => turned(pic.lay(box(x, y, 560, 400, 12), 8, 18, 14, 0.26) + rect(x, y, 560, 400, 12, o.trim) + rect(x + 22, y + 22, 516, 356, 4, fill) + rect(x, y, 560, 400, 12, pic.linear([[0, '#fff', 0.14], [1, '#000', 0.14]], [0, 0, 1, 1])), turn);
  return one(220, 300, -7) + one(250, 420, 3) + one(270, 620, -4);
}

function runner(pic, o) {
  const d = 'M400 190H680V1110L540 1220L400 1110z';
  return pic.lay(d) + path(d, o.trim) + path('M428 190H652V1096L540 1184L428 1096z', clothFill(pic, o, 112)) + pic.folds(d, ['M380 420Q540 400 700 424', 'M380 760Q540 784 700 756'], 18, 0.16) + circle(540, 1250, 22, o.trim) + times(7, (i) => stroke(`M${531 + i * 3} 1262v56`, o.trim, 4));
}

function apron(pic, o) {
  const d = 'M420 400H660C660 520 700 580 780 620V1130Q540 1156 300 1130V620C380 580 420 520 420 400z';
  return stroke('M436 410C420 250 660 250 644 410', o.trim, 18) + stroke('M300 640C220 680 210 760 170 820M780 640C860 680 870 760 910 820', o.trim, 16) + pic.lay(d) + pic.soft(d, clothFill(pic, o, 130), 0.16) + pic.folds(d, ['M400 640Q410 900 390 1140', 'M690 640Q670 900 690 1140', 'M540 560V720'], 22, 0.18) + stroke('M420 400H660C660 520 700 580 780 620', o.trim, 16) + stroke('M420 400C420 520 380 580 300 620', o.trim, 16) + path('M420 780H660V930Q660 970 620 970H460Q420 970 420 930z', o.trim) + stroke('M540 790V960', lighter(o.trim, 0.4), 3, 'stroke-dasharray="9 8"');
}

function mug(pic, o) {
  const d = 'M310 600H710V1040Q710 1090 650 1096H370Q310 1090 310 1040z';
  return pic.floor(520, 1098, 220) + stroke('M706 700C860 680 860 960 706 960', darker(o.colour, 0.12), 44) + stroke('M706 700C850 684 850 950 706 956', lighter(o.colour, 0.2), 10) + pic.round(d, o.colour, 0.26) + group(rect(300, 780, 420, 180, 0, kitenge(pic, o.print, o.ink, 90)), pic.clip(d)) + pic.round('M310 780h400v180h-400z', 'none', 0.26) + ellipse(510, 600, 200, 44, o.rim) + ellipse(510, 602, 184, 36, darker(o.colour, 0.4)) + ellipse(510, 612, 172, 26, '#7a4a24') + [[440, 0], [520, 30], [590, 10]].map(([x, s]) => stroke(`M${x} ${520 - s}c-40 -60 40 -90 0 -160`, '#fff', 16, `opacity=".55" ${pic.blur(9)}`)).join('');
}

function gourd(pic, o) {
  const d = 'M500 300Q540 280 580 300C590 400 570 480 600 560C720 640 770 760 760 880C744 1030 650 1100 540 1100C430 1100 336 1030 320 880C310 760 360 640 480 560C510 480 490 400 500 300z';
  return pic.floor(540, 1100, 190) + pic.round(d, o.colour, 0.36) + group([[640, 0], [760, 1], [880, 0]].map(([y, odd]) => times(15, (i) => path(`M${310 + i * 32 + odd * 16} ${y}l16 44 16 -44z`, o.motif))).join('') + stroke('M300 700H780M300 820H780M300 944H780', o.motif, 8) + stroke('M440 540Q540 566 640 540', o.beads[0], 18, 'stroke-dasharray="1 20"') + stroke('M430 566Q540 592 650 566', o.beads[1], 18, 'stroke-dasharray="1 20"'), pic.clip(d)) + pic.round('M484 250Q540 230 596 250L586 330Q540 344 494 330z', '#6b3f22', 0.36) + stroke('M496 330C300 380 300 560 420 600M584 330C780 380 780 560 660 600', '#6b3f22', 12);
}

function giraffeToy(pic, o) {
  const fill = kitenge(pic, o.print, o.ink, 84);
  const neck = 'M590 300C680 300 720 380 690 450L640 640C740 660 790 740 780 840V1060Q780 1100 740 1100H690Q660 1100 660 1060V920H470V1060Q470 1100 430 1100H380Q346 1100 350 1060L350 800C350 700 430 640 520 640L540 470C480 470 440 440 440 400C440 360 500 310 590 300z';
  return pic.floor(560, 1100, 240) + stroke('M360 740C300 760 290 840 280 890', o.ink[1], 22) + pic.round(neck, fill, 0.2) + stroke(neck, '#fff', 4, 'stroke-dasharray="11 12" opacity=".7"') + stroke('M590 300l-8 -76M640 316l16 -70', o.ink[1], 20) + circle(580, 222, 22, o.ink[2]) + circle(658, 246, 22, o.ink[2]) + ellipse(704, 356, 62, 30, o.ink[1], 'transform="rotate(-24 704 356)"') + circle(560, 372, 15, '#241711') + circle(555, 366, 5, '#fff') + stroke('M462 424q22 16 44 4', '#241711', 7);
}

function balls(pic, o) {
  return [[390, 930, 150], [690, 950, 130], [540, 690, 140]].map(([x, y, r], i) => (i < 2 ? pic.floor(x, y + r - 4, r * 0.8) : '') + circle(x, y, r, kitenge(pic, o.print, o.inks[i], 80)) + circle(x, y, r, pic.radial([[0, '#fff', 0.4], [0.5, '#fff', 0], [1, '#000', 0.5]], [0.36, 0.3, 0.8]))).join('');
}

export const standing = { bowl, elephant, giraffes, candle, mug, gourd, giraffeToy, balls };
export const lying = { heart, spoons, board, cushion, placemats, runner, apron };
