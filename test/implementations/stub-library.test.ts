/**
 * The adapters of `implementations/` ask their library: with one that accepts everything in its place, cases turn red
 * that were green. So no adapter decides by itself what it was meant to ask.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { judge } from "../../harness/judge.ts";
import { packagePath } from "../../harness/package-root.ts";
import type { Expectation } from "../../harness/vector.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";
import type { JsonObject } from "../../runners/runner.ts";
import { createStdioLane } from "../../runners/stdio.ts";

interface NamedCase {
  readonly name: string;
  readonly method: string;
  readonly params: JsonObject;
  readonly expect: Expectation;
}

const chunk = (byte: string): string => `0x${byte.repeat(32)}`;
const ENTRIES = [
  ["0x2", chunk("aa")],
  ["0x6", chunk("bb")],
  ["0xe", chunk("cc")],
  ["0xf", chunk("dd")],
];
const { root: ROOT } = reference("proof/prove", { encoding: "compact", entries: ENTRIES, keys: ["0xe"] });

function reference(method: string, params: JsonObject): { [name: string]: string } {
  return callMethod(method, { backend: "ssz", ...params }) as { [name: string]: string };
}

function prove(encoding: string, keys: readonly string[]): string {
  return reference("proof/prove", { encoding, entries: ENTRIES, keys }).proof;
}

function rejects(
  name: string,
  encoding: string,
  proof: JsonObject | string,
  keys: string[],
  error: string[],
): NamedCase {
  const params = { backend: "ssz", encoding, root: ROOT, proof, keys };
  return { name: `${encoding}: ${name}`, method: "proof/get", params, expect: { error } };
}

/** A case whose expectation is what the reference answers. */
function answers(name: string, method: string, members: JsonObject): NamedCase {
  const params = { backend: "ssz", ...members };
  return { name: `${members.encoding}: ${name}`, method, params, expect: { result: reference(method, params) } };
}

function proves(encoding: string, keys: readonly string[]): NamedCase {
  return answers(`proves ${keys.join(", ")}`, "proof/prove", { encoding, entries: ENTRIES, keys });
}

/** The proof with another byte at the end, which is part of the last bottom. */
function forge(proof: string): string {
  return `${proof.slice(0, -2)}00`;
}

function helpersProof(keys: readonly string[]): { gindices: string[]; leaves: string[]; helpers: string[] } {
  return prove("helpers", keys) as never;
}

function forgeLeaf(keys: readonly string[]): JsonObject {
  const proof = helpersProof(keys);
  return { ...proof, leaves: proof.leaves.with(0, chunk("ff")) };
}

function dropHelper(keys: readonly string[]): JsonObject {
  const proof = helpersProof(keys);
  return { ...proof, helpers: proof.helpers.slice(1) };
}

const HELPERS_CASES: readonly NamedCase[] = [
  rejects("one claim is forged", "helpers", forgeLeaf(["0xe"]), ["0xe"], ["invalid-proof"]),
  rejects("one of two claims is forged", "helpers", forgeLeaf(["0x6", "0xe"]), ["0xe"], ["invalid-proof"]),
  rejects("a helper of one claim is missing", "helpers", dropHelper(["0xe"]), ["0xe"], ["malformed"]),
  rejects("a helper of two claims is missing", "helpers", dropHelper(["0x6", "0xe"]), ["0xe"], ["malformed"]),
  proves("helpers", ["0xe"]),
  proves("helpers", ["0x6", "0xe"]),
];

const BYTES_CASES: readonly NamedCase[] = ["compact", "offsets16"].flatMap((encoding) => [
  rejects("the last bottom is forged", encoding, forge(prove(encoding, ["0xe"])), ["0xe"], ["invalid-proof"]),
  rejects("a whole bottom is missing", encoding, prove(encoding, ["0xe"]).slice(0, -64), ["0xe"], ["malformed"]),
  rejects("the key lies below a bottom", encoding, prove(encoding, ["0x6"]), ["0xe"], ["incomplete"]),
  answers("reads nodes", "proof/get", { encoding, root: ROOT, proof: prove(encoding, ["0xe"]), keys: ["0xe", "0x3"] }),
  answers("computes the root", "proof/root", { encoding, proof: forge(prove(encoding, ["0xe"])) }),
  proves(encoding, ["0xe"]),
]);

