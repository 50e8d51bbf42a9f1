/** Random code that reads and writes memory, mostly within it. */
import { OPCODES } from "../../../../reference/runtime/instructions.ts";
import type { ValueType } from "../../../../reference/runtime/module.ts";
import { constant, type Token, token } from "./encode-module.ts";
import type { Random } from "./random.ts";
import type { Expression, Surroundings } from "./surroundings.ts";

const ACCESSES = [...OPCODES.values()].filter(({ width }) => width > 0);

export class RandomMemoryCode {
  readonly #random: Random;
  readonly #around: Surroundings;
  readonly #expression: Expression;

  constructor(random: Random, around: Surroundings, expression: Expression) {
    this.#random = random;
    this.#around = around;
    this.#expression = expression;
  }

  /** In range mostly; in the wild from anywhere. The offset is what the address leaves. */
  #address(width: number, depth: number): { address: Token[]; offset: number } {
    const random = this.#random;
    const { memory } = this.#around;
    if (this.#isWild()) {
      const offset = random.pick([0, 1, memory - width, memory, 0x7fffffff, 0xffffffff]);
      return { address: this.#expression("i32", depth + 1), offset };
    }
    if (random.chance(0.1)) return { address: [constant("i32", BigInt(memory - width))], offset: 0 };
    const mask = random.pick([0xff, 0xfff, 0x3fff]);
    return {
      address: [...this.#expression("i32", depth + 1), constant("i32", BigInt(mask)), token("i32.and")],
      offset: random.below(random.pick([1, 64, memory - mask - width])),
    };
  }

  load(type: ValueType, depth: number): Token[] {
    const loads = ACCESSES.filter((opcode) => opcode.type?.results[0] === type);
    const { name, width } = this.#random.pick(loads);
    const { address, offset } = this.#address(width, depth);
    return [...address, token(name, this.#alignment(width), offset)];
  }

  store(depth: number): Token[] {
    const opcode = this.#random.pick(ACCESSES.filter(({ type }) => type?.results.length === 0));
    const { address, offset } = this.#address(opcode.width, depth);
    const value = this.#expression(opcode.type?.operands[1] ?? "i32", depth + 1);
    return [...address, ...value, token(opcode.name, this.#alignment(opcode.width), offset)];
  }

  /** A hint, at most the width. */
  #alignment(width: number): number {
    return this.#random.below(Math.log2(width) + 1);
  }

  size(depth: number): Token[] {
    if (this.#random.chance(0.7)) return [token("memory.size", 0)];
    const pages = this.#isWild() ? this.#wildAmount(depth) : [constant("i32", this.#random.pick([0n, 1n, 2n]))];
    return [...pages, token("memory.grow", 0)];
  }

  /** Mostly short and in range. */
  bulk(depth: number): Token[] {
    const length = (): Token[] =>
      this.#isWild()
        ? this.#wildAmount(depth)
        : [...this.#expression("i32", depth + 1), constant("i32", 0xffn), token("i32.and")];
    const place = (): Token[] => this.#address(0xff, depth).address;
    if (this.#random.chance(0.5)) return [...place(), ...place(), ...length(), token("memory.copy", 0, 0)];
    return [...place(), ...this.#expression("i32", depth + 1), ...length(), token("memory.fill", 0)];
  }

  /** Of pages or bytes: often negative as a signed number. */
  #wildAmount(depth: number): Token[] {
    const edge = this.#random.pick([-1n, -(2n ** 31n), 2n ** 31n - 1n, 65_536n]);
    return this.#random.chance(0.5) ? [constant("i32", edge)] : this.#expression("i32", depth + 1);
  }

  #isWild(): boolean {
    return this.#random.chance(this.#around.wildness);
  }
}
