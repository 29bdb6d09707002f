// The list of every picture to draw: products, second views, heroes, share pictures and icons.
import { products as crafts } from '../catalogue/mama-njeri.mjs';
import { products as electronics } from '../catalogue/kilimani-electronics.mjs';
import { heroCrafts, heroElectronics, iconSvg, share } from './brand.mjs';
import { HEIGHT, Picture, WIDTH, backdrop, group } from './paper.mjs';
import * as bags from './bags.mjs';
import * as beads from './beads.mjs';
import * as clothes from './clothes.mjs';
import * as computers from './computers.mjs';
import * as fabrics from './fabrics.mjs';
import * as homeware from './homeware.mjs';
import * as kitchen from './kitchen.mjs';
import * as phones from './phones.mjs';
import * as power from './power.mjs';
import * as sound from './sound.mjs';
import * as vision from './vision.mjs';
import * as household from './household.mjs';

const modules = [bags, beads, clothes, computers, fabrics, homeware, household, kitchen, phones, power, sound, vision];
const standing = Object.assign({}, ...modules.map((m) => m.standing ?? {}));
const lying = Object.assign({}, ...modules.map((m) => m.lying ?? {}));

/** Wraps drawn content and its definitions into one SVG document. */
export function document(pic, inside, width, height, view = `0 0 ${width} ${height}`) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${view}"><defs>${pic.defs.join('')}</defs>${inside}</svg>`;
}

/** The object alone, for a product's picture or as a part of a larger scene. */
export function object(pic, [kind, options = {}]) {
  const draw = standing[kind] ?? lying[kind];
  if (!draw) throw new Error(`no drawing is called ${kind}`);
  return draw(pic, options);
}

function productSvg(product, close) {
  const pic = new Picture(product.handle);
  const thing = object(pic, product.draw);
  const stands = product.draw[0] in standing;
  if (!close) {
    const zoom = product.zoom ?? 1;
    const still = stands ? 1100 : 675;
    const placed = zoom === 1 ? thing : group(thing, `transform="translate(${540 - 540 * zoom} ${still - still * zoom}) scale(${zoom})"`);
    return document(pic, backdrop(pic, product.bg, stands) + placed, WIDTH, HEIGHT);
  }
  const [x, y, scale] = product.close;
  const inside = group(thing, `transform="translate(${540 - x * scale} ${675 - y * scale}) scale(${scale})"`);
  return document(pic, backdrop(pic, product.bgClose ?? product.bg, false) + inside, WIDTH, HEIGHT);
}

/** Every file: path in the project, size in pixels, limit in bytes and the drawing. */
export function files() {
  const list = [];
  for (const [store, products] of [['mama-njeri', crafts], ['kilimani-electronics', electronics]]) {
    for (const product of products) {
      const add = (name, close) => list.push({ path: `demo/${store}/pictures/${name}.webp`, width: WIDTH, height: HEIGHT, limit: 52_000, svg: () => productSvg(product, close) });
      add(product.handle, false);
      if (product.close) add(`${product.handle}-2`, true);
    }
  }
  const wide = (path, drawing, width, height) => list.push({ path, width, height, limit: 58_000, svg: () => drawing(object, document) });
  wide('demo/mama-njeri/hero.webp', heroCrafts, 1600, 900);
  wide('demo/kilimani-electronics/hero.webp', heroElectronics, 1600, 900);
  wide('demo/share.webp', share, 1200, 630);
  wide('demo/share.png', share, 1200, 630);
  wide('public/share.png', share, 1200, 630);
  for (const size of [32, 192, 512]) {
    const name = size === 32 ? 'favicon' : `icon-${size}`;
    list.push({ path: `public/${name}.png`, width: size, height: size, limit: 0, svg: () => iconSvg(size) });
  }
  return list;
}
