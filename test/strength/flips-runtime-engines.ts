/** Flips of the engines. */
import { type Flip, flipsOf } from "./flip.ts";

const INTERPRETER_CONTROL_STEPS: readonly Flip[] = flipsOf("runtime/interpreter/control-steps", [
  [
    "this.#openLabel({ isLoop: false, arity: type === NO_VALUE ? 0 : 1, next: -1 });\n        return (thread) => thread.enterLabel();",
    "this.#openLabel({ isLoop: false, arity: false ? 0 : 1, next: -1 });\n        return (thread) => thread.enterLabel();",
  ],
  [
    "label = this.#openLabel({ isLoop: false, arity: type === NO_VALUE",
    "label = this.#openLabel({ isLoop: false, arity: false",
  ],
  [
    "if (thread.popI32() !== 0)\n                thread.enterLabel();",
    "if (false)\n                thread.enterLabel();",
  ],
  ["label.otherwise === undefined", "false"],
  ["label.depth === 0", "false"],
  ["!label.isLoop", "false"],
  [
    "if (thread.popI32() !== 0)\n                thread.branch(label);",
    "if (false)\n                thread.branch(label);",
  ],
  ["at >= table.length", "false"],
  ["index === undefined", "false"],
  ["!isSame(thread.store.typeOf(index), type)", "false"],
  [
    "a.params.length === b.params.length &&\n        a.results.length === b.results.length",
    "a.results.length === b.results.length",
  ],
  [
    "a.params.length === b.params.length &&\n        a.results.length === b.results.length &&\n        a.params.every((type, index) => type === b.params[index])",
    "a.params.every((type, index) => type === b.params[index])",
  ],
  [
    "a.params.length === b.params.length &&\n        a.results.length === b.results.length &&\n        a.params.every((type, index) => type === b.params[index]) &&\n        a.results.every((type, index) => type === b.results[index])",
    "a.results.every((type, index) => type === b.results[index])",
  ],
  ["params.every", "params.some"],
  ["results.every", "results.some"],
]);

const INTERPRETER_ENGINE: readonly Flip[] = flipsOf("runtime/interpreter/engine", [
  ['(type === "i32"', "(false"],
  ["position < 0", "false"],
  ["?.entered", ".entered"],
  ["?.left", ".left"],
  ["type === undefined", "false"],
  ["index === undefined ?", "false ?", "there is no type at an index that there is not"],
  ["index === undefined)", "false)", "what is called has been found among the exports"],
  ["error instanceof RangeError", "true"],
  ["results.length === 0", "true"],
  ["memory ?? { min: 0, max: 0 }", "{ min: 0, max: 0 }"],
  ["?.min", ".min"],
  ["table?.min ?? 0", "0"],
  ['return type === "i32"', "return false"],
  ['module.exports.filter(({ kind }) => kind === "function")', "module.exports"],
  ["codes[position] ??= prepare", "codes[position] = prepare", "a body that is prepared again is the same"],
]);

const INTERPRETER_LINEAR_MEMORY: readonly Flip[] = flipsOf("runtime/interpreter/linear-memory", [
  ["size > this.#max", "false"],
  ["size > this.view.byteLength", "false"],
  ["address + length > this.size", "false"],
]);

const INTERPRETER_MEMORY_STEPS: readonly Flip[] = flipsOf("runtime/interpreter/memory-steps", [
  ["load !== undefined", "false"],
  ["storeI32 !== undefined", "false"],
  ["storeI64 !== undefined", "false"],
]);

const INTERPRETER_NUMERIC_I32: readonly Flip[] = flipsOf("runtime/interpreter/numeric-i32", [
  ["a === 0 ?", "false ?"],
  ["a === -(2 ** 31) && b === -1", "b === -1"],
  ["a === -(2 ** 31) && b === -1", "false"],
  ["b === 0", "false"],
]);

