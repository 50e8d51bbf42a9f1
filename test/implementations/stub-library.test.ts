/**
 * The adapters of `implementations/` call their library: with a stub that accepts everything, cases fail that passed. No adapter
 * therefore computes an answer that the library should compute.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { findCase, loadVectors, type VectorSet } from "../../harness/cases/load.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";
import { packagePath } from "../../harness/files/package-root.ts";
import { runImplementation } from "../../harness/run/run-cases.ts";
import { createStdioLane } from "../../runners/stdio/stdio.ts";
import { inCiAlone, isInPart } from "../sample.ts";

/** Each case starts a process, so that only a third of them runs outside of CI. */
const below = (folder: string, ids: readonly string[]): readonly string[] =>
  ids.filter((_, index) => isInPart(index, 3)).map((id) => `${folder}/${id}`);

/** Vectors that only a library answers correctly. They cover every operation and every path through the adapter. */
const HELPERS_CASES = below("proof/ssz/helpers", [
  "forged-nodes/two-leaves-left-flip-last-bit-0",
  "forged-nodes/eight-leaves-apart-flip-last-bit-0",
  "malformed/single-helper-missing-get",
  "malformed/helper-missing-first-get",
  "honest/two-leaves-left-prove",
  "honest/eight-leaves-apart-prove",
]);

/** The same for proofs with one claim, and a value that only the library's node has. */
const BRANCH_CASES = below("proof/ssz/helpers", [
  "forged-nodes/two-leaves-left-flip-last-bit-0",
  "forged-nodes/right-comb-deepest-flip-last-bit-0",
  "forged-shapes/eight-leaves-apart-made-up-alone",
  "malformed/single-helper-missing-get",
  "malformed/single-helper-33-bytes-get",
  "malformed/single-leaf-31-bytes-get",
  "honest/eight-leaves-inner-get",
]);

/** A vector that merkletreejs fails: in a tree of this depth it writes helpers in another order. */
const MISORDERED = "proof/ssz/helpers/honest/eight-leaves-apart-prove";

const BYTES_CASES = ["compact", "offsets16"].flatMap((encoding) =>
  below(`proof/ssz/${encoding}`, [
    "forged-nodes/eight-leaves-apart-flip-last-bit-0",
    "forged-nodes/root-alone-flip-first-bit-0",
    `malformed/${encoding === "compact" ? "one-bottom-too-few" : "cut-64"}-get`,
    "uncovered-keys/left-child-of-a-claim",
    "honest/eight-leaves-apart-get",
    "honest/eight-leaves-apart-root",
    "honest/eight-leaves-apart-prove",
  ]),
);

const UPDATER_CASES = below("proof/ssz/compact", [
  "forged-nodes/eight-leaves-apart-flip-last-bit-0",
  "forged-nodes/root-alone-flip-first-bit-0",
  "forged-shapes/four-leaves-all-mirrored",
  "uncovered-keys/left-child-of-a-claim",
  "requests/key-0",
  "honest/eight-leaves-apart-get",
  "honest/eight-leaves-apart-root",
  "merge-and-extract/extract-one-of-two",
  "merge-and-extract/extract-nested",
  "merge-and-extract/extract-below-a-helper",
  "merge-and-extract/extract-forged",
  "update/every-bottom",
  "update/inner-node",
  "update/below-a-bottom",
  "update/key-0",
  "update/forged",
  "transact/revert",
  "transact/inner-commit-outer-revert",
  "transact/inner-node-written",
  "transact/read-below",
  "transact/written-below",
]);

/** Proofs that are lists of nodes, one list per key. */
const LIST_CASES = below("proof/patricia/eip1186", [
  "forged-nodes/absent-flip-0-1",
  "forged-nodes/absent-drop-1",
  "forged-roots/no-node-get",
  "forged-roots/of-another-trie",
  "missing-nodes/cut-at-1",
  "secure/accounts-get",
  "secure/accounts-prove",
  "shapes/extension-of-62-get",
  "shapes/extension-of-62-prove",
]);

/** The same, and proofs that are the nodes of a partial trie. */
const TRIE_CASES = [
  ...LIST_CASES,
  ...below("proof/patricia/witness", [
    "forged-methods/extract-forged",
    "forged-methods/get-wrong-root",
    "forged-methods/update-wrong-root",
    "missing-nodes/cut-at-10",
    "published-roots/dogs-update",
    "secure/accounts-get",
    "secure/accounts-prove",
    "shapes/extension-of-62-get",
    "shapes/extension-of-62-prove",
  ]),
];

