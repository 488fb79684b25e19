// Loaded on every page; everything else is imported when somebody wants to search.

const data = document.documentElement.dataset;

/** @param {string} file */
const load = (file) => import(`./${file}`);

/**
 * Open the search layer; when it cannot load, the page that the link leads to says so.
 * @param {HTMLAnchorElement} link
 */
async function open(link) {
  try {
    (await load("overlay.js")).open(link);
  } catch {
    location.assign(link.href);
  }
}

/** @param {EventTarget | null} target */
function writes(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.hsearch") : null;
  if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void open(link);
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    const own = document.querySelector("#search-page input[name=q]");
    const link = document.querySelector("a.hsearch");
    event.preventDefault();
    // The theme has a search of its own on the same key.
    event.stopImmediatePropagation();
    if (own instanceof HTMLInputElement) own.select();
    else if (link instanceof HTMLAnchorElement && !document.querySelector("dialog[open]")) void open(link);
  },
  true,
);

document.addEventListener("focusin", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches(".find input[name=q]") || input.closest("dialog")) return;
  // Without suggestions the form still leads to the search page.
  load("suggest.js").then((module) => module.attach(input)).catch(() => {});
});

if (document.getElementById("search-page")) {
  load("page.js").then((module) => module.start()).catch(() => document.getElementById("failed")?.removeAttribute("hidden"));
}
if (document.getElementById("directory")) load("directory.js").catch(() => {});
data.search = "ready";
