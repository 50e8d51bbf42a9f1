/** A program: serves the reference with one mutant's edit, on stdio. Its argument is the mutant's name. */
import { register } from "node:module";
import { serve } from "../../../runners/adapter.ts";
import { findMutant } from "./list.ts";

const mutant = findMutant(process.argv[2]);
const file = new URL(`../../../reference/${mutant.file}.js`, import.meta.url).href;
register("./edit-on-load.js", { parentURL: import.meta.url, data: { file, mutant } });

const dispatch = new URL("../../../reference/wire/dispatch.js", import.meta.url).href;
const { callMethod, capabilities } = (await import(dispatch)) as typeof import("../../../reference/wire/dispatch.ts");
const interpreter = new URL("../../../reference/runtime/interpreter/engine.js", import.meta.url).href;
const { createInterpreter } = (await import(
  interpreter
)) as typeof import("../../../reference/runtime/interpreter/engine.ts");
const means = mutant.isOfInterpreter ? { engines: [createInterpreter()] } : {};
await serve({
  initialize: {
    protocol: 1,
    implementation: { name: `mutant ${mutant.name}`, version: "0", language: "TypeScript" },
    capabilities: capabilities(),
  },
  call: (method, params) => callMethod(method, params, means),
});
