// Drawings of household appliances: fan, iron, hair tools, heater and scales.
import { box, circle, darker, ellipse, lighter, path, rect, stroke, times, turned, words } from './paper.mjs';

function fan(pic, o) {
  const blades = times(5, (i) => `<g transform="rotate(${i * 72} 540 500)">${path('M540 500C520 400 440 330 400 260C500 200 600 260 560 480z', o.accent)}${path('M540 500C520 400 440 330 400 260C460 300 530 400 545 490z', '#fff', 'opacity=".25"')}</g>`);
  return pic.floor(540, 1130, 210) + pic.round('M340 1130Q340 1060 440 1052H640Q740 1060 740 1130z', o.body, 0.3) + rect(510, 780, 60, 290, 16, darker(o.body, 0.1)) + rect(518, 780, 16, 290, 8, '#fff', 'opacity=".25"') + circle(540, 500, 310, '#000', 'opacity=".06"') + blades + times(36, (i) => `<g transform="rotate(${i * 10} 540 500)">${stroke('M540 440V196', '#8c949e', 3)}</g>`) + [300, 230, 160, 96].map((r, i) => circle(540, 500, r, 'none', `stroke="${i ? '#8c949e' : darker(o.body, 0.1)}" stroke-width="${i ? 4 : 22}"`)).join('') + circle(540, 500, 66, o.body) + circle(526, 484, 24, lighter(o.body, 0.4)) + times(4, (i) => circle(450 + i * 60, 1096, 15, i ? '#c9cdd2' : '#e4473b'));
}

function iron(pic, o) {
  return pic.floor(520, 1040, 350, 0.6) + stroke('M840 700C980 640 900 460 1010 380', '#23272d', 18) + pic.soft('M130 1000C200 820 420 720 760 720Q860 730 866 860L874 1000z', o.body, 0.3) + path('M300 860C400 700 520 600 700 590H830Q880 600 876 660L860 760Q800 700 700 700C560 710 440 780 380 860z', darker(o.body, 0.35)) + path('M460 760C540 690 620 660 720 660H800L790 700Q620 690 500 790z', '#f2f4f6', 'opacity=".9"') + pic.round('M110 996H880Q894 996 890 1014L884 1036H130Q96 1030 110 996z', '#c9cdd2', 0.34) + circle(640, 860, 56, '#f2f4f6') + circle(640, 860, 36, o.accent) + stroke('M640 860V826', '#fff', 7) + circle(780, 830, 12, '#e4473b') + times(4, (i) => stroke(`M${230 + i * 30} 940c-14 -20 14 -30 0 -52`, '#fff', 7, 'opacity=".5"'));
}

function dryer(pic, o) {
  return turned(pic.lay(box(240, 420, 520, 250, 110), 12, 26, 20, 0.28) + pic.soft('M560 620H720L680 1000Q670 1040 630 1040H570Q530 1036 536 990z', darker(o.body, 0.15), 0.26) + pic.round('M270 470Q270 430 320 426L640 380C760 380 820 450 820 540C820 640 760 700 640 696L320 654Q270 650 270 610z', o.body, 0.1) + path('M270 470Q270 430 320 426L640 380C760 380 820 450 820 540C820 640 760 700 640 696L320 654Q270 650 270 610z', pic.linear([[0, '#fff', 0.4], [0.4, '#fff', 0], [1, '#000', 0.35]])) + rect(180, 440, 110, 200, 22, '#23272d') + circle(680, 540, 92, darker(o.body, 0.3)) + times(7, (i) => rect(620, 484 + i * 18, 120, 8, 4, '#15181d')) + rect(572, 760, 46, 100, 18, o.accent) + stroke('M600 1040C620 1160 760 1120 800 1220', '#23272d', 20), 6, 540, 660);
}

function clipper(pic, o) {
  const d = 'M420 420H660C690 560 680 700 660 860Q650 1100 600 1130H480Q430 1100 420 860C400 700 390 560 420 420z';
  return turned(pic.lay(d) + pic.round(d, o.body, 0.3) + rect(412, 330, 256, 96, 12, '#d5d9de') + times(17, (i) => rect(418 + i * 14.8, 280, 9, 60, 3, '#aab0b7')) + rect(412, 396, 256, 30, 6, '#8c949e') + rect(508, 560, 64, 150, 28, darker(o.body, 0.4)) + rect(516, 580, 48, 60, 22, o.accent) + words(540, 900, 32, o.brand, lighter(o.body, 0.6), 'letter-spacing="4" font-weight="700"') + circle(540, 1010, 12, '#4fd07c'), 12, 540, 700) + turned(times(3, (i) => rect(170 + i * 10, 560 + i * 170, 150, 60, 14, '#2c3138') + times(9, (k) => rect(176 + i * 10 + k * 16, 610 + i * 170, 8, 66, 3, '#2c3138'))), -4, 240, 740);
}

function heater(pic, o) {
  const d = box(290, 330, 500, 720, 50);
  return circle(540, 680, 470, pic.radial([[0, '#ff9a4a', 0.5], [1, '#ff9a4a', 0]])) + pic.floor(540, 1110, 280) + rect(330, 1040, 100, 70, 16, '#23272d') + rect(650, 1040, 100, 70, 16, '#23272d') + pic.round(d, o.body, 0.24) + rect(340, 420, 400, 500, 20, '#2a1a14') + [500, 640, 780].map((y) => rect(360, y, 360, 34, 17, '#ff5a26') + rect(360, y + 6, 360, 12, 6, '#ffd08a') + rect(350, y - 24, 380, 82, 30, '#ff7a3a', `opacity=".4" ${pic.blur(14)}`)).join('') + times(13, (i) => stroke(`M${360 + i * 30} 424V916`, '#c9cdd2', 5)) + circle(460, 984, 30, '#c9cdd2') + circle(620, 984, 30, '#c9cdd2') + stroke('M460 984V960M620 984V960', '#23272d', 7);
}

function scale(pic, o) {
  return pic.floor(540, 1090, 300, 0.8) + pic.round('M260 940H820L850 1050Q850 1084 810 1088H270Q230 1084 230 1050z', o.body, 0.26) + rect(420, 984, 240, 72, 14, '#c9dcc0') + words(540, 1040, 56, '1 250 g', '#26331f', 'font-weight="700"') + ellipse(540, 930, 290, 50, '#c9cdd2') + ellipse(540, 918, 280, 44, '#eef1f4') + [['#e8962e', 450, 850, 80], ['#d9472b', 600, 840, 86], ['#8fae3c', 530, 760, 76]].map(([c, x, y, r]) => circle(x, y, r, pic.radial([[0, lighter(c, 0.45)], [0.6, c], [1, darker(c, 0.35)]], [0.36, 0.3, 0.8]))).join('') + path('M530 690q40 -60 70 -40q-10 40 -70 40z', '#5a8a48');
}

export const standing = { fan, iron, heater, scale };
export const lying = { dryer, clipper };
