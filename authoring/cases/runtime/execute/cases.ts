/** Cases of `runtime/execute` on the effects of instructions. The generator states the result and the gas. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { TrapReason } from "../../../../reference/runtime/faults.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejectedWith, stated, vectorFile } from "../../kit/draft.ts";
import { assemble } from "../../kit/wat.ts";

export interface ExecuteCase {
  readonly id: string;
  readonly about: string;
  /** Of the module, without the memory, which has one page and three at most. */
  readonly fields: readonly string[];
  /** Numbers of functions, and of bytes and elements of segments. */
  readonly functions: number;
  readonly segmentBytes?: number;
  readonly segmentElements?: number;
  /** The charges besides the instantiation, until the end or the trap. */
  readonly gas: number;
  readonly trap?: TrapReason;
  readonly flags?: readonly string[];
  /** Beside those of the file. */
  readonly requirements?: readonly string[];
}

/** The costs of docs/spec/gas.md. */
const MODULE_BYTE = 2;
const MODULE_FUNCTION = 64;
const MEMORY_PAGE = 4096;
const SEGMENT_BYTE = 1;
const SEGMENT_ELEMENT = 4;

const GAS_LIMIT = 100_000_000;
const ROOT = `0x${"5a".repeat(32)}`;

export async function executeFile(
  source: string,
  text: Pick<VectorFile, "theme" | "about" | "requirements">,
  cases: readonly ExecuteCase[],
): Promise<VectorFile> {
  const drafts = await Promise.all(cases.map(toDraft));
  const confirmedBy = ["test/confirm/runtime/plain-execution.ts"];
  return vectorFile(`authoring/cases/runtime/${source}`, confirmedBy, { suite: "runtime/execute", ...text }, drafts);
}

async function toDraft(one: ExecuteCase): Promise<Draft> {
  const { id, about, fields, functions, segmentBytes = 0, segmentElements = 0, trap, flags, requirements } = one;
  const wat = `(module\n  (memory (export "memory") 1 3)\n${fields.map((field) => `  ${field}\n`).join("")})\n`;
  const code = await assemble(wat);
  const instantiation =
    MODULE_BYTE * code.length +
    MODULE_FUNCTION * functions +
    MEMORY_PAGE +
    SEGMENT_BYTE * segmentBytes +
    SEGMENT_ELEMENT * segmentElements;
  const charged = `0x${(instantiation + one.gas).toString(16)}`;
  const draft = {
    id,
    about,
    kind: trap === undefined ? "completeness" : "soundness",
    ...(flags === undefined ? {} : { flags }),
    ...(requirements === undefined ? {} : { requirements }),
    wat,
    call: "runtime/execute",
    params: {
      code: `0x${Buffer.from(code).toString("hex")}`,
      preStateRoot: ROOT,
      blockData: "0x",
      gasLimit: `0x${GAS_LIMIT.toString(16)}`,
    },
  } as const;
  if (trap !== undefined) return rejectedWith(draft, "trap", { reason: trap, charged });
  const result: JsonObject = { postStateRoot: ROOT, deposits: [], gasUsed: charged, log: [] };
  return stated(draft, result);
}
