/** Runs a block of transactions through both token environments. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Bytes32, toHex } from "../../reference/core/bytes.ts";
import { createNodeHasher } from "../../reference/core/hash.ts";
import type { ProofContext, SessionBackend } from "../../reference/proofs/backend.ts";
import { sparse } from "../../reference/proofs/sparse/sparse.ts";
import type { Engine } from "../../reference/runtime/engine.ts";
import { record } from "../../reference/runtime/execute/stateful.ts";
import { environmentCode } from "./built-modules.ts";
import { bytes, type Ended, run, V8 } from "./engines.ts";
import { type Accounts, entriesOf, keyOf, u64 } from "./token-model.ts";

export const CONTEXT: ProofContext = { encoding: "offsets64", hasher: createNodeHasher(), isStrict: false };

export const PROOF = environmentCode("token-proof");
export const IN_PLACE = environmentCode("token-in-place");

export interface Proven {
  readonly root: string;
  readonly proof: Uint8Array;
}

/** A proof of the accounts of these owners, present or absent. */
export function proveOwners(accounts: Accounts, owners: readonly number[]): Proven {
  return proveEntries(entriesOf(accounts), owners);
}

export function proveEntries(
  entries: readonly (readonly [Uint8Array, Uint8Array])[],
  owners: readonly number[],
): Proven {
  assert.ok(sparse.prove !== undefined);
  const { root, proof } = sparse.prove(CONTEXT, entries, owners.map(keyOf), []);
  return { root: toHex(root), proof: proof as Uint8Array };
}

/** A valid proof in which every left child is a terminal node, down to this level. */
export function chainProof(levels: number): Proven {
  const bottoms = Array.from({ length: levels + 1 }, (_, at) => Buffer.alloc(32, at));
  const root = bottoms.reduceRight((below, left) => {
    return createHash("sha256").update(left).update(below).digest();
  });
  const counts = [levels + 1, ...bottoms.slice(1).map(() => 1)].map((count) => u64(BigInt(count)));
  return { root: toHex(new Uint8Array(root)), proof: new Uint8Array(Buffer.concat([...counts, ...bottoms])) };
}

export function rootOf(accounts: Accounts): string {
  return proveOwners(accounts, []).root;
}

export function runOverProof(engine: Engine, { root, proof }: Proven, transactions: Uint8Array): Ended {
  return run(engine, { code: PROOF, root, data: transactions, state: { backend: sparse, context: CONTEXT, proof } });
}

export function runInPlace(engine: Engine, { root, proof }: Proven, transactions: Uint8Array): Ended {
  const data = new Uint8Array(Buffer.concat([proof, transactions]));
  return run(engine, { code: IN_PLACE, root, data });
}

/** The proof that a recording over the whole state returns for a block. */
export function recordedProof(engine: Engine, accounts: Accounts, transactions: Uint8Array): Proven {
  const root = rootOf(accounts);
  const state = { backend: sparse, context: CONTEXT, entries: entriesOf(accounts) };
  const block = { code: PROOF, libraries: [], preStateRoot: bytes(root) as Bytes32, blockData: transactions };
  const { proof } = record({ ...block, gasLimit: 10n ** 9n, state }, engine);
  return { root, proof: proof as Uint8Array };
}

function contextOf(backend: SessionBackend): ProofContext {
  const [encoding = ""] = backend.encodings.keys();
  return { encoding, hasher: createNodeHasher(), isStrict: true };
}

/** The root of the accounts in any backend. */
export function rootIn(backend: SessionBackend, accounts: Accounts): string {
  assert.ok(backend.prove !== undefined);
  return toHex(backend.prove(contextOf(backend), entriesOf(accounts), [], []).root);
}

/** Runs a block over the whole state, then over the recorded proof. */
export function recordAndReplay(
  backend: SessionBackend,
  accounts: Accounts,
  transactions: Uint8Array,
): { readonly recorded: Ended; readonly replayed: Ended } {
  const context = contextOf(backend);
  const root = rootIn(backend, accounts);
  const block = { code: PROOF, libraries: [], preStateRoot: bytes(root) as Bytes32, blockData: transactions };
  const state = { backend, context, entries: entriesOf(accounts) };
  const { proof, postStateRoot, deposits, gasUsed } = record({ ...block, gasLimit: 10n ** 9n, state }, V8);
  return {
    recorded: { root: toHex(postStateRoot), deposits: deposits.map(toHex), gas: gasUsed },
    replayed: run(V8, { code: PROOF, root, data: transactions, state: { backend, context, proof } }),
  };
}
