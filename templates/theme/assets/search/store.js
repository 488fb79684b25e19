// What a site keeps for searching it: Pagefind's index asked for one word at a time, the facet table, rows, orders.

import { FOLDER, ROOT, fetchJson } from "./base.js";
import { holdPart, watchParts } from "./parts.js";
import { numbers, readTable, withFacets } from "./table.js";

/** Fields in the order of chamberbook/search/layout.py. */
export const FIELD = { name: 0, singles: 1, syllables: 2, initials: 3, alias: 4, about: 5, charter: 6, text: 7 };
export const FIELDS = 8;
/** A place: record, field and offset in one number. */
export const STRETCH = 2 ** 20;

/**
 * @typedef {[token: string, offset: number]} Placed a word and how far from the first character it stands
 * @typedef {import("./table.js").Table} Table
 */

export class Store {
  /** @param {import("./base.js").Site} site */
  constructor(site) {
    this.site = site;
    this.root = site.root;
    this.base = new URL("pagefind/", site.root).href;
    /** @type {Map<string, Promise<any>>} */
    this.loading = new Map();
    /** @type {Map<string, Promise<Float64Array>>} */
    this.known = new Map();
    /** @type {Map<number, {resolve: (row: any) => void, reject: (error: unknown) => void}[]>} */
    this.waiting = new Map();
    /** @type {Map<string, Promise<any[]>>} */
    this.files = new Map();
  }

  /**
   * Loaded once; a failure is tried again the next time.
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} load
   * @returns {Promise<T>}
   */
  once(key, load) {
    let found = this.loading.get(key);
    if (!found) {
      found = load();
      found.catch(() => this.loading.delete(key));
      this.loading.set(key, found);
    }
    return found;
  }

  data() {
    return this.site.data();
  }

  /** Begin anew: Pagefind never asks again for a part that it did not get. */
  forget() {
    // The table is of one build with the index: when the site was built anew in between, both are.
    for (const key of ["pagefind", "table", "full", "pages"]) this.loading.delete(key);
    this.known.clear();
  }

  /** @returns {Promise<Table>} */
  table() {
    return this.once("table", async () => readTable(await fetchJson("search/table.json", this.root)));
  }

  /** The table with every facet. @returns {Promise<Table>} */
  full() {
    return this.once("full", async () => {
      const [table, raw] = await Promise.all([this.table(), fetchJson("search/table-facets.json", this.root)]);
      return withFacets(table, raw);
    });
  }

  /** @returns {Promise<Record<string, Int32Array>>} ranks of the chambers */
  orders() {
    return this.once("orders", async () => {
      const raw = await fetchJson("search/orders.json", this.root);
      return Object.fromEntries(Object.entries(raw).map(([name, text]) => [name, numbers(text)]));
    });
  }

  /** Pagefind's program is this site's own, whatever index it reads: no other site's script ever runs here. */
  pagefind() {
    watchParts();
    return this.once("pagefind", async () => {
      const [module, { entry }] = await Promise.all([import(new URL("pagefind/pagefind.js", ROOT).href), this.table()]);
      if (entry) holdPart(`${this.base}pagefind-entry.json`, entry);
      return inTurn(async () => {
        // A second thread would cost another 41 KB and buys nothing at this size.
        const index = module.createInstance({ basePath: this.base, noWorker: true });
        await index.init();
        // `init` does not wait until the index is there, this does.
        await index.options({ ranking: {} });
        return index;
      });
    });
  }

  /**
   * Where a word stands, ascending.
   * @param {string} token
   * @returns {Promise<Float64Array>}
   */
  places(token) {
    let found = this.known.get(token);
    if (!found) {
      found = this.ask(token);
      found.catch(() => this.known.delete(token));
      this.known.set(token, found);
    }
    return found;
  }

  /** @param {string} token */
  async ask(token) {
    const [index, table, page] = await Promise.all([this.pagefind(), this.table(), this.once("pages", () => this.pages())]);
    const { results } = await index.search(token);
    const found = [];
    for (const { id, words } of results) {
      const at = page.get(id);
      if (at !== undefined) for (const word of words) found.push(place(table, at, word));
    }
    return Float64Array.from(found).sort();
  }

  /** Pagefind's ids -> number and first record of the page. @returns {Promise<Map<string, {group: number, first: number}>>} */
  async pages() {
    const { pages, groups } = await this.table();
    let first = 0;
    return new Map(
      pages.map((id, group) => {
        const one = /** @type {[string, {group: number, first: number}]} */ ([`unknown_${id}`, { group, first }]);
        first += groups[0][group];
        return one;
      }),
    );
  }

