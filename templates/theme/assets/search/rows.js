// The row of a chamber in a list: the same elements as `row` of templates/pages/macros.html; a test compares them.

import { el, href, icon, say } from "./base.js";

/** @typedef {any} Row see chamberbook/search/rows.py */

const EXPIRED = ["expired", "superseded", "revoked"];
const STATE_CLASS = { in_force: "badge--ok", expiring: "badge--warn", undated: "", expired: "badge--off", superseded: "badge--off", revoked: "badge--off" };
/** @type {Record<string, string>} */
const RATE_CLASS = { undated: " rate--unk", expiring: " rate--soon", in_force: " rate--ok" };
const STATUS_CLASS = { active: "badge--ok", preparing: "badge--warn", merged: "badge--off", dissolved: "badge--off", unverified: "badge--warn" };

/**
 * @param {Row} row
 * @param {boolean} sample
 */
export function chamberRow(row, sample) {
  const name = el("h3", { class: "row__name" }, el("a", { href: href(row.url) }, scripted(row.name, row.script)));
  if (sample) name.append(" ", el("span", { class: "demo" }, say("sample")));
  if (row.guess) name.prepend(el("span", { class: "badge badge--warn" }, say("likely")), " ");
  return el("li", { class: "row" }, el("div", null, name, el("p", { class: "row__sub" }, ...under(row))), facts(row));
}

/**
 * @param {string} text
 * @param {string} [script] the language tag of a text in another script
 */
export function scripted(text, script) {
  return script ? el("span", { lang: script }, text) : text;
}

/** @param {Row} row */
function under(row) {
  const parts = [el("span", null, row.kind)];
  if (row.reading) parts.unshift(el("span", { lang: "zh-Latn-pinyin" }, row.reading));
  if (row.founded) parts.push(el("span", null, say("year", { year: row.founded })));
  if (row.alias) parts.push(el("span", null, say("alias"), scripted(row.alias, row.aliasScript)));
  if (row.status === "unverified" && row.verified) parts.push(el("span", null, say("sourceYear", { year: row.verified })));
  else if (row.status !== "active") parts.push(badge(row.status, STATUS_CLASS));
  return parts;
}

/** @param {Row} row */
function facts(row) {
  const place = row.place ? [row.place, row.within && el("small", null, row.within)] : [say("country")];
  return el(
    "dl",
    { class: "row__facts" },
    el("div", null, el("dt", null, say("region")), el("dd", null, ...place)),
    el("div", null, el("dt", null, say("industry")), el("dd", null, row.trade || "—")),
    el("div", { class: "st" }, el("dt", null, say("ratings")), el("dd", null, ratings(row))),
    el("div", { class: row.charters ? "ch" : "ch ch--0" }, el("dt", null, say("charter")), el("dd", null, charters(row))),
  );
}

/** @param {Row} row */
function charters(row) {
  if (!row.charters) return el("span", { class: "todo" }, say("noCharter"));
  const label = say("chartersOf", { name: row.name, n: row.charters });
  return el("a", { href: `${href(row.url)}#charters`, "aria-label": label }, el("span", { class: "w" }, say("charter")), say("charters", { n: row.charters }));
}

/** @param {Row} row */
function ratings(row) {
  if (!row.ratings) return el("span", { class: "rate rate--none" }, say("noRating"));
  const items = row.ratings.map((/** @type {any} */ rating) => el("li", null, rate(rating), by(rating) && el("small", null, by(rating))));
  if (row.more) items.push(el("li", null, el("small", null, say("moreRatings", { n: row.more }))));
  return el("ul", { class: "rates" }, ...items);
}

/** @param {any} rating */
export function rate(rating) {
  const { state } = rating;
  const kind = EXPIRED.includes(state) ? " rate--exp" : (RATE_CLASS[state] ?? "");
  const node = el("span", { class: `rate${kind}`, "data-state": state, "data-ends": rating.ends }, ...marks(rating), " ");
  if (state in STATE_CLASS) node.append(badge(state, STATE_CLASS));
  return node;
}

/** @param {any} rating */
function marks(rating) {
  if (rating.form === "letter") return [el("b", { class: "grade" }, rating.words)];
  if (rating.form !== "stars") return [el("b", null, rating.words)];
  const stars = Array.from({ length: rating.stars }, () => icon("star", ""));
  for (const star of stars) star.removeAttribute("aria-hidden");
  return [el("span", { class: "rate__s", "aria-hidden": "true" }, ...stars), " ", el("b", null, rating.words)];
}

/** @param {any} rating */
function by(rating) {
  const byPeriod = rating.period && (rating.form === "title" || !rating.when);
  const when = byPeriod ? say("period", { period: rating.period.replace("-", "–") }) : rating.when ? dateWords(rating.when) : "";
  return rating.scheme && when ? say("byScheme", { scheme: rating.scheme, when }) : rating.scheme || when;
}

/** @param {string} date as precise as it is known */
function dateWords(date) {
  const [year, month, day] = date.split("-").map(Number);
  return say(day ? "dateDay" : month ? "dateMonth" : "dateYear", { year, month, day });
}

/**
 * @param {string} key
 * @param {Record<string, string>} classes
 */
export function badge(key, classes) {
  return el("span", { class: `badge ${classes[key] ?? ""}`.trim() }, say(key));
}

/**
 * Page numbers as in templates/pages/macros.html; the links carry the state of the list.
 * @param {number} page
 * @param {number} pages
 * @param {(page: number) => string} address
 */
export function pager(page, pages, address) {
  if (pages < 2) return null;
  const link = (/** @type {number} */ to, /** @type {any} */ more, /** @type {string} */ text) =>
    el("li", null, el("a", { href: address(to), "data-state": true, "data-page": to, ...more }, text));
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n > 0 && n <= pages);
  const items = [];
  if (page > 1) items.push(link(page - 1, { rel: "prev" }, say("previous")));
  shown.forEach((number, at) => {
    if (at && number - shown[at - 1] > 1) items.push(el("li", null, el("span", { "aria-hidden": "true" }, "…")));
    items.push(link(number, { "aria-label": say("page", { n: number }), "aria-current": number === page ? "page" : null }, String(number)));
  });
  if (page < pages) items.push(link(page + 1, { rel: "next" }, say("next")));
  return el("nav", { "aria-label": say("pages") }, el("ul", { class: "pager" }, ...items));
}
