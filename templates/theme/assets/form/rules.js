// The rules of a record that a browser can judge; the same as chamberbook/records and chamberbook/check.

import { named, sourceIds } from "./fields.js";

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {import("./fields.js").Data} Data */
/** @typedef {{key: string, values?: Record<string, string | number>}} Mistake */
/** @typedef {Mistake & {id: string, title: string}} Fault */

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const INNER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const MOBILE =
  /(?:(?<![0-9A-Za-z])|(?<=[Tt][Ee][Ll]|[Oo][Nn][Ee]|[Ii][Ll][Ee]))(?:(?:\+|00)?86[- ]?)?(1[3-9]\d)([-. \u00a0\u2010-\u2015\uff0d]?)(\d{4})(?:\2|[- ]?)(\d{4})(?![0-9A-Za-z]| ?[元万亿吨人户家件米%％])/;
const MOBILE_ALONE = /^1[3-9]\d{9}$/;
const IDENTITY = /(?<![0-9A-Za-z])[1-8]\d{5}([- ]?)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\1\d{3}[0-9Xx](?![0-9A-Za-z])/;
const LAND_LINE = /^0(?:10|2\d)-[2-9]\d{7}(?: 转 \d{1,6})?$|^0[3-9]\d{2}-[2-9]\d{6,7}(?: 转 \d{1,6})?$/;
const SERVICE = /^[48]00-\d{3}-\d{4}$|^(?:95|96|12)\d{3,4}$|^\+85[23] \d{4} \d{4}$|^\+886 \d{1,2} \d{3,4} \d{4}$/;
/** These may lie ahead. */
const AHEAD = ["valid_until", "in_force", "superseded"];
const ORDER = [
  ["founded", "ended"], ["awarded", "valid_until"], ["awarded", "revoked"], ["adopted", "published"],
  ["adopted", "in_force"], ["in_force", "superseded"], ["adopted", "superseded"],
];

/**
 * Everything that has to be mended.
 * @param {Data} record
 * @param {Field[]} fields
 * @param {(field: Field) => {id: string, item: Data}[]} itemsOf the items of a group as they stand in the page
 * @param {{today: string, facts: string[]}} known
 * @returns {Fault[]}
 */
export function faults(record, fields, itemsOf, known) {
  /** @type {Fault[]} */
  const found = [];
  judge(record, fields, "f", known.today, found);
  for (const field of fields) {
    if (field.type === "group" || field.type === "sources-group") {
      for (const { id, item } of itemsOf(field)) judge(item, field.fields ?? [], id, known.today, found);
    }
  }
  const charters = fields.find((field) => field.key === "charters");
  const seen = new Set();
  for (const { id, item } of charters ? itemsOf(charters) : []) {
    if (item.id && seen.has(item.id)) found.push({ id: `${id}-id`, title: charters?.title ?? "", key: "twice" });
    seen.add(item.id);
  }
  cited(record, fields, itemsOf, known.facts, found);
  return found;
}

/**
 * @param {Data} record
 * @param {Field[]} fields
 * @param {string} at
 * @param {string} today
 * @param {Fault[]} found
 */
function judge(record, fields, at, today, found) {
  for (const field of fields) {
    if (field.type === "record" && record[field.key]) judge(/** @type {Data} */ (record[field.key]), field.fields ?? [], `${at}-${field.key}`, today, found);
    if (field.fields) continue;
    const fault = one(record[field.key], field, today, permitted(record));
    if (fault) found.push({ id: `${at}-${field.key}`, title: field.title, ...fault });
  }
  for (const [first, last] of ORDER) {
    const from = record[first];
    const to = record[last];
    if (typeof from !== "string" || typeof to !== "string") continue;
    const digits = Math.min(from.length, to.length);
    const field = fields.find((candidate) => candidate.key === last);
    if (field && to.slice(0, digits) < from.slice(0, digits) && !found.some((fault) => fault.id === `${at}-${last}`)) {
      const title = fields.find((candidate) => candidate.key === first)?.title ?? first;
      found.push({ id: `${at}-${last}`, title: field.title, key: "order", values: { first: title } });
    }
  }
}

/**
 * @param {import("./yaml.js").Value | undefined} value
 * @param {Field} field
 * @param {string} today
 * @param {boolean} mobile whether a telephone may be a mobile number
 * @returns {Mistake | undefined}
 */
function one(value, field, today, mobile) {
  if (value === undefined) {
    if (field.type === "sources" && field.required) return { key: "source" };
    return field.required ? { key: field.type === "choice" ? "choose" : "required" } : undefined;
  }
  if (field.key === "industries") {
    const wrong = /** @type {string[]} */ (value).find((code) => !named("gb", code));
    return wrong === undefined ? undefined : { key: "industry", values: { text: wrong } };
  }
  const texts = Array.isArray(value) ? value : [value];
  for (const text of texts) {
    const fault = typeof text === "string" ? written(text, field, today, mobile) : undefined;
    if (fault) return fault;
  }
  return undefined;
}

/** Whether it is recorded why a mobile number may be published. @param {Data} contact */
function permitted(contact) {
  const consent = /** @type {Data} */ (contact.consent ?? {});
  return consent.given === true || contact.public_source !== undefined;
}

/**
 * @param {string} text
 * @param {Field} field
 * @param {string} today
 * @param {boolean} mobile
 * @returns {Mistake | undefined}
 */
