/**
 * The errors of modules and executions: a rejected module, a trap, no gas left, a fault of the machine.
 *
 * Req: WIRE-011.
 */
import { ProofError } from "../core/errors.ts";

/** The reasons of docs/spec/modules.md. Req: RUNTIME-MODULE-013. */
export type ModuleReason = "malformed" | "forbidden" | "type" | "limit" | "import" | "export" | "segment";

/**
 * The place of a fault in a module. `section` is the name of the section, or `module` for a fault outside of all sections.
 *
 * Req: RUNTIME-MODULE-014, RUNTIME-MODULE-015, RUNTIME-MODULE-017.
 */
export interface ModulePlace {
  readonly section: string;
  /** In bytes, from the beginning of the module. */
  readonly offset: number;
  /** Index of the function, counting imported ones, for a fault in a body. */
  readonly function?: number;
  /** Name of the library, for a fault in the module of a library. */
  readonly library?: string;
}

/** The module is not valid. Req: RUNTIME-MODULE-001. */
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

/** The reasons of traps: those of instructions, as docs/spec/gas.md lists them, and those of host functions. Req: RUNTIME-METER-011. */
export type TrapReason =
  | "unreachable"
  | "memory-range"
  | "division-by-zero"
  | "integer-overflow"
  | "table-index"
  | "call-type"
  | "stack"
  | HostTrapReason;

/** docs/spec/host-functions.md specifies which function traps for which reason. */
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

/** The end of an execution by a charge that exceeded the gas left. Req: RUNTIME-METER-012. */
export class OutOfGas extends Error {
  constructor() {
    super("out of gas");
    this.name = "OutOfGas";
  }
}

/** This machine could not carry an execution out. The result of the execution is unknown. */
export class NodeFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NodeFault";
  }
}
