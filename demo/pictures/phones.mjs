// Drawings of phones and what goes with them.
import { box, circle, darker, group, lighter, path, rect, stroke, times, turned, words } from './paper.mjs';

const glass = (pic, x, y, w, h, r, ink) => rect(x, y, w, h, r, pic.linear([[0, ink[0]], [0.55, ink[1]], [1, ink[2]]], [0, 0, 1, 1]));

function wallpaper(pic, x, y, w, h, ink, look) {
  const d = box(x, y, w, h, 30);
  const art = look === 'hills'
    ? circle(x + w * 0.64, y + h * 0.36, w * 0.2, lighter(ink[2], 0.5)) + path(`M${x} ${y + h * 0.66}q${w * 0.3} ${-h * 0.18} ${w * 0.55} 0t${w * 0.6} -40V${y + h}H${x}z`, darker(ink[0], 0.25)) + path(`M${x} ${y + h * 0.8}q${w * 0.4} ${-h * 0.14} ${w} 0V${y + h}H${x}z`, darker(ink[0], 0.5))
    : look === 'waves'
      ? times(5, (i) => path(`M${x} ${y + h * (0.4 + i * 0.13)}q${w * 0.25} ${-70 + i * 10} ${w * 0.5} 0t${w * 0.5} 0V${y + h}H${x}z`, i % 2 ? lighter(ink[1], 0.2) : darker(ink[0], 0.1), 'opacity=".55"'))
      : look === 'rings'
        ? times(6, (i) => circle(x + w * 0.8, y + h * 0.75, 70 + i * 64, 'none', `stroke="#fff" stroke-opacity="${0.4 - i * 0.05}" stroke-width="26"`))
        : times(7, (i) => path(`M${x + w * 0.5} ${y + h * 0.5}l${Math.cos(i * 0.9) * w} ${Math.sin(i * 0.9) * h}l${90} ${-60}z`, '#fff', 'opacity=".16"'));
  return glass(pic, x, y, w, h, 30, ink) + group(art, pic.clip(d)) + words(x + w / 2, y + h * 0.2, w * 0.23, '10:24', '#fff', 'font-weight="300"') + words(x + w / 2, y + h * 0.2 + 38, 24, 'Jumatano, 12 Machi', '#fff', 'opacity=".9"') + rect(x + w / 2 - 60, y + h - 26, 120, 8, 4, '#fff', 'opacity=".8"');
}

function back(pic, o, x, y, w, h) {
  const d = box(x, y, w, h, 54);
  const lens = (cx, cy, r) => circle(cx, cy, r, '#15181d') + circle(cx, cy, r * 0.72, '#2b3340') + circle(cx, cy, r * 0.42, '#0a0d12') + circle(cx - r * 0.26, cy - r * 0.28, r * 0.17, '#9db4d0');
  const camera = o.lenses === 1 ? lens(x + 80, y + 90, 42) : o.island === 'round' ? circle(x + w / 2, y + 150, 112, darker(o.body, 0.28)) + lens(x + w / 2 - 46, y + 120, 36) + lens(x + w / 2 + 46, y + 120, 36) + lens(x + w / 2, y + 196, 36) : rect(x + 30, y + 34, 150, o.lenses * 96 + 20, 46, darker(o.body, 0.24)) + times(o.lenses, (i) => lens(x + 86, y + 92 + i * 94, 38)) + circle(x + 150, y + 92, 12, '#fff5d0');
  return pic.soft(d, o.body, 0.26) + path(d, pic.linear([[0.3, '#fff', 0], [0.46, '#fff', 0.26], [0.54, '#fff', 0]], [0, 0, 1, 0.6])) + camera + stroke(d, lighter(o.body, 0.4), 4) + words(x + w / 2, y + h - 70, 30, o.brand, lighter(o.body, 0.55), 'letter-spacing="6" font-weight="700"');
}

function phone(pic, o) {
  const front = box(470, 300, 392, 826, 56);
  const rear = box(226, 240, 380, 810, 54);
  return (
    pic.floor(560, 1128, 310) + turned(pic.lay(rear, 10, 26, 22, 0.3) + back(pic, o, 226, 240, 380, 810), -6, 416, 700) +
    turned(pic.lay(front, -10, 18, 20, 0.4) + path(front, darker(o.body, 0.4)) + stroke(front, lighter(o.body, 0.35), 5) + rect(480, 310, 372, 806, 48, '#0b0d10') + wallpaper(pic, 488, 318, 356, 790, o.screen, o.look) + circle(666, 348, 13, '#07080a') + rect(860, 520, 8, 90, 4, darker(o.body, 0.2)) + path('M500 322L700 322L540 1100L492 1100z', '#fff', 'opacity=".07"'), 4, 660, 700)
  );
}

