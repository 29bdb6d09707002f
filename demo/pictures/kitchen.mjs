// Drawings of kitchen appliances.
import { box, circle, darker, ellipse, group, lighter, path, rect, stroke, times, words } from './paper.mjs';

const knob = (x, y, r, c) => circle(x, y, r, darker(c, 0.4)) + circle(x, y - r * 0.06, r * 0.84, c) + stroke(`M${x} ${y - r * 0.2}V${y - r * 0.74}`, darker(c, 0.6), r * 0.16);

function blender(pic, o) {
  const jar = 'M390 300H690L650 780H430z';
  return pic.floor(540, 1120, 200) + stroke('M680 380C810 380 800 660 664 660', '#cfd8df', 34) + path(jar, '#e6f1f7', 'opacity=".8"') + group(path('M300 520Q440 490 540 520T780 510V800H300z', o.juice) + path('M300 520Q440 490 540 520T780 510V560Q660 540 540 560T300 560z', lighter(o.juice, 0.35)) + times(9, (i) => circle(430 + pic.chance() * 220, 580 + pic.chance() * 170, 9 + i * 2, lighter(o.juice, 0.25), 'opacity=".7"')), pic.clip(jar)) + path('M410 320L440 320L460 760L440 760z', '#fff', 'opacity=".65"') + times(4, (i) => stroke(`M620 ${420 + i * 76}h30`, '#7d8a94', 5)) + pic.round('M376 240H704Q720 240 716 262L704 306H376L364 262Q360 240 376 240z', '#23272d', 0.34) + rect(490, 204, 100, 44, 14, '#3a4048') + pic.round('M420 776H660L680 840H400z', '#2c3138', 0.34) + pic.round('M390 836H690L750 1060Q754 1116 700 1120H380Q326 1116 330 1060z', o.body, 0.3) + knob(540, 970, 76, o.accent) + times(5, (i) => circle(540 + Math.cos(Math.PI * (1.15 + i * 0.175)) * 108, 970 + Math.sin(Math.PI * (1.15 + i * 0.175)) * 108, 7, '#fff'));
}

function kettle(pic, o) {
  const d = 'M370 470H660C700 640 740 800 750 1010Q750 1060 700 1064H330Q280 1060 284 1010C290 800 330 640 370 470z';
  return pic.floor(520, 1112, 260) + stroke('M650 520C900 480 920 900 730 930', '#23272d', 52) + stroke('M660 510C890 478 906 880 740 912', '#5a626c', 12) + path('M378 560L250 470L300 460L400 490z', darker(o.body, 0.15)) + pic.round(d, o.body, 0.38) + pic.round('M378 470Q390 400 520 396Q640 400 652 470z', '#2c3138', 0.3) + rect(490, 356, 60, 46, 18, '#23272d') + (o.window ? rect(400, 640, 44, 300, 22, '#0e1a26') + rect(408, 760, 28, 172, 14, '#7fc4ee') : '') + pic.round('M270 1056H770L780 1096Q780 1114 760 1116H280Q260 1114 260 1096z', '#23272d', 0.3) + circle(700, 1086, 9, o.accent) + [[430, 0], [500, 20]].map(([x, s]) => stroke(`M${x - 190} ${430 - s}c-30 -60 30 -80 0 -150`, '#fff', 18, `opacity=".6" ${pic.blur(9)}`)).join('');
}

function toaster(pic, o) {
  const d = 'M230 740Q230 600 370 596H710Q850 600 850 740V1060Q850 1096 810 1100H270Q230 1096 230 1060z';
  const slice = (x) => pic.soft(`M${x} 620V470Q${x - 24} 400 ${x + 60} 396H${x + 160}Q${x + 236} 400 ${x + 210} 470V620z`, '#c98d4b', 0.14) + path(`M${x + 20} 620V480Q${x + 6} 424 ${x + 62} 420H${x + 150}Q${x + 204} 424 ${x + 190} 480V620z`, '#edc98f');
  return pic.floor(540, 1104, 320) + slice(290) + slice(580) + pic.round(d, o.body, 0.3) + rect(280, 604, 240, 22, 10, '#15181d') + rect(560, 604, 240, 22, 10, '#15181d') + rect(846, 740, 24, 200, 8, '#23272d') + rect(842, 760, 66, 44, 14, o.accent) + knob(540, 960, 54, o.accent) + rect(300, 1090, 90, 26, 8, '#23272d') + rect(690, 1090, 90, 26, 8, '#23272d');
}

