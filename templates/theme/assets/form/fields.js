// The fields of the page: reading them as a record, filling them from one, adding and removing items.

/**
 * @typedef {object} Field
 * @property {string} key
 * @property {string} title
 * @property {string} type
 * @property {boolean} [required]
 * @property {boolean} [number]
 * @property {boolean} [one_line]
 * @property {boolean} [readonly]
 * @property {Field[]} [fields]
 * @property {string} [pattern]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [shortest]
 * @property {number} [longest]
 *
 * @typedef {import("./yaml.js").Value} Value
 * @typedef {{[key: string]: Value}} Data
 */

// Control characters are what it is to find.
const INVISIBLE =
  // eslint-disable-next-line no-control-regex
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu;
const BEFORE_CODE = /[、，,;；]\s*(?=[A-Ta-t][0-9]{0,2}(?![0-9A-Za-z]))/;
let made = 0;

/** @param {string} text */
const split = (text) => text.split(/[、，,;；]/).map((part) => part.trim()).filter(Boolean);

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const control = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** Text as a record holds it. @param {string} text */
export function clean(text) {
  const lines = text.replaceAll("\r", "").replaceAll("\t", " ").replace(INVISIBLE, "").split("\n");
  return lines.map((line) => line.trimEnd()).join("\n").trim();
}

/** The items of a group. @param {string} id @returns {HTMLElement[]} */
export const itemsOf = (id) => [...document.querySelectorAll(`#${id} > .form__items > .form__item`)].map((one) => /** @type {HTMLElement} */ (one));

/** The ids of the sources that the form has. */
export const sourceIds = () => itemsOf("f-sources").map((item) => item.dataset.source ?? "");

/**
 * What a field holds; undefined when nothing.
 * @param {Field} field
 * @param {string} id
 * @returns {Value | undefined}
 */
export function read(field, id) {
  if (field.type === "group") {
    const items = itemsOf(id).map((item) => readAll(field.fields ?? [], item.id)).filter(tells);
    return items.length ? items : undefined;
  }
  if (field.type === "sources-group") {
    return Object.fromEntries(itemsOf(id).map((item) => [item.dataset.source ?? "", readAll(field.fields ?? [], item.id)]));
  }
  if (field.type === "record" || field.type === "facts") {
    const record = readAll(field.fields ?? [], id);
    return Object.keys(record).length ? record : undefined;
  }
  if (field.type === "sources" || field.type === "checks") {
    const values = [...byId(id).querySelectorAll("input:checked")].map((box) => /** @type {HTMLInputElement} */ (box).value);
    /** @type {string[]} */
    const order = JSON.parse(byId(id).dataset.values ?? "[]");
    const place = (/** @type {string} */ one) => (order.includes(one) ? order.indexOf(one) : order.length);
    values.sort((one, other) => place(one) - place(other));
    if (field.type === "sources" && values.length === 1) return values[0];
    return values.length ? values : undefined;
  }
  if (field.type === "tick") return control(id).checked || undefined;
  const value = clean(control(id).value);
  if (!value) return undefined;
  if (field.type === "yesno") return value === "true";
  if (field.type === "region") return regionCode(value);
  if (field.type === "list") {
    const { shown, values } = control(id).dataset;
    if (values && value === shown) return JSON.parse(values);
    if (field.key === "industries") return value.split(BEFORE_CODE).flatMap(industryCodes);
    return split(value);
  }
  return value;
}

/** Whether an item says more than which source it rests on. @param {Data} item */
const tells = (item) => Object.keys(item).some((key) => key !== "source");

/** @param {Field[]} fields @param {string} id @returns {Data} */
export function readAll(fields, id) {
  /** @type {Data} */
  const record = {};
  for (const field of fields) {
    const value = read(field, `${id}-${field.key}`);
    if (value !== undefined) record[field.key] = value;
  }
  return record;
}

/** @param {string} list @returns {string[]} */
const options = (list) => [...document.querySelectorAll(`#${list} option`)].map((one) => /** @type {HTMLOptionElement} */ (one).value);

/** The code of what was typed or picked: 320583 江苏 苏州 昆山市, or a name that only one has. @param {string} text */
export function regionCode(text) {
  if (/^[0-9]{6}/.test(text)) return text.slice(0, 6);
  const same = options("rg").filter((option) => option.endsWith(` ${text}`));
  return same.length === 1 ? same[0].slice(0, 6) : text;
}