function keypadPhone(pic, o) {
  const d = box(370, 210, 340, 910, 64);
  const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
  return pic.floor(540, 1124, 200) + turned(pic.lay(d, 14, 22, 20, 0.34) + pic.round(d, o.body, 0.3) + rect(460, 240, 160, 14, 7, darker(o.body, 0.5)) + rect(404, 280, 272, 320, 18, '#0b0d10') + glass(pic, 416, 292, 248, 296, 10, o.screen) + words(540, 400, 66, '10:24', '#fff', 'font-weight="700"') + words(540, 446, 24, 'Habari ya asubuhi', '#fff') + rect(416, 552, 248, 36, 0, '#000', 'opacity=".4"') + words(468, 578, 20, 'Menu', '#fff') + words(612, 578, 20, 'Majina', '#fff') + circle(540, 680, 62, darker(o.body, 0.3)) + circle(540, 680, 30, lighter(o.body, 0.15)) + rect(398, 640, 76, 40, 16, '#3fa65a') + rect(606, 640, 76, 40, 16, '#d14b3c') + keys.map((k, i) => { const x = 400 + (i % 3) * 96; const y = 770 + Math.floor(i / 3) * 80; return rect(x, y, 86, 62, 20, darker(o.body, 0.36)) + rect(x, y, 86, 28, 14, '#fff', 'opacity=".1"') + words(x + 43, y + 43, 34, k, '#fff', 'font-weight="700"'); }).join('') + (o.torch ? path('M440 214L360 60H720L640 214z', pic.linear([[0, '#fff7cf', 0], [1, '#fff7cf', 0.9]])) : ''), o.tilt ?? 5, 540, 680);
}

function tablet(pic, o) {
  const d = box(210, 250, 660, 880, 44);
  return pic.floor(540, 1134, 330) + pic.lay(d, 12, 16, 16, 0.3) + path(d, o.body) + stroke(d, lighter(o.body, 0.4), 5) + rect(238, 282, 604, 816, 20, '#0b0d10') + wallpaper(pic, 244, 288, 592, 804, o.screen, o.look) + times(8, (i) => rect(300 + (i % 4) * 130, 760 + Math.floor(i / 4) * 130, 92, 92, 26, ['#f2b33d', '#4fa3e0', '#e5604d', '#58b368', '#9a6fd0', '#f08bb0', '#3bb3a9', '#e9e4da'][i])) + circle(540, 268, 7, '#30353c');
}

function charger(pic, o) {
  const d = box(330, 470, 420, 420, 70);
  const pins = [[480, 0], [600, 0]].map(([x]) => rect(x - 22, 880, 44, 100, 8, '#c9cdd2') + rect(x - 22, 880, 14, 100, 4, '#fff', 'opacity=".6"')).join('') + rect(516, 880, 48, 124, 8, darker(o.body, 0.12));
  const ports = o.ports ?? 1;
  return group(pins + pic.lay(d, 12, 22, 18, 0.34) + pic.soft(d, o.body, 0.16) + rect(376, 516, 328, 328, 44, 'none', `stroke="${darker(o.body, 0.12)}" stroke-width="4"`) + times(ports, (i) => rect(540 - ports * 75 + i * 150 + 20, 640, 110, 44, i % 2 === 0 ? 22 : 6, '#22262c') + rect(540 - ports * 75 + i * 150 + 40, 656, 70, 12, 6, o.accent)) + words(540, 790, 60, `${o.watts}W`, o.accent, 'font-weight="700"') + path('M556 540l-40 56h32l-12 46 44 -60h-32z', o.accent), 'transform="translate(0 -60)"') + (o.cable ? cable(pic, { colour: o.body, ends: o.body, small: true }) : '');
}

function cable(pic, o) {
  const line = o.small ? 'M300 1130C180 1000 400 940 540 1010C700 1090 860 1060 900 1180' : 'M320 980C200 860 240 560 480 520C720 480 820 640 760 780C700 900 480 900 420 760C370 620 520 560 640 600C780 660 860 900 760 1010';
  const plug = (x, y, turn, type) => `<g transform="translate(${x} ${y}) rotate(${turn})">${rect(-34, -10, 68, 130, 18, o.ends ?? o.colour)}${rect(-34, -10, 20, 130, 10, '#fff', 'opacity=".25"')}${rect(type === 'a' ? -30 : -20, 120, type === 'a' ? 60 : 40, 62, type === 'a' ? 4 : 14, '#cfd3d8')}${type === 'a' ? rect(-18, 136, 12, 12, 2, '#555') + rect(6, 136, 12, 12, 2, '#555') : ''}</g>`;
  const braid = stroke(line, '#1c0f08', 30, `opacity=".3" transform="translate(8 18)" ${pic.blur(8)}`) + stroke(line, darker(o.colour, 0.2), 26) + stroke(line, o.colour, 20) + stroke(line, lighter(o.colour, 0.35), 16, 'stroke-dasharray="4 9" stroke-linecap="butt" opacity=".55"');
  return braid + (o.small ? plug(300, 1120, 170, 'a') + plug(900, 1170, -10, 'c') : plug(320, 970, 0, 'a') + plug(760, 1000, 0, 'c'));
}

