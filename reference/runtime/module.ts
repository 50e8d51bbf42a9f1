/** A decoded module: the contents of its sections, and their offsets. Imported functions have the first indices. */

export type ValueType = "i32" | "i64";

export interface FunctionType {
  readonly params: readonly ValueType[];
  /** None or one. */
  readonly results: readonly ValueType[];
}

export interface ImportedFunction {
  readonly module: string;
  readonly name: string;
  readonly type: FunctionType;
  /** Of the import, in the module's bytes. */
  readonly offset: number;
}

export interface Limits {
  readonly min: number;
  readonly max: number | undefined;
}

export interface GlobalDefinition {
  readonly type: ValueType;
  readonly isMutable: boolean;
  /** Signed. */
  readonly init: bigint;
}

export interface ExportDefinition {
  readonly name: string;
  readonly kind: "function" | "table" | "memory" | "global";
  readonly index: number;
  /** Offset of the export in the module's bytes. */
  readonly at: number;
}

export interface ElementSegment {
  /** In the table, unsigned. */
  readonly offset: number;
  /** Indices of functions. */
  readonly functions: readonly number[];
  /** Offset of the segment in the module's bytes. */
  readonly at: number;
}

export interface DataSegment {
  /** In the memory, unsigned. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Offset of the segment in the module's bytes. */
  readonly at: number;
}

/** A function that the module defines. Offsets are those in the module's bytes. */
export interface FunctionBody {
  /** Index of the function, counting imported ones. */
  readonly index: number;
  readonly type: FunctionType;
  /** Types of the declared locals, without the parameters. */
  readonly locals: readonly ValueType[];
  /** Offset of the declarations of locals, after the size of the body. */
  readonly start: number;
  /** Offset of the first instruction. */
  readonly code: number;
  /** Offset after the last `end`. */
  readonly end: number;
}

/** A section. `name` is the name in a custom section, and the name of the section in any other. */
export interface Section {
  readonly id: number;
  readonly name: string;
  /** Offset of its id. */
  readonly start: number;
  /** Offset of its content, after id and size. */
  readonly content: number;
  readonly end: number;
}

export interface Module {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly ImportedFunction[];
  readonly bodies: readonly FunctionBody[];
  readonly table: Limits | undefined;
  readonly memory: Limits | undefined;
  readonly globals: readonly GlobalDefinition[];
  readonly exports: readonly ExportDefinition[];
  readonly elements: readonly ElementSegment[];
  readonly data: readonly DataSegment[];
}

/** A module that has been validated. `heights` holds for each of `bodies` the largest number of operands. Req: RUNTIME-METER-024. */
export interface ValidModule extends Module {
  readonly heights: readonly number[];
}

export type Role = "environment" | "child" | "library";

/** Returns undefined if no function has this index. */
export function functionType(module: Module, index: number): FunctionType | undefined {
  const body = module.bodies[index - module.imports.length];
  return module.imports[index]?.type ?? body?.type;
}
