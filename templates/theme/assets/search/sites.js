// One search over this site and those that mkdocs.yml lists. Each answers for itself, with its own data and its own
// index; what they found is merged by the classes of the ranking, never by scores, which depend on how large an index is.

import { FOLDER, FORMAT, HERE, ROOT, fetchJson, loadData, readData } from "./base.js";
import { Engine, here } from "./engine.js";
import { terms } from "./mark.js";
import { merged, mergedCounts } from "./merge.js";

/**
 * @typedef {import("./engine.js").Found} Found
 * @typedef {import("./engine.js").Options} Options
 * @typedef {"down" | "unfit"} Trouble it does not answer; its version is another
 *
 * @typedef {object} Origin where a row comes from
 * @property {string} name of the site, empty when there is but this one
 * @property {import("./base.js").Data} data
 * @property {string[]} terms what to mark
 *
 * @typedef {object} Looked
 * @property {Found} found
 * @property {any[]} rows of one page, each with its Origin as `from`
 * @property {number} page
 * @property {number} pages
 */

/** A site that has not answered for so long (ms) is said to be down; the others do not wait longer. */
const PATIENCE = 12_000;

/** The version of another site's files is not ours. */
class Unfit extends Error {}

class Member {
  /**
   * @param {string} name
   * @param {Engine} engine
   */
  constructor(name, engine) {
    this.name = name;
    this.engine = engine;
    /** @type {Trouble | null} */
    this.trouble = null;
  }

