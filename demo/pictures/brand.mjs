// Duka's mark, the share picture and the two shops' hero pictures.
import { kitenge, wood } from './cloth.mjs';
import { Picture, backdrop, circle, darker, lighter, moved, path, rect, times, words } from './paper.mjs';

/** Duka's green. */
export const GREEN = '#0f6b4f';
const AWNING = ['#f6b73c', '#fff7e6'];

/** The shop awning on 64 by 64 units, without its tile. */
function awning() {
  const strip = (i) => {
    const x = 10 + i * 8.8;
    return path(`M${x} 18h8.8v14a4.4 4.4 0 0 1 -8.8 0z`, AWNING[i % 2]);
  };
  return path('M15 33h34v17a3 3 0 0 1 -3 3h-28a3 3 0 0 1 -3 -3z', '#ffdf9f') + path('M35 39h9v14h-9z', GREEN) + rect(19, 39, 12, 8, 1.5, GREEN) + times(5, strip) + rect(10, 12, 44, 7, 2.5, AWNING[0]);
}

/** The mark on its rounded tile. */
export function iconSvg(size = 64) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 64 64">${rect(0, 0, 64, 64, 14, GREEN)}${awning()}</svg>\n`;
}

/** The default picture for links shared on WhatsApp and elsewhere. */
export function share(object, document) {
  const pic = new Picture('share');
  const cloth = kitenge(pic, 'diamonds', [GREEN, lighter(GREEN, 0.04), darker(GREEN, 0.05), lighter(GREEN, 0.07)], 150);
  const inside = rect(0, 0, 1200, 630, 0, cloth) + `<g transform="translate(96 143) scale(5.25)">${awning()}</g>` + words(488, 322, 150, 'Duka', '#ffffff', 'font-weight="700" style="text-anchor:start"') + words(494, 396, 34, 'Your shop. Your M-PESA. Your customers.', '#fff7e6', 'style="text-anchor:start"');
  return document(pic, inside, 1200, 630);
}

/** Mama Njeri's hero: a shelf of the shop's best things, the middle kept readable when cropped on a phone. */
export function heroCrafts(object, document) {
  const pic = new Picture('hero-crafts');
  const at = (draw, x, y, scale) => moved(object(pic, draw), x, y, scale);
  const shelf = rect(-20, 812, 1640, 108, 0, wood(pic, '#a9713f')) + rect(-20, 812, 1640, 16, 0, '#e0ad78') + rect(-20, 812, 1640, 108, 0, pic.linear([[0, '#fff', 0.1], [1, '#000', 0.35]]));
  const cloth = at(['folded', { layers: 4, fills: [{ print: 'rings', ink: ['#c8442c', '#f0b43a', '#1d3a5c', '#fff1d6'] }, { print: 'leaves', ink: ['#1f5b45', '#f3c14b', '#d9512c', '#f6efd9'] }, { print: 'zigzag', ink: ['#24366e', '#7fa6d8', '#f2e6cf', '#f0b43a'] }, { print: 'suns', ink: ['#5b2a5e', '#f09a3e', '#e9537a', '#fbe9cf'] }] }], 30, 100, 0.64);
  const kiondo = at(['kiondo', { bands: ['#c9a66b', '#c9a66b', '#8a3324', '#c9a66b', '#1f4a4a', '#c9a66b', '#8a3324'], zig: [['#f0d9a8', 2, 50]], wide: 260 }], 424, 54, 0.68);
  const bowl = at(['gourd', { colour: '#b9763a', motif: '#4a2412', beads: ['#f7f4ec', '#d1272f'] }], 840, 260, 0.5);
  const giraffe = at(['giraffeToy', { print: 'rings', ink: ['#f0b43a', '#7a3d22', '#e4572e', '#fff3d9'] }], 1050, 146, 0.6);
  const plant = at(['planter', { bands: ['#e3cda0', '#b5532f', '#e3cda0', '#2c3a4a', '#e3cda0'] }], -190, 200, 0.54);
  return document(pic, backdrop(pic, 'clay', false, 1600, 900) + shelf + plant + cloth + kiondo + bowl + giraffe, 1600, 900);
}

/** Kilimani Electronics' hero. */
export function heroElectronics(object, document) {
  const pic = new Picture('hero-electronics');
  const at = (draw, x, y, scale) => moved(object(pic, draw), x, y, scale);
  const table = rect(-20, 812, 1640, 108, 0, '#24405c') + rect(-20, 812, 1640, 12, 0, '#5b83ab') + rect(-20, 812, 1640, 108, 0, pic.linear([[0, '#fff', 0.06], [1, '#000', 0.35]]));
  const arc = times(3, (i) => circle(800, 520, 300 + i * 130, 'none', `stroke="#fff" stroke-opacity="${0.34 - i * 0.09}" stroke-width="3"`));
  return document(
    pic,
    backdrop(pic, 'ice', false, 1600, 900) + arc + table +
      at(['radio', { body: '#8a5431', accent: '#e0a03a', woody: true, round: true }], 0, 172, 0.58) +
      at(['phone', { body: '#23426b', screen: ['#5a3fa8', '#e0567e', '#ffb25c'], look: 'hills', lenses: 3, brand: 'TWIGA' }], 420, 48, 0.68) +
      at(['solarLamp', { body: '#f0a02c', accent: '#1f6f8b' }], 830, 178, 0.57) +
      at(['kettle', { body: '#c9d3db', accent: '#e4473b', window: true }], 1130, 244, 0.51) +
      at(['powerBank', { body: '#2c3138', accent: '#5df08a', size: '20000', brand: 'NURU', tall: 560, wide: 330 }], -172, 300, 0.46),
    1600, 900,
  );
}
