// On a page of prose the table of contents beside it shows where the reader is, and code or a table that is wider than the
// page can be reached by the keyboard. The theme's own script bundle does that too, among much else that no page here uses.

/** Just below where a link to a heading brings it, px: a heading above this line has been reached. */
const LINE = 90;

const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".md-nav--secondary a.md-nav__link")]);
const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
let asked = false;

function show() {
  asked = false;
  const current = headings.findLastIndex((heading) => heading !== null && heading.getBoundingClientRect().top < LINE);
  for (const [at, link] of links.entries()) {
    link.classList.toggle("md-nav__link--active", at === current);
    if (at === current) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  // A contents longer than the window follows.
  links[current]?.scrollIntoView({ block: "nearest" });
}

function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(show);
}

if (links.length) {
  addEventListener("scroll", ask, { passive: true });
  ask();
}

/** What scrolls sideways takes the keyboard, as long as it does. */
function reach() {
  for (const wide of document.querySelectorAll(".md-typeset pre > code, .md-typeset__table, .md-typeset__scrollwrap")) {
    if (!(wide instanceof HTMLElement)) continue;
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
    else wide.removeAttribute("tabindex");
  }
}

addEventListener("resize", reach);
reach();
