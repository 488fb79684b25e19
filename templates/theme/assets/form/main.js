// The form of a record: nothing leaves this page unless its reader sends it.

import { add, byId, clean, fillAll, itemsOf, readAll, refresh, sourceIds } from "./fields.js";
import { faults, holds } from "./rules.js";
import { DRAFT, chamber } from "./start.js";
import { toYaml } from "./yaml.js";

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {import("./fields.js").Data} Data */
/** @typedef {import("./rules.js").Fault} Fault */

const ROOT = new URL("../../", import.meta.url);
/** The folder of this page's language: what the form says lies below it, records do not. */
const FOLDER = document.querySelector("script[data-folder]")?.getAttribute("data-folder") ?? "";
/** Longer addresses are refused by the platforms. */
const LONGEST_ADDRESS = 7000;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** @typedef {{fields: Field[], facts: string[], regions: string[], industries: string[], federations: [string, string][], schemes: [string, string][], levels: Record<string, [string, string][]>, parts: string, today: string, new: string, edit: string, mail: string, words: Record<string, string>}} Known */
/** What chamberbook/pages/form.py says beside the page. @type {Known} */
let known;
const form = /** @type {HTMLFormElement} */ (byId("form"));
const slug = /** @type {HTMLInputElement} */ (byId("slug"));
const federation = /** @type {HTMLSelectElement} */ (byId("federation"));
/** Whether every fault is shown, because the form was handed in once. */
let strict = false;
/** The path of a record that was loaded. */
let loaded = "";

/** @param {string} url from the site's root */
async function read(url) {
  const answer = await fetch(new URL(url, ROOT));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** What there is too much of for the page: items of repeated groups, what can be chosen. */
function offer() {
  const parts = new DOMParser().parseFromString(known.parts, "text/html");
  for (const part of parts.querySelectorAll("template")) byId(part.dataset.of ?? "").append(part);
  for (const [id, texts] of /** @type {const} */ ([["rg", known.regions], ["gb", known.industries]])) {
    byId(id).replaceChildren(...texts.map((value) => Object.assign(document.createElement("option"), { value })));
  }
  federation.append(...known.federations.map(([id, name]) => new Option(name, id)));
  const { content } = /** @type {HTMLTemplateElement} */ (byId("f-ratings").querySelector("template"));
  content.querySelector("select[id$=-scheme]")?.append(...known.schemes.map(([id, name]) => new Option(name, id)));
}

/** @param {string} key @param {Record<string, string | number>} [values] */
const say = (key, values = {}) => known.words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** @param {string} id @param {string} text */
function tell(id, text) {
  byId(id).textContent = text;
  byId(id).hidden = !text;
}

/** @param {Field} field */
const pageItems = (field) => itemsOf(`f-${field.key}`).map((item) => ({ id: item.id, item: readAll(field.fields ?? [], item.id) }));

/** The record without the sources of facts that it does not hold. */
function record() {
  const found = readAll(known.fields, "f");
  const by = Object.entries(/** @type {Data} */ (found.fact_sources ?? {})).filter(([fact]) => holds(found, fact));
  delete found.fact_sources;
  if (by.length) found.fact_sources = Object.fromEntries(by);
  return found;
}

const path = () => loaded || `chambers/${federation.value || "…"}/${clean(slug.value) || "…"}.yml`;
const yaml = () => toYaml(record(), known.fields);

/** @returns {Fault[]} */
function allFaults() {
  const found = faults(record(), known.fields, pageItems, known);
  if (loaded) return found;
  if (!federation.value) found.push({ id: "federation", title: "", key: "choose" });
  if (!ID.test(clean(slug.value))) found.push({ id: "slug", title: "", key: slug.value ? "slug" : "required" });
  return found;
}

/** Only where there are two sources or more must a fact name its own. */
function showFacts() {
  const now = record();
  const ids = sourceIds();
  byId("f-fact_sources").hidden = ids.length < 2;
  for (const fact of known.facts) {
    const set = byId(`f-fact_sources-${fact}`);
    const row = /** @type {HTMLElement} */ (set.closest(".fld"));
    row.hidden = !holds(now, fact);
    const first = set.querySelector("input");
    if (!row.hidden && first && ids.length > 1 && !row.dataset.seen) {
      if (!set.querySelector("input:checked")) first.checked = true;
      row.dataset.seen = "yes";
    }
  }
}

/** @param {Fault[]} found @param {boolean} all */
function mark(found, all) {
  for (const field of form.querySelectorAll(".fld, .form__group, .form__item")) {
    const place = field.matches(".fld") ? field.querySelector(".inp, fieldset, input") : field;
    const error = place && document.getElementById(`${place.id}-e`);
    const fault = found.find((one) => one.id === place?.id);
    if (!place || !error) continue;
    const show = Boolean(fault) && (all || place.hasAttribute("data-touched"));
    field.classList.toggle("fld--err", show);
    if (place.matches("input, select, textarea")) {
      if (show) place.setAttribute("aria-invalid", "true");
      else place.removeAttribute("aria-invalid");
    }
    error.textContent = fault && show ? say("mend") + say(fault.key, fault.values) : "";
    error.hidden = !show;
  }
  for (const part of document.querySelectorAll("[data-part]")) {
    const section = byId(part.getAttribute("data-part") ?? "");
    const wrong = found.filter((fault) => section.contains(document.getElementById(fault.id))).length;
    const filled = [...section.querySelectorAll("input, select, textarea")].some((one) => one instanceof HTMLInputElement && one.type === "checkbox" ? one.checked : /** @type {HTMLInputElement} */ (one).value);
    part.textContent = wrong && all ? say("part_left", { n: wrong }) : say(filled ? "part_done" : "part_empty");
  }
}

/** @param {Fault} fault */
function title(fault) {
  const label = document.querySelector(`label[for="${fault.id}"]`);
  return fault.title || label?.textContent || "";
}

/** @param {Fault[]} found */
function summary(found) {
  const box = byId("errs");
  box.hidden = !found.length;
  const heading = box.querySelector("h2");
  if (heading) heading.textContent = found.length ? say("left", { n: found.length }) : "";
  box.querySelector("ul")?.replaceChildren(
    ...found.map((fault) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${fault.id}`;
      link.textContent = `${title(fault)}：${say(fault.key, fault.values)}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        byId(fault.id).focus();
        byId(fault.id).scrollIntoView({ block: "center" });
      });
      item.append(link);
      return item;
    }),
  );
}

