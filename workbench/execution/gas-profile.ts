/** The gas of one execution by function. A charge counts for the function on top of the call stack. */

const INSTANTIATION = "(instantiation)";
/** The functions of a module, if the engine does not report them. */
const CODE = "(code)";

export interface GasLine {
  readonly name: string;
  readonly calls: number;
  /** Charged in the function itself, not in functions that it called. */
  readonly gas: bigint;
}

interface Count {
  calls: number;
  gas: bigint;
}

export class GasProfile {
  readonly #counts = new Map<string, Count>();
  readonly #open: string[] = [];
  /** The line for charges while the call stack is empty. */
  #outside = INSTANTIATION;
  #gasLeft: bigint;

  constructor(gasLimit: bigint) {
    this.#gasLeft = gasLimit;
  }

  enter(name: string, gasLeft: bigint): void {
    this.#settle(gasLeft);
    this.#open.push(name);
    this.#countOf(name).calls++;
  }

  leave(gasLeft: bigint): void {
    this.#settle(gasLeft);
    this.#open.pop();
  }

  /** Ends an instantiation. A module that a host function loads is charged to that function. */
  instantiated(gasLeft: bigint): void {
    this.#outside = INSTANTIATION;
    this.#settle(gasLeft);
    this.#outside = CODE;
  }

  /** Returns the most expensive function first. After a trap, the call stack is not empty; its gas is counted too. */
  lines(gasLeft: bigint): GasLine[] {
    this.#settle(gasLeft);
    const lines = [...this.#counts].map(([name, { calls, gas }]) => ({ name, calls, gas }));
    return lines.sort((a, b) => (a.gas === b.gas ? (a.name < b.name ? -1 : 1) : a.gas > b.gas ? -1 : 1));
  }

  /** Returns the call stack, the outermost function first. After a trap, it shows where the execution ended. */
  open(): readonly string[] {
    return this.#open;
  }

  #settle(gasLeft: bigint): void {
    const charged = this.#gasLeft - gasLeft;
    if (charged !== 0n) this.#countOf(this.#open.at(-1) ?? this.#outside).gas += charged;
    this.#gasLeft = gasLeft;
  }

  #countOf(name: string): Count {
    let count = this.#counts.get(name);
    if (count === undefined) {
      count = { calls: 0, gas: 0n };
      this.#counts.set(name, count);
    }
    return count;
  }
}
