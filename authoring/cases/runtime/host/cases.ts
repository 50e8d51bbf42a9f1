/** Cases of `runtime/execute` for which the generator computes every member of the answer. */

import type { Kind, VectorFile } from "../../../../harness/cases/vector.ts";
import type { TrapReason } from "../../../../reference/runtime/faults.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected, rejectedWith, stated, vectorFile } from "../../kit/draft.ts";
import { assembleProgram, type Code, type Program, type ProgramText, total, untilLastHost } from "./program.ts";

/** An independent host on an engine without metering confirms every vector. */
export const CONFIRMED_BY = ["test/confirm/runtime/hosts.ts"];

export const GAS_LIMIT = 10_000_000;
/** 32 different bytes. */
export const PRE_STATE_ROOT = Array.from({ length: 32 }, (_, index) => (0xa0 + index).toString(16)).join("");

export interface HostCase extends Omit<ProgramText, "functions"> {
  readonly id: string;
  readonly about: string;
  readonly main: readonly Code[];
  /** Further functions of the environment. */
  readonly functions?: ProgramText["functions"];
  readonly blockData?: string;
  readonly gasLimit?: number;
  readonly libraries?: readonly { readonly name: string; readonly program: Program }[];
  /** Hex without 0x. */
  readonly preStateRoot?: string;
  readonly state?: JsonObject;
  readonly call?: "runtime/execute" | "runtime/record";
  readonly kind?: Kind;
  readonly flags?: readonly string[];
  readonly requirements?: readonly string[];
  readonly expect: Expected;
}

/** All members are hex without 0x. */
export interface Outcome {
  /** The members that only a recording returns. */
  readonly recorded?: JsonObject;
  readonly postStateRoot?: string;
  readonly deposits?: readonly string[];
  readonly log?: readonly (readonly [name: string, data: string])[];
}

export type Expected =
  | Outcome
  /** The last call of a host function traps. */
  | { readonly trap: TrapReason }
  /** The gas limit lacks this much for the last host function. With 0, the execution returns with no gas left. */
  | { readonly lacks: number }
  /** Another error, possibly with details. */
  | { readonly error: string; readonly details?: JsonObject };

/** The items of the log for numbers. */
export function logged(...values: readonly number[]): (readonly [string, string])[] {
  return values.map((value) => ["debug.print32", littleEndian(value, 4)]);
}

/** The items of the log for bytes of memory. */
export function loggedMemory(...items: readonly string[]): (readonly [string, string])[] {
  return items.map((hex) => ["debug.printMem", hex]);
}

export function littleEndian(value: number | bigint, bytes: number): string {
  const digits = BigInt.asUintN(8 * bytes, BigInt(value))
    .toString(16)
    .padStart(2 * bytes, "0");
  return (digits.match(/../g) ?? []).reverse().join("");
}

export function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}

export async function hostFile(
  source: string,
  text: Pick<VectorFile, "suite" | "theme" | "about" | "requirements">,
  cases: readonly HostCase[],
): Promise<VectorFile> {
  const drafts = await Promise.all(cases.map(toDraft));
  return vectorFile(`authoring/cases/runtime/${source}`, CONFIRMED_BY, text, drafts);
}

async function toDraft(one: HostCase): Promise<Draft> {
  const {
    id,
    about,
    main,
    preStateRoot = PRE_STATE_ROOT,
    functions = {},
    libraries = [],
    expect,
    flags,
    requirements,
  } = one;
  const program = await assembleProgram({ ...one, functions: { main, ...functions } });
  const instantiation = libraries.reduce((sum, library) => sum + library.program.instantiation, program.instantiation);
  const needed = instantiation + total(program.charges.main);
  const { blockData = "", gasLimit = "lacks" in expect ? needed - expect.lacks : GAS_LIMIT, state } = one;
  const params = {
    code: `0x${program.hex}`,
    preStateRoot: `0x${preStateRoot}`,
    blockData: `0x${blockData}`,
    gasLimit: quantity(gasLimit),
    ...(libraries.length === 0 ? {} : { libraries: libraries.map(libraryJson) }),
    ...(state === undefined ? {} : { state }),
  };
  const lacksGas = "lacks" in expect && expect.lacks > 0;
  const isRejection = "trap" in expect || "error" in expect || lacksGas;
  const draft = {
    id,
    about,
    kind: one.kind ?? (isRejection ? "soundness" : "completeness"),
    ...(flags === undefined ? {} : { flags }),
    ...(requirements === undefined ? {} : { requirements }),
    wat: program.wat,
    call: one.call ?? "runtime/execute",
    params,
  } as const;
  if ("trap" in expect) {
    const charged = quantity(instantiation + untilLastHost(program.charges.main));
    return rejectedWith(draft, "trap", { reason: expect.trap, charged });
  }
  if ("error" in expect) {
    const { error, details } = expect;
    return details === undefined ? rejected(draft, error) : rejectedWith(draft, error, details);
  }
  if (lacksGas) return rejectedWith(draft, "out-of-gas", { charged: quantity(needed) });
  return stated(draft, resultOf({ postStateRoot: preStateRoot, ...("lacks" in expect ? {} : expect) }, needed));
}

function resultOf({ postStateRoot, deposits = [], log = [], recorded = {} }: Outcome, gas: number): JsonObject {
  return {
    postStateRoot: `0x${postStateRoot}`,
    deposits: deposits.map((hex) => `0x${hex}`),
    gasUsed: quantity(gas),
    log: log.map(([name, data]) => ({ function: name, data: `0x${data}` })),
    ...recorded,
  };
}

function libraryJson({ name, program }: { readonly name: string; readonly program: Program }): Json {
  return { name, code: `0x${program.hex}` };
}
