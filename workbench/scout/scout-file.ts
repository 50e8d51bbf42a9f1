/** Reads a test file of Scout. Paths of modules in it are those of its author's build, so each may be given another. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { displayPath, readYamlFile } from "../../harness/files/yaml-file.ts";
import { didYouMean } from "../../harness/usage/nearest.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { type Bytes32, encodeUintLE, fromHex } from "../../reference/core/bytes.ts";
import type { LibraryCode } from "../../reference/runtime/validate/program.ts";
import { loadEnvironment, loadLibraries, type Mend } from "../execution/load-code.ts";

/** The file as it is written. */
interface Written {
  readonly beacon_state: {
    readonly execution_scripts: readonly string[];
    readonly libraries?: readonly { readonly name: string; readonly file: string }[];
  };
  readonly shard_pre_state: WrittenState;
  readonly shard_blocks: readonly { readonly env: number; readonly data: string }[];
  readonly shard_post_state: WrittenState;
  readonly deposit_receipts?: readonly WrittenDeposit[];
}

interface WrittenState {
  readonly exec_env_states: readonly string[];
}

interface WrittenDeposit {
  readonly pubkey: string;
  readonly withdrawal_credentials: string;
  readonly amount: number | string;
  readonly signature: string;
}

export interface ScoutTest {
  readonly environments: readonly Uint8Array[];
  readonly libraries: readonly LibraryCode[];
  readonly preStateRoots: readonly Bytes32[];
  readonly postStateRoots: readonly Bytes32[];
  readonly blocks: readonly { readonly environment: number; readonly blockData: Uint8Array }[];
  /** 184 bytes each; nothing where the file does not list any. */
  readonly deposits: readonly Uint8Array[] | undefined;
}

export interface ScoutPaths {
  /** Paths in the file, and the modules that stand for them. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly mend?: Mend;
}

/** Errors: UsageError that names the place in the file, or the module. */
export async function loadScoutTest(path: string, { scripts, mend }: ScoutPaths): Promise<ScoutTest> {
  const written = await readYamlFile<Written>(path, "scout");
  const name = displayPath(path);
  const { beacon_state, shard_pre_state, shard_blocks, shard_post_state, deposit_receipts } = written;
  checkCounts(written, name);
  const named = [...beacon_state.execution_scripts, ...(beacon_state.libraries ?? []).map(({ file }) => file)];
  for (const given of scripts.keys()) {
    if (named.includes(given)) continue;
    throw new UsageError(`--script ${given}: ${name} names no such module${didYouMean(given, named)}`);
  }
  const fileOf = (module: string): string => locate(module, path, scripts);
  const libraries = loadLibraries(
    (beacon_state.libraries ?? []).map((library) => ({ name: library.name, file: fileOf(library.file) })),
    mend,
  );
  return {
    environments: beacon_state.execution_scripts.map((script) => loadEnvironment(fileOf(script), libraries, mend)),
    libraries,
    preStateRoots: shard_pre_state.exec_env_states.map(rootOf),
    postStateRoots: shard_post_state.exec_env_states.map(rootOf),
    blocks: shard_blocks.map(({ env, data }) => ({ environment: env, blockData: bytesOf(data) })),
    deposits: deposit_receipts?.map((deposit, index) => depositBytes(deposit, `${name}: deposit_receipts.${index}`)),
  };
}

function checkCounts({ beacon_state, shard_pre_state, shard_blocks, shard_post_state }: Written, name: string): void {
  const count = beacon_state.execution_scripts.length;
  for (const [field, { exec_env_states }] of Object.entries({ shard_pre_state, shard_post_state })) {
    if (exec_env_states.length === count) continue;
    const found = `${field}.exec_env_states: ${exec_env_states.length} states`;
    throw new UsageError(`${name}: ${found}; expected ${count}, one for each of beacon_state.execution_scripts`);
  }
  for (const [index, { env }] of shard_blocks.entries()) {
    if (env < count) continue;
    throw new UsageError(
      `${name}: shard_blocks.${index}.env: ${env}; expected less than ${count}, the number of scripts`,
    );
  }
}

function locate(module: string, path: string, scripts: ReadonlyMap<string, string>): string {
  const given = scripts.get(module);
  if (given !== undefined) return given;
  const beside = resolve(dirname(path), module);
  if (existsSync(beside)) return beside;
  throw new UsageError(`${displayPath(beside)} is not there; expected --script ${module}=<module.wasm>`);
}

/** The schema has seen that these are hex digits, an even number of them. */
function bytesOf(hex: string): Uint8Array {
  return fromHex(`0x${hex.replace(/^0x/, "").toLowerCase()}`) as Uint8Array;
}

function rootOf(hex: string): Bytes32 {
  return bytesOf(hex) as Bytes32;
}

function depositBytes(
  { pubkey, withdrawal_credentials, amount, signature }: WrittenDeposit,
  place: string,
): Uint8Array {
  const value = BigInt(amount);
  if (value >= 2n ** 64n) throw new UsageError(`${place}.amount: ${amount}; expected less than 2^64`);
  const parts = [bytesOf(pubkey), bytesOf(withdrawal_credentials), encodeUintLE(value, 8), bytesOf(signature)];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
