// Drawings of storage and computer accessories.
import { box, circle, darker, lighter, path, rect, stroke, times, turned, words } from './paper.mjs';

function memoryCard(pic, o) {
  const d = 'M330 300H640L750 420V1000Q750 1050 700 1050H380Q330 1050 330 1000z';
  const micro = 'M640 760H830V900l20 24v150Q850 1100 824 1100H646Q620 1100 620 1074V780Q620 760 640 760z';
  return turned(pic.lay(d) + pic.soft(d, '#23272d', 0.3) + times(7, (i) => rect(366 + i * 40, 330, 26, 90, 6, '#d6b25c')) + rect(370, 480, 340, 480, 20, o.body) + words(540, 660, 130, o.size, '#fff', 'font-weight="700"') + words(540, 730, 50, 'GB', '#fff') + words(540, 900, 34, o.brand, '#fff', 'letter-spacing="5" font-weight="700"'), -8, 540, 680) + pic.lay(micro, 8, 18, 12, 0.4) + pic.soft(micro, lighter(o.body, 0.1), 0.2) + words(735, 960, 60, o.size, '#fff', 'font-weight="700"') + words(735, 1010, 28, 'micro', '#fff') + times(6, (i) => rect(650 + i * 27, 780, 16, 50, 3, '#e8cf8c'));
}

function flashDisk(pic, o) {
  const d = box(430, 520, 220, 560, 40);
  return turned(rect(462, 330, 156, 210, 8, '#d5d9de') + rect(462, 330, 44, 210, 6, '#fff', 'opacity=".5"') + rect(490, 380, 36, 36, 4, '#5b626b') + rect(554, 380, 36, 36, 4, '#5b626b') + pic.lay(d) + pic.round(d, o.body, 0.3) + words(540, 800, 76, o.size, '#fff', 'font-weight="700"') + words(540, 850, 36, 'GB', '#fff') + circle(540, 1020, 24, '#0006') + stroke('M540 1030C560 1120 640 1120 700 1180', o.accent, 16), 22, 540, 700);
}

function hardDisk(pic, o) {
  const d = box(310, 420, 460, 660, 44);
  return pic.floor(540, 1084, 250, 0.7) + pic.round(d, o.body, 0.22) + times(6, (i) => path(`M310 ${520 + i * 90}L770 ${440 + i * 90}v30L310 ${550 + i * 90}z`, '#fff', 'opacity=".06"')) + rect(350, 980, 120, 8, 4, o.accent) + words(540, 760, 96, o.size, '#fff', 'font-weight="700"') + circle(700, 1010, 10, o.accent) + rect(490, 404, 100, 24, 8, '#15181d') + stroke('M540 404C540 260 760 300 800 180', '#23272d', 20) + words(540, 830, 34, o.brand, lighter(o.body, 0.6), 'letter-spacing="5"');
}

function mouse(pic, o) {
  const d = 'M540 340C690 340 750 460 750 640V800C750 980 680 1080 540 1080C400 1080 330 980 330 800V640C330 460 390 340 540 340z';
  return pic.lay(d, 16, 34, 24, 0.36) + pic.round(d, o.body, 0.3) + stroke('M540 340V640', darker(o.body, 0.5), 7) + stroke('M336 660Q540 610 744 660', darker(o.body, 0.5), 7) + rect(510, 430, 60, 150, 30, '#15181d') + rect(522, 456, 36, 98, 18, o.accent) + times(4, (i) => stroke(`M526 ${474 + i * 20}h28`, '#0006', 5)) + words(540, 960, 34, o.brand, lighter(o.body, 0.55), 'letter-spacing="5" font-weight="700"');
}

function keyboard(pic, o) {
  const d = box(110, 480, 860, 420, 34);
  const rows = [['Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P'], ['A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', ';'], ['Z', 'X', 'C', 'V', 'B', 'N', 'M', ',', '.', '/']];
  return turned(pic.lay(d) + pic.soft(d, o.body, 0.22) + times(13, (i) => rect(140 + i * 62, 506, 50, 34, 8, darker(o.body, 0.3))) + rows.map((row, r) => row.map((k, i) => rect(146 + i * 80, 562 + r * 78, 70, 66, 12, lighter(o.body, 0.14)) + words(180 + i * 80, 606 + r * 78, 30, k, o.ink)).join('')).join('') + rect(146, 800, 150, 66, 12, lighter(o.body, 0.14)) + rect(306, 800, 450, 66, 12, lighter(o.body, 0.14)) + rect(766, 800, 170, 66, 12, o.accent), -8, 540, 690);
}

