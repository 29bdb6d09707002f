// Drawings of radios, speakers, earphones and microphones.
import { box, circle, darker, ellipse, lighter, path, rect, stroke, times, turned, words } from './paper.mjs';

const grille = (pic, x, y, w, h, colour) => rect(x, y, w, h, 18, darker(colour, 0.5)) + rect(x, y, w, h, 18, pic.pattern(22, 22, circle(6, 6, 4.6, lighter(colour, 0.1)) + circle(17, 17, 4.6, lighter(colour, 0.1))));
const cone = (pic, x, y, r, ring) => circle(x, y, r, '#14171b') + circle(x, y, r * 0.93, 'none', `stroke="${ring}" stroke-width="${r * 0.07}"`) + circle(x, y, r * 0.8, pic.radial([[0, '#4a5059'], [0.55, '#2a2f36'], [1, '#15181c']])) + circle(x, y, r * 0.32, pic.radial([[0, '#8a929c'], [1, '#2b3037']], [0.35, 0.3, 0.8]));

function radio(pic, o) {
  const d = box(180, 560, 720, 540, 46);
  return pic.floor(540, 1104, 390, 0.9) + stroke('M820 570L940 190', '#aeb4bb', 9) + circle(940, 190, 12, '#d9dde1') + stroke('M260 570C260 440 820 440 820 570', darker(o.body, 0.3), 34) + pic.round(d, o.body, 0.22) + (o.woody ? rect(180, 560, 720, 540, 46, pic.linear([[0, '#7b4a27', 0.0], [1, '#3d2212', 0.5]])) : '') + (o.round ? cone(pic, 380, 830, 176, o.accent) : grille(pic, 226, 640, 330, 410, o.body)) + rect(600, 630, 256, 150, 16, '#f5ecd2') + times(9, (i) => stroke(`M${624 + i * 26} 660v${i % 2 ? 20 : 34}`, '#5c5140', 4)) + words(728, 740, 26, 'FM  88 – 108', '#5c5140', 'font-weight="700"') + rect(o.needle ?? 700, 640, 6, 130, 3, '#d8432f') + circle(668, 900, 70, darker(o.body, 0.45)) + circle(668, 894, 58, o.accent) + stroke('M668 894V846', darker(o.accent, 0.5), 8) + circle(810, 900, 44, darker(o.body, 0.45)) + circle(810, 896, 34, lighter(o.body, 0.3)) + times(3, (i) => rect(620 + i * 82, 1010, 66, 34, 10, darker(o.body, 0.4))) + (o.solar ? rect(300, 520, 400, 46, 8, '#1b2a4a') + times(8, (i) => rect(306 + i * 49, 526, 43, 34, 4, '#2f5597')) : '');
}

function pocketRadio(pic, o) {
  const d = box(360, 420, 360, 690, 44);
  return pic.floor(540, 1114, 210) + stroke('M690 430L760 90', '#aeb4bb', 9) + pic.round(d, o.body, 0.26) + grille(pic, 396, 740, 288, 310, o.body) + rect(396, 470, 288, 170, 16, '#c9dcc0') + words(540, 580, 76, o.station ?? '98.4', '#26331f', 'font-weight="700"') + words(644, 622, 24, 'MHz', '#26331f') + times(4, (i) => rect(400 + i * 74, 668, 58, 40, 12, i ? darker(o.body, 0.4) : o.accent)) + rect(716, 540, 22, 100, 8, darker(o.body, 0.3));
}

function earphones(pic, o) {
  const bud = (x, y, flip) => `<g transform="translate(${x} ${y}) scale(${flip} 1)">${pic.soft('M-30 -40C10 -80 80 -60 86 0C90 60 30 80 0 60L-16 180Q-30 196 -44 180L-40 20z', o.colour, 0.3)}${ellipse(74, -6, 34, 48, darker(o.colour, 0.35))}${ellipse(86, -8, 22, 34, '#e8e4dc')}</g>`;
  const wire = 'M386 640C400 820 520 820 540 960M694 640C680 820 560 820 540 960M540 960C540 1100 320 1100 320 960C320 860 460 880 480 1000C500 1120 720 1160 760 1060';
  return stroke(wire, '#1c0f08', 16, `opacity=".3" transform="translate(6 16)" ${pic.blur(6)}`) + stroke(wire, darker(o.colour, 0.12), 13) + stroke(wire, lighter(o.colour, 0.3), 4) + bud(410, 460, -1) + bud(670, 460, 1) + rect(660, 760, 30, 110, 14, o.colour, 'transform="rotate(14 675 800)"') + rect(744, 960, 36, 110, 12, darker(o.colour, 0.2), 'transform="rotate(-30 760 1060)"') + rect(752, 910, 18, 60, 6, '#d6b25c', 'transform="rotate(-30 760 1060)"') + circle(540, 958, 22, o.colour);
}

function earbuds(pic, o) {
  const shell = 'M290 800Q290 740 350 740H730Q790 740 790 800V960Q790 1090 660 1096H420Q290 1090 290 960z';
  const lid = 'M290 760Q290 560 420 550H660Q790 560 790 760z';
  const bud = (x, flip) => `<g transform="translate(${x} 690) scale(${flip} 1)">${pic.soft('M-44 -150C-6 -200 70 -170 70 -110C70 -60 30 -40 16 -40L4 130Q-14 146 -32 130L-40 -60z', o.colour, 0.3)}${ellipse(60, -112, 22, 38, '#2b2f36', 'transform="rotate(-12 60 -112)"')}${circle(-14, -110, 9, '#2b2f36')}</g>`;
  return pic.floor(540, 1100, 250) + path(lid, darker(o.shell, o.shell > '#8' ? 0.18 : 0.5)) + path(lid, 'none', `stroke="${lighter(o.shell, 0.25)}" stroke-width="10"`) + bud(430, -1) + bud(650, 1) + pic.round(shell, o.shell, 0.28) + stroke('M300 790Q540 812 780 790', '#fff', 4, 'opacity=".3"') + circle(540, 870, 12, o.accent) + words(540, 1010, 34, o.brand, lighter(o.shell, 0.55), 'letter-spacing="6" font-weight="700"');
}

