/**
 * How a module or an execution fails: a module that is rejected, a trap, gas that is used up, a machine that gives up.
 *
 * Req: WIRE-011.
 */
import { ProofError } from "../core/errors.ts";

/** Why a module is refused, as chapter 17 lists them. */
export type ModuleReason = "malformed" | "forbidden" | "type" | "limit" | "import" | "export" | "segment";

/** Where in a module a fault is. `section` is its name, or `module` for what belongs to none. */
export interface ModulePlace {
  readonly section: string;
  /** In bytes from the beginning of the module. */
  readonly offset: number;
  /** Index of the function, imported ones counted, for what lies in a body. */
  readonly function?: number;
  /** Name of the library whose module it is. */
  readonly library?: string;
}

/** A module that may not be executed. */
export class ModuleError extends ProofError {
  readonly reason: ModuleReason;
  readonly place: ModulePlace;

  constructor(reason: ModuleReason, message: string, place: ModulePlace) {
    super("invalid-module", message, { reason, ...place });
    this.name = "ModuleError";
    this.reason = reason;
    this.place = place;
  }
}

/** Why an execution trapped: what WebAssembly itself traps for, and what host functions do. */
export type TrapReason =
  | "unreachable"
  | "memory-range"
  | "division-by-zero"
  | "integer-overflow"
  | "table-index"
  | "call-type"
  | "stack"
  | HostTrapReason;

/** Chapter 19 says which function traps for what. */
export type HostTrapReason =
  | "range"
  | "deposit-length"
  | "slot"
  | "child-module"
  | "export"
  | "not-exposed"
  | "call-depth"
  | "frame"
  | "zero-modulus"
  | "overlap"
  | "montgomery"
  | "no-state"
  | "state-key"
  | "state-value"
  | "checkpoint";

/** The end of an execution by a trap. */
export class Trap extends Error {
  readonly reason: TrapReason;

  constructor(reason: TrapReason, message: string) {
    super(message);
    this.name = "Trap";
    this.reason = reason;
  }
}

/** The end of an execution because a charge was more than what was left. */
export class OutOfGas extends Error {
  constructor() {
    super("out of gas");
    this.name = "OutOfGas";
  }
}

/** This machine could not carry an execution out; nothing is said of its result. */
export class NodeFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NodeFault";
  }
}
