import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isThorough, partName } from "../sample.ts";
import { expandForConfirmation } from "./expand.ts";
import { parseParts } from "./part-of-file.ts";
import { patriciaHashes } from "./patricia/hashes.ts";
import { naivePatriciaCall } from "./patricia/patricia.ts";
import { naiveRadixCall } from "./radix/radix.ts";
import { naiveSparseCall } from "./sparse/sparse.ts";
import { naiveCall } from "./ssz/ssz.ts";
import type { Json } from "./values.ts";

// Reads the budgets from the files, and computes them again from the costs that the naive implementations report.
const VECTORS = fileURLToPath(new URL("../../../vectors/proof/", import.meta.url));

const ONE_IN = 12;

type Members = Record<string, Json>;

interface Case {
  readonly id: string;
  readonly call: string;
  readonly params: Members;
  readonly expect: { readonly result?: Members };
  readonly budget?: { readonly hashes?: number; readonly proofBytes?: number };
}

const texts = readdirSync(VECTORS, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => readFileSync(join(VECTORS, name), "utf8"));
const cases = parseParts<{ cases: Case[] }>(texts, ONE_IN).flatMap(({ file }) => file.cases);

const ANSWERS: { readonly [backend: string]: (method: string, params: Members) => Json } = {
  ssz: naiveCall,
  sparse: naiveSparseCall,
  patricia: naivePatriciaCall,
  radix: naiveRadixCall,
};

function ask(method: string, params: Members): Members {
  return ANSWERS[params.backend as string]?.(method, params) as Members;
}

/** Returns the bytes and the bottom nodes of a correct proof. Input: its root in `known`, if the proof does not determine it. */
function costOf(
  params: Members,
  encoding: Json | undefined,
  proof: Json,
  known?: Json,
): { bytes: number; nodes: number } {
  const { backend, options } = params as { backend: string; options?: Members };
  const { profile: _, ...others } = options ?? {};
  const request: Members = { backend, encoding: encoding as string, ...(options ? { options: others } : {}) };
  const root = known ?? ask("proof/root", { ...request, proof }).root;
  return ask("proof/cost", { ...request, root: root as string, proof }) as unknown as { bytes: number; nodes: number };
}

/** Counts the inner nodes: in `sparse`, the distinct prefixes of the keys of present leaves. */
function innerNodes({ entries, options, backend }: Members): number {
  const pairs = entries as [string, string][];
  if (backend === "ssz") return new Set(pairs.map(([key]) => key)).size - 1;
  const depth = ((options as Members | undefined)?.depth as number) ?? 256;
  const values = new Map(pairs);
  const above = new Set<string>();
  for (const [key, value] of values) {
    if (BigInt(value) === 0n) continue;
    let bits = "";
    for (const digit of key.slice(2)) bits += Number.parseInt(digit, 16).toString(2).padStart(4, "0");
    for (let level = 0; level < depth; level++) above.add(bits.slice(0, level));
  }
  return above.size;
}

/** Each key has a leaf, and each key except the first one adds the internal node where it diverges from the earlier keys. */
function radixNodes({ entries }: Members): number {
  const keys = new Set((entries as [string, string][]).map(([key]) => key));
  return keys.size === 0 ? 0 : 2 * keys.size - 1;
}

function hashesFor(call: string, params: Members): number | undefined {
  if (params.backend === "patricia") return patriciaHashes(call, params);
  const { backend, encoding, from, root, proof, proofs } = params;
  if (call === "proof/prove") return backend === "radix" ? radixNodes(params) : innerNodes(params);
  if (call === "proof/update" || call === "proof/transact") return undefined;
  const verified = call === "proof/merge" ? (proofs as Json[]) : [proof as Json];
  // A binary proof of m nodes takes m − 1 hashes; a radix proof takes one hash for each node.
  const unhashed = backend === "radix" ? 0 : 1;
  return verified.reduce((sum: number, one) => sum + costOf(params, encoding ?? from, one, root).nodes - unhashed, 0);
}

test(`PROOF-GEN-009 ${partName(ONE_IN)} case with a result has the budget of the formulas`, () => {
  let bounded = 0;
  for (const { id, call, params, expect, budget } of cases) {
    if (expect.result === undefined || params.backend === "state") {
      assert.equal(budget, undefined, `${id}: a rejection has no budget, and state none at all`);
      continue;
    }
    const expanded = expandForConfirmation(params) as Members;
    const { proof, root = expanded.root } = expandForConfirmation(expect.result) as Members;
    const hashes = hashesFor(call, expanded);
    const proofBytes =
      proof === undefined ? undefined : costOf(expanded, expanded.encoding ?? expanded.to, proof, root).bytes;
    assert.deepEqual({ hashes: budget?.hashes, proofBytes: budget?.proofBytes }, { hashes, proofBytes }, id);
    bounded += budget === undefined ? 0 : 1;
  }
  assert.ok(bounded > 7000 / (isThorough ? 1 : ONE_IN), `${bounded} cases have a budget`);
});
