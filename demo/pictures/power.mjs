// Drawings of power and light: power banks, solar, lamps, bulbs, extensions and guards.
import { box, circle, darker, ellipse, group, lighter, path, rect, stroke, times, turned, words } from './paper.mjs';

function powerBank(pic, o) {
  const w = o.wide ?? 340;
  const h = o.tall ?? 640;
  const x = 540 - w / 2;
  const y = 1110 - h;
  const d = box(x, y, w, h, 54);
  return pic.floor(540, 1114, w * 0.55) + pic.round(d, o.body, 0.26) + rect(x + 24, y + 24, w - 48, h - 48, 36, 'none', `stroke="${lighter(o.body, 0.2)}" stroke-width="3"`) + rect(540 - 90, y - 2, 74, 24, 6, '#15181d') + rect(540 + 24, y - 2, 60, 20, 10, '#15181d') + times(4, (i) => circle(540 - 60 + i * 40, y + 90, 11, i < 3 ? o.accent : darker(o.body, 0.4))) + words(540, y + h * 0.5, w * 0.2, o.size, o.accent, 'font-weight="700"') + words(540, y + h * 0.5 + 50, 34, 'mAh', lighter(o.body, 0.5)) + words(540, y + h - 60, 30, o.brand, lighter(o.body, 0.55), 'letter-spacing="6" font-weight="700"') + (o.torch ? circle(x + w - 60, y + 90, 26, '#fff6cf') : '');
}

const cells = (pic, x, y, w, h, across, down) => rect(x, y, w, h, 10, '#1b2a4a') + times(across * down, (i) => { const cw = (w - 20) / across; const ch = (h - 20) / down; return rect(x + 12 + (i % across) * cw, y + 12 + Math.floor(i / across) * ch, cw - 6, ch - 6, 8, pic.linear([[0, '#2f5597'], [0.5, '#20386b'], [1, '#172a52']], [0, 0, 1, 1])) + stroke(`M${x + 12 + (i % across) * cw + cw / 2} ${y + 14 + Math.floor(i / across) * ch}v${ch - 10}`, '#8fa9d6', 2, 'opacity=".6"'); });

function panel(pic, o) {
  return pic.floor(540, 1120, 330, 0.8) + stroke('M660 520L820 1116', '#8c949e', 26) + group(rect(-10, -10, 640, 640, 14, '#c8cdd3') + cells(pic, 8, 8, 604, 604, o.across ?? 4, o.down ?? 4) + path('M8 8H320L120 612H8z', '#fff', 'opacity=".1"'), 'transform="matrix(1 0 -.22 1.08 310 430)"') + (o.small ? '' : stroke('M640 1090C720 1140 800 1120 900 1150', '#23272d', 12));
}

function solarLamp(pic, o) {
  const glow = circle(540, 560, 440, pic.radial([[0, '#ffe7a1', 0.85], [1, '#ffe7a1', 0]]));
  const lamp = 'M400 700C330 640 310 520 360 440C420 350 660 350 720 440C770 520 750 640 680 700z';
  return glow + pic.floor(540, 1110, 200) + stroke('M380 460C300 260 780 260 700 460', darker(o.body, 0.3), 22) + pic.round('M400 1106Q390 1040 430 1000L470 760H610L650 1000Q690 1040 680 1106z', o.body, 0.3) + pic.round(lamp, '#fff3cd', 0.14) + times(9, (i) => circle(430 + (i % 5) * 55, i < 5 ? 520 : 590, 20, '#fff', 'opacity=".95"')) + pic.round('M384 690H696L676 780H404z', o.body, 0.3) + circle(540, 900, 34, o.accent) + path('M540 880v20M526 892a18 18 0 1 0 28 0', 'none', 'stroke="#fff" stroke-width="6" stroke-linecap="round"') + group(cells(pic, 0, 0, 220, 150, 3, 2), 'transform="matrix(1 .06 -.3 .8 760 980)"') + stroke('M690 1070Q730 1110 770 1080', '#23272d', 10);
}

