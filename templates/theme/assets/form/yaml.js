// A record as its YAML file, in the form that `build.py fmt` gives (chamberbook/canonical.py).

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {string | boolean | Value[] | {[key: string]: Value}} Value */

const WIDTH = 100;
const NUMBER_OR_DAY = /^(?:-?(0|[1-9][0-9]*)(\.[0-9]+)?|[0-9]{4}(-[0-9]{2}){1,2})$/;
/** What other YAML readers, or a person, would take for a number, a day or yes and no. */
const AMBIGUOUS =
  /^(?:[-+]?\.?[0-9][0-9_.,:]*(e[-+]?[0-9]+)?|[-+]?0[0-9-]*|0[xob][0-9a-f_]+|[-+]?\.(inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?|[0-9A-Z]{18}|yes|no|on|off|true|false|null|~|=|<<|)$/i;
const WIDE = /[\u1100-\u115f\u231a\u231b\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const WIDE_QUOTES = { "“": "”", "‘": "’", "＂": "＂", "＇": "＇" };
const HEAD = "# yaml-language-server: $schema=../_schema/chamber.schema.json";

/**
 * The whole file.
 * @param {{[key: string]: Value}} record
 * @param {Field[]} fields in the order of the schema
 */
export function toYaml(record, fields) {
  return [HEAD, ...block(record, fields, "")].join("\n") + "\n";
}

/**
 * @param {{[key: string]: Value}} record
 * @param {Field[]} fields
 * @param {string} pad
 * @returns {string[]}
 */
function block(record, fields, pad) {
  return fields.filter((field) => field.key in record).flatMap((field) => {
    const value = record[field.key];
    const lead = `${pad}${field.key}:`;
    if (Array.isArray(value)) return list(value, field, lead, pad);
    if (typeof value !== "object") return scalar(lead, value, field, pad);
    if (field.type !== "sources-group") return [lead, ...block(value, field.fields ?? [], pad + "  ")];
    const items = Object.entries(value).flatMap(([id, item]) => [
      `${pad}  ${text(id, false, true)}:`,
      ...block(/** @type {{[key: string]: Value}} */ (item), field.fields ?? [], pad + "    "),
    ]);
    return [lead, ...items];
  });
}

/**
 * @param {Value[]} values
 * @param {Field} field
 * @param {string} lead
 * @param {string} pad
 */
function list(values, field, lead, pad) {
  if (typeof values[0] === "object") {
    return [lead, ...values.flatMap((item) => entry(/** @type {{[key: string]: Value}} */ (item), field, pad + "  "))];
  }
  const joined = values.map((value) => text(String(value), false, true)).join(", ");
  if (width(joined) + 2 <= WIDTH - width(lead) - 1) return [`${lead} [${joined}]`];
  return [lead, ...values.map((value) => `${pad}  - ${text(String(value), false, false)}`)];
}

/**
 * @param {{[key: string]: Value}} item
 * @param {Field} field
 * @param {string} pad
 */
function entry(item, field, pad) {
  const fields = field.fields ?? [];
  if (!field.one_line) {
    const lines = block(item, fields, pad + "  ");
    return [`${pad}- ${lines[0].slice(pad.length + 2)}`, ...lines.slice(1)];
  }
  const parts = fields.filter((one) => one.key in item).map((one) => `${one.key}: ${flow(item[one.key], one)}`);
  return [`${pad}- {${parts.join(", ")}}`];
}

/** @param {Value} value @param {Field} field */
function flow(value, field) {
  if (Array.isArray(value)) return `[${value.map((one) => text(String(one), false, true)).join(", ")}]`;
  return typeof value === "boolean" ? String(value) : text(String(value), Boolean(field.number), true);
}

/**
 * @param {string} lead
 * @param {string | boolean} value
 * @param {Field} field
 * @param {string} pad
 */
function scalar(lead, value, field, pad) {
  if (typeof value === "boolean") return [`${lead} ${value}`];
  if (!value.includes("\n")) return [`${lead} ${text(value, Boolean(field.number), false)}`];
  return [`${lead} |-`, ...value.split("\n").map((line) => (line ? `${pad}  ${line}` : ""))];
}

/**
 * A text without quotes where every reader takes it for this text, or for this number where one belongs.
 * @param {string} value
 * @param {boolean} number
 * @param {boolean} inFlow
 */
export function text(value, number, inFlow) {
  if (number && NUMBER_OR_DAY.test(value)) return value;
  if (!AMBIGUOUS.test(value) && readsPlain(value, inFlow)) return value;
  if (value.includes('"') && !value.includes("'") && !value.includes("\\")) return `'${value}'`;
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** Whether YAML reads the text as it stands. @param {string} value @param {boolean} inFlow */
function readsPlain(value, inFlow) {
  if (/^[,[\]{}#&*!|>'"%@`]/.test(value) || (inFlow ? /^- / : /^-( |$)/).test(value) || /^[?:]( |$)/.test(value)) return false;
  if (inFlow && (/^[?:]/.test(value) || /[,[\]{}]/.test(value) || /:[?]/.test(value))) return false;
  if (/: |:$| #|^ | $/.test(value)) return false;
  const close = WIDE_QUOTES[/** @type {keyof typeof WIDE_QUOTES} */ (value[0])];
  return !close || value.length === 1 || value.indexOf(close, 1) !== value.length - 1;
}

/** Columns; Han characters take two. @param {string} value */
function width(value) {
  return [...value].reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);
}
