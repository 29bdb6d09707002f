// Drawings of televisions, aerials, remotes and set-top boxes.
import { box, circle, darker, group, lighter, path, rect, stroke, times, turned, words } from './paper.mjs';

function tv(pic, o) {
  const w = o.wide ?? 840;
  const h = w * 0.59;
  const x = 540 - w / 2;
  const y = 1000 - h;
  const inside = box(x + 14, y + 14, w - 28, h - 34, 4);
  const [sky, sun, land] = o.scene;
  return (
    pic.floor(540, 1096, w * 0.4, 0.5) + stroke(`M${x + w * 0.2} ${y + h - 10}l-60 104M${x + w * 0.8} ${y + h - 10}l60 104`, '#23272d', 26) + pic.lay(box(x, y, w, h, 14), 8, 18, 20, 0.24) + rect(x, y, w, h, 14, '#14171b') + path(inside, pic.linear([[0, sky], [0.7, sun], [1, lighter(sun, 0.4)]])) +
    group(circle(540 + w * 0.14, y + h * 0.62, w * 0.1, lighter(sun, 0.7)) + path(`M${x} ${y + h * 0.74}Q540 ${y + h * 0.66} ${x + w} ${y + h * 0.76}V${y + h}H${x}z`, land) + path(`M${x + w * 0.2} ${y + h * 0.78}v-${h * 0.3}q-${w * 0.16} -6 -${w * 0.16} -34q${w * 0.16} -60 ${w * 0.36} 0q-4 30 -${w * 0.16} 34v${h * 0.3}z`, darker(land, 0.5)) + times(3, (i) => path(`M${x + w * (0.55 + i * 0.1)} ${y + h * 0.78}q14 -40 60 -34q10 -34 30 -30l-10 30q14 20 6 60h-12v-24h-50v24h-14z`, darker(land, 0.6))) + path(`M${x} ${y}H${x + w * 0.5}L${x + w * 0.2} ${y + h}H${x}z`, '#fff', 'opacity=".07"'), pic.clip(inside)) +
    circle(540, y + h - 9, 5, '#e4473b') + words(x + w - 80, y + h - 36, 40, `${o.inches}"`, '#fff', 'font-weight="700"')
  );
}

function indoorAerial(pic, o) {
  return pic.floor(540, 1110, 210) + stroke('M520 980L260 250', '#c3c8ce', 12) + stroke('M560 980L820 250', '#c3c8ce', 12) + stroke('M516 980L256 250M556 980L816 250', '#fff', 4) + circle(258, 246, 16, o.accent) + circle(822, 246, 16, o.accent) + path('M540 560L640 760L540 960L440 760z', 'none', `stroke="${darker(o.body, 0.1)}" stroke-width="24" stroke-linejoin="round"`) + pic.round('M350 1110Q340 990 460 970H620Q740 990 730 1110z', o.body, 0.3) + circle(540, 1040, 40, darker(o.body, 0.4)) + stroke('M540 1040V1010', o.accent, 8) + stroke('M730 1080C860 1080 860 1180 980 1190', '#23272d', 14);
}

function yagi(pic, o) {
  const bars = times(11, (i) => { const x = 200 + i * 64; const half = 190 - i * 11; return stroke(`M${x} ${560 - half}V${560 + half}`, i === 1 ? o.accent : '#b4bac1', 14) + stroke(`M${x - 4} ${560 - half}V${560 + half}`, '#fff', 4, 'opacity=".6"'); });
  return stroke('M560 580V1250', '#8c949e', 30) + stroke('M552 580V1250', '#d5d9de', 8) + turned(rect(160, 546, 760, 28, 10, '#9aa1a9') + bars + rect(236, 470, 60, 180, 14, '#2c3138'), -9, 540, 560) + rect(520, 540, 80, 90, 12, '#3a4048') + stroke('M300 690C300 860 520 820 540 1000', '#23272d', 12);
}

function remote(pic, o) {
  const d = box(430, 180, 220, 960, 80);
  const dots = ['#e4473b', '#3fa65a', '#f2b33d', '#3f7fd0'];
  return turned(pic.lay(d, 16, 30, 20, 0.34) + pic.round(d, o.body, 0.34) + circle(490, 260, 26, '#e4473b') + words(600, 270, 22, o.brand, lighter(o.body, 0.6), 'font-weight="700"') + times(12, (i) => circle(480 + (i % 3) * 60, 350 + Math.floor(i / 3) * 62, 22, lighter(o.body, 0.2)) + words(480 + (i % 3) * 60, 358 + Math.floor(i / 3) * 62, 22, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '–', '0', '+'][i], '#fff')) + circle(540, 700, 84, lighter(o.body, 0.14)) + circle(540, 700, 36, darker(o.body, 0.3)) + words(540, 709, 24, 'OK', '#fff', 'font-weight="700"') + dots.map((c, i) => rect(456 + i * 44, 820, 34, 22, 8, c)).join('') + times(6, (i) => rect(466 + (i % 2) * 84, 872 + Math.floor(i / 2) * 60, 64, 40, 16, lighter(o.body, 0.2))), 14, 540, 670);
}

