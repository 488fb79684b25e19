// Runs expressions on the modules of the pages: one line of JSON in, one line of JSON out, until the input ends.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const AsyncFunction = (async () => {}).constructor;

/**
 * The value of `expression`, with the module's exports as `m` and the values as `v`.
 * @param {{path: string, expression: string, values: unknown[]}} asked
 */
async function answer({ path, expression, values }) {
  const run = AsyncFunction("m", "v", `return (${expression});`);
  return { value: await run(await import(pathToFileURL(path).href), values) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.stack ?? error) }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
