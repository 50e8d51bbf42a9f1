/** Where the gas of one execution goes: to whatever was entered last and has not been left when it is charged. */

const INSTANTIATION = "(instantiation)";
/** A module's own functions, where nobody says which. */
const CODE = "(code)";

export interface GasLine {
  readonly name: string;
  readonly calls: number;
  /** Charged in it itself, not in what it called. */
  readonly gas: bigint;
}

interface Count {
  calls: number;
  gas: bigint;
}

export class GasProfile {
  readonly #counts = new Map<string, Count>();
  readonly #open: string[] = [];
  /** What is charged while nothing is open. */
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

  /** A module is there. One that a host function loads was paid for by that function. */
  instantiated(gasLeft: bigint): void {
    this.#outside = INSTANTIATION;
    this.#settle(gasLeft);
    this.#outside = CODE;
  }

  /** The most expensive first. A trap leaves things open, and they have been charged all the same. */
  lines(gasLeft: bigint): GasLine[] {
    this.#settle(gasLeft);
    const lines = [...this.#counts].map(([name, { calls, gas }]) => ({ name, calls, gas }));
    return lines.sort((a, b) => (a.gas === b.gas ? (a.name < b.name ? -1 : 1) : a.gas > b.gas ? -1 : 1));
  }

  /** Names of what has been entered and not left, the outermost first: where an execution has ended. */
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