function caseCover(pic, o) {
  const one = (x, y, turn, ink) => { const d = box(x, y, 330, 690, 64); return turned(pic.lay(d, 14, 24, 18, 0.32) + pic.soft(d, ink, 0.24) + rect(x + 16, y + 16, 298, 658, 50, 'none', `stroke="${darker(ink, 0.2)}" stroke-width="5"`) + rect(x + 34, y + 38, 140, 140, 40, '#1a1d22') + circle(x + 76, y + 80, 24, '#39424f') + circle(x + 132, y + 80, 24, '#39424f') + circle(x + 76, y + 136, 24, '#39424f') + rect(x - 6, y + 220, 10, 90, 4, darker(ink, 0.3)) + path(`M${x + 40} ${y + 600}L${x + 290} ${y + 230}v60L${x + 80} ${y + 600}z`, '#fff', 'opacity=".13"'), turn, x + 165, y + 345); };
  return one(170, 360, -14, o.inks[0]) + one(380, 300, -1, o.inks[1]) + one(590, 370, 12, o.inks[2]);
}

function glassGuard(pic, o) {
  const phoneShape = box(300, 330, 380, 780, 52);
  return pic.lay(phoneShape) + path(phoneShape, '#1d2127') + glass(pic, 312, 342, 356, 756, 40, o.screen) + turned(rect(430, 250, 380, 780, 50, '#e9f6ff', 'opacity=".4"') + rect(430, 250, 380, 780, 50, 'none', 'stroke="#fff" stroke-width="6" opacity=".9"') + path('M470 280L700 280L500 980L460 980z', '#fff', 'opacity=".4"') + rect(560, 276, 120, 12, 6, '#fff', 'opacity=".8"'), 8, 620, 640) + words(330 + 150, 1200, 52, '9H', o.screen[0], 'font-weight="700"');
}

function carHolder(pic, o) {
  return pic.floor(540, 1130, 170) + pic.round('M400 1130Q400 1070 460 1064H620Q680 1070 680 1130z', '#25292f', 0.4) + stroke('M540 1070V900', '#3a4048', 54) + stroke('M528 1070V900', '#6a727d', 10) + circle(540, 880, 52, '#25292f') + turned(rect(330, 330, 420, 520, 40, '#2c3138') + rect(300, 500, 56, 220, 24, o.accent) + rect(724, 500, 56, 220, 24, o.accent) + rect(440, 826, 200, 44, 18, o.accent) + rect(372, 240, 336, 600, 44, '#0b0d10') + glass(pic, 384, 252, 312, 576, 34, ['#2f6b5a', '#3f8f7a', '#8fcfae']) + path('M430 780C470 640 640 600 560 470C500 380 600 330 640 290', 'none', 'stroke="#fff" stroke-width="16" stroke-dasharray="26 20" stroke-linecap="round"') + circle(432, 770, 22, '#4fd07c') + path('M640 300c-40 -50 -20 -90 0 -90s40 40 0 90z', '#ff5a4d'), -5, 540, 560);
}

function tripod(pic, o) {
  const ring = circle(540, 440, 230, 'none', 'stroke="#fffdf2" stroke-width="58"') + circle(540, 440, 230, 'none', `stroke="${o.light}" stroke-width="40"`) + circle(540, 440, 262, 'none', 'stroke="#3a4048" stroke-width="10"') + circle(540, 440, 198, 'none', 'stroke="#3a4048" stroke-width="8"');
  return pic.floor(540, 1150, 280, 0.7) + circle(540, 440, 420, pic.radial([[0.4, o.light, 0.75], [1, o.light, 0]])) + stroke('M540 700L340 1146M540 700L740 1146M540 690V1120', '#2c3138', 26) + stroke('M534 700L334 1146M534 690V1110', '#6a727d', 6) + rect(516, 640, 48, 150, 12, '#1c2025') + ring + rect(470, 300, 140, 280, 24, '#0b0d10') + glass(pic, 478, 308, 124, 264, 18, o.screen);
}

export const standing = { phone, keypadPhone, tablet, carHolder, tripod };
export const lying = { charger, cable, caseCover, glassGuard };
