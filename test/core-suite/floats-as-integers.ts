/**
 * Replaces floating point by integers, so that a profile without floating point can run what a script of the suite tests of control,
 * calls and memory. An f32 becomes the i32 of its bits, an f64 the i64. Constants, loads, stores and instructions that move values keep
 * their meaning. Arithmetic does not: it is replaced by an integer instruction of the same types.
 */
import type { Atom, List, Node } from "./s-expressions.ts";

export function floatsAsIntegers(list: List): List {
  const items: Node[] = [];
  for (const item of list.items) {
    if (item.kind === "list") items.push(folded(floatsAsIntegers(item)));
    else if (item.kind === "string") items.push(item);
    else items.push(written(item, items));
  }
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items };
}

const SAME_BITS = /^(i32\.reinterpret_f32|f32\.reinterpret_i32|i64\.reinterpret_f64|f64\.reinterpret_i64)$/;

/** A reinterpretation changes nothing, because the bits of a value are its integer. */
function folded(list: List): List {
  const [first, operand] = list.items;
  const isSame = first?.kind === "atom" && SAME_BITS.test(first.text) && list.items.length === 2;
  return isSame && operand.kind === "list" ? operand : list;
}

/** `before` holds the items before the atom in its list, already replaced. */
function written(atom: Atom, before: Node[]): Atom {
  const constant = before.at(-1);
  if (constant?.kind === "atom" && (constant.text === "f32.const" || constant.text === "f64.const")) {
    const bits = bitsOf(constant.text === "f32.const" ? 32 : 64, atom.text);
    if (bits === undefined) return atom;
    before[before.length - 1] = word(constant.text.replace("f", "i"));
    return word(`${bits}`);
  }
  const replacement = REPLACEMENTS.find(([pattern]) => pattern.test(atom.text));
  return replacement === undefined ? atom : word(atom.text.replace(...replacement));
}

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/^f(32|64)$/, "i$1"],
  [/^f(32|64)\.(load|store|eq|ne)$/, "i$1.$2"],
  [/^f(32|64)\.(lt|gt|le|ge)$/, "i$1.$2_s"],
  [/^f(32|64)\.(abs|neg|sqrt|ceil|floor|trunc|nearest)$/, "i$1.clz"],
  [/^f(32|64)\.(add|sub|mul)$/, "i$1.$2"],
  [/^f(32|64)\.(div|min|max|copysign)$/, "i$1.xor"],
  [/^(i32\.trunc(_sat)?_f32_[su]|f32\.convert_i32_[su])$/, "i32.popcnt"],
  [/^(i64\.trunc(_sat)?_f64_[su]|f64\.convert_i64_[su])$/, "i64.popcnt"],
  [/^(i32\.trunc(_sat)?_f64_[su]|f32\.(demote_f64|convert_i64_[su]))$/, "i32.wrap_i64"],
  [/^(i64\.trunc(_sat)?_f32_[su]|f64\.(promote_f32|convert_i32_[su]))$/, "i64.extend_i32_s"],
];

function word(text: string): Atom {
  return { kind: "atom", text };
}

const FLOAT =
  /^([+-]?)(?:(inf)|(nan)(?::0x([0-9a-f]+))?|0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?|([0-9.]+(?:e[+-]?[0-9]+)?))$/i;

/** The bits of a literal of the text format, undefined for a literal of several values. */
export function bitsOf(width: 32 | 64, literal: string): bigint | undefined {
  const match = FLOAT.exec(literal.replaceAll("_", ""));
  if (match === null) return undefined;
  const [, sign, infinity, nan, payload, whole = "", fraction = "", exponent = "0", decimal] = match;
  const view = new DataView(new ArrayBuffer(8));
  let value: number;
  if (infinity !== undefined) value = Number.POSITIVE_INFINITY;
  else if (nan !== undefined) value = Number.NaN;
  else if (decimal !== undefined) value = Number(decimal);
  else value = scaled(`${whole}${fraction}`, Number(exponent) - 4 * fraction.length);
  if (width === 32) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  let bits = width === 32 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
  if (payload !== undefined) bits = (bits & ~(width === 32 ? 2n ** 23n - 1n : 2n ** 52n - 1n)) | BigInt(`0x${payload}`);
  return sign === "-" ? bits | (2n ** BigInt(width - 1)) : bits;
}

/** Does not round as the standard requires if a number cannot hold all digits. */
function scaled(digits: string, exponent: number): number {
  return Number(BigInt(`0x${digits || "0"}`)) * 2 ** exponent;
}
