// Keeps what a phone has seen of this shop for when the connection goes: pages come from the network first, files of the site and pictures are kept. Changes of the cart wait in order; nothing else is ever sent from here by itself.
const anyForm = { ignoreVary: true };
// Eight seconds: a slow network has begun to answer by then.
const soon = (answer) => Promise.race([answer, new Promise((_, late) => setTimeout(late, 8000))]);

// At the end of its shelf; from a full one the oldest goes.
async function keep(shelf, address, answer, most) {
  const cache = await caches.open(shelf);
  await cache.delete(address, anyForm);
  await cache.put(address, answer);
  const kept = await cache.keys();
  if (kept[most]) await cache.delete(kept[0], anyForm);
}

// The page for what was never seen, and the sentences on it: seen before, waits, was not sent.
async function words(address) {
  const language = /^[^/]+\/\/[^/]+\/sw(?![^/?])/.test(address) ? "/sw" : "";
  const html = await (await caches.match(`${language}/offline`, anyForm)).text();
  return [html, ...html.match(/<p[^>]*"notice".*?<\/p>/gs)];
}

// Sends what waits, in order and each with its own key. The answer is the cart, or the page that says why not; none while it has to wait on.
async function sendAll() {
  const queue = await caches.open("queue");
  let told;
  for (const { url } of await queue.keys()) {
    const body = new URLSearchParams(await (await queue.match(url)).text());
    const answer = await soon(fetch(url, { method: "POST", body, redirect: "manual" })).catch(() => {});
    // Too many, or too much to do: later.
    if (!answer || answer.status > 428) break;
    await queue.delete(url);
    if (answer.status) told = answer;
    else told = told || Response.redirect(url.replace(/cart\/items.*/, "cart"));
  }
  return told;
}

// One at a time, or an older change could overtake a newer one.
let turn;
const send = () => (turn = Promise.resolve(turn).then(sendAll, sendAll));

// Whoever's own page is not kept, but for the cart, which has a shelf of its own.
async function note(url, answer) {
  const said = (name) => answer.headers.get(name);
  const cart = /\/cart$/.test(url);
  if (answer.status == 200 && /html/.test(said("content-type")) && (cart || !/no-store/.test(said("cache-control"))))
    await keep(cart ? "cart" : "pages", url, answer, 40);
}

async function page(event) {
  const { url } = event.request;
  const told = await send();
  if (told) return told;
  const fresh = fetch(event.request).then((answer) => {
    event.waitUntil(note(url, answer.clone()));
    return answer;
  });
  const answer = await soon(fresh).catch(() => {});
  if (answer) return answer;
  const seen = await caches.match(url, { ...anyForm, ignoreSearch: /\/p\//.test(url) });
  const [html, before, waits] = await words(url);
  if (!seen) return fresh.catch(() => new Response(html, { headers: { "content-type": "text/html;charset=utf-8" } }));
  const some = await (await caches.open("queue")).keys();
  return new Response((await seen.text()).replace(/<main.*?>/, `$&${before}${some[0] ? waits : ""}`), seen);
}

// The page stays as it is, with what was typed in it, and gets a sentence.
async function stay(url, which) {
  const sentence = (await words(url))[which];
  for (const client of await clients.matchAll()) client.postMessage(sentence);
  return new Response(null, { status: 204 });
}

async function change(request) {
  await keep("queue", `${request.url}?${Date.now()}`, new Response(await request.text()), 50);
  return (await send()) ?? stay(request.url, 2);
}

async function file(event) {
  const { request } = event;
  const kept = await caches.match(request, anyForm);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status == 200) event.waitUntil(keep(request.destination, request.url, answer.clone(), 60));
  return answer;
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { url } = request;
  if (request.mode != "navigate") {
    if (/^[^/]+\/\/[^/]+\/(s|media)\//.test(url)) event.respondWith(file(event));
  } else if (request.method == "GET") event.respondWith(page(event));
  else if (/\/cart\/items/.test(url)) event.respondWith(change(request.clone()).catch(() => fetch(request)));
  // A form that was taken, as ordering or signing out: the cart that was seen may be nobody's now.
  else event.respondWith(fetch(request).then((answer) => (answer.status || caches.delete("cart"), answer)).catch(() => stay(url, 3)));
});
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open("offline").then((cache) => cache.addAll(["/offline", "/sw/offline"])));
});
// The page that it was woken on was here before it: out of the browser's own memory, or not at all.
async function begin() {
  await clients.claim();
  for (const { url } of await clients.matchAll()) await note(url, await fetch(url, { cache: "only-if-cached", mode: "same-origin" }));
}
addEventListener("activate", (event) => event.waitUntil(begin()));
