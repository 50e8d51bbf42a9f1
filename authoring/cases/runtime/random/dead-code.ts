/** Code that cannot be reached, where operands may be missing: they are of whatever type is asked for. */
import { NO_VALUE, OPCODES } from "../../../../reference/runtime/instructions.ts";
import type { ValueType } from "../../../../reference/runtime/module.ts";
import { constant, type Token, token } from "./encode-module.ts";
import type { Random } from "./random.ts";

const TYPED = [...OPCODES.values()].flatMap(({ name, immediates, type }) =>
  immediates === "none" && type !== undefined ? [{ name, ...type }] : [],
);

/** Leaves none of its own operands behind. */
export function deadCode(random: Random, locals: readonly ValueType[]): Token[] {
  const code: Token[] = [];
  /** Operands that the dead code itself pushed, undefined where the type is not known. */
  const known: (ValueType | undefined)[] = [];
  for (let left = random.between(1, 12); left > 0; left--) {
    random.weighted<() => void>([
      [6, () => apply(random, known, code)],
      [1, () => pushConstant(random, known, code)],
      [1, () => drop(known, code)],
      [1, () => select(known, code)],
      [1, () => setLocal(random, locals, known, code)],
      [1, () => openIf(known, code)],
    ])();
  }
  while (known.length > 0) drop(known, code);
  return code;
}

type Operands = (ValueType | undefined)[];

function apply(random: Random, known: Operands, code: Token[]): void {
  const { name, operands, results } = random.pick(TYPED);
  if (!takes(known, operands)) return;
  known.length -= Math.min(known.length, operands.length);
  known.push(...results);
  code.push(token(name));
}

/** Whether the operands on top are of these types, as far as there are any. */
function takes(known: Operands, operands: readonly ValueType[]): boolean {
  return operands.every((type, index) => {
    const position = known.length - operands.length + index;
    return position < 0 || known[position] === undefined || known[position] === type;
  });
}

function pushConstant(random: Random, known: Operands, code: Token[]): void {
  const type = random.pick<ValueType>(["i32", "i64"]);
  known.push(type);
  code.push(constant(type, random.u64()));
}

function drop(known: Operands, code: Token[]): void {
  known.pop();
  code.push(token("drop"));
}

/** Of two operands of unknown type, too. */
function select(known: Operands, code: Token[]): void {
  const [first, second, condition] = [known.at(-3), known.at(-2), known.at(-1)];
  if (condition === "i64" || (first !== undefined && second !== undefined && first !== second)) return;
  known.length -= Math.min(known.length, 3);
  known.push(first ?? second);
  code.push(token("select"));
}

function setLocal(random: Random, locals: readonly ValueType[], known: Operands, code: Token[]): void {
  const index = random.below(locals.length);
  if (locals.length === 0 || !takes(known, [locals[index]])) return;
  known.pop();
  code.push(token("local.set", index));
}

/** An `if` on a condition that is not there; what is within it can be reached no more than what is around it. */
function openIf(known: Operands, code: Token[]): void {
  if (!takes(known, ["i32"])) return;
  known.pop();
  code.push(token("if", NO_VALUE), token("unreachable"), token("i32.add"), token("drop"), token("else"), token("end"));
}