function router(pic, o) {
  return pic.floor(540, 1090, 360, 0.6) + [230, 430, 650, 850].map((x, i) => turned(rect(x - 18, 420, 36, 460, 16, darker(o.body, 0.1)) + rect(x - 12, 420, 10, 460, 5, '#fff', 'opacity=".2"'), [-10, -3, 3, 10][i], x, 880)).join('') + path('M220 860H860L910 960H170z', lighter(o.body, 0.14)) + pic.soft(box(160, 940, 760, 150, 30), o.body, 0.22) + times(6, (i) => circle(300 + i * 60, 1016, 11, i < 5 ? o.accent : '#59616b')) + words(760, 1028, 34, o.brand, o.label ?? '#fff', 'letter-spacing="4" font-weight="700"') + [60, 110, 160].map((r, i) => path(`M${540 - r} ${330 - i * 26}Q540 ${330 - i * 26 - r * 0.8} ${540 + r} ${330 - i * 26}`, 'none', `stroke="${o.accent}" stroke-width="18" stroke-linecap="round" opacity="${0.9 - i * 0.25}"`)).join('');
}

function webcam(pic, o) {
  return pic.floor(540, 1100, 220) + pic.round('M340 1100Q340 1020 420 1010H660Q740 1020 740 1100z', '#23272d', 0.36) + rect(510, 780, 60, 250, 16, '#3a4048') + pic.round(box(230, 520, 620, 300, 140), o.body, 0.3) + circle(540, 670, 122, '#0b0d10') + circle(540, 670, 96, '#1d2733') + circle(540, 670, 66, pic.radial([[0, '#4d6d94'], [1, '#0a0f16']], [0.4, 0.35, 0.7])) + circle(512, 640, 18, '#cfe2f7') + circle(740, 620, 12, '#4fd07c') + times(5, (i) => rect(310 + i * 20, 640, 8, 60, 4, darker(o.body, 0.4)));
}

function hub(pic, o) {
  const d = box(240, 640, 600, 200, 44);
  return pic.lay(d) + stroke('M540 650C540 460 720 460 720 330', darker(o.body, 0.35), 32) + rect(670, 210, 100, 130, 22, o.body) + rect(692, 150, 56, 70, 16, '#cfd3d8') + pic.soft(d, o.body, 0.26) + times(o.ports, (i) => rect(290 + i * (500 / o.ports), 700, 90, 40, i % 3 === 2 ? 20 : 5, '#15181d') + rect(300 + i * (500 / o.ports), 724, 70, 10, 3, o.accent)) + words(540, 806, 28, o.brand, lighter(o.body, 0.6), 'letter-spacing="5" font-weight="700"');
}

function laptopBag(pic, o) {
  const d = 'M210 560Q210 500 270 500H810Q870 500 870 560V1040Q870 1096 810 1100H270Q210 1096 210 1040z';
  return pic.floor(540, 1104, 350) + stroke('M240 540C120 200 960 200 840 540', darker(o.body, 0.35), 28) + stroke('M420 510C420 380 660 380 660 510', darker(o.body, 0.2), 36) + pic.round(d, o.body, 0.2) + path(d, pic.pattern(10, 10, stroke('M0 10L10 0', '#000', 1.5, 'opacity=".25"'))) + stroke('M230 600H850', '#c9cdd2', 8, 'stroke-dasharray="7 6" stroke-linecap="butt"') + pic.soft(box(270, 720, 540, 310, 30), lighter(o.body, 0.06), 0.2) + stroke('M290 760H790', '#c9cdd2', 8, 'stroke-dasharray="7 6" stroke-linecap="butt"') + rect(760, 746, 20, 64, 8, o.accent) + rect(460, 850, 160, 76, 10, o.accent) + words(540, 900, 34, o.brand, '#fff', 'font-weight="700" letter-spacing="3"');
}

function laptopStand(pic, o) {
  return pic.floor(540, 1100, 330, 0.7) + stroke('M300 1096L700 760M780 1096L360 800', darker(o.body, 0.2), 44) + stroke('M290 1100H800', o.body, 34) + path('M230 800L860 640l10 34L240 836z', o.body) + path('M240 790L850 634L760 280Q754 256 730 262L200 396Q170 404 176 432z', '#2c3138') + path('M262 760L818 618L736 300L212 432z', pic.linear([[0, '#7fb4e6'], [1, '#3c5fa8']], [0, 0, 1, 1])) + path('M236 792L866 632L880 656L250 818z', '#c9cdd2');
}

export const standing = { hardDisk, router, webcam, laptopBag, laptopStand };
export const lying = { memoryCard, flashDisk, mouse, keyboard, hub };
