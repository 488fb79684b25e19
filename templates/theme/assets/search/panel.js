// The filters beside a list: its links become checkboxes with numbers. What lies deeper than the page is fetched when
// somebody looks for it.

import { el, icon, say } from "./base.js";
import { checkbox } from "./live.js";
import { openAsSheet } from "./sheet.js";
import { facetTrees } from "./sites.js";
import { choices } from "./state.js";

/**
 * @typedef {[value: string, label: string, below?: Branch[]]} Branch
 * @typedef {{name: string, title: string, options: Branch[]}} Group see chamberbook/search/facets.py
 * @typedef {{box: HTMLInputElement, label: string, group: string, count: HTMLElement, own: string}} Option
 */

export class Panel {
  /**
   * @param {HTMLElement} aside
   * @param {(facet: string, value: string, on: boolean) => void} choose
   */
  constructor(aside, choose) {
    this.aside = aside;
    this.choose = choose;
    this.details = /** @type {HTMLDetailsElement} */ (aside.querySelector("details.facets"));
    this.chosen = /** @type {HTMLElement} */ (this.details.querySelector(":scope > summary .n"));
    this.own = this.chosen.textContent ?? "";
    /** @type {Map<string, Option>} */
    this.options = new Map();
    /** @type {import("./engine.js").Counts | null} */
    this.counts = null;
    /** @type {Promise<void> | undefined} */
    this.growing = undefined;
    for (const box of aside.querySelectorAll("input[type=checkbox]")) this.adopt(/** @type {HTMLInputElement} */ (box));
    for (const node of aside.querySelectorAll("details[data-lazy]")) {
      const grow = () => void this.grow().catch(() => {});
      node.addEventListener("toggle", grow, { once: true });
      if (/** @type {HTMLDetailsElement} */ (node).open) grow();
    }
    openAsSheet(this.details);
  }

  /** A choice that the page has. @param {HTMLInputElement} box */
  adopt(box) {
    const label = /** @type {HTMLElement} */ (box.closest("label"));
    const group = label.closest(".facet")?.querySelector("summary")?.textContent?.trim() ?? "";
    this.heed(box, label.querySelector("span")?.textContent ?? "", group, /** @type {HTMLElement} */ (label.querySelector(".n")));
  }

  /**
   * @param {HTMLInputElement} box
   * @param {string} label
   * @param {string} group
   * @param {HTMLElement} count
   */
  heed(box, label, group, count) {
    const { name, value } = box;
    box.addEventListener("change", () => this.choose(name, value, box.checked));
    this.options.set(`${name} ${value}`, { box, label, group, count, own: count.textContent ?? "" });
  }

  /**
   * @param {string} facet
   * @param {string} value
   * @param {string} label
   * @param {string} group
   * @param {HTMLElement} count
   */
  box(facet, value, label, group, count) {
    const node = checkbox(facet, value, label, count);
    this.heed(/** @type {HTMLInputElement} */ (node.querySelector("input")), label, group, count);
    return node;
  }

  /** Whether all that is chosen is on the page. @param {import("./state.js").State} state */
  holds(state) {
    return choices(state).every(({ facet, value }) => this.options.has(`${facet} ${value}`));
  }

  /** Fetch what lies deeper, once. */
  grow() {
    this.growing ??= facetTrees().then(
      (groups) => this.add(groups),
      (error) => {
        this.growing = undefined;
        throw error;
      },
    );
    return this.growing;
  }

  /** Options that the page leaves out, below those that hold them. @param {Group[]} groups */
  add(groups) {
    for (const { name, title, options } of groups) {
      const facet = this.aside.querySelector(`.facet[data-facet="${name}"]`) ?? this.group(name, title);
      const list = facet.querySelector(":scope > .facet__more > ul") ?? facet.querySelector(":scope > ul");
      this.branches(name, title, options, /** @type {HTMLElement} */ (list));
    }
    for (const link of this.aside.querySelectorAll(".choice--beyond")) link.remove();
    for (const node of this.aside.querySelectorAll("details[data-lazy]")) {
      node.removeAttribute("data-lazy");
      if (!node.querySelector("li")) node.remove();
    }
    this.number(this.counts);
  }

  /**
   * @param {string} facet
   * @param {string} group
   * @param {Branch[]} options
   * @param {HTMLElement} list
   */
  branches(facet, group, options, list) {
    for (const [value, label, below = []] of options) {
      const known = this.options.get(`${facet} ${value}`);
      const item = known?.box.closest("li") ?? el("li", { class: "choice" }, this.box(facet, value, label, group, el("span", { class: "n" })));
      if (!known) list.append(item);
      if (below.length) this.branches(facet, group, below, this.below(item, label));
    }
  }

  /**
   * The list below an option, made where there is none.
   * @param {Element} item
   * @param {string} label
   */
  below(item, label) {
    const found = item.querySelector(":scope > details > ul");
    if (found instanceof HTMLElement) return found;
    const list = el("ul", null);
    item.append(el("details", null, el("summary", { "aria-label": say("below", { label }) }, icon("down")), list));
    item.closest(".facet")?.classList.add("facet--deep");
    return list;
  }

  /**
   * A group that the page does not have.
   * @param {string} name
   * @param {string} title
   */
  group(name, title) {
    const made = el("details", { class: "facet", open: true, "data-facet": name }, el("summary", null, title, icon("down")), el("ul", null));
    this.details.querySelector(":scope > summary")?.after(made);
    return made;
  }

  /** The boxes show the choices; what hides a chosen one opens. @param {import("./state.js").State} state */
  tick(state) {
    const keys = new Set(choices(state).map(({ facet, value }) => `${facet} ${value}`));
    for (const [key, { box }] of this.options) {
      box.checked = keys.has(key);
      if (!box.checked) continue;
      for (let at = box.parentElement?.closest("details"); at && at !== this.details; at = at.parentElement?.closest("details")) at.open = true;
    }
  }

  /** How much is chosen, said on the panel's own line; words are there once something was looked up. @param {import("./state.js").State} state */
  tell(state) {
    const { length } = choices(state);
    this.chosen.textContent = length ? say("chosen", { n: length }) : this.own;
  }

  /** Numbers beside the options; null for the page's own. @param {import("./engine.js").Counts | null} counts */
  number(counts) {
    this.counts = counts;
    for (const [key, option] of this.options) {
      const [facet, value] = split(key);
      const count = counts ? String(counts[facet]?.[value] ?? 0) : option.own;
      option.count.textContent = count;
      option.box.parentElement?.classList.toggle("zero", count === "0");
    }
  }

  /**
   * @param {string} facet
   * @param {string} value
   * @returns {{label: string, group: string}}
   */
  words(facet, value) {
    return this.options.get(`${facet} ${value}`) ?? { label: value, group: "" };
  }
}

/** @param {string} key */
function split(key) {
  const at = key.indexOf(" ");
  return [key.slice(0, at), key.slice(at + 1)];
}
