/** Reads a test file of Scout. Its paths of modules are those of its author's build, so the user may replace each. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { displayPath, readYamlFile } from "../../harness/files/yaml-file.ts";
import { didYouMean } from "../../harness/usage/nearest.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { type Bytes32, encodeUintLE, fromHex } from "../../reference/core/bytes.ts";
import type { LibraryCode } from "../../reference/runtime/validate/program.ts";
import { type CodeEdit, loadEnvironment, loadLibraries } from "../execution/load-code.ts";

/** The content of the file. */
interface FileContent {
  readonly beacon_state: {
    readonly execution_scripts: readonly string[];
    readonly libraries?: readonly { readonly name: string; readonly file: string }[];
  };
  readonly shard_pre_state: FileState;
  readonly shard_blocks: readonly { readonly env: number; readonly data: string }[];
  readonly shard_post_state: FileState;
  readonly deposit_receipts?: readonly FileDeposit[];
}

interface FileState {
  readonly exec_env_states: readonly string[];
}

interface FileDeposit {
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
  /** 184 bytes each; undefined if the file does not list deposits. */
  readonly deposits: readonly Uint8Array[] | undefined;
}

export interface ScoutPaths {
  /** The module for each path in the file. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly edit?: CodeEdit;
}

/** Errors: UsageError that names the position in the file, or the module. */
export async function loadScoutTest(path: string, { scripts, edit }: ScoutPaths): Promise<ScoutTest> {
  const content = await readYamlFile<FileContent>(path, "scout");
  const name = displayPath(path);
  const { beacon_state, shard_pre_state, shard_blocks, shard_post_state, deposit_receipts } = content;
  checkCounts(content, name);
  const named = [...beacon_state.execution_scripts, ...(beacon_state.libraries ?? []).map(({ file }) => file)];
  for (const script of scripts.keys()) {
    if (named.includes(script)) continue;
    throw new UsageError(`--script ${script}: ${name} names no such module${didYouMean(script, named)}`);
  }
  const fileOf = (module: string): string => locate(module, path, scripts);
  const libraries = loadLibraries(
    (beacon_state.libraries ?? []).map((library) => ({ name: library.name, file: fileOf(library.file) })),
    edit,
  );
  return {
    environments: beacon_state.execution_scripts.map((script) => loadEnvironment(fileOf(script), libraries, edit)),
    libraries,
    preStateRoots: shard_pre_state.exec_env_states.map(rootOf),
    postStateRoots: shard_post_state.exec_env_states.map(rootOf),
    blocks: shard_blocks.map(({ env, data }) => ({ environment: env, blockData: bytesOf(data) })),
    deposits: deposit_receipts?.map((deposit, index) => depositBytes(deposit, `${name}: deposit_receipts.${index}`)),
  };
}

function checkCounts(
  { beacon_state, shard_pre_state, shard_blocks, shard_post_state }: FileContent,
  name: string,
): void {
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
  const script = scripts.get(module);
  if (script !== undefined) return script;
  const file = resolve(dirname(path), module);
  if (existsSync(file)) return file;
  throw new UsageError(`${displayPath(file)} does not exist; expected --script ${module}=<module.wasm>`);
}

/** Input: an even number of hex digits, as the schema requires. */
function bytesOf(hex: string): Uint8Array {
  return fromHex(`0x${hex.replace(/^0x/, "").toLowerCase()}`) as Uint8Array;
}

function rootOf(hex: string): Bytes32 {
  return bytesOf(hex) as Bytes32;
}

function depositBytes({ pubkey, withdrawal_credentials, amount, signature }: FileDeposit, place: string): Uint8Array {
  const value = BigInt(amount);
  if (value >= 2n ** 64n) throw new UsageError(`${place}.amount: ${amount}; expected less than 2^64`);
  const parts = [bytesOf(pubkey), bytesOf(withdrawal_credentials), encodeUintLE(value, 8), bytesOf(signature)];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
