import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildVectors, verifyVectors } from "../../../authoring/cases/generate.ts";
import { GENERATORS, readPart } from "../../../authoring/cases/parts.ts";
import { lintVectors } from "../../../harness/cases/lint.ts";
import { loadVectors, VECTOR_FOLDER, vectorFilePaths } from "../../../harness/cases/load.ts";
import { textHash } from "../../../harness/cases/requirements.ts";
import { parseRequirements } from "../../../harness/cases/specification.ts";
import { budgetTotals } from "../../../harness/run/budget.ts";
import { isBad } from "../../../harness/run/outcome.ts";
import { runImplementation } from "../../../harness/run/run-cases.ts";
import * as reference from "../../../harness/subject/reference-module.ts";
import { UsageError } from "../../../harness/usage/usage-error.ts";
import { createInProcessLane } from "../../../runners/in-process.ts";
import { inCiAlone, isInPart, isThorough, partName } from "../../sample.ts";

const temporary = mkdtempSync(join(tmpdir(), "proofhouse-vectors-"));
after(() => rmSync(temporary, { recursive: true, force: true }));

/** Copies the vectors, so that a test can damage them. */
function copy(name: string): string {
  const folder = join(temporary, name);
  cpSync(VECTOR_FOLDER, folder, { recursive: true });
  return folder;
}

// Outside of CI, `npm run vectors:verify` and `npm run lint:vectors` run these checks after a change of generators or vectors.

test("the committed vectors match their generators", inCiAlone, async () => {
  assert.deepEqual(await verifyVectors(VECTOR_FOLDER), []);
});

test("the committed vectors pass the lint", inCiAlone, async () => {
  assert.deepEqual(await lintVectors(VECTOR_FOLDER), []);
});

test("an edited, a missing and a stray file are reported", inCiAlone, async () => {
  const folder = copy("drift");
  const edited = "proof/ssz/compact/honest.yaml";
  const missing = "proof/ssz/explicit/indices.yaml";
  const stray = "proof/ssz/helpers/stray.yaml";
  appendFileSync(join(folder, edited), "# a comment\n");
  const text = readFileSync(join(folder, missing), "utf8");
  rmSync(join(folder, missing));
  writeFileSync(join(folder, stray), text);
  const drift = await verifyVectors(folder);
  assert.deepEqual(drift.map((line) => line.split(":")[0]).sort(), [edited, missing, stray].sort());
  const { written, removed } = await buildVectors(folder);
  assert.deepEqual([written.sort(), removed], [[edited, missing].sort(), [stray]]);
  assert.deepEqual(await verifyVectors(folder), []);
});

test("a hand-written file is neither reported nor removed", inCiAlone, async () => {
  const folder = copy("hand-written");
  const path = join(folder, "proof/ssz/compact/by-hand.yaml");
  const honest = readFileSync(join(folder, "proof/ssz/compact/honest.yaml"), "utf8");
  writeFileSync(
    path,
    honest.replace("theme: honest", "theme: by-hand").replace(/^source: .*$/m, "source: hand-written"),
  );
  assert.deepEqual(await verifyVectors(folder), []);
  assert.deepEqual((await buildVectors(folder)).removed, []);
});

