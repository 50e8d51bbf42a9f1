// Compiles schemas/*.schema.json to plain validators, so that no run has to compile them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { METHODS } from "../dist/reference/wire/methods.js";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const standalone = require("ajv/dist/standalone").default;
// The ES modules that Ajv writes load its runtime with `require`.
const REQUIRE = 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n';

const read = (name) => JSON.parse(readFileSync(new URL(`../schemas/${name}.schema.json`, import.meta.url), "utf8"));

function compile(output, schemas, exports) {
  const ajv = new Ajv({
    schemas,
    strict: true,
    strictRequired: false,
    allErrors: false,
    code: { esm: true, source: true },
  });
  mkdirSync(new URL("../dist/schemas/", import.meta.url), { recursive: true });
  writeFileSync(new URL(`../dist/schemas/${output}.js`, import.meta.url), REQUIRE + standalone(ajv, exports));
}

const wire = read("interface");
const results = [...METHODS.keys()].map((method) => `${method.slice(method.indexOf("/") + 1)}Result`);
const message = (definition) => `${wire.$id}#/$defs/${definition}`;
compile("interface", [wire], {
  request: message("request"),
  response: message("response"),
  initializeParams: message("initializeParams"),
  initializeResult: message("initializeResult"),
  shutdownResult: message("shutdownResult"),
  ...Object.fromEntries(results.map((definition) => [definition, message(definition)])),
});

const files = ["vector", "flags", "aliases", "requirements", "manifest", "expectations", "report", "scout", "state"];
const schemas = files.map(read);
compile("files", schemas, Object.fromEntries(files.map((name, index) => [name, schemas[index].$id])));
