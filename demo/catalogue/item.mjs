// How one demo product is written down, and how it becomes rows of a Shopify product file.

export const HEADER = 'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Google Shopping / Google Product Category,Google Shopping / Gender,Google Shopping / Age Group,Google Shopping / MPN,Google Shopping / AdWords Grouping,Google Shopping / AdWords Labels,Google Shopping / Condition,Google Shopping / Custom Product,Google Shopping / Custom Label 0,Google Shopping / Custom Label 1,Google Shopping / Custom Label 2,Google Shopping / Custom Label 3,Google Shopping / Custom Label 4,Variant Image,Variant Weight Unit,Variant Tax Code';

export const slug = (text) => text.toLowerCase().replace(/[’']/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/**
 * Starts a list of products of one category. Each call of the returned function adds one:
 * title, price in whole shillings, sentences of the description, drawing, and the rest
 * (`brand`, `tags`, `options`, `stock`, `prices`, `was`, `grams`, `bg`, `close`, `alt`).
 */
export function category(list, type, usual) {
  return (title, price, body, draw, more = {}) => list.push({ ...usual, ...more, handle: slug(title), title, type, price, body, draw });
}

/** EAN-13 in the range that shops may number themselves (prefix 20): never a real maker's number. */
function barcode(number) {
  const digits = `20${String(number).padStart(10, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const combinations = (options) =>
  Object.entries(options).reduce((rows, [name, values]) => rows.flatMap((row) => values.map((value) => [...row, [name, value]])), [[]]);

const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** All rows of a store's file, header first. `prefix` starts every SKU; `first` starts its barcodes. */
export function csv(products, { shop, prefix, first }) {
  const columns = HEADER.split(',');
  const lines = [HEADER];
  products.forEach((product, index) => {
    const code = `${prefix}-${String(index + 1).padStart(3, '0')}`;
    const variants = product.options ? combinations(product.options) : [[['Title', 'Default Title']]];
    const images = [[product.handle, product.alt ?? product.title], ...(product.close ? [[`${product.handle}-2`, `Close-up: ${product.alt ?? product.title}`]] : [])];
    for (let i = 0; i < Math.max(variants.length, images.length); i += 1) {
      const row = { Handle: product.handle };
      if (i === 0) {
        Object.assign(row, {
          Title: product.title,
          'Body (HTML)': `<p>${product.body.join(' ')}</p>`,
          Vendor: product.brand,
          Type: product.type,
          Tags: (product.tags ?? []).join(', '),
          Published: 'true',
          'Gift Card': 'false',
          'SEO Title': `${product.title} | ${shop}`,
          'SEO Description': `${product.body[0]} Order online, pay with M-PESA, delivered across Nairobi.`,
          'Google Shopping / Gender': product.gender ?? '',
          'Google Shopping / Age Group': product.age ?? '',
          'Google Shopping / Condition': 'new',
        });
      }
      if (i < variants.length) {
        variants[i].forEach(([name, value], k) => {
          if (i === 0) row[`Option${k + 1} Name`] = name;
          row[`Option${k + 1} Value`] = value;
        });
        const price = product.prices?.[i] ?? product.price;
        const mark = variants.length > 1 ? `-${variants[i].map(([, value]) => value.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 5)).join('-')}` : '';
        Object.assign(row, {
          'Variant SKU': code + mark,
          'Variant Grams': String(product.grams),
          'Variant Inventory Tracker': 'shopify',
          'Variant Inventory Qty': String(Array.isArray(product.stock) ? product.stock[i] : product.stock),
          'Variant Inventory Policy': 'deny',
          'Variant Fulfillment Service': 'manual',
          'Variant Price': String(price),
          'Variant Compare At Price': product.was ? String(product.was + price - product.price) : '',
          'Variant Requires Shipping': 'true',
          'Variant Taxable': 'true',
          'Variant Barcode': product.barcode ? barcode(first + index * 40 + i) : '',
          'Variant Weight Unit': 'kg',
        });
      }
      if (i < images.length) Object.assign(row, { 'Image Src': `pictures/${images[i][0]}.webp`, 'Image Position': String(i + 1), 'Image Alt Text': images[i][1] });
      lines.push(columns.map((column) => cell(row[column] ?? '')).join(','));
    }
  });
  return `${lines.join('\n')}\n`;
}
