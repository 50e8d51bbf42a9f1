/** All other copies of the table of methods agree with `reference/wire/methods.ts`. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, it } from "node:test";
import { packagePath } from "../../../harness/files/package-root.ts";
import { PROOF_BACKENDS } from "../../../reference/proofs/registry.ts";
import { capabilities } from "../../../reference/wire/dispatch.ts";
import { METHODS, OPTIONS, PROOF_METHODS, ROLES, RUNTIME_METHODS } from "../../../reference/wire/methods.ts";
import { readOptions } from "../../../reference/wire/proof-methods.ts";

type Schema = Readonly<Record<string, unknown>>;

const SCHEMA = readSchema("interface");
const DEFINITIONS = SCHEMA.$defs as Readonly<Record<string, Schema>>;
const OPERATIONS = Object.keys(PROOF_METHODS);

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(packagePath("schemas", `${name}.schema.json`), "utf8"));
}

/** Returns the member of a schema at `path`. */
function member(schema: unknown, ...path: readonly string[]): unknown {
  return path.reduce((value, name) => (value as Schema)[name], schema);
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe("the schemas", () => {
  it("list exactly the methods of the table", () => {
    const messages = member(DEFINITIONS, "request", "properties", "method", "enum") as string[];
    const calls = member(readSchema("vector"), "$defs", "case", "properties", "call", "enum");
    assert.deepEqual(messages, ["initialize", "shutdown", ...METHODS.keys()]);
    assert.deepEqual(calls, [...METHODS.keys()]);
  });

  it("define the result of each method, and no other result", () => {
    const ofConversation = ["initializeResult", "shutdownResult"];
    const stated = Object.entries(DEFINITIONS).filter(
      ([name]) => /Result$/.test(name) && !ofConversation.includes(name),
    );
    const members = stated.map(([name, schema]) => {
      const { required = [], properties = {}, additionalProperties } = schema as Record<string, object>;
      assert.equal(additionalProperties, false, name);
      assert.deepEqual(sorted(required as string[]), sorted(Object.keys(properties)), name);
      return [name, sorted(required as string[])] as const;
    });
    const expected = [...METHODS].map(([name, { result }]) => [`${name.split("/")[1]}Result`, sorted(result)]);
    assert.deepEqual(Object.fromEntries(members), Object.fromEntries(expected));
  });

  it("define the parameters of proof/get as the table does", () => {
    const stated = Object.entries(DEFINITIONS).filter(([name]) => /Params$/.test(name) && name !== "initializeParams");
    assert.deepEqual(
      stated.map(([name]) => name),
      ["getParams"],
    );
    for (const [name, { required, properties }] of stated) {
      const method = METHODS.get(`proof/${name.replace("Params", "")}`);
      assert.deepEqual(required, method?.required);
      assert.deepEqual(sorted(Object.keys(properties as object)), sorted(parametersOf(`proof/get`)));
    }
  });

  it("define the options as the table does", () => {
    assert.deepEqual(DEFINITIONS.options.properties, OPTIONS);
  });
});

describe("the reference", () => {
  it("offers every method, in the order of the table", () => {
    const { proof, runtime } = capabilities();
    const offered = new Set(Object.values(proof).flatMap(({ operations }) => operations));
    assert.deepEqual(runtime.operations, Object.keys(RUNTIME_METHODS));
    assert.deepEqual(sorted(offered), sorted(OPERATIONS));
    assert.deepEqual(proof.ssz.operations, OPERATIONS);
  });

  it("accepts exactly the options that a backend lists", () => {
    const values = { depth: 256, secure: true, profile: "strict" };
    for (const [name, value] of Object.entries(values)) {
      const accepting = [...PROOF_BACKENDS.values()].filter((backend) => {
        const isListed = name === "profile" || backend.options.some((option) => option === name);
        const read = () => readOptions(backend, { [name]: value });
        if (isListed) read();
        else assert.throws(read, { class: "invalid-argument" });
        return isListed;
      });
      assert.ok(accepting.length > 0, `no backend has the option ${name}`);
    }
    assert.deepEqual(sorted(Object.keys(values)), sorted(Object.keys(OPTIONS)));
  });
});

function parametersOf(method: string): string[] {
  const { required = [], optional = [] } = METHODS.get(method) ?? {};
  return [...required, ...optional];
}

describe("the specification", () => {
  const pages = ["docs/spec/protocol.md", "docs/spec/execution.md"];
  const text = pages.map((page) => readFileSync(packagePath(page), "utf8")).join("\n");
  const rows = [...text.matchAll(/^\| `((?:proof|runtime)\/[a-z]+)` \| (.*) \| (.*) \| (.*) \|$/gm)];

  it("has a row for each method, with its parameters, its result and its role", () => {
    const stated = rows.map(([, method, parameters, result, role]) => [
      method,
      { role, parameters: sorted(namesIn(parameters)), result: sorted(namesIn(result)) },
    ]);
    const expected = [...METHODS].map(([method, { role, required, optional, result }]) => {
      // A sentence of the page states these three for all methods.
      const own = [...required, ...optional.map((name) => `${name}?`)];
      const parameters = own.filter((name) => !["backend", "options?", "encoding"].includes(name));
      return [method, { role, parameters: sorted(parameters), result: sorted(result) }];
    });
    assert.equal(stated.length, METHODS.size);
    assert.deepEqual(Object.fromEntries(stated), Object.fromEntries(expected));
  });

  it("states the common parameters of all methods of proof, and the options of the backends", () => {
    const [, stated] = /All of `proof` take `backend` and `options` (\(.*\)); all but `convert` take `encoding`\./.exec(
      text,
    ) ?? ["", ""];
    const without = OPERATIONS.filter((operation) => !parametersOf(`proof/${operation}`).includes("encoding"));
    assert.deepEqual(without, ["convert"]);
    const owners = [...PROOF_BACKENDS].flatMap(([name, { options }]) => options.map((option) => `${name} ${option}`));
    const named = [...stated.matchAll(/for `([a-z]+)` also `([a-z]+)`/g)].map(
      ([, backend, option]) => `${backend} ${option}`,
    );
    assert.deepEqual(sorted(named), sorted(owners));
  });
});

/** Returns the names in a cell such as `root, proof, keys[], deletes[]?`, without the text in brackets. */
function namesIn(cell: string): string[] {
  return cell
    .replaceAll(/\[[^\][]*(?:\[[^\]]*\][^\][]*)*\]/g, "")
    .split(/[`{}, ]+/)
    .filter((name) => name !== "");
}

interface Copy {
  readonly path: string;
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

/** Finds the tables of parameters in other languages: lines that begin with the name of an operation and list more names. */
function copies(): Copy[] {
  const folders = ["templates", "kits"].filter((folder) => existsSync(packagePath(folder)));
  const files = folders.flatMap((folder) =>
    readdirSync(packagePath(folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  return files
    .filter((path) => /\.(?:go|py|rs|java|c|h|ts|js|mjs)$/.test(path))
    .map((path) => ({ path, rows: rowsOf(readFileSync(packagePath(path), "utf8")) }))
    .filter(({ rows }) => rows.get("transact")?.includes("steps"));
}

function rowsOf(source: string): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const line of source.split("\n")) {
    const [first, ...names] = [...line.matchAll(/["']([a-zA-Z0-9/]+)["']/g)].map(([, name]) => name);
    const operation = first?.replace(/^proof\//, "");
    const isRow = /^\s*(?:[\w.]*[({]\s*)*\.?["']/.test(line) && OPERATIONS.includes(operation) && names.length > 0;
    if (isRow)
      rows.set(
        operation,
        names.filter((name) => name !== "backend" && name !== "options"),
      );
  }
  return rows;
}

describe("the tables of the kits", () => {
  const found = copies();

  it("exist in Go, Python and Rust", () => {
    const languages = new Set(found.map(({ path }) => extname(path)));
    for (const extension of [".go", ".py", ".rs"]) assert.ok(languages.has(extension), extension);
  });

  for (const { path, rows } of found) {
    it(`agree with the interface in ${path}`, () => {
      const stated = [...rows].map(([operation, names]) => [operation, sorted(names)]);
      const expected = OPERATIONS.map((operation) => {
        const names = parametersOf(`proof/${operation}`).filter((name) => name !== "backend" && name !== "options");
        return [operation, sorted(names)];
      });
      assert.deepEqual(Object.fromEntries(stated), Object.fromEntries(expected));
    });
  }
});

interface Response {
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: { readonly class: string } };
}

/** Returns the responses of the library for JavaScript with an adapter that accepts every request. */
function askAdapter(requests: readonly (readonly [method: string, params: object])[]): Response[] {
  const program = 'import { serve } from "proofhouse/adapter"; await serve({ initialize: {}, call: () => ({}) });';
  const lines = requests.map(([method, params], id) => JSON.stringify({ jsonrpc: "2.0", id, method, params }));
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: packagePath("."),
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  assert.equal(stderr, "");
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("the adapter library for JavaScript", () => {
  const names = sorted(new Set([...[...METHODS.keys()].flatMap(parametersOf), "stray"]));
  const isAccepted = ({ result, error }: Response): boolean => {
    if (error !== undefined) assert.equal(error.data?.class, "invalid-argument", error.message);
    return result !== undefined;
  };

  it("accepts exactly the parameters of each method", () => {
    const requests = [...METHODS.keys()].flatMap((method) =>
      names.map((name) => [method, { [name]: name === "options" ? {} : "0x" }] as const),
    );
    const accepted = askAdapter(requests).map(isAccepted);
    for (const method of METHODS.keys()) {
      const known = requests.flatMap(([asked, params], index) => {
        return asked === method && accepted[index] ? Object.keys(params) : [];
      });
      assert.deepEqual(known, sorted(parametersOf(method)), method);
    }
  });

  it("rejects another method", () => {
    const [answer] = askAdapter([["proof/none", {}]]);
    assert.match(answer.error?.message ?? "", /unknown method/);
  });

  it("accepts exactly the options", () => {
    const values = { depth: 1, secure: true, profile: "strict", stray: true };
    const answers = askAdapter(
      Object.entries(values).map(([name, value]) => ["proof/get", { options: { [name]: value } }]),
    );
    const known = Object.keys(values).filter((_, index) => isAccepted(answers[index]));
    assert.deepEqual(sorted(known), sorted(Object.keys(OPTIONS)));
  });
});

it("every role has a method", () => {
  assert.deepEqual(sorted(new Set([...METHODS.values()].map(({ role }) => role))), sorted(ROLES));
});