function sandwichMaker(pic, o) {
  return pic.floor(540, 1090, 330, 0.8) + pic.round('M230 900H850V1020Q850 1084 780 1086H300Q230 1084 230 1020z', darker(o.body, 0.15), 0.26) + path('M250 880H830L850 912H230z', '#15181d') + [330, 610].map((x) => path(`M${x} 892l140 -84 8 84z`, '#e3b06a') + path(`M${x} 892l140 -84v24L${x + 40} 892z`, '#b87a38') + rect(x + 10, 884, 140, 14, 6, '#f2cc4e')).join('') + pic.round('M240 800Q250 580 360 470Q390 440 440 446L800 520Q850 540 846 600L842 800Q540 700 240 800z', o.body, 0.26) + path('M240 800Q540 700 842 800L838 838Q540 740 246 838z', '#23272d') + rect(470, 1000, 140, 30, 12, '#23272d') + circle(380, 1036, 13, '#e4473b') + circle(430, 1036, 13, '#4fd07c') + stroke('M420 560Q560 540 720 590', '#fff', 14, `opacity=".5" ${pic.blur(5)}`);
}

function hotPlate(pic, o) {
  const spiral = (x, y, k) => [120, 96, 72, 48, 24].map((r, i) => ellipse(x, y, r * k, r * 0.36 * k, 'none', `stroke="${i % 2 ? '#e4572b' : '#ff8a3c'}" stroke-width="13"`)).join('');
  const n = o.plates;
  const spots = n === 2 ? [[350, 860], [730, 860]] : [[540, 850]];
  const w = n === 2 ? 390 : 260;
  return pic.floor(540, 1086, w, 0.9) + path(`M${540 - w + 40} 740H${540 + w - 40}L${540 + w} 960H${540 - w}z`, lighter(o.body, 0.12)) + spots.map(([x, y]) => ellipse(x, y, 150, 60, '#15181d') + spiral(x, y, 1)).join('') + pic.round(box(540 - w, 950, w * 2, 120, 20), o.body, 0.22) + spots.map(([x]) => knob(x, 1010, 42, '#e9e4da')).join('') + circle(540 + (n === 2 ? 0 : 130), 1010, 10, '#e4473b');
}

function mixer(pic, o) {
  const whisk = (x) => stroke(`M${x} 640V800`, '#c3c8ce', 14) + [0, 1].map((s) => stroke(`M${x} 800C${x - 70 + s * 20} 860 ${x - 60 + s * 20} 980 ${x} 1030C${x + 60 - s * 20} 980 ${x + 70 - s * 20} 860 ${x} 800`, '#aab0b7', 9)).join('');
  return whisk(400) + whisk(530) + pic.lay('M300 480Q300 400 400 400H780Q860 400 860 480V560Q860 640 780 640H360Q300 640 300 580z', 8, 20, 16, 0.2) + pic.round('M300 500Q300 420 400 420H780Q860 420 860 500V560Q860 640 780 640H360Q300 640 300 580z', o.body, 0.26) + stroke('M370 420C400 240 760 240 820 430', o.body, 62) + stroke('M380 400C420 270 740 270 800 410', lighter(o.body, 0.35), 14) + rect(400, 236, 70, 40, 14, o.accent) + times(5, (i) => rect(700 + i * 26, 500, 14, 80, 7, darker(o.body, 0.35))) + words(520, 560, 40, o.brand, '#fff', 'font-weight="700" letter-spacing="4"') + stroke('M850 560C980 600 900 820 1000 900', '#23272d', 16) + pic.floor(470, 1040, 120, 0.5);
}