/** Returns the content of every file below `folder` by path. */
function contents(folder: string): Map<string, string> {
  return new Map(vectorFilePaths(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("a part is rebuilt byte for byte, and other parts are not changed", async () => {
  const folder = copy("part");
  const before = contents(folder);
  const [edited, missing, stray] = ["amounts", "traps", "stray"].map((theme) => `runtime/meter/${theme}.yaml`);
  // Three files outside of the part: in another area, in the same generator, and in a folder with the same prefix.
  const elsewhere = ["proof/ssz/compact/honest.yaml", "runtime/validate/bodies.yaml", "runtime/meter-stray/a.yaml"];
  mkdirSync(join(folder, "runtime/meter-stray"));
  writeFileSync(join(folder, stray), before.get(edited) ?? "");
  rmSync(join(folder, missing));
  for (const path of [edited, ...elsewhere]) appendFileSync(join(folder, path), "# a comment\n");
  const { written, removed, unchanged } = await buildVectors(folder, ["vectors/runtime/meter/"]);
  assert.deepEqual([written, removed], [[edited, missing], [stray]]);
  assert.deepEqual(
    [...written, ...unchanged].sort(),
    [...before.keys()].filter((path) => path.startsWith("runtime/meter/")),
  );
  const after = contents(folder);
  for (const path of elsewhere) assert.ok(after.get(path)?.endsWith("# a comment\n"), path);
  for (const path of elsewhere) after.delete(path);
  for (const path of elsewhere) before.delete(path);
  assert.deepEqual(after, before);
});

test("the parts, built separately, are together the whole set of vectors", inCiAlone, async () => {
  const committed = [...contents(VECTOR_FOLDER)].filter(([, text]) => !/^source: hand-written$/m.test(text));
  const parts = GENERATORS.flatMap(({ owns }) => owns);
  const built = new Map<string, string>();
  for (const part of parts) {
    const folder = join(temporary, "parts", part);
    await buildVectors(folder, [part]);
    for (const [path, text] of contents(folder)) {
      assert.ok(!built.has(path), `${path}: in two parts`);
      built.set(path, text);
    }
  }
  assert.deepEqual(new Map([...built].sort(([a], [b]) => (a < b ? -1 : 1))), new Map(committed));
});

test("a part is named with or without its area, and an unknown one is rejected with the nearest", async () => {
  const names = ["sparse", "proof/sparse", "vectors/proof/sparse/", "ssz/compact", "runtime", "meter"];
  const expected = ["proof/sparse", "proof/sparse", "proof/sparse", "proof/ssz/compact", "runtime", "runtime/meter"];
  assert.deepEqual(names.map(readPart), expected);
  assert.throws(() => readPart("spares"), /there is no part "spares" of the vectors; did you mean (?:proof\/)?sparse/);
  assert.throws(() => readPart("nothing-like-it"), /expected one of proof, runtime, proof\/agreement/);
  const folder = copy("unknown");
  const before = contents(folder);
  await assert.rejects(buildVectors(folder, ["agreement", "agreement/nowhere"]), UsageError);
  assert.deepEqual(contents(folder), before);
});

test("the generators of other parts are not loaded", () => {
  const hook = `
    import { writeSync } from "node:fs";
    export async function load(url, context, next) {
      writeSync(1, url + "\\n");
      return next(url, context);
    }
  `;
  const program = `
    import { register } from "node:module";
    const [hook, generate, folder] = process.argv.slice(1);
    register("data:text/javascript," + encodeURIComponent(hook));
    const { buildVectors } = await import(generate);
    await buildVectors(folder, ["agreement"]);
  `;
  const generate = new URL("../../../authoring/cases/generate.js", import.meta.url).href;
  const args = ["--input-type=module", "-e", program, hook, generate, join(temporary, "loaded")];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const loaded = stdout.split("\n").map((url) => url.slice(url.lastIndexOf("/authoring/") + 1));
  assert.ok(loaded.includes("authoring/cases/proof/agreement/same-facts.js"), stdout);
  assert.deepEqual(
    loaded.filter((name) => /files\.js$/.test(name)),
    [],
  );
});

/** Excludes all suites except one folder, so that the lint reads fewer files. Its complaints about the others are ignored. */
const isElsewhere = /\/runtime$|\/proof\/(?!ssz(?:$|\/compact(?:$|\/)))/;

const lintOf = async (name: string, path: string, edit: (text: string) => string): Promise<string> => {
  const folder = join(temporary, name);
  cpSync(VECTOR_FOLDER, folder, {
    recursive: true,
    filter: (source) => !isElsewhere.test(source),
  });
  writeFileSync(join(folder, path), edit(readFileSync(join(folder, path), "utf8")));
  return (await lintVectors(folder)).join("\n");
};

test("the lint reports an unknown flag, an unused flag and an unknown requirement", async () => {
  const path = "proof/ssz/compact/requests.yaml";
  assert.match(
    await lintOf("flag", path, (text) => text.replace("flags: [ bad-gindex ]", "flags: [ bad-gindx ]")),
    /flag bad-gindx: not described/,
  );
  assert.match(
    await lintOf("unused", "flags.yaml", (text) =>
      text.replace("flags:\n", "flags:\n  made-up: { bugType: crash, effect: e, about: a }\n"),
    ),
    /flag made-up: .*no case has it/,
  );
  assert.match(
    await lintOf("requirement", path, (text) => text.replace("PROOF-GEN-001", "PROOF-GEN-999")),
    /PROOF-GEN-999: named by a vector/,
  );
});

test("the lint reports a requirement whose text has changed, and one without a negative vector", async () => {
  assert.match(
    await lintOf("text", "requirements.yaml", (text) =>
      text.replace(/(PROOF-GEN-002:\n {4}text: ")[0-9a-f]{16}/, `$1${"0".repeat(16)}`),
    ),
    /PROOF-GEN-002: its text has changed/,
  );
  const everyNegative = await lintOf("negative", "requirements.yaml", (text) =>
    text.replace(/(PROOF-GEN-010:\n.*\n {4}checked-by:) positive/, "$1 vectors"),
  );
  assert.match(everyNegative, /PROOF-GEN-010: no vector expects a rejection/);
});

test("the lint reports a generator and a confirmer that do not exist", async () => {
  const path = "proof/ssz/compact/read-order.yaml";
  const source = /^source: .*$/m;
  assert.match(
    await lintOf("source", path, (text) => text.replace(source, "source: authoring/cases/no-such-file.ts")),
    /read-order\.yaml: the file authoring\/cases\/no-such-file\.ts does not exist/,
  );
  assert.match(
    await lintOf("confirmer", path, (text) => text.replace(/test\/confirm\/\S+\.ts/, "test/confirm/no-such-file.ts")),
    /read-order\.yaml: the file test\/confirm\/no-such-file\.ts does not exist/,
  );
});

test("the lint reports a case that repeats another, and an alias of an unknown case", async () => {
  const again = (text: string): string =>
    text.replace(/( {2}- id: )(no-keys)([\s\S]*?)(?=\n\n)/, "$1$2$3\n\n$1again$3");
  assert.match(
    await lintOf("duplicate", "proof/ssz/compact/read-order.yaml", again),
    /again: the same request as .*no-keys/,
  );
  assert.match(
    await lintOf("alias", "aliases.yaml", (text) => text.replace("aliases: {}", "aliases: { old/id: new/id }")),
    /alias old\/id: refers to new\/id, which is not a case/,
  );
});

test("the hash of a requirement depends on its sentence, not on its explanations", () => {
  const hashes = ["One two.", "One two.\n  Because of three.", "One three."].map((text) => {
    const [requirement] = parseRequirements(`- **WIRE-001** ${text}\n`, "page.md").values();
    return textHash(requirement);
  });
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
});

const ONE_IN = 24;

test(`PROOF-GEN-009 the reference passes ${partName(ONE_IN)} vector in process, within every budget`, async () => {
  const { cases: all } = await loadVectors();
  const cases = all.filter((_, place) => isInPart(place, ONE_IN));
  const run = await runImplementation(createInProcessLane(reference), { cases });
  assert.deepEqual(
    run.records.filter(isBad).map(({ vector, reason }) => `${vector.id}: ${reason}`),
    [],
  );
  assert.deepEqual([run.records.length, run.undeclared.length], [cases.length, 0]);
  const lines = run.records.flatMap(({ budget = [] }) => budget);
  assert.ok(lines.length > 4000 / (isThorough ? 1 : ONE_IN), `${lines.length} bounds`);
  for (const { unit, met, bounded } of budgetTotals(lines)) assert.equal(met, bounded, unit);
});