/** What follows from a change. */
function changed() {
  showFacts();
  const found = allFaults();
  mark(found, strict);
  if (strict) summary(found);
  const text = yaml();
  byId("yaml").textContent = text;
  byId("path").textContent = path();
  const download = /** @type {HTMLAnchorElement} */ (byId("download"));
  if (download.href.startsWith("blob:")) URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  download.download = path().split("/").pop() ?? "";
  const mail = document.getElementById("mail");
  if (mail instanceof HTMLAnchorElement) mail.href = `mailto:${known.mail}?subject=${encodeURIComponent(path())}&body=${encodeURIComponent(text)}`;
}

function keep() {
  const time = new Date().toTimeString().slice(0, 5);
  try {
    localStorage.setItem(DRAFT, JSON.stringify({ record: record(), slug: slug.value, federation: federation.value, path: loaded, time }));
    tell("draft", say("saved", { time }));
  } catch {
    tell("draft", say("unsaved"));
  }
}

function draft() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Open the platform with the file, or copy it where its address cannot hold it. */
function send() {
  const template = loaded ? known.edit : known.new || known.edit;
  if (!template) {
    tell("done", say("ready"));
    return;
  }
  const text = yaml();
  const address = template.replaceAll("{path}", path());
  const whole = address.replaceAll("{value}", encodeURIComponent(text));
  if (address.includes("{value}") && whole.length <= LONGEST_ADDRESS) {
    window.open(whole, "_blank", "noopener");
    tell("done", say("sent"));
    return;
  }
  void copy(text).then((done) => {
    tell("done", say(done ? "paste" : "not_copied"));
    if (done) window.open(address.replaceAll("{value}", ""), "_blank", "noopener");
  });
}

/** @param {Event} event */
function hear(event) {
  const target = event.target;
  if (target instanceof HTMLSelectElement && target.id.endsWith("-scheme")) offerLevels(target);
  if (target instanceof HTMLElement && event.type === "change") (target.closest("fieldset:not(.form__item)") ?? target).setAttribute("data-touched", "");
  changed();
  keep();
}

/** @param {HTMLSelectElement} scheme */
function offerLevels(scheme) {
  const level = /** @type {HTMLSelectElement} */ (byId(scheme.id.replace(/scheme$/, "level")));
  const levels = known.levels[scheme.value] ?? [];
  level.replaceChildren(level.options[0], ...levels.map(([id, label]) => new Option(label, id)));
}

/** @param {MouseEvent} event */
function press(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  const group = button?.closest(".form__group");
  if (!button || !(group instanceof HTMLElement)) return;
  const named = group.querySelector("h3")?.textContent ?? "";
  if (button.hasAttribute("data-add")) {
    const item = add(group.id);
    /** @type {HTMLElement | null} */ (item.querySelector("input, select, textarea"))?.focus();
    tell("done", say("added", { title: named }));
  } else if (button.hasAttribute("data-remove")) {
    button.closest(".form__item")?.remove();
    refresh();
    group.focus();
    tell("done", say("removed", { title: named }));
  } else return;
  changed();
  keep();
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  strict = true;
  const found = allFaults();
  mark(found, true);
  summary(found);
  tell("done", "");
  if (found.length) byId("errs").focus();
  else send();
}

/** A record that the site has. */
async function load() {
  const answer = await fetch(new URL(`chambers/${chamber}/record.json`, ROOT)).catch(() => null);
  if (!answer?.ok) {
    tell("told", say("missing", { slug: chamber }));
    return;
  }
  const data = await answer.json();
  open(data.path);
  fillAll(known.fields, "f", data.record);
  tell("told", say("loaded", { name: data.record.name }));
}

/** @param {string} of the path of an existing record */
function open(of) {
  loaded = of;
  const [, folder, file] = of.split("/");
  federation.value = folder;
  slug.value = file.replace(/\.yml$/, "");
  federation.disabled = true;
  slug.readOnly = true;
}

/** Rejected when what the form must know does not arrive. */
export async function start() {
  known = await read(`${FOLDER}contribute/form/known.json`);
  offer();
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.id.endsWith("-scheme")) offerLevels(event.target);
  }, true);
  const kept = draft();
  if (kept) {
    if (kept.path) open(kept.path);
    else [slug.value, federation.value] = [kept.slug, kept.federation];
    fillAll(known.fields, "f", kept.record);
    tell("draft", say("saved", { time: kept.time }));
  } else {
    tell("draft", say("none"));
    if (chamber) await load();
    if (!sourceIds().length) add("f-sources");
  }
  form.addEventListener("input", hear);
  form.addEventListener("change", hear);
  form.addEventListener("click", press);
  form.addEventListener("submit", submit);
  byId("copy").addEventListener("click", () => void copy(yaml()).then((done) => tell("done", say(done ? "copied" : "not_copied"))));
  byId("clear").addEventListener("click", () => {
    localStorage.removeItem(DRAFT);
    location.reload();
  });
  changed();
  form.dataset.ready = "yes";
}
