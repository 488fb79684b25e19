// What all search modules share: where the site is, the data for queries, building elements, words with values.

import { hanzi } from "./tokens.js";

/** The site's root, from where this file lies: the site works below any path. */
export const ROOT = new URL("../../", import.meta.url);

/**
 * @typedef {object} Data
 * @property {import("./tokens.js").Hanzi} hanzi
 * @property {Map<string, string>} bodies words for the kind of body with their pinyin: they rank, never exclude
 * @property {string} tails characters that may follow a place or trade or not
 * @property {Map<string, string>} known places and trades with their pinyin
 * @property {Set<string>} syllables
 * @property {Record<string, {id: string, count: number}>} topics of charters, by title
 * @property {boolean} suggest whether there is a file of names
 * @property {boolean} sample
 * @property {Record<string, string>} words
 */

/** @type {Promise<Data> | undefined} */
let loading;
/** @type {Record<string, string>} */
let words = {};

/** The data for queries, loaded once. @returns {Promise<Data>} */
export function loadData() {
  loading ??= fetchJson("search/data.json").then(
    (raw) => {
      words = raw.words;
      return {
        ...raw,
        hanzi: hanzi(raw.hanzi),
        bodies: new Map(Object.entries(raw.bodies)),
        known: new Map(Object.entries(raw.known)),
        syllables: new Set(raw.syllables.split(" ")),
      };
    },
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** @param {string} url site-relative */
export async function fetchJson(url) {
  const answer = await fetch(new URL(url, ROOT));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * The address of a page of the site as the page's own links write it: relative.
 * @param {string} url site-relative
 */
export function href(url) {
  const here = location.pathname;
  if (!here.startsWith(ROOT.pathname)) return new URL(url, ROOT).href;
  return "../".repeat(here.slice(ROOT.pathname.length).split("/").length - 1) + url || "./";
}

/**
 * A message with its values.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * A message whose values may be elements.
 * @param {string} key
 * @param {Record<string, string | number | Node>} values
 * @returns {(string | Node)[]}
 */
export function sayNodes(key, values) {
  return (words[key] ?? key)
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((part) => {
      const value = /^\{\w+\}$/.test(part) ? values[part.slice(1, -1)] : part;
      return value instanceof Node ? value : String(value ?? "");
    });
}

/**
 * An element. Attributes that are null or false are left out, true ones are empty.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined> | null} [attributes]
 * @param {...(string | Node | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child || child === "") node.append(child);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * A symbol of the page's own set.
 * @param {string} name
 * @param {string} [className]
 */
export function icon(name, className = "i") {
  const svg = document.createElementNS(SVG, "svg");
  if (className) svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("viewBox", "0 0 24 24");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * What is said when search did not load, with ways on.
 * @param {() => void} again
 * @param {string} [text] from the page, for when not even the words have loaded
 */
export function failure(again, text) {
  if (!words.failed) return el("p", { class: "note search__failed", role: "alert" }, text);
  const button = el("button", { class: "btn btn--sm", type: "button" }, say("again"));
  button.addEventListener("click", again);
  const links = [el("a", { href: href("regions/") }, say("byRegion")), " ", el("a", { href: href("industries/") }, say("byIndustry"))];
  return el("div", { class: "note search__failed", role: "alert" }, el("p", null, say("failed")), el("p", { class: "search__ways" }, button, " ", ...links));
}
