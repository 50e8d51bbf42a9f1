/** Makes of what a user gives on the command line what is run. */

import { displayPath, readYamlFile } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { type Bytes32, fromHex, toBytes32 } from "../../reference/core/bytes.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { createNodeHasher } from "../../reference/core/hash.ts";
import type { ProvenState, WholeState } from "../../reference/runtime/execute/request.ts";
import { readProvenState, readWholeState } from "../../reference/wire/runtime-values.ts";
import { loadEnvironment, loadLibraries, type NamedFile } from "./load-code.ts";
import { readBinary } from "./read-file.ts";
import type { SequenceRequest } from "./run-sequence.ts";

export interface Given {
  /** Paths of modules. */
  readonly module: string;
  readonly libraries: readonly NamedFile[];
  /** Hex, or `@` and a path, for each block. */
  readonly data: readonly string[];
  readonly preStateRoot: string | undefined;
  /** Path of a state file. */
  readonly state: string | undefined;
}

type State = ProvenState | WholeState;

/** Far more than the gas of a block pays for. */
const MAX_DATA_BYTES = 2 ** 26;
const ZERO_ROOT = new Uint8Array(32) as Bytes32;

/** A state file, read. */
interface ReadState {
  readonly state: State;
  /** Its members, `entries` or `proof` left out. */
  readonly terms: Readonly<Record<string, unknown>>;
}

export interface PreparedSequence extends SequenceRequest {
  /** What a state file says besides its entries or proof. */
  readonly stateTerms?: ReadState["terms"];
}

/** Errors: UsageError that names what was given, and what was expected. */
export async function prepareSequence(
  given: Given,
  terms: Pick<SequenceRequest, "gasLimit" | "engine">,
): Promise<PreparedSequence> {
  const libraries = loadLibraries(given.libraries);
  const code = loadEnvironment(given.module, libraries);
  const blocks = given.data.length === 0 ? [new Uint8Array()] : given.data.map(readData);
  const read = given.state === undefined ? undefined : await readState(given.state);
  const state = read?.state;
  const stated = given.preStateRoot === undefined ? undefined : readRoot(given.preStateRoot);
  if (state !== undefined && "proof" in state) {
    if (stated === undefined)
      throw new UsageError("--state with a proof: expected --pre-state-root, which it is under");
    if (blocks.length > 1) throw new UsageError("--state with a proof: expected one block; a proof is of one root");
  }
  const preStateRoot = stated ?? (state === undefined ? ZERO_ROOT : rootOf(state));
  const request = { ...terms, code, libraries, blocks, preStateRoot };
  return read === undefined ? request : { ...request, state: read.state, stateTerms: read.terms };
}

function readData(text: string): Uint8Array {
  if (text.startsWith("@")) return readBinary(text.slice(1), "a block's data", MAX_DATA_BYTES);
  return hexOf(text) ?? refuse("--data", text, "0x and an even number of hex digits, or @file");
}

function readRoot(text: string): Bytes32 {
  const bytes = hexOf(text);
  const root = bytes === undefined ? undefined : toBytes32(bytes);
  return root ?? refuse("--pre-state-root", text, "0x and 64 hex digits");
}

function hexOf(text: string): Uint8Array | undefined {
  return fromHex(text.toLowerCase());
}

function refuse(option: string, text: string, expected: string): never {
  throw new UsageError(`${option} ${text.length > 40 ? `${text.slice(0, 37)}…` : text}: expected ${expected}`);
}

async function readState(path: string): Promise<ReadState> {
  const { schema, ...members } = await readYamlFile<Record<string, unknown>>(path, "state");
  const hasher = createNodeHasher();
  const { entries: _, proof: __, ...terms } = members;
  const state = refusing(path, (): State => {
    if ("entries" in members) {
      const { backend, context, entries } = readWholeState(members);
      return { backend, context: { ...context, hasher }, entries };
    }
    const { backend, context, proofLater } = readProvenState(members);
    return { backend, context: { ...context, hasher }, proof: proofLater() };
  });
  return { state, terms: { schema, ...terms } };
}

/** The root of entries. */
function rootOf(state: State): Bytes32 {
  if ("proof" in state) throw new Error("a proof comes with its root");
  const { backend, context, entries } = state;
  if (backend.prove === undefined) throw new UsageError(`--state: ${backend.name} proves nothing of entries`);
  const { prove } = backend;
  return refusing("--state", () => prove(context, entries, [], []).root);
}

function refusing<Result>(what: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProofError) throw new UsageError(`${displayPath(what)}: ${error.message}`);
    throw error;
  }
}