/** By the case's name, the verdict on an implementation, and whether it gave a result. */
async function verdictsOf(
  command: readonly string[],
  cwd: string,
  cases: readonly NamedCase[],
  env: Record<string, string> = {},
): Promise<Map<string, string>> {
  const lane = createStdioLane({ command, cwd, env, harnessVersion: "0.0.0" });
  const verdicts = new Map<string, string>();
  try {
    await lane.initialize();
    await lane.run(cases, (index, outcome) => {
      verdicts.set(cases[index].name, `${judge(cases[index].expect, outcome).verdict}, ${outcome.kind}`);
    });
  } finally {
    await lane.close();
  }
  return verdicts;
}

function assertPassed(verdicts: ReadonlyMap<string, string>, cases: readonly NamedCase[]): void {
  const expected = cases.map(({ name, expect }) => [name, `pass, ${"error" in expect ? "error" : "result"}`] as const);
  assert.deepEqual(Object.fromEntries(verdicts), Object.fromEntries(expected));
}

/** With the stub every case gives a result, and a wrong one: what was rejected is accepted, what was read is another value. */
function assertFooled(verdicts: ReadonlyMap<string, string>, cases: readonly NamedCase[]): void {
  const expected = cases.map(({ name }) => [name, "fail, result"] as const);
  assert.deepEqual(Object.fromEntries(verdicts), Object.fromEntries(expected));
}

describe("the adapter of @chainsafe/persistent-merkle-tree", () => {
  const folder = packagePath("implementations", "chainsafe-persistent-merkle-tree");
  const stub = new URL("./stub-persistent-merkle-tree/register.js", import.meta.url).href;
  const cases = [...HELPERS_CASES, ...BYTES_CASES];

  it("passes with the library", async () => {
    assertPassed(await verdictsOf(["node", "adapter.mjs"], folder, cases), cases);
  });

  it("fails every case with a library that accepts everything", async () => {
    const command = ["node", "--import", stub, "adapter.mjs"];
    assertFooled(await verdictsOf(command, folder, cases, { STUB_ROOT: ROOT }), cases);
  });
});

describe("the adapter of github.com/ferranbt/fastssz", { skip: isGoMissing() && "Go is not installed" }, () => {
  const folder = packagePath("implementations", "ferranbt-fastssz");
  let scratch: string;

  before(() => {
    scratch = mkdtempSync(join(tmpdir(), "proofhouse-stub-"));
  });
  after(() => rmSync(scratch, { recursive: true }));

  function build(name: string, ...flags: string[]): string {
    const output = join(scratch, name);
    const command = ["build", "-mod=readonly", "-buildvcs=false", ...flags, "-o", output, "."];
    execFileSync("go", command, { cwd: folder, stdio: "pipe" });
    return output;
  }

  it("passes with the library", async () => {
    assertPassed(await verdictsOf([build("genuine")], folder, HELPERS_CASES), HELPERS_CASES);
  });

  it("fails every case with a library that accepts everything", async () => {
    const modules = readFileSync(join(folder, "go.mod"), "utf8");
    const replace = `replace github.com/ferranbt/fastssz => ${packagePath("test", "implementations", "stub-fastssz")}`;
    writeFileSync(join(scratch, "stub.mod"), `${modules}\n${replace}\n`);
    copyFileSync(join(folder, "go.sum"), join(scratch, "stub.sum"));
    const program = build("stub", `-modfile=${join(scratch, "stub.mod")}`);
    assertFooled(await verdictsOf([program], folder, HELPERS_CASES), HELPERS_CASES);
  });
});

function isGoMissing(): boolean {
  try {
    execFileSync("go", ["version"], { stdio: "pipe" });
    return false;
  } catch {
    return true;
  }
}