function headphones(pic, o) {
  const cup = (x, flip) => `<g transform="translate(${x} 800) scale(${flip} 1)">${pic.soft(box(-110, -170, 150, 340, 74), '#22262c', 0.3)}${pic.soft(box(-40, -190, 150, 380, 74), o.colour, 0.3)}${ellipse(60, 0, 44, 120, 'none', `stroke="${lighter(o.colour, 0.3)}" stroke-width="6"`)}${rect(16, -290, 40, 120, 16, '#a9afb6')}</g>`;
  return pic.floor(540, 1000, 330, 0.6) + stroke('M300 560C300 180 780 180 780 560', darker(o.colour, 0.3), 64) + stroke('M300 560C300 190 780 190 780 560', o.colour, 44) + stroke('M356 380C420 260 660 260 724 380', lighter(o.colour, 0.3), 14, 'opacity=".7"') + cup(740, 1) + cup(340, -1) + circle(800, 800, 16, o.accent);
}

function btSpeaker(pic, o) {
  if (o.shape === 'can') {
    const d = 'M350 480Q350 420 420 410H660Q730 420 730 480V1040Q730 1100 660 1110H420Q350 1100 350 1040z';
    return pic.floor(540, 1112, 220) + pic.round(d, pic.pattern(16, 16, rect(0, 0, 16, 16, 0, darker(o.body, 0.25)) + circle(4, 4, 4.4, o.body) + circle(12, 12, 4.4, o.body)), 0.34) + ellipse(540, 430, 176, 34, darker(o.body, 0.4)) + ellipse(540, 428, 130, 22, o.accent) + rect(470, 900, 140, 56, 14, darker(o.body, 0.5)) + words(540, 938, 28, o.brand, '#fff', 'letter-spacing="4" font-weight="700"') + stroke('M720 500q70 60 0 140', darker(o.body, 0.4), 18);
  }
  if (o.shape === 'tower') {
    const d = box(360, 240, 360, 870, 40);
    return pic.floor(540, 1114, 230) + pic.round(d, o.body, 0.26) + cone(pic, 540, 480, 130, o.accent) + cone(pic, 540, 820, 150, o.accent) + times(3, (i) => circle(450 + i * 90, 300, 20, i === 1 ? o.accent : '#3b4149')) + words(540, 1060, 30, o.brand, '#e9edf2', 'letter-spacing="6" font-weight="700"') + stroke('M440 240C440 170 640 170 640 240', darker(o.body, 0.2), 26);
  }
  const d = 'M180 800Q180 660 320 650H760Q900 660 900 800V960Q900 1090 760 1100H320Q180 1090 180 960z';
  return pic.floor(540, 1104, 370) + stroke('M300 660C340 460 740 460 780 660', darker(o.body, 0.3), 36) + pic.round(d, o.body, 0.24) + cone(pic, 350, 880, 150, o.accent) + cone(pic, 730, 880, 150, o.accent) + times(4, (i) => rect(455 + i * 44, 680, 34, 26, 9, i === 3 ? o.accent : darker(o.body, 0.45))) + words(540, 1060, 28, o.brand, '#fff', 'letter-spacing="3" font-weight="700"');
}

function soundBar(pic, o) {
  const d = box(90, 800, 900, 150, 48);
  const sub = box(640, 470, 260, 330, 26);
  return pic.floor(770, 806, 160, 0.6) + pic.round(sub, darker(o.body, 0.1), 0.26) + cone(pic, 770, 640, 100, o.accent) + pic.floor(540, 952, 470, 0.4) + path(d, pic.pattern(14, 14, rect(0, 0, 14, 14, 0, darker(o.body, 0.3)) + circle(4, 4, 3.6, lighter(o.body, 0.12)) + circle(11, 11, 3.6, lighter(o.body, 0.12)))) + path(d, pic.linear([[0, '#fff', 0.3], [0.3, '#fff', 0], [1, '#000', 0.45]])) + circle(540, 876, 9, o.accent) + circle(574, 876, 9, o.accent) + turned(pic.soft(box(240, 1010, 250, 70, 26), '#1d2025', 0.3) + times(5, (i) => circle(280 + i * 42, 1045, 12, i ? '#59616b' : '#e4473b')), -5, 360, 1040);
}

function microphone(pic, o) {
  return pic.floor(540, 1120, 180) + pic.round('M380 1120Q380 1070 440 1064H640Q700 1070 700 1120z', '#23272d', 0.4) + rect(524, 860, 32, 220, 10, '#3a4048') + pic.round('M430 600H650L610 900H470z', o.body, 0.34) + circle(540, 470, 176, pic.pattern(20, 20, rect(0, 0, 20, 20, 0, '#5b626b') + path('M0 0L20 20M20 0L0 20', 'none', 'stroke="#c9cfd6" stroke-width="5"'))) + circle(540, 470, 176, pic.radial([[0, '#fff', 0.5], [0.5, '#fff', 0], [1, '#000', 0.55]], [0.36, 0.3, 0.8])) + rect(368, 480, 344, 40, 20, o.accent) + rect(516, 690, 48, 84, 18, '#15181d') + circle(540, 714, 12, o.accent);
}

export const standing = { radio, pocketRadio, earbuds, headphones, btSpeaker, soundBar, microphone };
export const lying = { earphones };