let vectors: VectorSet;
before(async () => {
  vectors = await loadVectors();
});

/** Returns the root that the stub reports for every tree. It is the expected one, so that every comparison succeeds. */
function stubRootOf({ params }: VectorCase): string {
  return "root" in params ? String(params.root) : `0x${"00".repeat(32)}`;
}

/** Returns the verdict and the kind of the answer for each id. */
async function verdictsOf(
  command: readonly string[],
  cwd: string,
  ids: readonly string[],
  extraEnv: Readonly<Record<string, string>> = {},
): Promise<object> {
  const verdicts: Record<string, string> = {};
  for (const id of ids) {
    const vector = findCase(vectors, id);
    const env = { ...extraEnv, STUB_ROOT: stubRootOf(vector) };
    const lane = createStdioLane({ command, cwd, env, harnessVersion: "0.0.0" });
    const { records } = await runImplementation(lane, { cases: [vector] });
    for (const { verdict, outcome } of records) verdicts[id] = `${verdict}, ${outcome?.kind}`;
  }
  return verdicts;
}

function assertPassed(verdicts: object, ids: readonly string[]): void {
  const expected = ids.map((id) => {
    const { expect } = findCase(vectors, id);
    return [id, `pass, ${"error" in expect ? "error" : "result"}`] as const;
  });
  assert.deepEqual(verdicts, Object.fromEntries(expected));
}

/** With the stub every case returns a wrong result: the adapter accepts invalid proofs, and reads other values. */
function assertFooled(verdicts: object, ids: readonly string[]): void {
  assert.deepEqual(verdicts, Object.fromEntries(ids.map((id) => [id, "fail, result"])));
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
    assertFooled(await verdictsOf(command, folder, cases), cases);
  });
});

describe("the adapter of merkletreejs", () => {
  const folder = packagePath("implementations", "merkletreejs");
  const stub = new URL("./stub-merkletreejs/register.js", import.meta.url).href;
  const cases = HELPERS_CASES.map((id) =>
    id === MISORDERED ? "proof/ssz/helpers/honest/four-leaves-middle-prove" : id,
  );

  it("passes with the library", async () => {
    assertPassed(await verdictsOf(["node", "adapter.mjs"], folder, cases), cases);
  });

  it("fails every case with a library that accepts everything", async () => {
    const command = ["node", "--import", stub, "adapter.mjs"];
    assertFooled(await verdictsOf(command, folder, cases), cases);
  });
});

describe("the adapter of @ethereumjs/mpt", () => {
  const folder = packagePath("implementations", "ethereumjs-mpt");
  const stub = new URL("./stub-mpt/register.js", import.meta.url).href;

  it("passes with the library", async () => {
    assertPassed(await verdictsOf(["node", "adapter.mjs"], folder, TRIE_CASES), TRIE_CASES);
  });

  it("fails every case with a library that accepts everything", async () => {
    const command = ["node", "--import", stub, "adapter.mjs"];
    assertFooled(await verdictsOf(command, folder, TRIE_CASES), TRIE_CASES);
  });
});

/** The adapters in Go, with the library to replace, the folder of the stub, and the cases. */
const GO_ADAPTERS = [
  { folder: "ferranbt-fastssz", library: "github.com/ferranbt/fastssz", stub: "stub-fastssz", cases: HELPERS_CASES },
  {
    folder: "pk910-dynamic-ssz",
    library: "github.com/pk910/dynamic-ssz",
    stub: "stub-dynamic-ssz",
    cases: HELPERS_CASES,
  },
  {
    folder: "ethereum-go-ethereum-trie",
    library: "github.com/ethereum/go-ethereum",
    stub: "stub-go-ethereum",
    cases: TRIE_CASES,
  },
];

