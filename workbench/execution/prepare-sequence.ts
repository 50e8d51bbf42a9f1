/** Reads the input of `proofhouse run` from the command line and from files. */

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

export interface RunInput {
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

/** Far more data than the gas of a block can pay for. */
const MAX_DATA_BYTES = 2 ** 26;
const ZERO_ROOT = new Uint8Array(32) as Bytes32;

/** The content of a state file. */
interface StateFile {
  readonly state: State;
  /** Its members except `entries` and `proof`. */
  readonly terms: Readonly<Record<string, unknown>>;
}

export interface PreparedSequence extends SequenceRequest {
  readonly stateTerms?: StateFile["terms"];
}

/** Errors: UsageError that names the value and the expectation. */
export async function prepareSequence(
  input: RunInput,
  terms: Pick<SequenceRequest, "gasLimit" | "engine">,
): Promise<PreparedSequence> {
  const libraries = loadLibraries(input.libraries);
  const code = loadEnvironment(input.module, libraries);
  const blocks = input.data.length === 0 ? [new Uint8Array()] : input.data.map(readData);
  const file = input.state === undefined ? undefined : await readState(input.state);
  const state = file?.state;
  const root = input.preStateRoot === undefined ? undefined : readRoot(input.preStateRoot);
  if (state !== undefined && "proof" in state) {
    if (root === undefined) {
      throw new UsageError("--state with a proof: expected --pre-state-root with the root of the proof");
    }
    if (blocks.length > 1) throw new UsageError("--state with a proof: expected one block; a proof has one root");
  }
  const preStateRoot = root ?? (state === undefined ? ZERO_ROOT : rootOf(state));
  const request = { ...terms, code, libraries, blocks, preStateRoot };
  return file === undefined ? request : { ...request, state: file.state, stateTerms: file.terms };
}

function readData(text: string): Uint8Array {
  if (text.startsWith("@")) return readBinary(text.slice(1), "the data of a block", MAX_DATA_BYTES);
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

async function readState(path: string): Promise<StateFile> {
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

/** Returns the root of entries. */
function rootOf(state: State): Bytes32 {
  if ("proof" in state) throw new Error("a state with a proof needs an explicit root");
  const { backend, context, entries } = state;
  if (backend.prove === undefined) throw new UsageError(`--state: ${backend.name} cannot prove entries`);
  const { prove } = backend;
  return refusing("--state", () => prove(context, entries, [], []).root);
}

function refusing<Result>(name: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProofError) throw new UsageError(`${displayPath(name)}: ${error.message}`);
    throw error;
  }
}
