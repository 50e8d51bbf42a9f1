/** Random code of one function: expressions of a type, and statements. Valid by construction; ends, whatever it is called with. */
import { NO_VALUE } from "../../../../reference/runtime/instructions.ts";
import type { FunctionType, ValueType } from "../../../../reference/runtime/module.ts";
import { deadCode } from "./dead-code.ts";
import { constant, type Token, token } from "./encode-module.ts";
import { RandomMemoryCode } from "./memory-code.ts";
import { RandomNumberCode } from "./number-code.ts";
import type { Random } from "./random.ts";
import type { Expression, Surroundings } from "./surroundings.ts";

export interface FunctionShape {
  readonly type: FunctionType;
  /** Of parameters and locals. */
  readonly locals: readonly ValueType[];
  /** The last locals, of type i32: each counts one loop, and no other code writes it. */
  readonly counters: number;
  /** May call nothing, and has no loop. */
  readonly isLeaf: boolean;
  /** Number of statements. */
  readonly length: number;
}

interface Label {
  /** What a branch to it carries. */
  readonly arity: ValueType | undefined;
}

const BLOCK_TYPE: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e };
const MOST_DEPTH = 4;
const MOST_LABELS = 60;
const MOST_LOOPS_WITHIN = 2;
export class RandomCode {
  readonly #random: Random;
  readonly #around: Surroundings;
  readonly #shape: FunctionShape;
  readonly #memory: RandomMemoryCode;
  readonly #numbers: RandomNumberCode;
  readonly #labels: Label[];
  #freeCounters: number;
  #loopsWithin = 0;

  constructor(random: Random, around: Surroundings, shape: FunctionShape) {
    this.#random = random;
    this.#around = around;
    this.#shape = shape;
    const expression: Expression = (type, depth) => this.#expression(type, depth);
    this.#memory = new RandomMemoryCode(random, around, expression);
    this.#numbers = new RandomNumberCode(random, around, expression);
    this.#labels = [{ arity: shape.type.results[0] }];
    this.#freeCounters = shape.counters;
  }

  /** All of it, the last `end` included. */
  body(): Token[] {
    const [result] = this.#shape.type.results;
    return [
      ...(this.#shape.isLeaf ? [] : this.#useFuel(result)),
      ...this.#statements(this.#shape.length, 0),
      ...(result === undefined ? [] : this.#expression(result, 0)),
      token("end"),
    ];
  }

  /** Returns where the fuel is used up, in one of three ways. */
  #useFuel(result: ValueType | undefined): Token[] {
    const { fuel } = this.#around;
    const fallback = result === undefined ? [] : [this.#numbers.constant(result)];
    const isEmpty = [token("global.get", fuel), token("i32.eqz")];
    const leave = this.#random.pick([
      [...isEmpty, token("if", NO_VALUE), ...fallback, token("return"), token("end")],
      [...isEmpty, token("if", NO_VALUE), ...fallback, token("br", 1), token("else"), token("nop"), token("end")],
      [...fallback, ...isEmpty, token("br_if", 0), ...(result === undefined ? [] : [token("drop")])],
    ]);
    return [...leave, ...this.#decrement("global", fuel)];
  }

  #decrement(kind: "global" | "local", index: number): Token[] {
    return [token(`${kind}.get`, index), constant("i32", 1n), token("i32.sub"), token(`${kind}.set`, index)];
  }

  #statements(count: number, depth: number): Token[] {
    return Array.from({ length: count }, () => this.#statement(depth)).flat();
  }

