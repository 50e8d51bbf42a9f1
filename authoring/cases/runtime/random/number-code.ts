/** Random code that computes numbers. */
import { OPCODES, type Opcode } from "../../../../reference/runtime/instructions.ts";
import type { ValueType } from "../../../../reference/runtime/module.ts";
import { constant, type Token, token } from "./encode-module.ts";
import type { Random } from "./random.ts";
import type { Expression, Surroundings } from "./surroundings.ts";

const EDGES: readonly bigint[] = [0n, 1n, -1n, 2n, 7n, 31n, 32n, 63n, 64n, 0x7fffffffn, -0x80000000n, 0xffffn, -0x80n];
const WIDE_EDGES: readonly bigint[] = [2n ** 63n - 1n, -(2n ** 63n), 2n ** 32n, 2n ** 32n - 1n];
const DIVISIONS = ["div_s", "div_u", "rem_s", "rem_u"];

const PLAIN_OPCODES = [...OPCODES.values()].filter(({ immediates }) => immediates === "none");

/** Instructions without immediates that result in the type. */
const PRODUCERS: Readonly<Record<ValueType, readonly Opcode[]>> = {
  i32: PLAIN_OPCODES.filter(({ type }) => type?.results[0] === "i32"),
  i64: PLAIN_OPCODES.filter(({ type }) => type?.results[0] === "i64"),
};

export class RandomNumberCode {
  readonly #random: Random;
  readonly #around: Surroundings;
  readonly #expression: Expression;

  constructor(random: Random, around: Surroundings, expression: Expression) {
    this.#random = random;
    this.#around = around;
    this.#expression = expression;
  }

  constant(type: ValueType): Token {
    const random = this.#random;
    const edges = type === "i32" ? EDGES : [...EDGES, ...WIDE_EDGES];
    return constant(type, random.chance(0.7) ? random.pick(edges) : random.u64());
  }

  /** An instruction without immediates that results in the type, and its operands. */
  compute(wanted: ValueType, depth: number): Token[] {
    const opcode = this.#random.pick(PRODUCERS[wanted]);
    if (isDivision(opcode) && this.#random.chance(3 * this.#around.wildness)) return this.#divideEdges(opcode);
    const operands = (opcode.type?.operands ?? []).map((type) => this.#expression(type, depth + 1));
    return [...operands.flat(), ...this.#avoidZero(opcode), token(opcode.name)];
  }

  /** Makes a divisor odd. */
  #avoidZero(opcode: Opcode): Token[] {
    const [type] = typeOf(opcode);
    return isDivision(opcode) ? [constant(type, 1n), token(`${type}.or`)] : [];
  }

  /** Of what divisions trap for. */
  #divideEdges(opcode: Opcode): Token[] {
    const [type] = typeOf(opcode);
    const least = type === "i32" ? -(2n ** 31n) : -(2n ** 63n);
    return [constant(type, least), constant(type, this.#random.pick([-1n, 0n, 1n])), token(opcode.name)];
  }
}

function typeOf({ type }: Opcode): readonly ValueType[] {
  return type?.operands ?? [];
}

function isDivision({ name }: Opcode): boolean {
  return DIVISIONS.includes(name.slice("i32.".length));
}
