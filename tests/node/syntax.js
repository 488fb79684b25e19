// What scripts say, without where they say it.
import { parse } from "acorn";

const PLACES = new Set(["start", "end", "raw"]);

/** @param {string} code */
const tree = (code) =>
  JSON.stringify(parse(code, { ecmaVersion: "latest", sourceType: "module" }), (key, value) =>
    PLACES.has(key) && typeof value !== "object" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );

/**
 * Whether two scripts are the same program.
 * @param {string} one
 * @param {string} other
 */
export const same = (one, other) => tree(one) === tree(other);