  /**
   * Where all words stand together, each at its offset.
   * @param {Placed[]} placed
   * @returns {Promise<Float64Array>} places of offset 0
   */
  async phrase(placed) {
    const all = await Promise.all(placed.map(async ([token, offset]) => ({ places: await this.places(token), offset })));
    all.sort((a, b) => a.places.length - b.places.length);
    const [rarest, ...others] = all;
    if (!rarest?.places.length) return new Float64Array();
    const shifted = rarest.places.map((one) => one - rarest.offset);
    return others.reduce((found, { places, offset }) => found.filter((one) => has(places, one + offset)), shifted);
  }

  /**
   * What a result shows. Rows wanted in one go come with as few files as hold them.
   * @param {number} record
   * @returns {Promise<any>}
   */
  row(record) {
    return new Promise((resolve, reject) => {
      if (!this.waiting.size) queueMicrotask(() => void this.collect());
      this.waiting.set(record, [...(this.waiting.get(record) ?? []), { resolve, reject }]);
    });
  }

  async collect() {
    const wanted = this.waiting;
    this.waiting = new Map();
    try {
      await this.hand(wanted);
    } catch (error) {
      for (const { reject } of [...wanted.values()].flat()) reject(error);
    }
  }

  /** @param {Store["waiting"]} wanted */
  async hand(wanted) {
    const files = shelves(await this.table());
    /** @type {Map<number, Map<string, number>>} */
    const rest = new Map(Array.from(wanted.keys(), (record) => [record, files(record)]));
    const jobs = [];
    while (rest.size) {
      const file = best(rest, this.files);
      for (const [record, held] of [...rest]) {
        const at = held.get(file);
        if (at === undefined) continue;
        rest.delete(record);
        jobs.push(this.file(file).then((rows) => wanted.get(record)?.forEach(({ resolve }) => resolve(rows[at]))));
      }
    }
    await Promise.all(jobs);
  }

  /**
   * @param {string} name
   * @returns {Promise<any[]>}
   */
  file(name) {
    let found = this.files.get(name);
    if (!found) {
      found = fetchJson(`search/${this.root === ROOT ? FOLDER : ""}rows/${name}.json`, this.root);
      found.catch(() => this.files.delete(name));
      this.files.set(name, found);
    }
    return found;
  }
}

/** @type {Promise<any>} */
let queue = Promise.resolve();

/**
 * All indexes live in one WebAssembly memory, which the first makes; two that begin at once would each make one.
 * @param {() => Promise<any>} make
 */
function inTurn(make) {
  const made = queue.then(make);
  queue = made.catch(() => {});
  return made;
}

/**
 * @param {Table} table
 * @param {{group: number, first: number}} page
 * @param {number} word
 */
function place({ groups }, { group, first }, word) {
  const records = groups[0][group];
  for (let field = 0; field < FIELDS; field += 1) {
    const stride = groups[field + 1][group];
    if (word < records * stride) {
      return ((first + Math.floor(word / stride)) * FIELDS + field) * STRETCH + (word % stride);
    }
    word -= records * stride;
  }
  return -1;
}

/**
 * @param {Float64Array} places ascending
 * @param {number} wanted
 */
function has(places, wanted) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return places[low] === wanted;
}

/**
 * Which files hold the row of a record, and where in them: see chamberbook/search/rows.py.
 * @param {Table} table
 * @returns {(record: number) => Map<string, number>}
 */
function shelves(table) {
  /** @type {Int32Array | undefined} */
  let byTrade;
  const placeOf = (/** @type {string} */ order, /** @type {number} */ record) => {
    if (order === "name") return record;
    byTrade ??= tradeOrder(table);
    return byTrade[record];
  };
  return (record) =>
    new Map(
      Object.entries(table.rows).map(([order, starts]) => {
        const at = placeOf(order, record);
        let file = starts.findIndex((start) => start > at) - 1;
        if (file < 0) file = starts.length - 1;
        return [`${order}-${file}`, at - starts[file]];
      }),
    );
}

/** @param {Table} table */
function tradeOrder(table) {
  const { of } = table.facets.industry;
  const numbers = Int32Array.from({ length: table.records }, (_, at) => at);
  const inOrder = Array.from(numbers).sort((a, b) => of[a] - of[b] || a - b);
  inOrder.forEach((record, at) => (numbers[record] = at));
  return numbers;
}

/**
 * The file that holds most of the rows that are left; one that is loaded already before all others.
 * @param {Map<number, Map<string, number>>} rest
 * @param {Map<string, any>} loaded
 */
function best(rest, loaded) {
  /** @type {Map<string, number>} */
  const tally = new Map();
  for (const held of rest.values()) for (const file of held.keys()) tally.set(file, (tally.get(file) ?? 0) + 1);
  const value = (/** @type {string} */ file) => (loaded.has(file) ? 1e6 : 0) + (tally.get(file) ?? 0);
  return [...tally.keys()].reduce((a, b) => (value(b) > value(a) ? b : a));
}
