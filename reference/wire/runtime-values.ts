/** The `state` parameter of the methods of `runtime`, and the JSON form of their results. */
import { toHex, toQuantity } from "../core/bytes.ts";
import { ProofError } from "../core/errors.ts";
import type { EncodedProof, ProofContext, RawKey, SessionBackend } from "../proofs/backend.ts";
import { PROOF_BACKENDS, SESSION_BACKENDS } from "../proofs/registry.ts";
import type { ExecutionResult } from "../runtime/execute/request.ts";
import type { Entry, KeyValue, Recording } from "../runtime/storage/recorder.ts";
import { readOptions } from "./proof-methods.ts";
import { type Params, readEntry, readList } from "./request-parts.ts";
import { isObject, readName, readProof, show, writeProof } from "./values.ts";

/** Req: RUNTIME-STATE-002, RUNTIME-STATE-031, RUNTIME-STATE-032. */
interface StateTerms {
  readonly backend: SessionBackend;
  readonly context: Omit<ProofContext, "hasher">;
}

/**
 * Reads a state that is a proof. `proofLater` returns the proof, or throws what is wrong with it.
 *
 * Req:    RUNTIME-GEN-004, RUNTIME-STATE-002.
 * Errors: invalid-argument, unsupported.
 */
export function readProvenState(value: unknown): StateTerms & { readonly proofLater: () => EncodedProof } {
  const { members, terms } = readTerms(value, "proof");
  const form = terms.backend.encodings.get(terms.context.encoding);
  if (form === undefined) throw new Error("readTerms has let an encoding pass");
  return { ...terms, proofLater: deferred(() => readProof(form, members.proof, "/state/proof")) };
}

/**
 * Reads a state that is a whole map.
 *
 * Req:    RUNTIME-STATE-002.
 * Errors: invalid-argument, unsupported.
 */
export function readWholeState(value: unknown): StateTerms & { readonly entries: readonly Entry[] } {
  const { members, terms } = readTerms(value, "entries");
  const { keyForm } = terms.backend;
  const entries = readList(members.entries, "/state/entries", (entry, place) => readEntry(keyForm, entry, place));
  return { ...terms, entries };
}

/** Reads the members of a state. Input: `held` is the member that holds the content. */
function readTerms(value: unknown, held: "proof" | "entries"): { members: Params; terms: StateTerms } {
  if (!isObject(value)) throw new ProofError("invalid-argument", `/state: ${show(value)} is not an object`);
  for (const name of Object.keys(value)) {
    if (["backend", "encoding", "options", held].includes(name)) continue;
    throw new ProofError("invalid-argument", `/state has no member "${name}"`, { parameter: name });
  }
  const name = readName(value.backend, "/state/backend");
  const encoding = readName(value.encoding, "/state/encoding");
  const backend = SESSION_BACKENDS.get(name);
  if (backend === undefined) {
    const isProof = PROOF_BACKENDS.has(name);
    const fault = isProof ? `${name} is not a map of 32 bytes to 32 bytes` : `unknown backend ${show(name)}`;
    throw new ProofError("unsupported", `/state/backend: ${fault}`);
  }
  if (!backend.encodings.has(encoding)) {
    throw new ProofError("unsupported", `/state/encoding: ${backend.name} has no encoding ${show(encoding)}`);
  }
  return { members: value, terms: { backend, context: { ...readOptions(backend, value.options), encoding } } };
}

/**
 * Reads the proof at once, but throws what is wrong with it only when the proof is needed: the libraries and the module are checked
 * first. An `invalid-argument` belongs to the request and is thrown at once.
 *
 * Req: RUNTIME-GEN-004.
 */
function deferred(read: () => EncodedProof): () => EncodedProof {
  try {
    const proof = read();
    return () => proof;
  } catch (error) {
    if (!(error instanceof ProofError) || error.class === "invalid-argument") throw error;
    return () => {
      throw error;
    };
  }
}

export function writeResult({ postStateRoot, deposits, gasUsed, log }: ExecutionResult): Record<string, unknown> {
  return {
    postStateRoot: toHex(postStateRoot),
    deposits: deposits.map(toHex),
    gasUsed: toQuantity(gasUsed),
    log: log.map(({ function: name, data }) => ({ function: name, data: toHex(data) })),
  };
}

export function writeRecording({ reads, writes, proof }: Recording): Record<string, unknown> {
  return { reads: reads.map(writeKeyValue), writes: writes.map(writeKeyValue), proof: writeProof(proof) };
}

function writeKeyValue([key, value]: KeyValue): [string, string | null] {
  return [writeKey(key), value === null ? null : toHex(value)];
}

function writeKey(key: RawKey): string {
  return typeof key === "bigint" ? toQuantity(key) : toHex(key);
}
