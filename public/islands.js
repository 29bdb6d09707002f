// Wakes an island when a shopper touches it, brings pictures on tap, fills the shelf of what was looked at, writes the number beside the cart's link, and calls the worker that keeps pages for when there is no connection. The only script a shop page names.
const base = document.querySelector("script[data-pkg]").dataset.pkg;
let booted;
const boot = () =>
  (booted ??= import(`${base}.js`)
    .then(async (app) => {
      await app.default({ module_or_path: `${base}.wasm` });
      app.hydrate();
      return app;
    })
    .catch((problem) => {
      booted = undefined;
      throw problem;
    }));

async function wake(island) {
  if (island.dataset.awake) return;
  island.dataset.awake = 1;
  try {
    (await boot())[island.dataset.component](island);
  } catch {
    // The plain form still works; the next touch tries again.
    delete island.dataset.awake;
  }
}

for (const kind of ["pointerover", "pointerdown", "focusin"])
  addEventListener(
    kind,
    ({ target }) => {
      const island = target.closest?.("leptos-island");
      if (island) wake(island);
    },
    { capture: true, passive: true },
  );
for (const part of document.querySelectorAll("[data-wake=now]")) wake(part.closest("leptos-island"));

// In light mode a picture's place is a link to it.
addEventListener("click", (tap) => {
  const link = tap.target.closest("[data-tap]");
  if (!link || tap.ctrlKey || tap.metaKey) return;
  tap.preventDefault();
  link.replaceWith(Object.assign(new Image(), { src: link.href, alt: link.dataset.tap }));
});

// What this phone looked at, known to it alone: a product's page notes itself, and a shelf shows the others.
try {
  const [, slug] = location.pathname.split("/p/");
  const heading = document.querySelector(".product h1");
  const seen = JSON.parse(localStorage.seen ?? "[]").filter(([other]) => other !== slug);
  if (heading) localStorage.seen = JSON.stringify([[slug, heading.textContent], ...seen].slice(0, 8));
  const shelf = document.querySelector("[data-recent]");
  for (const [other, called] of shelf ? seen : []) {
    const link = document.createElement("a");
    link.href = shelf.dataset.recent + other;
    link.textContent = called;
    shelf.lastElementChild.appendChild(document.createElement("li")).append(link);
    shelf.hidden = false;
  }
} catch {
  // A browser that lets nothing be kept has no shelf.
}

function count() {
  const [, number] = /(?:^|; )(?:__Host-)?duka_cart_count=(\d+)/.exec(document.cookie) ?? [];
  for (const badge of document.querySelectorAll("[data-cart-count]")) badge.textContent = number > 0 ? number : "";
}
addEventListener("duka:cart", count);
// Also after "back", when the page comes out of the browser's memory.
addEventListener("pageshow", count);

// A shop's pages name a manifest. The worker comes when a page is there and somebody stays; what it says of a form that could not be sent stands above the page.
const { serviceWorker } = navigator;
if (serviceWorker && document.querySelector("[rel=manifest]")) {
  addEventListener("load", () => setTimeout(() => serviceWorker.register(`/worker.js?${base}`).catch(() => {}), 3000));
  serviceWorker.onmessage = ({ data }) => {
    const main = document.querySelector("main");
    if (!main.innerHTML.includes(data)) main.insertAdjacentHTML("afterbegin", data);
    main.scrollIntoView();
  };
  addEventListener(
    "submit",
    (event) => {
      // Who signs out, or wants to be forgotten, leaves nothing that was looked at on a lent phone.
      if (/(n-out|erase)$/.test(event.target.action)) delete localStorage.seen;
      // Only a form that the browser itself sends can wait for a connection, or leave the page as it is.
      navigator.onLine || !serviceWorker.controller || event.stopImmediatePropagation();
    },
    true,
  );
  // A phone says so a moment before anything gets through.
  addEventListener("online", () => document.querySelector("[data-offline]") && setTimeout(() => location.reload(), 1000));
}