  get root() {
    return this.engine.site.root;
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T | null>} null when the site is in trouble
   */
  async attempt(work) {
    if (this.trouble) return null;
    let timer = 0;
    const late = new Promise((_, reject) => (timer = window.setTimeout(() => reject(new Error("too late")), PATIENCE)));
    try {
      return /** @type {T} */ (await Promise.race([work(), late]));
    } catch (error) {
      this.trouble = error instanceof Unfit ? "unfit" : "down";
      this.engine.forget();
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A small site is soon all in memory; its results would lead nowhere once it is gone. */
  async answers() {
    const { ok, status } = await fetch(new URL("search/data.json", this.root), { method: "HEAD", cache: "no-store" });
    if (!ok) throw new Error(`${this.root}: ${status}`);
  }

  /**
   * @param {string} query
   * @param {Options} options
   */
  find(query, options) {
    return this.attempt(async () => {
      if (this.engine === here) return here.find(query, options);
      await this.engine.site.data();
      // This site's own index is to be the first: nobody is to wait for one that does not answer.
      await here.store.pagefind().catch(() => {});
      const [found] = await Promise.all([this.engine.find(query, options), this.answers()]);
      return found;
    });
  }
}

/** @type {Promise<Member[]> | undefined} */
let loading;

/** This site first. @returns {Promise<Member[]>} */
function members() {
  loading ??= loadData().then(
    (own) => [new Member(own.name, here), ...own.sites.map(({ name, url }) => new Member(name, other(new URL(url, HERE.root), own)))],
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * @param {URL} root
 * @param {import("./base.js").Data} own
 */
function other(root, own) {
  /** @type {Promise<import("./base.js").Data> | undefined} */
  let data;
  /** @param {any} raw */
  const fits = (raw) => {
    if (raw?.format !== FORMAT || raw.pagefind !== own.pagefind) throw new Unfit();
  };
  const site = {
    root,
    data: () => {
      data ??= readData(root, fits).catch((error) => {
        data = undefined;
        throw error;
      });
      return data;
    },
  };
  return new Engine(site);
}

/** The names of all sites, this one first; none when there is but this one. */
export async function siteNames() {
  const all = await members();
  return all.length > 1 ? all.map((one) => one.name) : [];
}

/** The sites that are not searched now, and why. @returns {Promise<{name: string, trouble: Trouble}[]>} */
export async function troubles() {
  return (await members()).flatMap(({ name, trouble }) => (trouble ? [{ name, trouble }] : []));
}

/** Ask those again that did not answer. */
export async function askAgain() {
  for (const one of await members()) if (one.trouble === "down") one.trouble = null;
}

/**
 * What can be chosen, of every site that answers.
 * @returns {Promise<import("./panel.js").Group[]>}
 */
export async function facetTrees() {
  const all = await members();
  if (all.length === 1) return fetchJson(`search/${FOLDER}facets.json`);
  const trees = await Promise.all(all.map((one) => one.attempt(async () => (await one.engine.site.data(), fetchJson(`search/${one.root === ROOT ? FOLDER : ""}facets.json`, one.root)))));
  return trees.flatMap((tree) => tree ?? []);
}

/**
 * @param {string} query
 * @param {Options} options
 * @returns {Promise<Found>} rejected when no site answers
 */
export async function find(query, options) {
  return (await ask(query, options, 0)).found;
}

/**
 * One page of what is found, with its rows.
 * @param {string} query
 * @param {Options} options
 * @param {number} wanted the page, from 1
 * @param {number} size
 * @returns {Promise<Looked>}
 */
export async function look(query, options, wanted, size) {
  const { found, byId } = await ask(query, options, wanted * size);
  const pages = Math.max(1, Math.ceil(found.results.length / size));
  const page = Math.min(wanted, pages);
  const part = found.results.slice((page - 1) * size, page * size);
  const before = (await troubles()).length;
  const rows = await Promise.all(part.map((one) => byId(one)));
  // A site that went away between its answer and its rows: the others fill the page.
  if ((await troubles()).length > before) return look(query, options, wanted, size);
  return { found, rows, page, pages };
}

/**
 * @param {string} query
 * @param {Options} options
 * @param {number} until how many results must be in order
 * @returns {Promise<{found: Found, byId: (result: import("./engine.js").Result) => Promise<any>}>}
 */
async function ask(query, { filters = {}, ...rest }, until) {
  const { site = [], ...own } = filters;
  const all = await members();
  const alone = all.length === 1;
  const options = { ...rest, filters: own };
  const answers = await Promise.all(all.map(async (member) => ({ member, found: await (alone ? here.find(query, options) : member.find(query, options)) })));
  const there = answers.flatMap(({ member, found }) => (found ? [{ member, found }] : []));
  if (!there.length) throw new Error("no site answers");
  const chosen = there.filter(({ member }) => !site.length || site.includes(member.name));
  /** @type {Map<import("./engine.js").Result, {member: Member, found: Found}>} */
  const origin = new Map(chosen.flatMap((one) => one.found.results.map((result) => [result, one])));
  const byId = (/** @type {import("./engine.js").Result} */ result) => rowOf(result, origin.get(result), alone);
  const results = await merged(chosen.map(({ found }) => found.results), rest.sort || (query ? "" : "name"), until, byId);
  const counts = mergedCounts(chosen.map(({ found }) => found.counts));
  if (!alone) counts.site = Object.fromEntries(there.map(({ member, found }) => [member.name, found.results.length]));
  const first = chosen.find(({ found }) => found.reading)?.found;
  const guessed = results.every((one) => one.guess) ? (chosen.find(({ found }) => found.guessed)?.found.guessed ?? null) : null;
  return { found: { query, results, counts, reading: first?.reading ?? null, guessed }, byId };
}

/**
 * @param {import("./engine.js").Result} result
 * @param {{member: Member, found: Found} | undefined} from
 * @param {boolean} alone
 */
async function rowOf(result, from, alone) {
  if (!from) throw new Error("a result of no site");
  const { member, found } = from;
  const load = async () => {
    const data = await member.engine.site.data();
    const row = await result.data();
    const marks = terms(found.query, found.reading, data.hanzi);
    return { ...row, guess: result.guess, url: alone ? row.url : inside(member.root, row.url), from: { name: alone ? "" : member.name, data, terms: marks } };
  };
  return alone ? load() : member.attempt(load);
}

/**
 * An address of a site, never one outside of it.
 * @param {URL} root
 * @param {string} url
 */
function inside(root, url) {
  const { href } = new URL(url, root);
  return href.startsWith(root.href) ? href : root.href;
}

/**
 * For a query that finds nothing: the parts without which something is found, over all sites.
 * @param {string} query
 */
export async function relaxed(query) {
  const all = (await members()).filter((one) => !one.trouble);
  const lists = await Promise.all(all.map((one) => one.attempt(() => one.engine.relaxed(query))));
  /** @type {Map<string, {word: string, rest: string, count: number}>} */
  const ways = new Map();
  for (const way of lists.flatMap((list) => list ?? [])) {
    const known = ways.get(way.rest);
    ways.set(way.rest, known ? { ...known, count: known.count + way.count } : way);
  }
  return [...ways.values()];
}

/**
 * For a query that finds nothing: one that differs in one character and finds something, empty when there is none.
 * @param {string} query
 */
export async function guess(query) {
  const all = (await members()).filter((one) => !one.trouble);
  const found = await Promise.all(all.map((one) => one.attempt(() => one.engine.guess(query))));
  return found.find(Boolean) ?? "";
}
