// What all search modules share: where the site is, the data for queries, building elements, words with values.

import { hanzi } from "./tokens.js";

/** The site's root, from where this file lies: the site works below any path. */
export const ROOT = new URL("../../", import.meta.url);

/** The folder of this page's language, "" for the site's first: pages lie below it, and the files that hold words. Where
    there is no page, as in tests of these modules, it is the first. */
export const FOLDER =
  typeof document === "undefined" ? "" : (document.querySelector("script[data-folder]")?.getAttribute("data-folder") ?? "");

/** Where the pages of this language begin. */
export const HOME = new URL(FOLDER, ROOT);

/** The version of all that one site reads of another; chamberbook/search/data.py says when it changes. */
export const FORMAT = 1;

/**
 * @typedef {object} Data
 * @property {number} format
 * @property {string} pagefind its version
 * @property {string} name of the site
 * @property {{name: string, url: string}[]} sites searched together with this one
 * @property {import("./tokens.js").Hanzi} hanzi
 * @property {Map<string, string>} bodies words for the kind of body with their pinyin: they rank, never exclude
 * @property {string} tails characters that may follow a place or trade or not
 * @property {Set<string>} soft English words that are looked for only where there is no other
 * @property {Map<string, string>} known places and trades with their pinyin
 * @property {Set<string>} syllables
 * @property {Record<string, {id: string, count: number}>} topics of charters, by title
 * @property {boolean} suggest whether there is a file of names
 * @property {boolean} sample
 * @property {Record<string, string>} words
 */

/** @typedef {{root: URL, data: () => Promise<Data>}} Site where a site is, and its data for queries */

/** @type {Promise<Data> | undefined} */
let loading;
/** @type {Record<string, string>} */
let words = {};

/** The data for queries of this site, loaded once. @returns {Promise<Data>} */
export function loadData() {
  loading ??= Promise.all([readData(ROOT), FOLDER ? fetchJson(`search/${FOLDER}words.json`) : null]).then(
    ([data, own]) => {
      const shown = { ...data, ...own };
      words = shown.words;
      return shown;
    },
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** This site. @type {Site} */
export const HERE = { root: ROOT, data: loadData };

/**
 * @param {URL} root
 * @param {(raw: any) => void} [fits] throws when the file cannot be used
 * @returns {Promise<Data>}
 */
export async function readData(root, fits) {
  const raw = await fetchJson("search/data.json", root);
  fits?.(raw);
  return unpacked(raw);
}

/** The data as the scripts use it. @param {any} raw what search/data.json holds @returns {Data} */
export function unpacked(raw) {
  return {
    ...raw,
    hanzi: hanzi(raw.hanzi, raw.cut),
    bodies: new Map(Object.entries(raw.bodies)),
    soft: new Set(raw.soft.split(" ")),
    known: new Map(Object.entries(raw.known)),
    syllables: new Set(raw.syllables.split(" ")),
  };
}

/**
 * @param {string} url from the root
 * @param {URL} [root]
 */
export async function fetchJson(url, root = ROOT) {
  const answer = await fetch(new URL(url, root));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * The address of a page of the site as the page's own links write it: relative.
 * @param {string} url site-relative, or absolute for a page of another site
 */
export function href(url) {
  if (/^https?:/.test(url)) return url;
  const here = location.pathname;
  if (!here.startsWith(HOME.pathname)) return new URL(url, HOME).href;
  return "../".repeat(here.slice(HOME.pathname.length).split("/").length - 1) + url || "./";
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
  for (const child of children) if (child || child === "") node.append(...(PLAIN.includes(tag) ? [child] : spoken(child)));
  return node;
}

const PLAIN = ["option", "title", "textarea"];
/** Whether the page is in another language than Chinese. */
export const foreign = () => !document.documentElement.lang.startsWith("zh");
const HAN = /([\u3400-\u9fff\u3000-\u303f\uff01-\uff5e“”]*[\u3400-\u9fff][\u3400-\u9fff\u3000-\u303f\uff01-\uff5e“”]*)/;

/**
 * On a page in another language what is Chinese in a text is marked so, as chamberbook/formats.py does in pages.
 * @param {string | Node} child
 * @returns {(string | Node)[]}
 */
function spoken(child) {
  if (!foreign() || typeof child !== "string" || !HAN.test(child)) return [child];
  return child.split(HAN).filter(Boolean).map((part) => {
    if (!HAN.test(part)) return part;
    const span = document.createElement("span");
    span.lang = "zh-Hans";
    span.append(part);
    return span;
  });
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
