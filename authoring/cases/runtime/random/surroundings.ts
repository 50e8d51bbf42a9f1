/** What the code of a random module has around it. */
import type { FunctionType, ValueType } from "../../../../reference/runtime/module.ts";
import type { Token } from "./encode-module.ts";

/** Makes code that pushes a value of the type; `depth` is how deep it stands within other expressions. */
export type Expression = (type: ValueType, depth: number) => Token[];

/** What code may refer to. */
export interface Surroundings {
  readonly types: readonly FunctionType[];
  /** Of all functions, imported ones first. */
  readonly functions: readonly FunctionType[];
  /** Functions that may be called from anywhere, because they call nothing and have no loop. */
  readonly leaves: readonly number[];
  /** Indices of functions in the table. */
  readonly table: readonly (number | undefined)[];
  readonly globals: readonly { readonly type: ValueType; readonly isMutable: boolean }[];
  /** Index of the global that calls and loops use up; no other code writes it. */
  readonly fuel: number;
  /** Bytes of memory at first. */
  readonly memory: number;
  /** How likely an operation does not avoid a trap. */
  readonly wildness: number;
}