function setTop(pic, o) {
  const d = box(170, 800, 740, 250, 26);
  return pic.floor(540, 1054, 400, 0.6) + path('M220 720H860L910 810H170z', lighter(o.body, 0.16)) + times(14, (i) => stroke(`M${300 + i * 34} 740l-6 40`, darker(o.body, 0.4), 8)) + pic.soft(d, o.body, 0.2) + rect(560, 870, 280, 110, 12, '#0b0d10') + words(700, 950, 78, o.channel, '#ff6a4d', 'font-weight="700" letter-spacing="6"') + circle(260, 924, 36, darker(o.body, 0.4)) + circle(260, 924, 12, '#4fd07c') + rect(330, 900, 120, 46, 10, darker(o.body, 0.45)) + words(390, 1020, 26, o.brand, lighter(o.body, 0.5), 'letter-spacing="5" font-weight="700"');
}

function stick(pic, o) {
  const d = box(300, 560, 190, 420, 40);
  return turned(rect(350, 470, 90, 100, 8, '#c9cdd2') + pic.lay(d) + pic.soft(d, '#1d2025', 0.36) + words(395, 800, 34, '4K', o.accent, 'font-weight="700"') + circle(395, 920, 9, o.accent), -12, 395, 760) + turned(pic.lay(box(640, 420, 160, 640, 76)) + pic.round(box(640, 420, 160, 640, 76), '#1d2025', 0.4) + circle(720, 540, 56, '#343a42') + circle(720, 540, 24, '#15181c') + circle(680, 670, 24, '#343a42') + circle(760, 670, 24, '#343a42') + circle(680, 740, 24, o.accent) + circle(760, 740, 24, '#343a42') + rect(694, 800, 52, 110, 26, '#343a42'), 10, 720, 740);
}

function mount(pic, o) {
  return rect(316, 420, 480, 70, 10, '#1c0f08', `opacity=".25" ${pic.blur(12)}`) + rect(316, 890, 480, 70, 10, '#1c0f08', `opacity=".25" ${pic.blur(12)}`) + rect(300, 400, 480, 70, 10, o.body) + rect(300, 870, 480, 70, 10, o.body) + times(7, (i) => rect(330 + i * 64, 424, 40, 20, 10, '#0006') + rect(330 + i * 64, 894, 40, 20, 10, '#0006')) + [380, 660].map((x) => pic.round(box(x - 30, 330, 60, 680, 14), lighter(o.body, 0.14), 0.34) + times(8, (i) => rect(x - 8, 370 + i * 76, 16, 46, 8, '#0008')).toString()).join('') + stroke('M440 560L640 800M640 560L440 800', darker(o.body, 0.1), 26) + circle(540, 680, 46, darker(o.body, 0.3)) + circle(540, 680, 20, '#c9cdd2') + times(4, (i) => circle(340 + i * 130, 1080, 16, '#b4bac1') + rect(334 + i * 130, 1090, 12, 60, 4, '#8c949e'));
}

function hdmi(pic, o) {
  const line = 'M250 560C250 900 520 960 620 800C720 640 500 520 440 680C380 860 760 1000 830 800';
  const head = (x, y, turn) => `<g transform="translate(${x} ${y}) rotate(${turn})">${rect(-58, -150, 116, 170, 20, '#22262c')}${rect(-58, -150, 34, 170, 12, '#fff', 'opacity=".14"')}${path('M-46 -220h92v62l-14 12h-64l-14 -12z', '#d6b25c')}${words(0, -60, 28, 'HDMI', '#fff', 'font-weight="700"')}</g>`;
  return stroke(line, '#1c0f08', 40, `opacity=".3" transform="translate(8 20)" ${pic.blur(9)}`) + stroke(line, darker(o.colour, 0.25), 34) + stroke(line, o.colour, 26) + stroke(line, lighter(o.colour, 0.4), 20, 'stroke-dasharray="5 10" stroke-linecap="butt" opacity=".45"') + head(250, 550, 0) + head(832, 790, 8);
}

export const standing = { tv, indoorAerial, setTop };
export const lying = { yagi, remote, stick, mount, hdmi };
