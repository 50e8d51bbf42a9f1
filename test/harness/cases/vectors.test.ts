import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { budgetTotals } from "../../../harness/run/budget.ts";
import { buildVectors, verifyVectors } from "../../../authoring/cases/generate.ts";
import { lintVectors } from "../../../harness/cases/lint.ts";
import { loadVectors, VECTOR_FOLDER } from "../../../harness/cases/load.ts";
import * as reference from "../../../harness/subject/reference-module.ts";
import { isBad } from "../../../report/json/report.ts";
import { parseRequirements, textHash } from "../../../harness/cases/requirements.ts";
import { runImplementation } from "../../../harness/run/run-cases.ts";
import { createInProcessLane } from "../../../runners/in-process.ts";
import { inCiAlone, isInPart, isThorough, partName } from "../../sample.ts";

const temporary = mkdtempSync(join(tmpdir(), "proofhouse-vectors-"));
after(() => rmSync(temporary, { recursive: true, force: true }));

/** A copy of the vectors to damage. */
function copy(name: string): string {
  const folder = join(temporary, name);
  cpSync(VECTOR_FOLDER, folder, { recursive: true });
  return folder;
}

// Every day `npm run vectors:verify` is for those who have changed a generator.

test("the committed vectors are what the generators write", inCiAlone, async () => {
  assert.deepEqual(await verifyVectors(VECTOR_FOLDER), []);
});

test("the committed vectors pass the lint", async () => {
  assert.deepEqual(await lintVectors(VECTOR_FOLDER), []);
});

test("drift is noticed: an edited, a missing and a stray file", inCiAlone, async () => {
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

test("a hand-written file is neither drift nor removed", inCiAlone, async () => {
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

/** Of the suites one folder, so that the others need not be read again: what the lint says of their absence is no matter. */
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

test("the lint names an unknown flag, an unused flag and an unknown requirement", async () => {
  const path = "proof/ssz/compact/requests.yaml";
  assert.match(
    await lintOf("flag", path, (text) => text.replace("flags: [ bad-gindex ]", "flags: [ bad-gindx ]")),
    /flag bad-gindx: not explained/,
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

test("the lint names a requirement whose text has changed, and one without a negative vector", async () => {
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

test("the lint names a case that repeats another, and an alias of nothing", async () => {
  const again = (text: string): string =>
    text.replace(/( {2}- id: )(no-keys)([\s\S]*?)(?=\n\n)/, "$1$2$3\n\n$1again$3");
  assert.match(
    await lintOf("duplicate", "proof/ssz/compact/read-order.yaml", again),
    /again: the same request as .*no-keys/,
  );
  assert.match(
    await lintOf("alias", "aliases.yaml", (text) => text.replace("aliases: {}", "aliases: { old/id: new/id }")),
    /alias old\/id: stands for new\/id, which is no case/,
  );
});

test("a requirement's hash follows its words, not its line breaks", () => {
  const [a, b, c] = ["- **WIRE-001** One\n  two.", "- **WIRE-001** One two.", "- **WIRE-001** One three."].map(
    (text) => {
      return textHash(parseRequirements(text).get("WIRE-001") as { text: string });
    },
  );
  assert.equal(a, b);
  assert.notEqual(a, c);
});

const ONE_IN = 12;

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