function riceCooker(pic, o) {
  const d = 'M250 640H830L800 1040Q790 1090 730 1094H350Q290 1090 280 1040z';
  return pic.floor(540, 1098, 290) + [210, 870].map((x) => rect(x - 50, 720, 100, 50, 22, '#23272d')).join('') + pic.round(d, o.body, 0.3) + path('M240 640Q250 500 540 490Q830 500 840 640z', '#dfe9ef', 'opacity=".9"') + path('M300 620Q320 530 540 520Q600 520 640 530Q420 540 380 620z', '#fff', 'opacity=".8"') + rect(232, 628, 616, 34, 16, '#c3c8ce') + rect(490, 450, 100, 50, 18, '#23272d') + rect(440, 820, 200, 170, 24, '#23272d') + rect(500, 900, 80, 60, 14, o.accent) + circle(490, 856, 11, '#4fd07c') + circle(590, 856, 11, '#f2953d') + stroke('M700 470c-30 -60 30 -80 0 -140M760 490c-20 -40 20 -60 0 -100', '#fff', 16, `opacity=".6" ${pic.blur(8)}`);
}

function microwave(pic, o) {
  const d = box(130, 620, 820, 470, 26);
  return pic.floor(540, 1094, 430, 0.6) + pic.soft(d, o.body, 0.2) + rect(166, 660, 540, 390, 18, '#14171b') + rect(206, 700, 460, 310, 12, pic.linear([[0, '#3a3428'], [1, '#1c1a16']])) + ellipse(436, 960, 170, 26, '#5b5242') + path('M346 900h180q0 54 -60 56h-60q-60 -2 -60 -56z', '#e9e4da') + path('M210 704H420L320 1006H210z', '#fff', 'opacity=".07"') + rect(716, 680, 22, 350, 10, '#aab0b7') + rect(766, 680, 150, 76, 10, '#0b0d10') + words(840, 736, 48, '10:24', o.accent, 'font-weight="700"') + knob(840, 850, 50, '#c9cdd2') + knob(840, 980, 50, '#c9cdd2');
}

function juicer(pic, o) {
  return pic.floor(540, 1110, 220) + pic.round('M340 760H740L710 1060Q700 1106 640 1110H440Q380 1106 370 1060z', o.body, 0.3) + path('M300 640H780L740 780H340z', '#e6f1f7', 'opacity=".9"') + path('M330 700H750L740 780H340z', o.juice, 'opacity=".85"') + pic.round('M540 420Q620 500 640 660H440Q460 500 540 420z', '#f4f2ee', 0.3) + stroke('M540 440V650M500 480Q480 560 476 650M580 480Q600 560 604 650', '#c9c4ba', 8) + path('M780 690l90 30 -6 36 -94 -20z', '#cfd8df') + circle(540, 940, 40, o.accent) + circle(860, 1010, 92, '#f29a2e') + circle(860, 1010, 76, '#ffd58a') + times(8, (i) => stroke(`M860 1010l${Math.cos(i * 0.785) * 70} ${Math.sin(i * 0.785) * 70}`, '#f7f2e0', 6));
}

function airFryer(pic, o) {
  const d = 'M300 480C310 330 770 330 780 480L800 1040Q796 1096 740 1100H340Q284 1096 280 1040z';
  return pic.floor(540, 1104, 270) + pic.round(d, o.body, 0.32) + rect(410, 440, 260, 130, 26, '#0b0d10') + words(540, 528, 66, '180°', o.accent, 'font-weight="700"') + path('M296 680H784L796 1010Q540 1040 284 1010z', darker(o.body, 0.16)) + stroke('M292 676H788', '#000', 6, 'opacity=".5"') + rect(440, 740, 200, 60, 26, '#c9cdd2') + rect(500, 760, 80, 190, 34, '#23272d') + stroke('M514 780V930', '#6a727d', 8);
}

export const standing = { blender, kettle, toaster, sandwichMaker, hotPlate, mixer, riceCooker, microwave, juicer, airFryer };