  #statement(depth: number): Token[] {
    const random = this.#random;
    const isDeep = depth >= MOST_DEPTH || this.#labels.length >= MOST_LABELS;
    const kinds: [number, () => Token[]][] = [
      [3, () => this.#set()],
      [3, () => this.#memory.store(depth)],
      [2, () => [...this.#expression(this.#anyType(), depth + 1), token("drop")]],
      [1, () => [token("nop")]],
      [2, () => this.#branchIf(depth)],
      [1, () => this.#branchTable(depth)],
      [1, () => this.#memory.bulk(depth)],
    ];
    if (random.chance(0.15)) kinds.push([2, () => this.#leave(depth)]);
    if (this.#isWild()) kinds.push([3, () => [token("unreachable"), ...this.#dead()]]);
    if (!this.#shape.isLeaf) kinds.push([2, () => this.#callForEffect(depth)]);
    if (!isDeep) {
      kinds.push([3, () => this.#blockStatement(depth)], [3, () => this.#ifStatement(depth)]);
      if (this.#mayLoop()) kinds.push([3, () => this.#loopStatement(depth)]);
      if (random.chance(0.1)) kinds.push([1, () => this.#nest(random.between(8, 120), depth)]);
    }
    return random.weighted(kinds)();
  }

  /** Pushes one value; all labels that enclose it may be branched to on the way. */
  #expression(type: ValueType, depth: number): Token[] {
    const random = this.#random;
    if (depth >= MOST_DEPTH || random.chance(0.2)) return this.#operand(type);
    const isDeep = this.#labels.length >= MOST_LABELS;
    const kinds: [number, () => Token[]][] = [
      [8, () => this.#numbers.compute(type, depth)],
      [2, () => this.#operand(type)],
      [3, () => this.#memory.load(type, depth)],
      [1, () => this.#select(type, depth)],
      [1, () => this.#tee(type, depth)],
      [1, () => this.#branchIfWithValue(type, depth)],
    ];
    if (type === "i32") kinds.push([1, () => this.#memory.size(depth)]);
    if (!isDeep) kinds.push([2, () => this.#blockExpression(type, depth)], [1, () => this.#ifExpression(type, depth)]);
    if (random.chance(0.05)) kinds.push([1, () => this.#leave(depth)]);
    const callees = this.#callees(type);
    if (callees.length > 0) kinds.push([3, () => this.#call(random.pick(callees), depth)]);
    if (!this.#shape.isLeaf && this.#typesResultingIn(type).length > 0) {
      kinds.push([2, () => this.#callIndirect(random.pick(this.#typesResultingIn(type)), depth)]);
    }
    return random.weighted(kinds)();
  }

  #anyType(): ValueType {
    return this.#random.chance(0.6) ? "i32" : "i64";
  }

  /** A constant or a variable. */
  #operand(type: ValueType): Token[] {
    const random = this.#random;
    const locals = indicesOf(this.#shape.locals, (local) => local === type);
    const globals = indicesOf(this.#around.globals, (global) => global.type === type);
    const kinds: [number, () => Token][] = [[2, () => this.#numbers.constant(type)]];
    if (locals.length > 0) kinds.push([4, () => token("local.get", random.pick(locals))]);
    if (globals.length > 0) kinds.push([1, () => token("global.get", random.pick(globals))]);
    return [random.weighted(kinds)()];
  }

  #isWild(): boolean {
    return this.#random.chance(this.#around.wildness);
  }

  #select(type: ValueType, depth: number): Token[] {
    const [one, other] = [this.#expression(type, depth + 1), this.#expression(type, depth + 1)];
    return [...one, ...other, ...this.#expression("i32", depth + 1), token("select")];
  }

  #tee(type: ValueType, depth: number): Token[] {
    const value = this.#expression(type, depth + 1);
    const locals = this.#writable(type);
    return locals.length === 0 ? value : [...value, token("local.tee", this.#random.pick(locals))];
  }

  #set(): Token[] {
    const random = this.#random;
    const type = this.#anyType();
    const value = this.#expression(type, 1);
    const locals = this.#writable(type);
    const globals = indicesOf(this.#around.globals, (global) => global.isMutable && global.type === type).filter(
      (index) => index !== this.#around.fuel,
    );
    if (globals.length > 0 && random.chance(0.3)) return [...value, token("global.set", random.pick(globals))];
    return [...value, locals.length === 0 ? token("drop") : token("local.set", random.pick(locals))];
  }

  #writable(type: ValueType): number[] {
    const { locals, counters } = this.#shape;
    return indicesOf(locals.slice(0, locals.length - counters), (local) => local === type);
  }

  #within<T>(label: Label, make: () => T): T {
    this.#labels.push(label);
    const made = make();
    this.#labels.pop();
    return made;
  }

  #arm(arity: ValueType | undefined, depth: number): Token[] {
    return this.#within({ arity }, () => [
      ...this.#statements(this.#random.below(3), depth + 1),
      ...(arity === undefined ? [] : [...this.#leaveArm(arity, depth), ...this.#expression(arity, depth + 1)]),
    ]);
  }

  /** Sometimes leaves the arm with another value, so that operands around it are seen to stay. */
  #leaveArm(arity: ValueType, depth: number): Token[] {
    if (this.#random.chance(0.6)) return [];
    const value = this.#expression(arity, depth + 1);
    return [...value, ...this.#expression("i32", depth + 1), token("br_if", 0), token("drop")];
  }

  #blockStatement(depth: number): Token[] {
    return [token("block", NO_VALUE), ...this.#arm(undefined, depth), token("end")];
  }

  #blockExpression(type: ValueType, depth: number): Token[] {
    // Without a branch to it, a loop runs once; a loop's label carries nothing.
    if (this.#random.chance(0.2)) {
      return [token("loop", BLOCK_TYPE[type]), ...this.#sealed(() => this.#expression(type, depth + 1)), token("end")];
    }
    return [token("block", BLOCK_TYPE[type]), ...this.#arm(type, depth), token("end")];
  }

  /** Code that branches nowhere, with one label more around it. */
  #sealed(make: () => Token[]): Token[] {
    const labels = this.#labels.splice(0, this.#labels.length);
    const made = make();
    this.#labels.push(...labels);
    return made;
  }

  #ifStatement(depth: number): Token[] {
    const otherwise = this.#random.chance(0.5) ? [token("else"), ...this.#arm(undefined, depth)] : [];
    const condition = this.#expression("i32", depth + 1);
    return [...condition, token("if", NO_VALUE), ...this.#arm(undefined, depth), ...otherwise, token("end")];
  }

  #ifExpression(type: ValueType, depth: number): Token[] {
    const arms = [...this.#arm(type, depth), token("else"), ...this.#arm(type, depth)];
    return [...this.#expression("i32", depth + 1), token("if", BLOCK_TYPE[type]), ...arms, token("end")];
  }

  #mayLoop(): boolean {
    return !this.#shape.isLeaf && this.#loopsWithin < MOST_LOOPS_WITHIN;
  }

  /** Counts at the beginning of every round, so that a branch back from anywhere comes to an end. */
  #loopStatement(depth: number): Token[] {
    const counter = this.#freeCounters === 0 ? undefined : this.#shape.locals.length - this.#freeCounters--;
    const [kind, index] =
      counter === undefined ? (["global", this.#around.fuel] as const) : (["local", counter] as const);
    const rounds = constant("i32", BigInt(this.#random.between(1, 4)));
    this.#loopsWithin++;
    const round = this.#within({ arity: undefined }, () =>
      this.#within({ arity: undefined }, () => [
        ...[token(`${kind}.get`, index), token("i32.eqz"), token("br_if", 1)],
        ...this.#decrement(kind, index),
        ...this.#statements(this.#random.between(1, 2), depth + 1),
        ...(this.#random.chance(0.5) ? [token("br", 0)] : [...this.#expression("i32", depth + 1), token("br_if", 0)]),
      ]),
    );
    this.#loopsWithin--;
    return [
      ...(counter === undefined ? [] : [rounds, token("local.set", counter)]),
      ...[token("block", NO_VALUE), token("loop", NO_VALUE), ...round, token("end"), token("end")],
    ];
  }

  /** Blocks within each other, and nothing between them. */
  #nest(count: number, depth: number): Token[] {
    for (let made = 0; made < count; made++) this.#labels.push({ arity: undefined });
    const inner = [...this.#statements(1, depth + 1), ...this.#branchIf(MOST_DEPTH)];
    this.#labels.length -= count;
    const open = Array.from({ length: count }, () => token("block", NO_VALUE));
    const close = Array.from({ length: count }, () => token("end"));
    return [...open, ...inner, ...close];
  }

  /** Depths of the labels that a branch with this type may go to. */
  #targets(arity: ValueType | undefined): number[] {
    return indicesOf([...this.#labels].reverse(), (label) => label.arity === arity);
  }

  #branchIf(depth: number): Token[] {
    const targets = this.#targets(undefined);
    if (targets.length === 0) return [token("nop")];
    return [...this.#expression("i32", depth + 1), token("br_if", this.#near(targets))];
  }

  #branchIfWithValue(type: ValueType, depth: number): Token[] {
    const targets = this.#targets(type);
    const value = this.#expression(type, depth + 1);
    if (targets.length === 0) return value;
    return [...value, ...this.#expression("i32", depth + 1), token("br_if", this.#near(targets))];
  }

  /** One of the targets, an inner one more often, so that not every function is left early. */
  #near(targets: readonly number[]): number {
    return targets[Math.min(this.#random.below(targets.length), this.#random.below(targets.length))];
  }

  /** In a block of its own, as what follows it could not be reached. */
  #branchTable(depth: number): Token[] {
    return this.#within({ arity: undefined }, () => {
      const random = this.#random;
      const targets = this.#targets(undefined);
      const table = Array.from({ length: random.between(1, 6) }, () => this.#near(targets));
      const index = random.chance(0.3)
        ? this.#expression("i32", depth + 1)
        : [...this.#expression("i32", depth + 1), constant("i32", 7n), token("i32.and")];
      return [token("block", NO_VALUE), ...index, token("br_table", ...table), ...this.#dead(), token("end")];
    });
  }

  /** A jump without condition, and sometimes code after it that cannot be reached; stands for a value of any type. */
  #leave(depth: number): Token[] {
    const random = this.#random;
    const arity = random.pick([undefined, this.#shape.type.results[0]]);
    const targets = this.#targets(arity);
    const [result] = this.#shape.type.results;
    const value = (type: ValueType | undefined): Token[] =>
      type === undefined ? [] : this.#expression(type, depth + 1);
    const kinds: [number, () => Token[]][] = [[3, () => [...value(result), token("return")]]];
    if (targets.length > 0) kinds.push([5, () => [...value(arity), token("br", this.#near(targets))]]);
    return [...random.weighted(kinds)(), ...this.#dead()];
  }

  #dead(): Token[] {
    return this.#random.chance(0.5) ? [] : deadCode(this.#random, this.#shape.locals);
  }

  /** Indices of functions that may be called for this result. */
  #callees(result: ValueType | undefined): number[] {
    const { functions, leaves } = this.#around;
    const candidates = this.#shape.isLeaf ? [] : [...functions.keys(), ...leaves];
    return candidates.filter((index) => functions[index].results[0] === result);
  }

  #call(index: number, depth: number): Token[] {
    return [...this.#arguments(this.#around.functions[index], depth), token("call", index)];
  }

  #arguments({ params }: FunctionType, depth: number): Token[] {
    return params.flatMap((type) => this.#expression(type, depth + 1));
  }

  #callForEffect(depth: number): Token[] {
    const callees = this.#callees(undefined);
    const types = this.#typesResultingIn(undefined);
    if (callees.length > 0 && (types.length === 0 || this.#random.chance(0.6))) {
      return this.#call(this.#random.pick(callees), depth);
    }
    return types.length === 0 ? [token("nop")] : this.#callIndirect(this.#random.pick(types), depth);
  }

  #typesResultingIn(result: ValueType | undefined): number[] {
    return indicesOf(this.#around.types, (type) => type.results[0] === result);
  }

  /** Of the right type mostly; otherwise another element, none, or beyond the table. */
  #callIndirect(typeIndex: number, depth: number): Token[] {
    const { table, functions, types } = this.#around;
    const type = types[typeIndex];
    const right = indicesOf(table, (index) => index !== undefined && isSame(functions[index], type));
    const isWild = this.#isWild();
    if (right.length === 0 && !isWild) return this.#insteadOf(type, depth);
    const element = isWild ? this.#random.below(table.length + 2) : this.#random.pick(right);
    const args = this.#arguments(type, depth);
    return [...args, constant("i32", BigInt(element)), token("call_indirect", typeIndex, 0)];
  }

  #insteadOf({ results: [result] }: FunctionType, depth: number): Token[] {
    return result === undefined ? [token("nop")] : this.#expression(result, depth + 1);
  }
}

function indicesOf<T>(items: readonly T[], isWanted: (item: T) => boolean): number[] {
  return [...items.keys()].filter((index) => isWanted(items[index]));
}

function isSame(a: FunctionType, b: FunctionType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