function deskLamp(pic, o) {
  return pic.floor(500, 1120, 190) + path('M620 470L380 1100H980L800 420z', pic.linear([[0, '#fff2b8', 0.75], [1, '#fff2b8', 0]])) + pic.round('M330 1120Q330 1060 400 1056H600Q670 1060 670 1120z', o.body, 0.32) + stroke('M500 1060C420 860 420 640 560 420', darker(o.body, 0.15), 34) + stroke('M492 1060C412 860 412 640 552 420', lighter(o.body, 0.4), 8) + pic.soft('M520 440C500 360 560 290 640 300L840 380C860 400 850 440 830 450L600 500C560 500 530 480 520 440z', o.body, 0.3) + path('M600 500L830 450C800 490 660 530 600 500z', '#fff6d6') + circle(500, 1088, 14, o.accent);
}

function extension(pic, o) {
  const n = o.sockets;
  const d = box(190, 470, 700, 240, 40);
  const step = (o.usb ? 440 : 500) / (n - 1);
  const width = Math.min(124, step - 8);
  const socket = (x) => rect(x - width / 2, 520, width, 140, 16, darker(o.body, 0.08)) + rect(x - 10, 536, 20, 34, 3, '#24282e') + rect(x - 42, 596, 28, 20, 3, '#24282e') + rect(x + 14, 596, 28, 20, 3, '#24282e') + circle(x + 44, 640, 8, '#e4473b');
  const line = 'M200 600C100 640 120 860 300 900C520 940 760 820 820 930C870 1040 640 1080 520 1060';
  return stroke(line, '#1c0f08', 34, `opacity=".3" transform="translate(8 18)" ${pic.blur(9)}`) + stroke(line, darker(o.cord, 0.2), 28) + stroke(line, o.cord, 20) + pic.lay(box(380, 990, 150, 130, 30), 8, 16, 12, 0.3) + pic.soft(box(380, 990, 150, 130, 30), o.cord, 0.2) + rect(330, 1004, 60, 24, 4, '#c9a24f') + rect(330, 1082, 60, 24, 4, '#c9a24f') + rect(316, 1040, 74, 26, 4, '#c9a24f') + pic.lay(d) + pic.soft(d, o.body, 0.14) + times(n, (i) => socket((o.usb ? 270 : 290) + i * step)) + (o.usb ? rect(790, 530, 70, 26, 4, '#24282e') + rect(790, 576, 70, 26, 4, '#24282e') : '') + circle(o.usb ? 826 : 866, 650, 16, '#ff4a3a');
}

function guard(pic, o) {
  const d = box(330, 330, 420, 600, 60);
  return pic.lay(d) + rect(430, 910, 46, 110, 8, '#c9cdd2') + rect(604, 910, 46, 110, 8, '#c9cdd2') + rect(514, 910, 52, 130, 8, '#c9a24f') + pic.soft(d, o.body, 0.14) + rect(400, 400, 280, 110, 20, '#10151b') + words(540, 478, 76, o.volts, '#5df08a', 'font-weight="700"') + rect(430, 560, 220, 240, 26, darker(o.body, 0.08)) + rect(522, 584, 36, 60, 5, '#24282e') + rect(456, 690, 50, 34, 5, '#24282e') + rect(574, 690, 50, 34, 5, '#24282e') + [['#5df08a', 470], ['#f2b33d', 540], ['#e4473b', 610]].map(([c, x]) => circle(x, 860, 16, c)).join('');
}