function written(text, field, today, mobile) {
  const plain = text.replace(/https?:\/\/[^\s"'<>，。）]+/g, "").replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  if (MOBILE.test(plain) && field.key !== "phone") return { key: "mobile" };
  if (MOBILE.test(plain) && !mobile) return { key: "mobile_phone" };
  if (field.key !== "uscc" && IDENTITY.test(plain)) return { key: "identity" };
  if (field.type === "date") return day(text, field, today);
  if (field.key === "uscc") return uscc(text);
  if (field.key === "phone") return text.split("、").every((number) => LAND_LINE.test(number) || SERVICE.test(number) || MOBILE_ALONE.test(number)) ? undefined : { key: "phone" };
  if (field.type === "region") return field.key === "region_then" ? code(text) : named("rg", text) ? undefined : { key: "region" };
  if (field.type === "number") return number(text, field);
  const length = [...text].length;
  if (field.shortest && length < field.shortest) return { key: "shortest", values: { n: field.shortest } };
  if (field.longest && length > field.longest) return { key: "longest", values: { n: field.longest, have: length } };
  if (field.pattern && !new RegExp(field.pattern).test(text)) return { key: field.type === "url" ? "url" : "pattern" };
  return undefined;
}

/** @param {string} text */
const code = (text) => (/^[1-8][0-9]{5}$/.test(text) ? undefined : { key: "region" });

/** @param {string} text @param {Field} field */
function number(text, field) {
  const shape = field.key === "score" ? /^(0|[1-9][0-9]*)(\.[0-9]+)?$/ : /^(0|[1-9][0-9]*)$/;
  const fits = shape.test(text) && Number(text) >= (field.min ?? 0) && Number(text) <= (field.max ?? Infinity);
  return fits ? undefined : { key: "number", values: { min: field.min ?? 0, max: field.max ?? "" } };
}

/** @param {string} text @param {Field} field @param {string} today */
function day(text, field, today) {
  if (!/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(text)) return { key: "date" };
  const full = text + "-01-01".slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6);
  const date = new Date(`${full}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== full) return { key: "calendar" };
  return full > today && !AHEAD.includes(field.key) ? { key: "future" } : undefined;
}

/**
 * The unified social credit code (GB 32100-2015) with both check characters.
 * @param {string} text
 * @returns {Mistake | undefined}
 */
export function uscc(text) {
  if (text.length !== 18) return { key: "uscc_length", values: { n: text.length } };
  for (let at = 0; at < 18; at += 1) {
    if (!ALPHABET.includes(text[at]) || (at >= 2 && at < 8 && !/[0-9]/.test(text[at]))) {
      return { key: "uscc_letter", values: { n: at + 1, letter: text[at] } };
    }
  }
  if (text.startsWith("9")) return { key: "uscc_company" };
  let total = 0;
  let weight = 1;
  for (const sign of text.slice(0, 17)) {
    total += ALPHABET.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  const inner = [...text.slice(8, 16)].reduce((sum, sign, at) => sum + INNER.indexOf(sign) * INNER_WEIGHTS[at], 0);
  const rest = 11 - (inner % 11);
  const fits = ALPHABET[(31 - (total % 31)) % 31] === text[17] && (rest === 10 ? "X" : String(rest % 11)) === text[16];
  return fits ? undefined : { key: "uscc_check" };
}

/**
 * Sources: at least one, each used, and with two or more every fact says which.
 * @param {Data} record
 * @param {Field[]} fields
 * @param {(field: Field) => {id: string, item: Data}[]} itemsOf
 * @param {string[]} facts
 * @param {Fault[]} found
 */
function cited(record, fields, itemsOf, facts, found) {
  const ids = sourceIds();
  const group = fields.find((field) => field.type === "sources-group");
  const contact = fields.find((field) => field.key === "contact");
  if (group && contact) openSource(/** @type {Data} */ (record.contact ?? {}), contact.fields ?? [], itemsOf(group), found);
  const table = fields.find((field) => field.type === "facts");
  if (!group || !table) return;
  if (!ids.length) found.push({ id: "f-sources", title: group.title, key: "sources" });
  if (ids.length < 2) return;
  const by = /** @type {Data} */ (record.fact_sources ?? {});
  for (const fact of facts) {
    if (holds(record, fact) && !(fact in by)) {
      const title = table.fields?.find((field) => field.key === fact)?.title ?? fact;
      found.push({ id: `f-fact_sources-${fact}`, title: `${table.title}：${title}`, key: "source" });
    }
  }
  const used = new Set(Object.values(by).flat());
  for (const field of fields.filter((one) => one.type === "group")) {
    for (const { item } of itemsOf(field)) [item.source ?? []].flat().forEach((id) => used.add(id));
  }
  const open = /** @type {Data} */ (record.contact ?? {}).public_source;
  if (typeof open === "string") used.add(open);
  itemsOf(group).forEach(({ id }, index) => {
    if (!used.has(ids[index])) found.push({ id, title: `${group.title} ${ids[index]}`, key: "unused" });
  });
}

/**
 * Why a mobile number may be published: only where there is one, and by a source that anyone can open.
 * @param {Data} contact
 * @param {Field[]} fields
 * @param {{id: string, item: Data}[]} sources
 * @param {Fault[]} found
 */
function openSource(contact, fields, sources, found) {
  const title = (/** @type {string} */ key) => fields.find((field) => field.key === key)?.title ?? key;
  const mobile = MOBILE.test(String(contact.phone ?? ""));
  if (contact.consent && !mobile) found.push({ id: "f-contact-consent-given", title: title("consent"), key: "needless" });
  if (contact.public_source === undefined) return;
  const source = sources[sourceIds().indexOf(String(contact.public_source))];
  const key = mobile ? "open_source" : "needless";
  if (!mobile || !source?.item.url) found.push({ id: "f-contact-public_source", title: title("public_source"), key });
}

/** Whether a record says something of a fact. @param {Data} record @param {string} fact */
export function holds(record, fact) {
  const contact = /** @type {Data} */ (record.contact ?? {});
  return fact in record || fact in contact;
}
