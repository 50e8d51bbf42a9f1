/** Inspects a module: its imports and exports, its costs, and whether it may be executed. */

import { COSTS } from "../../reference/runtime/costs.ts";
import { decodeModule, decodeSections } from "../../reference/runtime/decode/module.ts";
import { instantiationCost } from "../../reference/runtime/execute/modules.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { readInstruction } from "../../reference/runtime/instructions.ts";
import {
  type ExportDefinition,
  type FunctionBody,
  type FunctionType,
  functionType,
  type ImportedFunction,
  type Limits,
  type Module,
  type Role,
  type Section,
  type ValidModule,
} from "../../reference/runtime/module.ts";
import { offersOf } from "../../reference/runtime/validate/program.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { functionNames } from "../execution/function-names.ts";
import { type Purpose, withImportHint } from "./import-hint.ts";
import { type Trimmable, trimmableParts } from "./trimmable.ts";

export interface ModuleReport {
  readonly role: Role;
  readonly bytes: number;
  /** The reason why the module may not be executed. */
  readonly refusal: ModuleError | undefined;
  /** If it is refused as an environment: the roles in which it may be executed. */
  readonly otherRoles: readonly Role[];
  /** Empty if the bytes are not sections. */
  readonly sections: readonly Section[];
  /** The contents of the sections; undefined if they cannot be read. */
  readonly contents: ModuleContents | undefined;
  /** Defined only for a module that may be executed. */
  readonly metering: Metering | undefined;
}

export interface ModuleContents {
  readonly imports: readonly (ImportedFunction & { readonly isOffered: boolean })[];
  readonly exports: readonly (ExportDefinition & { readonly type: FunctionType | undefined })[];
  readonly memory: Limits | undefined;
  readonly table: Limits | undefined;
  readonly functions: readonly FunctionSize[];
}

export interface FunctionSize {
  readonly index: number;
  readonly name: string;
  /** The offset of the body. */
  readonly offset: number;
  readonly bytes: number;
  readonly locals: number;
}

export interface Metering {
  /** The gas of instantiation. */
  readonly instantiation: number;
  /** By position of the function: the gas of each instruction once, and of the locals. */
  readonly gas: readonly number[];
  /** By position of the function: the size of its frame. */
  readonly frames: readonly number[];
  readonly trimmable: readonly Trimmable[];
}

/** Output: as much as can be read; the bytes need not be a module. */
export function inspectModule(bytes: Uint8Array, { role, libraries }: Purpose): ModuleReport {
  const offers = offersOf(role, libraries);
  const validated = attempt(() => validateModule(bytes, { role, offers }));
  const isRefused = validated instanceof ModuleError;
  const sections = attempt(() => decodeSections(bytes));
  const module = attempt(() => decodeModule(bytes));
  return {
    role,
    bytes: bytes.length,
    refusal: isRefused ? withImportHint(validated, bytes, { role, libraries }) : undefined,
    otherRoles: isRefused && role === "environment" ? OTHER_ROLES.filter((other) => isAccepted(bytes, other)) : [],
    sections: sections instanceof ModuleError ? [] : sections,
    contents:
      module instanceof ModuleError ? undefined : contentsOf(module, (one) => role !== "library" && offers(one)),
    metering: isRefused ? undefined : meteringOf(validated),
  };
}

const OTHER_ROLES: readonly Role[] = ["library", "child"];

function isAccepted(bytes: Uint8Array, role: Role): boolean {
  return !(attempt(() => validateModule(bytes, { role, offers: offersOf(role, []) })) instanceof ModuleError);
}

function attempt<Result>(act: () => Result): Result | ModuleError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ModuleError) return error;
    throw error;
  }
}

function contentsOf(module: Module, isOffered: (one: ImportedFunction) => boolean): ModuleContents {
  const nameOf = functionNames(module);
  return {
    imports: module.imports.map((one) => ({ ...one, isOffered: isOffered(one) })),
    exports: module.exports.map((one) => {
      return { ...one, type: one.kind === "function" ? functionType(module, one.index) : undefined };
    }),
    memory: module.memory,
    table: module.table,
    functions: module.bodies.map(({ index, start, end, locals }) => {
      return { index, name: nameOf(index), offset: start, bytes: end - start, locals: locals.length };
    }),
  };
}

function meteringOf(module: ValidModule): Metering {
  return {
    instantiation: instantiationCost(module, COSTS),
    gas: module.bodies.map((body) => staticGas(module.bytes, body)),
    frames: module.bodies.map(({ type, locals }, position) => {
      return type.params.length + locals.length + module.heights[position] + FRAME_BASE;
    }),
    trimmable: trimmableParts(module),
  };
}

/** The constant part of a frame: RUNTIME-METER-006. */
const FRAME_BASE = 8;

function staticGas(bytes: Uint8Array, { code, end, locals }: FunctionBody): number {
  let gas = COSTS.local * locals.length;
  for (let offset = code; offset < end; ) {
    const { op, next } = readInstruction(bytes, offset);
    gas += COSTS.instructions.get(op.name) ?? 0;
    offset = next;
  }
  return gas;
}
