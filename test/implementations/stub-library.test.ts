/**
 * The adapters of `implementations/` ask their library: with one that accepts everything in its place, cases turn red
 * that were green. So no adapter decides by itself what it was meant to ask.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { findCase, loadVectors, type VectorSet } from "../../harness/load.ts";
import { packagePath } from "../../harness/package-root.ts";
import { runImplementation } from "../../harness/run.ts";
import type { VectorCase } from "../../harness/vector.ts";
import { createStdioLane } from "../../runners/stdio.ts";

/** Vectors that only a library can answer rightly, in every operation and by every way through the adapter. */
const HELPERS_CASES: readonly string[] = [
  "helpers/forged-nodes/two-leaves-left-flip-last-bit-0",
  "helpers/forged-nodes/eight-leaves-apart-flip-last-bit-0",
  "helpers/malformed/single-helper-missing-get",
  "helpers/malformed/helper-missing-first-get",
  "helpers/honest/two-leaves-left-prove",
  "helpers/honest/eight-leaves-apart-prove",
];

/** The same of proofs with one claim, and a value that only the library's node can give. */
const BRANCH_CASES: readonly string[] = [
  "helpers/forged-nodes/two-leaves-left-flip-last-bit-0",
  "helpers/forged-nodes/right-comb-deepest-flip-last-bit-0",
  "helpers/forged-shapes/eight-leaves-apart-made-up-alone",
  "helpers/malformed/single-helper-missing-get",
  "helpers/malformed/single-helper-33-bytes-get",
  "helpers/malformed/single-leaf-31-bytes-get",
  "helpers/honest/eight-leaves-inner-get",
];

/** The one that merkletreejs itself gets wrong: in a tree of this depth it writes helpers in another order. */
const MISORDERED = "helpers/honest/eight-leaves-apart-prove";

const BYTES_CASES: readonly string[] = ["compact", "offsets16"].flatMap((encoding) => [
  `${encoding}/forged-nodes/eight-leaves-apart-flip-last-bit-0`,
  `${encoding}/forged-nodes/root-alone-flip-first-bit-0`,
  `${encoding}/malformed/${encoding === "compact" ? "one-bottom-too-few" : "cut-64"}-get`,
  `${encoding}/uncovered-keys/left-child-of-a-claim`,
  `${encoding}/honest/eight-leaves-apart-get`,
  `${encoding}/honest/eight-leaves-apart-root`,
  `${encoding}/honest/eight-leaves-apart-prove`,
]);

const UPDATER_CASES: readonly string[] = [
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
].map((id) => `compact/${id}`);

let vectors: VectorSet;
before(async () => {
  vectors = await loadVectors();
});

/** What the stub calls the root of every tree: the right one, so that a comparison with it lets everything through. */
function stubRootOf({ params }: VectorCase): string {
  return "root" in params ? String(params.root) : `0x${"00".repeat(32)}`;
}

/** By id, the verdict on an implementation, and the kind of its answer. */
async function verdictsOf(
  command: readonly string[],
  cwd: string,
  ids: readonly string[],
  extraEnv: Readonly<Record<string, string>> = {},
): Promise<object> {
  const verdicts: Record<string, string> = {};
  for (const id of ids) {
    const vector = findCase(vectors, `proof/ssz/${id}`);
    const env = { ...extraEnv, STUB_ROOT: stubRootOf(vector) };
    const lane = createStdioLane({ command, cwd, env, harnessVersion: "0.0.0" });
    const { records } = await runImplementation(lane, { cases: [vector] });
    for (const { verdict, outcome } of records) verdicts[id] = `${verdict}, ${outcome?.kind}`;
  }
  return verdicts;
}

function assertPassed(verdicts: object, ids: readonly string[]): void {
  const expected = ids.map((id) => {
    const { expect } = findCase(vectors, `proof/ssz/${id}`);
    return [id, `pass, ${"error" in expect ? "error" : "result"}`] as const;
  });
  assert.deepEqual(verdicts, Object.fromEntries(expected));
}

