/** A decoded module: what the sections say, and where in the bytes it stands. Indices count imported functions first. */

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
  /** Where the import begins in the module's bytes. */
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
  /** Where it begins in the module's bytes. */
  readonly at: number;
}

export interface ElementSegment {
  /** In the table, unsigned. */
  readonly offset: number;
  /** Indices of functions. */
  readonly functions: readonly number[];
  /** Where it begins in the module's bytes. */
  readonly at: number;
}

export interface DataSegment {
  /** In the memory, unsigned. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Where it begins in the module's bytes. */
  readonly at: number;
}

/** One function that the module defines. */
export interface FunctionBody {
  /** Its own index, imported functions counted. */
  readonly index: number;
  readonly type: FunctionType;
  /** Types of the declared locals, parameters not among them. */
  readonly locals: readonly ValueType[];
  /** Where the declarations of locals begin, after the size of the body. */
  readonly start: number;
  /** Where the first instruction begins. */
  readonly code: number;
  /** Where the body ends, after its last `end`. */
  readonly end: number;
}

/** A section as it stands in the bytes. `name` is that of a custom section, or what the section is called. */
export interface Section {
  readonly id: number;
  readonly name: string;
  /** Where its id stands. */
  readonly start: number;
  /** Where its content begins, after id and size. */
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

/** What validation adds, body by body in the order of `bodies`: the highest operand stack. */
export interface ValidModule extends Module {
  readonly heights: readonly number[];
}

export type Role = "environment" | "child" | "library";

/** The type of a function by its index, imported ones first. */
export function functionType(module: Module, index: number): FunctionType | undefined {
  const body = module.bodies[index - module.imports.length];
  return module.imports[index]?.type ?? body?.type;
}