for (const { folder, library, stub, cases } of GO_ADAPTERS) {
  describe(`the adapter of ${library}`, {
    skip: inCiAlone.skip ?? (isMissing("go", ["version"]) && "Go is not installed"),
  }, () => {
    const cwd = packagePath("implementations", folder);
    let scratch: string;

    before(() => {
      scratch = mkdtempSync(join(tmpdir(), "proofhouse-stub-"));
    });
    after(() => rmSync(scratch, { recursive: true }));

    function build(name: string, ...flags: string[]): string {
      const output = join(scratch, name);
      const command = ["build", "-mod=readonly", "-buildvcs=false", "-trimpath", ...flags, "-o", output, "."];
      execFileSync("go", command, { cwd, stdio: "pipe" });
      return output;
    }

    it("passes with the library", async () => {
      assertPassed(await verdictsOf([build("genuine")], cwd, cases), cases);
    });

    it("fails every case with a library that accepts everything", async () => {
      const modules = readFileSync(join(cwd, "go.mod"), "utf8");
      const replace = `replace ${library} => ${packagePath("test", "implementations", stub)}`;
      writeFileSync(join(scratch, "stub.mod"), `${modules}\n${replace}\n`);
      copyFileSync(join(cwd, "go.sum"), join(scratch, "stub.sum"));
      const program = build("stub", `-modfile=${join(scratch, "stub.mod")}`);
      assertFooled(await verdictsOf([program], cwd, cases), cases);
    });
  });
}

/** The adapters in Rust, with the crate to replace, the folder of the stub, and the cases. */
const RUST_ADAPTERS = [
  { folder: "ralexstokes-ssz-rs", library: "ssz_rs", stub: "stub-ssz-rs", cases: BRANCH_CASES },
  { folder: "alloy-rs-trie", library: "alloy-trie", stub: "stub-alloy-trie", cases: LIST_CASES },
];

for (const { folder, library, stub, cases } of RUST_ADAPTERS) {
  describe(`the adapter of ${library}`, {
    skip: inCiAlone.skip ?? (isMissing("cargo", ["--version"]) && "Cargo is not installed"),
  }, () => {
    const cwd = packagePath("implementations", folder);

    function build(cwd: string, ...flags: string[]): string {
      execFileSync("cargo", ["build", "--release", "--quiet", "--target-dir", "target", ...flags], {
        cwd,
        stdio: "pipe",
      });
      return join(cwd, "target", "release", "adapter");
    }

    it("passes with the library", async () => {
      assertPassed(await verdictsOf([build(cwd)], cwd, cases), cases);
    });

    it("fails every case with a library that accepts everything", async () => {
      // Builds a copy, because Cargo would write the stub to the lock file. The copy is kept, so that Cargo need not build it again.
      const copy = join(cwd, "target", "with-stub");
      cpSync(join(cwd, "src"), join(copy, "src"), { recursive: true, preserveTimestamps: true });
      const manifest = readFileSync(join(cwd, "Cargo.toml"), "utf8");
      writeFileSync(join(copy, "Cargo.toml"), manifest.replaceAll("../../kits", packagePath("kits")));
      const path = JSON.stringify(packagePath("test", "implementations", stub));
      const program = build(copy, "--config", `patch.crates-io.${library}.path=${path}`);
      assertFooled(await verdictsOf([program], cwd, cases), cases);
    });
  });
}

/** The adapters in Python, with the library to replace, the folder of the stub, and the cases. */
const PYTHON_ADAPTERS = [
  { folder: "protolambda-remerkleable", library: "remerkleable", stub: "stub-remerkleable", cases: UPDATER_CASES },
  { folder: "ethereum-py-trie", library: "trie", stub: "stub-py-trie", cases: TRIE_CASES },
];

const isPythonMissing = isMissing("python3", ["-c", "import ensurepip, venv"]);

for (const { folder, library, stub, cases } of PYTHON_ADAPTERS) {
  describe(`the adapter of ${library}`, {
    skip: inCiAlone.skip ?? (isPythonMissing && !process.env.CI && "python3, its venv or its pip is not installed"),
  }, () => {
    const cwd = packagePath("implementations", folder);
    const command = [".venv/bin/python", "-B", "adapter.py"];

    before(() => execFileSync("python3", ["-B", "../../kits/python/install.py"], { cwd, stdio: "pipe" }));

    it("passes with the library", async () => {
      assertPassed(await verdictsOf(command, cwd, cases), cases);
    });

    it("fails every case with a library that accepts everything", async () => {
      const env = { PYTHONPATH: packagePath("test", "implementations", stub) };
      assertFooled(await verdictsOf(command, cwd, cases, env), cases);
    });
  });
}

function isMissing(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "pipe" });
    return false;
  } catch {
    return true;
  }
}