/** With the stub every case gives a result, and a wrong one: what was rejected is accepted, what was read is another value. */
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
  const cases = HELPERS_CASES.map((id) => (id === MISORDERED ? "helpers/honest/four-leaves-middle-prove" : id));

  it("passes with the library", async () => {
    assertPassed(await verdictsOf(["node", "adapter.mjs"], folder, cases), cases);
  });

  it("fails every case with a library that accepts everything", async () => {
    const command = ["node", "--import", stub, "adapter.mjs"];
    assertFooled(await verdictsOf(command, folder, cases), cases);
  });
});

/** Folders of adapters in Go, with the library that is replaced and the folder of the stub. */
const GO_ADAPTERS = [
  { folder: "ferranbt-fastssz", library: "github.com/ferranbt/fastssz", stub: "stub-fastssz" },
  { folder: "pk910-dynamic-ssz", library: "github.com/pk910/dynamic-ssz", stub: "stub-dynamic-ssz" },
];

for (const { folder, library, stub } of GO_ADAPTERS) {
  describe(`the adapter of ${library}`, { skip: isMissing("go", ["version"]) && "Go is not installed" }, () => {
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
      assertPassed(await verdictsOf([build("genuine")], cwd, HELPERS_CASES), HELPERS_CASES);
    });

    it("fails every case with a library that accepts everything", async () => {
      const modules = readFileSync(join(cwd, "go.mod"), "utf8");
      const replace = `replace ${library} => ${packagePath("test", "implementations", stub)}`;
      writeFileSync(join(scratch, "stub.mod"), `${modules}\n${replace}\n`);
      copyFileSync(join(cwd, "go.sum"), join(scratch, "stub.sum"));
      const program = build("stub", `-modfile=${join(scratch, "stub.mod")}`);
      assertFooled(await verdictsOf([program], cwd, HELPERS_CASES), HELPERS_CASES);
    });
  });
}

describe("the adapter of ssz_rs", { skip: isMissing("cargo", ["--version"]) && "Cargo is not installed" }, () => {
  const folder = packagePath("implementations", "ralexstokes-ssz-rs");

  function build(cwd: string, ...flags: string[]): string {
    execFileSync("cargo", ["build", "--release", "--quiet", "--target-dir", "target", ...flags], {
      cwd,
      stdio: "pipe",
    });
    return join(cwd, "target", "release", "adapter");
  }

  it("passes with the library", async () => {
    assertPassed(await verdictsOf([build(folder)], folder, BRANCH_CASES), BRANCH_CASES);
  });

  it("fails every case with a library that accepts everything", async () => {
    // A copy: Cargo writes a lock file beside the manifest, which would name the stub. It stays, so that Cargo need not build again.
    const copy = join(folder, "target", "with-stub");
    for (const name of ["Cargo.toml", "src"])
      cpSync(join(folder, name), join(copy, name), { recursive: true, preserveTimestamps: true });
    const stub = JSON.stringify(packagePath("test", "implementations", "stub-ssz-rs"));
    const program = build(copy, "--config", `patch.crates-io.ssz_rs.path=${stub}`);
    assertFooled(await verdictsOf([program], folder, BRANCH_CASES), BRANCH_CASES);
  });
});

const isPythonMissing = isMissing("python3", ["-c", "import ensurepip, venv"]);

describe("the adapter of remerkleable", {
  skip: isPythonMissing && !process.env.CI && "python3, its venv or its pip is not installed",
}, () => {
  const folder = packagePath("implementations", "protolambda-remerkleable");
  const command = [".venv/bin/python", "-B", "adapter.py"];

  before(() => execFileSync("python3", ["-B", "install.py"], { cwd: folder, stdio: "pipe" }));

  it("passes with the library", async () => {
    assertPassed(await verdictsOf(command, folder, UPDATER_CASES), UPDATER_CASES);
  });

  it("fails every case with a library that accepts everything", async () => {
    const env = { PYTHONPATH: packagePath("test", "implementations", "stub-remerkleable") };
    assertFooled(await verdictsOf(command, folder, UPDATER_CASES, env), UPDATER_CASES);
  });
});

function isMissing(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "pipe" });
    return false;
  } catch {
    return true;
  }
}
