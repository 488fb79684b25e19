// A result of the search page and of the search layer: what it is, whose, its name, and where the match lies.

import { el, href, say, sayNodes } from "./base.js";
import { marked, matches } from "./mark.js";
import { badge, scripted } from "./rows.js";

/** @typedef {any} Row see chamberbook/search/rows.py */
/** @typedef {(text: string) => (string | Node)[]} Mark */

/** Articles that a result shows at once. */
const SHOWN = 2;
const CHARTER_STATUS = { draft: "badge--warn", repealed: "badge--off", charterSuperseded: "badge--off" };

/** @param {Row & {guess: boolean, from: import("./sites.js").Origin}} row */
export function hit(row) {
  const { name, data, terms } = row.from;
  const mark = (/** @type {string} */ text) => marked(text, terms, data.hanzi);
  const fits = (/** @type {string} */ text) => matches(text, terms, data.hanzi);
  const [head, title, ...lines] = row.record === "charter" ? charter(row, mark, fits) : chamber(row, mark, fits);
  if (row.guess) head.prepend(guessed());
  if (name) head.append(el("span", { class: "hit__o" }, say("from", { name })));
  if (data.sample) title.append(" ", el("span", { class: "demo" }, say("sample")));
  return el("li", { class: "hit" }, head, title, ...lines);
}

/** A record that the query almost names is never shown as if it were found. */
function guessed() {
  return el("span", { class: "badge badge--warn" }, say("likely"));
}

/**
 * @param {Row} row
 * @param {Mark} mark
 * @param {(text: string) => boolean} fits
 * @returns {[HTMLElement, HTMLElement, ...(HTMLElement | false)[]]}
 */
function chamber(row, mark, fits) {
  const about = [row.within, row.place || say("country"), row.trade].filter(Boolean).join(" · ");
  const head = el("p", { class: "hit__k" }, el("span", { class: "badge" }, say("chamber")), el("span", null, ...mark(about)));
  const title = el("h3", null, el("a", { href: href(row.url) }, scripted(row.name, row.script)));
  const name = title.querySelector("[lang]") ?? /** @type {Element} */ (title.firstChild);
  name.replaceChildren(...mark(row.name));
  const lines = row.reading ? [el("p", { class: "hit__r", lang: "zh-Latn-pinyin" }, row.reading)] : [];
  if (row.alias && fits(row.alias) && !fits(row.name)) lines.push(el("p", null, say("alias"), ...mark(row.alias)));
  const titles = row.titles ?? [];
  const named = titles.find(fits);
  if (named && !fits(row.name)) lines.push(el("p", null, ...drawn(named, row.charters, mark)));
  else if (!named && row.topics?.some(fits)) lines.push(el("p", null, ...topics(row.topics, mark)));
  return [head, title, ...lines];
}

/**
 * @param {string} title
 * @param {number} count
 * @param {Mark} mark
 */
function drawn(title, count, mark) {
  const words = el("span", null, ...sayNodes("quoted", { title: el("span", null, ...mark(title)) }));
  return sayNodes(count > 1 ? "titlesMore" : "titles", { title: words, n: count });
}

/**
 * @param {string[]} list
 * @param {Mark} mark
 */
function topics(list, mark) {
  return sayNodes("topics", { topics: el("span", null, ...mark(list.join(say("comma")))) });
}

/**
 * @param {Row} row
 * @param {Mark} mark
 * @param {(text: string) => boolean} fits
 * @returns {[HTMLElement, HTMLElement, ...(HTMLElement | false)[]]}
 */
function charter(row, mark, fits) {
  const status = row.status === "superseded" ? "charterSuperseded" : row.status;
  const head = el(
    "p",
    { class: "hit__k" },
    el("span", { class: "badge" }, say("charter")),
    el("span", null, ...mark(row.owner)),
    status in CHARTER_STATUS && badge(status, CHARTER_STATUS),
  );
  const name = el("span", null, ...mark(row.name));
  const link = el("a", { href: href(row.url) }, ...(row.titled ? sayNodes("quoted", { title: name }) : [name, say("untitled")]));
  const articles = (row.articles ?? []).filter((/** @type {any} */ one) => fits(one.text));
  const lines = articles.length ? found(row, articles, mark) : summary(row, mark, fits);
  return [head, el("h3", null, link), ...lines];
}

/**
 * The articles that hold the match: the first at once, the others one press away.
 * @param {Row} row
 * @param {any[]} articles
 * @param {Mark} mark
 */
function found(row, articles, mark) {
  const list = (/** @type {any[]} */ part) => el("ul", { class: "hit__sub" }, ...part.map((one) => article(row, one, mark)));
  const more = articles.slice(SHOWN);
  return [
    list(articles.slice(0, SHOWN)),
    more.length > 0 && el("details", { class: "hit__more" }, el("summary", null, say("moreArticles", { n: more.length })), list(more)),
  ];
}

/**
 * @param {Row} row
 * @param {{anchor: string, label: string, text: string}} one
 * @param {Mark} mark
 */
function article(row, one, mark) {
  return el("li", null, el("a", { href: `${href(row.url)}#${one.anchor}` }, one.label), " ", ...mark(one.text));
}

/**
 * @param {Row} row
 * @param {Mark} mark
 * @param {(text: string) => boolean} fits
 */
function summary(row, mark, fits) {
  const lines = [];
  if (row.summary) lines.push(el("p", null, ...mark(row.summary)));
  if (row.topics && (!row.summary || row.topics.some(fits))) lines.push(el("p", null, ...topics(row.topics, mark)));
  return lines;
}
