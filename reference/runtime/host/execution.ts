/** The data of one execution that all of its instances and host functions share. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { CostTable } from "../costs.ts";
import { type Counters, charge, type Instance } from "../engine.ts";
import { Trap } from "../faults.ts";
import type { State } from "../storage/storage.ts";

/** One call of a debugging function. */
export interface LogItem {
  /** The name under which the function was imported. */
  readonly function: string;
  readonly data: Uint8Array;
}

/** A `callModule` or `call` that has not returned. */
export interface RunningCall {
  readonly argument: Uint8Array;
  /** The instance that made the call. The other two members are the return area in its memory. */
  readonly caller: Instance;
  readonly answerStart: number;
  readonly answerLength: number;
}

/** The input of an execution. */
export interface ExecutionInput {
  readonly preStateRoot: Bytes32;
  readonly blockData: Uint8Array;
  readonly state: State | undefined;
  readonly counters: Counters;
  readonly costs: CostTable;
  /** Validates, charges and instantiates a child. Errors: ModuleError, OutOfGas, NodeFault. */
  readonly loadChild: (execution: Execution, code: Uint8Array) => Instance;
}

const MAX_CALL_DEPTH = 64;

/** Req: RUNTIME-HOST-030, RUNTIME-HOST-080, RUNTIME-HOST-081. */
export class Execution {
  readonly preStateRoot: Bytes32;
  readonly blockData: Uint8Array;
  readonly state: State | undefined;
  readonly counters: Counters;
  readonly costs: CostTable;
  postStateRoot: Bytes32;
  readonly deposits: Uint8Array[] = [];
  readonly log: LogItem[] = [];
  /** By frame: its entries by key in hex. */
  readonly frames = new Map<number, Map<string, Uint8Array>>();
  readonly children = new Map<number, Instance>();
  readonly exposed = new Set<string>();
  readonly #loadChild: ExecutionInput["loadChild"];
  readonly #calls: RunningCall[] = [];
  #environment: Instance | undefined;

  constructor(input: ExecutionInput) {
    this.preStateRoot = input.preStateRoot;
    this.postStateRoot = input.preStateRoot;
    this.blockData = input.blockData;
    this.state = input.state;
    this.counters = input.counters;
    this.costs = input.costs;
    this.#loadChild = input.loadChild;
  }

  /** The instance whose `main` runs. */
  get environment(): Instance {
    if (this.#environment === undefined) throw new Error("the environment has not been instantiated");
    return this.#environment;
  }

  set environment(instance: Instance) {
    this.#environment = instance;
  }

  /**
   * The innermost call that has not returned; undefined while only `main` runs.
   *
   * Req:    RUNTIME-HOST-097, RUNTIME-HOST-098.
   */
  get running(): RunningCall | undefined {
    return this.#calls.at(-1);
  }

  /** Errors: OutOfGas. */
  charge(amount: number): void {
    charge(this.counters, BigInt(amount));
  }

  loadChild(code: Uint8Array): Instance {
    return this.#loadChild(this, code);
  }

  /** Req: RUNTIME-HOST-025, RUNTIME-HOST-101. Errors: Trap when one more call would nest too deep. */
  checkDepth(): void {
    if (this.#calls.length >= MAX_CALL_DEPTH) {
      throw new Trap("call-depth", `calls nest ${MAX_CALL_DEPTH} deep already`);
    }
  }

  /**
   * Calls an export of type () → i32 of `callee`.
   * A call that fails ends the execution, so the list of calls needs no cleanup.
   *
   * Req:    RUNTIME-HOST-079.
   * Errors: of the callee.
   */
  call(running: RunningCall, callee: Instance, name: string): number {
    this.#calls.push(running);
    const result = callee.call(name, []) as number;
    this.#calls.pop();
    return result;
  }
}