const INTERPRETER_NUMERIC_I64: readonly Flip[] = flipsOf("runtime/interpreter/numeric-i64", [
  ["high(a) === 0", "false"],
  ["low(a) === 0", "false"],
  ["a === -(2n ** 63n) && b === -1n", "b === -1n"],
  ["a === -(2n ** 63n) && b === -1n", "false"],
  ["b === 0n", "false"],
]);

const INTERPRETER_OPERAND_STEPS: readonly Flip[] = flipsOf("runtime/interpreter/operand-steps", [
  ["condition === 0", "false"],
]);

const INTERPRETER_PREPARE: readonly Flip[] = flipsOf("runtime/interpreter/prepare", [
  ["control.step(instruction, index) ?? otherStep(instruction, costs)", "otherStep(instruction, costs)"],
  ["step === undefined", "false", "every instruction of the profile has a step"],
  ['type === "i32"', "false"],
  ["at < end", "false"],
  ["NUMBER_STEPS.get(instruction.op.name) ?? operandStep(instruction)", "operandStep(instruction)"],
  [
    "NUMBER_STEPS.get(instruction.op.name) ?? operandStep(instruction) ?? memoryStep(instruction, costs)",
    "memoryStep(instruction, costs)",
  ],
  ["!ENDS_BLOCK.has(op.name)", "false"],
  ["sum > 0", "false"],
  ["cost === undefined", "false", "every instruction of the profile has a cost"],
]);

const INTERPRETER_THREAD: readonly Flip[] = flipsOf("runtime/interpreter/thread", [
  ["code === undefined", "false"],
  ["this.frame !== undefined", "false"],
  ["cost !== undefined", "false"],
  ["label.depth === 0", "false"],
  ["label.isLoop", "true"],
  ["this.counters.stack < 0", "false"],
  ["results.length > 0", "false"],
  ["arity === 0", "false"],
]);

const V8_COMPILED_MODULES: readonly Flip[] = flipsOf("runtime/v8/compiled-modules", [
  ["this.#kept.get(key) ?? compile(instrument(module, this.#costs))", "this.#kept.get(key)"],
  ["this.#kept.size <= this.#most", "false", "a module that is not kept is compiled again"],
]);

const V8_ENGINE: readonly Flip[] = flipsOf("runtime/v8/engine", [
  ['one.kind === "function" && one.name === name', "one.name === name"],
  ["found === undefined", "false"],
  ["this.exportType(name) === undefined", "false", "what is called has been found among the exports"],
  ['one.kind === "function" && one.name === name', 'one.kind === "function"'],
  ["imports[module] ??= ", "imports[module] = "],
]);

const V8_TRAPS: readonly Flip[] = flipsOf("runtime/v8/traps", [
  ["error instanceof RuntimeError", "false"],
  ["gas < 0n", "false"],
  ["stack === NO_MEMORY", "false", "this machine has the memory that the vectors ask for"],
  ["stack < 0", "false"],
  ["reason === undefined", "false", "V8 traps for nothing else within the profile"],
  [
    'error instanceof RangeError && error.message.includes("call stack")',
    "error instanceof RangeError",
    "no other RangeError gets there",
  ],
  [
    'error instanceof RangeError && error.message.includes("call stack")',
    "false",
    "V8's own stack suffices for every vector",
  ],
]);

export const RUNTIME_ENGINE_FLIPS: readonly Flip[] = [
  ...INTERPRETER_CONTROL_STEPS,
  ...INTERPRETER_ENGINE,
  ...INTERPRETER_LINEAR_MEMORY,
  ...INTERPRETER_MEMORY_STEPS,
  ...INTERPRETER_NUMERIC_I32,
  ...INTERPRETER_NUMERIC_I64,
  ...INTERPRETER_OPERAND_STEPS,
  ...INTERPRETER_PREPARE,
  ...INTERPRETER_THREAD,
  ...V8_COMPILED_MODULES,
  ...V8_ENGINE,
  ...V8_TRAPS,
];