/** The codes of what was typed or picked: C30 非金属矿物制品业, or titles, which may hold the very sign between two. @param {string} text */
function industryCodes(text) {
  const code = /^[A-Ta-t][0-9]{0,2}(?![0-9A-Za-z])/.exec(text);
  if (code) return [code[0].toUpperCase()];
  const titled = (/** @type {string} */ title) => options("gb").find((option) => option.endsWith(` ${title}`))?.split(" ")[0];
  const whole = titled(text);
  return whole ? [whole] : split(text).map((part) => titled(part) ?? part);
}

/** A code with its name where the list has it. @param {string} list @param {string} code */
export const named = (list, code) => options(list).find((option) => option.split(" ")[0] === code);

/**
 * Fill a field; sources come first, so that there is something to tick.
 * @param {Field} field
 * @param {string} id
 * @param {Value} value
 */
function fill(field, id, value) {
  if (field.type === "group") {
    for (const item of /** @type {Data[]} */ (value)) fillAll(field.fields ?? [], add(id).id, item);
  } else if (field.type === "sources-group") {
    for (const [source, item] of Object.entries(value)) fillAll(field.fields ?? [], add(id, source).id, item);
  } else if (field.type === "record" || field.type === "facts") {
    fillAll(field.fields ?? [], id, /** @type {Data} */ (value));
  } else if (field.type === "sources" || field.type === "checks") {
    const values = Array.isArray(value) ? value : [value];
    for (const box of byId(id).querySelectorAll("input")) box.checked = values.includes(box.value);
    byId(id).dataset.values = JSON.stringify(values);
  } else if (field.type === "tick") {
    control(id).checked = value === true;
  } else if (field.type === "region") {
    control(id).value = named("rg", String(value)) ?? String(value);
  } else if (Array.isArray(value)) {
    control(id).value = value.map((one) => (field.key === "industries" && named("gb", String(one))) || one).join("、");
    control(id).dataset.shown = control(id).value;
    control(id).dataset.values = JSON.stringify(value);
  } else {
    control(id).value = String(value);
    control(id).dispatchEvent(new Event("change"));
  }
}

/** @param {Field[]} fields @param {string} id @param {Data} record */
export function fillAll(fields, id, record) {
  const order = [...fields].sort((a, b) => Number(b.type === "sources-group") - Number(a.type === "sources-group"));
  for (const field of order) if (field.key in record) fill(field, `${id}-${field.key}`, record[field.key]);
}

/**
 * Add an item to a group.
 * @param {string} id
 * @param {string} [source] the id of a source; a new one when left out
 */
export function add(id, source) {
  const group = byId(id);
  const template = /** @type {HTMLTemplateElement} */ (group.querySelector("template"));
  const item = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  made += 1;
  item.id = `${id}-${made}`;
  for (const element of item.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("-NN-", `-${made}-`));
    }
  }
  if (group.dataset.type === "sources-group") item.dataset.source = source ?? freeSource();
  group.querySelector(".form__items")?.append(item);
  refresh();
  return item;
}

function freeSource() {
  const taken = sourceIds();
  let number = taken.length + 1;
  while (taken.includes(`r${number}`)) number += 1;
  return `r${number}`;
}

/** Numbers of items, and a box for each source wherever one is named. */
export function refresh() {
  for (const items of document.querySelectorAll(".form__items")) {
    [...items.children].forEach((item, index) => {
      const no = item.querySelector(".form__no");
      if (no) no.textContent = item instanceof HTMLElement ? (item.dataset.source ?? String(index + 1)) : "";
    });
  }
  const ids = sourceIds();
  for (const boxes of document.querySelectorAll("#form [data-type=sources] .form__boxes")) {
    const inputs = [...boxes.querySelectorAll("input")];
    const ticked = inputs.filter((box) => box.checked).map((box) => box.value);
    if (inputs.map((box) => box.value).join() === ids.join()) continue;
    // With one source, what a reader adds rests on it; basic facts need not say so.
    const only = ids.length === 1 && !boxes.closest("#f-fact_sources");
    boxes.replaceChildren(...ids.map((id) => box(id, ticked.includes(id) || (only && !ticked.length))));
  }
}

/** @param {string} id @param {boolean} ticked */
function box(id, ticked) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "checkbox";
  input.value = id;
  input.checked = ticked;
  label.className = "form__tick";
  label.append(input, ` ${id}`);
  return label;
}