function torch(pic, o) {
  return group(path('M300 700L-40 560V1040L300 860z', pic.linear([[0, '#fff2b8', 0], [1, '#fff2b8', 0.95]], [0, 0, 1, 0])) + pic.lay(box(420, 720, 480, 130, 40)) + pic.soft(box(420, 720, 500, 130, 40), o.body, 0.3) + times(14, (i) => rect(560 + i * 22, 724, 8, 122, 4, darker(o.body, 0.35))) + pic.soft('M300 660H360L440 720V850L360 910H300Q280 785 300 660z', darker(o.body, 0.15), 0.3) + ellipse(302, 785, 26, 122, '#fff6d6') + ellipse(302, 785, 14, 80, '#ffffff') + rect(470, 700, 70, 30, 12, o.accent) + rect(900, 744, 30, 82, 12, o.accent), 'transform="rotate(-18 540 700) translate(0 -80)"');
}

function bulb(pic, o) {
  const d = 'M540 300C690 300 780 410 780 530C780 660 690 720 664 840H416C390 720 300 660 300 530C300 410 390 300 540 300z';
  return circle(540, 540, 470, pic.radial([[0, '#ffe9a8', 0.9], [1, '#ffe9a8', 0]])) + pic.floor(540, 1110, 120) + path(d, pic.radial([[0, '#ffffff'], [0.6, '#fff4cf'], [1, '#f0d58c']], [0.42, 0.4, 0.7])) + pic.round('M416 840H664L636 980H444z', '#f4f2ee', 0.24) + words(540, 926, 46, `${o.watts}W`, '#7d7668', 'font-weight="700"') + pic.round('M452 980H628V1070Q540 1092 452 1070z', '#b9bec4', 0.4) + stroke('M452 1004L628 1024M452 1036L628 1056', '#80868d', 8) + pic.round('M490 1074H590L560 1110H520z', '#4a4f56', 0.3) + [[430, 1000], [650, 1000]].map(([x, y]) => rect(x - 14, y, 28, 16, 8, '#9aa0a6')).join('');
}

function miniUps(pic, o) {
  const d = box(280, 560, 520, 540, 50);
  return pic.floor(540, 1104, 290) + pic.round(d, o.body, 0.2) + rect(330, 620, 420, 150, 22, '#10151b') + words(540, 720, 74, '12V · 9V', o.accent, 'font-weight="700"') + times(4, (i) => circle(372 + i * 112, 860, 34, '#10151b') + circle(372 + i * 112, 860, 12, '#c9a24f')) + words(540, 960, 32, 'DC  UPS', lighter(o.body, 0.5), 'letter-spacing="10" font-weight="700"') + times(9, (i) => rect(380 + i * 38, 1010, 18, 50, 9, darker(o.body, 0.4))) + stroke('M800 820C900 820 900 1100 960 1130', '#23272d', 16);
}

function stringLights(pic, o) {
  const line = 'M120 330C340 520 740 520 960 330M120 560C340 760 740 760 960 560M120 800C340 1000 740 1000 960 800';
  const lamps = [330, 560, 800].map((y, r) => times(8, (i) => { const k = (i + 0.5) / 8; const x = 120 + 840 * k; const yy = y + Math.sin(k * Math.PI) * 146 + 24; const c = o.inks[(i + r) % o.inks.length]; return circle(x, yy + 36, 86, pic.radial([[0, c, 0.7], [1, c, 0]])) + rect(x - 14, yy - 14, 28, 30, 6, '#2c3138') + path(`M${x - 22} ${yy + 16}C${x - 38} ${yy + 50} ${x - 20} ${yy + 84} ${x} ${yy + 84}C${x + 20} ${yy + 84} ${x + 38} ${yy + 50} ${x + 22} ${yy + 16}z`, lighter(c, 0.35), `stroke="${c}" stroke-width="4"`); })).join('');
  return stroke(line, '#2c3138', 7) + lamps + turned(cells(pic, 400, 1080, 280, 150, 4, 2), -3, 540, 1150);
}

export const standing = { powerBank, panel, solarLamp, deskLamp, bulb, miniUps };
export const lying = { extension, guard, torch, stringLights };
