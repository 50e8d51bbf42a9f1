/** What the functions of one execution share, whichever instance calls them. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { CostTable } from "../costs.ts";
import { type Counters, charge, type Instance } from "../engine.ts";
import { Trap } from "../faults.ts";
import type { State } from "../storage/storage.ts";

/** What a debugging function left behind. */
export interface LogItem {
  /** The name under which it was imported. */
  readonly function: string;
  readonly data: Uint8Array;
}

/** A `callModule` or `call` that has not returned. */
export interface RunningCall {
  readonly argument: Uint8Array;
  /** The instance that made the call, and where in its memory an answer goes. */
  readonly caller: Instance;
  readonly answerStart: number;
  readonly answerLength: number;
}

/** Where an execution begins. */
export interface Beginning {
  readonly preStateRoot: Bytes32;
  readonly blockData: Uint8Array;
  readonly state: State | undefined;
  readonly counters: Counters;
  readonly costs: CostTable;
  /** Validates, charges and instantiates a child. Errors: ModuleError, OutOfGas, NodeFault. */
  readonly loadChild: (execution: Execution, code: Uint8Array) => Instance;
}

const MAX_CALL_DEPTH = 64;

export class Execution {
  readonly preStateRoot: Bytes32;
  readonly blockData: Uint8Array;
  readonly state: State | undefined;
  readonly counters: Counters;
  readonly costs: CostTable;
  postStateRoot: Bytes32;
  readonly deposits: Uint8Array[] = [];
  readonly log: LogItem[] = [];
  /** Entries by key in hex, by frame. */
  readonly frames = new Map<number, Map<string, Uint8Array>>();
  readonly children = new Map<number, Instance>();
  readonly exposed = new Set<string>();
  readonly #loadChild: Beginning["loadChild"];
  readonly #calls: RunningCall[] = [];
  #environment: Instance | undefined;

  constructor(beginning: Beginning) {
    this.preStateRoot = beginning.preStateRoot;
    this.postStateRoot = beginning.preStateRoot;
    this.blockData = beginning.blockData;
    this.state = beginning.state;
    this.counters = beginning.counters;
    this.costs = beginning.costs;
    this.#loadChild = beginning.loadChild;
  }

  /** The instance whose `main` runs. */
  get environment(): Instance {
    if (this.#environment === undefined) throw new Error("nothing is called before the environment is there");
    return this.#environment;
  }

  set environment(instance: Instance) {
    this.#environment = instance;
  }

  /** The innermost call; none while `main` runs alone. */
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

  /** Errors: Trap where one call more would nest too deep. */
  checkDepth(): void {
    if (this.#calls.length >= MAX_CALL_DEPTH) {
      throw new Trap("call-depth", `calls nest ${MAX_CALL_DEPTH} deep already`);
    }
  }

  /**
   * Calls an export of type () → i32 of `callee`. A call that fails ends the execution, so that nothing has to be put back.
   *
   * Errors: of what is called.
   */
  call(running: RunningCall, callee: Instance, name: string): number {
    this.#calls.push(running);
    const result = callee.call(name, []) as number;
    this.#calls.pop();
    return result;
  }
}
