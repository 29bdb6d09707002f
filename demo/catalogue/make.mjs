// Writes both stores' products.csv from the lists beside this file.
import { writeFileSync } from 'node:fs';
import { csv } from './item.mjs';
import { products as electronics } from './kilimani-electronics.mjs';
import { products as crafts } from './mama-njeri.mjs';

const write = (store, products, names) => {
  writeFileSync(new URL(`../${store}/products.csv`, import.meta.url), csv(products, names));
  console.log(`${store}: ${products.length} products`);
};
write('mama-njeri', crafts, { shop: 'Mama Njeri', prefix: 'MN', first: 1_000_000 });
write('kilimani-electronics', electronics, { shop: 'Kilimani Electronics', prefix: 'KE', first: 2_000_000 });
