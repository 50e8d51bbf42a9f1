/**
 * Cases of `runtime/execute` on gas and stack. Each program has the list of its charges, computed by hand from docs/spec/gas.md.
 * One case has exactly the gas of the program, and for each charge one case runs out of gas there.
 */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { TrapReason } from "../../../../reference/runtime/faults.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejectedWith, stated, vectorFile } from "../../kit/draft.ts";
import { assemble } from "../../kit/wat.ts";

export interface MeterProgram {
  readonly id: string;
  readonly about: string;
  /** Of the module, including `main`. */
  readonly fields: readonly string[];
  /** Initial and maximum number of pages; 1 and 3 if left out. */
  readonly pages?: readonly [number, number];
  /** Whether indices are padded, as a linker writes them. */
  readonly isRelocatable?: boolean;
  readonly segmentBytes?: number;
  readonly segmentElements?: number;
  /** Fields by name of the library. The memory has one page, and segments are not charged. */
  readonly libraries?: Readonly<Record<string, readonly string[]>>;
  /** The charges after the instantiation, in order. */
  readonly charges: readonly number[];
  readonly trap?: TrapReason;
  readonly flags: readonly string[];
  /** Beside those of the file. */
  readonly requirements?: readonly string[];
  /** Whether cases run out of gas: at the end, at every charge, at the instantiation of every library, or not at all. */
  readonly shortOf?: "last" | "each" | "libraries" | "none";
}

/** The costs of docs/spec/gas.md. */
const MODULE_BYTE = 2;
const MODULE_FUNCTION = 64;
const MEMORY_PAGE = 4096;
const SEGMENT_BYTE = 1;
const SEGMENT_ELEMENT = 4;

const GAS_LIMIT = 1_000_000_000;
const ROOT = `0x${"5a".repeat(32)}`;

const quantity = (value: number): string => `0x${value.toString(16)}`;
export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export function ruleOfMeter(number: string): string {
  return `RUNTIME-METER-${number}`;
}

export async function meterFile(
  source: string,
  text: Pick<VectorFile, "theme" | "about" | "requirements">,
  programs: readonly MeterProgram[],
): Promise<VectorFile> {
  const drafts = await Promise.all(programs.map(toDrafts));
  const confirmedBy = ["test/confirm/runtime/plain-execution.ts"];
  const suite = { suite: "runtime/meter", ...text };
  return vectorFile(`authoring/cases/runtime/${source}`, confirmedBy, suite, drafts.flat());
}

/** Assembles a module, and computes the cost of its bytes, functions and pages. */
async function moduleOf(
  fields: readonly string[],
  [least, most]: readonly [number, number],
  isRelocatable: boolean = false,
) {
  const all = [`(memory (export "memory") ${least} ${most})`, ...fields];
  // Imports come before definitions.
  const sorted = [
    ...all.filter((field) => field.startsWith("(import")),
    ...all.filter((field) => !field.startsWith("(import")),
  ];
  const wat = `(module\n${sorted.map((field) => `  ${field}\n`).join("")})\n`;
  const bytes = await assemble(wat, isRelocatable);
  const functions = fields.filter((field) => field.startsWith("(func")).length;
  const cost = MODULE_BYTE * bytes.length + MODULE_FUNCTION * functions + MEMORY_PAGE * least;
  return { wat, code: `0x${Buffer.from(bytes).toString("hex")}`, cost };
}

async function toDrafts(program: MeterProgram): Promise<Draft[]> {
  const { id, about, fields, pages = [1, 3], charges, trap, flags, requirements, shortOf = "each" } = program;
  const { wat, code, cost } = await moduleOf(fields, pages, program.isRelocatable);
  const libraries = await Promise.all(
    Object.entries(program.libraries ?? {}).map(async ([name, own]) => ({ name, ...(await moduleOf(own, [1, 1])) })),
  );
  const instantiation =
    sum(libraries.map((library) => library.cost)) +
    cost +
    SEGMENT_BYTE * (program.segmentBytes ?? 0) +
    SEGMENT_ELEMENT * (program.segmentElements ?? 0);
  const text = (suffix: string, what: string, isEnd: boolean, gasLimit: number) => ({
    id: `${id}${suffix}`,
    about: `${about}${what}.`,
    kind: isEnd && trap === undefined ? ("completeness" as const) : ("soundness" as const),
    flags,
    ...(requirements === undefined ? {} : { requirements }),
    wat: [wat, ...libraries.map((library) => `;; ${library.name}\n${library.wat}`)].join(""),
    call: "runtime/execute",
    params: {
      code,
      preStateRoot: ROOT,
      blockData: "0x",
      gasLimit: quantity(gasLimit),
      ...(libraries.length === 0 ? {} : { libraries: libraries.map(({ name, code: hex }) => ({ name, code: hex })) }),
    },
  });
  const end = (suffix: string, what: string, gasLimit: number): Draft => {
    const charged = quantity(instantiation + sum(charges));
    const draft = text(suffix, what, true, gasLimit);
    if (trap !== undefined) return rejectedWith(draft, "trap", { reason: trap, charged });
    const result: JsonObject = { postStateRoot: ROOT, deposits: [], gasUsed: charged, log: [] };
    return stated(draft, result);
  };
  const short = (paid: number): Draft => {
    const needed = instantiation + sum(charges.slice(0, paid + 1));
    const suffix = shortOf === "each" ? `-short-of-${paid + 1}` : "-short";
    const what = shortOf === "each" ? `, one gas short of charge ${paid + 1}` : ", one gas short of its end";
    return rejectedWith(text(suffix, what, false, needed - 1), "out-of-gas", { charged: quantity(needed) });
  };
  const shortOfLibrary = (index: number): Draft => {
    const needed = sum(libraries.slice(0, index + 1).map((library) => library.cost));
    const what = `, one gas short of library ${index + 1}`;
    const draft = text(`-short-of-library-${index + 1}`, what, false, needed - 1);
    return rejectedWith(draft, "out-of-gas", { charged: quantity(needed) });
  };
  if (shortOf === "none") return [end("", "", GAS_LIMIT)];
  const exact = end("", ", with the gas that it takes", instantiation + sum(charges));
  if (shortOf === "libraries") return [exact, ...libraries.map((_, index) => shortOfLibrary(index))];
  const shortAt = shortOf === "each" ? charges.map((_, paid) => paid) : [charges.length - 1];
  return [exact, ...shortAt.map(short)];
}
