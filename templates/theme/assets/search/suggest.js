// Names while somebody types in a search form: a list box under the field. The form works without it.

import { el, foreign, href, loadData, say } from "./base.js";
import { marked, pieces } from "./mark.js";
import { Names, reading } from "./names.js";
import { look } from "./sites.js";

const SHOWN = 8;
/** Before a search is made of what is typed (ms); names at hand need no pause. */
const PAUSE = 150;
const HOLDS = ["in_force", "expiring"];

/** @typedef {{name: (string | Node)[], script?: string | undefined, about: (string | Node | false | undefined)[], url: string}} Choice */

/** @type {WeakSet<HTMLInputElement>} */
const attached = new WeakSet();
let number = 0;

/** @param {HTMLInputElement} input */
export async function attach(input) {
  if (attached.has(input)) return;
  attached.add(input);
  const data = await loadData();
  if (data.sites.length) {
    new Suggestions(input, searched, PAUSE).begin();
    return;
  }
  const names = new Names(data);
  const said = await names.said().catch(() => ({}));
  new Suggestions(input, async (text) => (await names.look(text)).slice(0, SHOWN).map((one) => known(one, said)), 0).begin();
  // The first key should find them there.
  void names.look(input.value).catch(() => {});
}

/**
 * @param {import("./names.js").Suggestion} one
 * @param {import("./names.js").Said} said
 * @returns {Choice}
 */
function known({ entry, ranges, other }, said) {
  const called = (/** @type {string | undefined} */ text) => text && (said[text] ?? text);
  const level = entry.level && say("noted", { text: called(entry.level) ?? "", note: say(entry.state ?? "") });
  return {
    name: pieces(entry.name, ranges),
    script: entry.script,
    about: [latin(entry), other && `${say("alias")}${other}`, [entry.within, entry.place].map(called).filter(Boolean).join(" · "), level],
    url: href(`chambers/${entry.slug}/`),
  };
}

/**
 * For who does not read Chinese: the English name, else pinyin.
 * @param {import("./names.js").Entry} entry
 */
function latin(entry) {
  if (!foreign()) return false;
  return entry.english ?? el("span", { lang: "zh-Latn-pinyin" }, reading(entry));
}

/**
 * Where the names lie on several sites, a search gives them.
 * @param {string} text
 * @returns {Promise<Choice[]>}
 */
async function searched(text) {
  const { rows } = await look(text, { filters: { record: ["chamber"] } }, 1, SHOWN);
  return rows.map((row) => {
    const { name, data, terms } = row.from;
    const rating = (row.ratings ?? []).find((/** @type {any} */ one) => HOLDS.includes(one.state));
    const level = rating && say("noted", { text: [rating.scheme, rating.words].filter(Boolean).join(" "), note: say(rating.state) });
    return {
      name: marked(row.name, terms, data.hanzi),
      script: row.script,
      about: [row.guess && say("likely"), [row.within, row.place].filter(Boolean).join(" · "), level, name && say("from", { name })],
      url: href(row.url),
    };
  });
}

class Suggestions {
  /**
   * @param {HTMLInputElement} input
   * @param {(text: string) => Promise<Choice[]>} look
   * @param {number} pause before it is asked (ms)
   */
  constructor(input, look, pause) {
    number += 1;
    this.turn = 0;
    this.timer = 0;
    this.input = input;
    this.look = look;
    this.at = -1;
    this.id = `suggest-${number}`;
    this.list = el("ul", { class: "suggest", role: "listbox", id: this.id, "aria-label": say("suggestions"), hidden: true });
    this.status = el("p", { class: "vh", role: "status" });
    const field = /** @type {HTMLElement} */ (input.closest(".find__f") ?? input.parentElement);
    field.append(this.list, this.status);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.show(), pause);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The search page stays where it is.
    input.form?.addEventListener("submit", () => this.close());
    // Pressing must not take the focus away before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.open(option);
    });
  }

  /** Names for what was typed while they were loading; what has been searched for since wants no names over its results. */
  begin() {
    const searched = new URLSearchParams(location.search).get("q");
    if (document.activeElement === this.input && this.input.value.trim() !== (searched ?? "")) void this.show();
  }

  async show() {
    const mine = (this.turn += 1);
    const { value } = this.input;
    // Suggestions that do not load are no reason to stop anybody: the form works without them.
    const found = value.trim() ? await this.look(value).catch(() => []) : [];
    if (mine !== this.turn || document.activeElement !== this.input) return;
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)));
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.status.textContent = found.length ? say("suggested", { n: found.length }) : "";
  }

  close() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
    this.at = -1;
  }

  /**
   * @param {Choice} one
   * @param {number} at
   */
  option({ name, script, about, url }, at) {
    return el(
      "li",
      { role: "option", id: `${this.id}-${at}`, "aria-selected": "false", "data-url": url },
      el("b", script ? { lang: script } : null, ...name),
      el("small", null, ...about.flatMap((part) => (part ? ["　", part] : [])).slice(1)),
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const options = this.list.children;
    if (this.list.hidden || event.isComposing) {
      if (event.key === "ArrowDown" && !event.isComposing) void this.show();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      // One place before the first is the field itself.
      this.select(((this.at + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.open(options[this.at]);
    }
  }

  /** @param {number} at */
  select(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.list.children[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Element} option */
  open(option) {
    location.assign(option.getAttribute("data-url") ?? "");
  }
}
