// Loaded on every page; everything else is imported when somebody wants to search.

const data = document.documentElement.dataset;

/** @param {string} file */
const load = (file) => import(`./${file}`);

/** Nothing pops up for a reader of large type. */
const large = () => document.documentElement.classList.contains("large");

/**
 * Open the search layer; when it cannot load, the page that the link leads to says so.
 * @param {HTMLAnchorElement} link
 */
async function open(link) {
  if (large()) {
    location.assign(link.href);
    return;
  }
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
  if (!(link instanceof HTMLAnchorElement) || large() || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
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
    // The theme has a search of its own on the same key.
    event.stopImmediatePropagation();
    if (data.keys === "off") return;
    const own = document.querySelector("#search-page input[name=q]");
    const link = document.querySelector("a.hsearch");
    event.preventDefault();
    if (own instanceof HTMLInputElement) own.select();
    else if (link instanceof HTMLAnchorElement && !document.querySelector("dialog[open]")) void open(link);
  },
  true,
);

document.addEventListener("focusin", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches(".find input[name=q]") || input.closest("dialog") || large()) return;
  // Without suggestions the form still leads to the search page.
  load("suggest.js").then((module) => module.attach(input)).catch(() => {});
});

const list = document.getElementById("search-page") ? "page.js" : document.getElementById("directory") ? "directory.js" : "";
// Without it the filters are links.
if (list) load("live.js").then(({ live }) => live(() => load(list))).catch(() => {});
data.search = "ready";
