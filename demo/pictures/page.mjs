// Runs inside the browser: turns each drawing into a file small enough for a phone and sends it back to make.mjs.
import { files } from './list.mjs';

async function bitmap(svg, width, height) {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(address);
  return canvas;
}

const encoded = (canvas, type, quality) => new Promise((done) => canvas.toBlob(done, type, quality));

async function encode(canvas, file) {
  if (file.path.endsWith('.png')) return encoded(canvas, 'image/png');
  for (const quality of [0.84, 0.78, 0.72, 0.64, 0.56, 0.48, 0.4]) {
    const blob = await encoded(canvas, 'image/webp', quality);
    if (blob.size <= file.limit) return blob;
  }
  return encoded(canvas, 'image/webp', 0.3);
}

const only = new URLSearchParams(location.search).get('only');
const problems = [];
for (const file of files()) {
  if (!file.path.includes(only)) continue;
  try {
    const canvas = await bitmap(file.svg(), file.width, file.height);
    await fetch(`/${file.path}`, { method: 'POST', body: await encode(canvas, file) });
  } catch (problem) {
    problems.push(`${file.path}: ${problem} ${problem?.stack ?? ''}`);
  }
}
await fetch('/finished', { method: 'POST', body: problems.join('\n') });
