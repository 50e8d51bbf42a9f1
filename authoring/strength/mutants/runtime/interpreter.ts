/** Mutants of the interpreter. */
import type { Edit } from "../mutant.ts";

const I32 = "runtime/interpreter/numeric-i32";
const I64 = "runtime/interpreter/numeric-i64";
const ACCESSES = "runtime/interpreter/accesses";
const MEMORY = "runtime/interpreter/linear-memory";
const MEMORY_STEPS = "runtime/interpreter/memory-steps";
const OPERANDS = "runtime/interpreter/operand-steps";
const CONTROL = "runtime/interpreter/control-steps";
const THREAD = "runtime/interpreter/thread";

export const INTERPRETER_MUTANTS: readonly Edit[] = [
  {
    name: "i32-less-unsigned-as-signed",
    about: "compares unsigned numbers as signed numbers",
    file: I32,
    find: "Number(a >>> 0 < b >>> 0)",
    replace: "Number(a < b)",
  },
  {
    name: "i32-shift-right-without-sign",
    about: "shifts zeros in instead of the sign",
    file: I32,
    find: "a >> b,",
    replace: "(a >>> b) | 0,",
  },
  {
    name: "i32-rotation-loses-a-bit",
    about: "rotates to the right as if an i32 had 31 bits",
    file: I32,
    find: "(a >>> b) | (a << -b)",
    replace: "(a >>> b) | (a << (31 - b))",
  },
  {
    name: "i32-least-by-minus-one",
    about: "divides the least number by −1 and wraps around",
    file: I32,
    find: "if (a === -(2 ** 31) && b === -1)",
    replace: "if (false)",
  },
  {
    name: "i32-trailing-zeros-of-zero",
    about: "counts 31 trailing zeros in 0",
    file: I32,
    find: "a === 0 ? 32 :",
    replace: "a === 0 ? 31 :",
  },
  {
    name: "i64-shift-by-more-than-the-width",
    about: "takes seven bits of the count of a shift instead of six",
    file: I64,
    find: "return b & 63n;",
    replace: "return b & 127n;",
  },
  {
    name: "i64-remainder-without-sign",
    about: "computes a signed remainder as an unsigned one",
    file: I64,
    find: "=> a % divisor(b)",
    replace: "=> BigInt.asIntN(64, unsigned(a) % unsigned(divisor(b)))",
  },
  {
    name: "i64-extension-with-sign",
    about: "extends an unsigned number as a signed one",
    file: I64,
    find: "BigInt(a >>> 0)",
    replace: "BigInt(a)",
  },
  {
    name: "i64-load16-without-sign",
    about: "loads signed 16 bits as unsigned",
    file: ACCESSES,
    find: "BigInt(view.getInt16(address, true))",
    replace: "BigInt(view.getUint16(address, true))",
  },
  {
    name: "effective-address-wraps",
    about: "computes the effective address of a load modulo 2^32",
    file: MEMORY_STEPS,
    find: "const address = thread.popU32() + offset;\n            thread.store.memory.check(address, width);\n            thread.push(",
    replace:
      "const address = (thread.popU32() + offset) >>> 0;\n            thread.store.memory.check(address, width);\n            thread.push(",
  },
  {
    name: "last-byte-refused",
    about: "traps for the last byte of the memory",
    file: MEMORY,
    find: "address + length > this.size",
    replace: "address + length >= this.size",
  },
  {
    name: "copy-repeats-itself",
    about: "copies byte by byte upwards, over bytes that have not been copied yet",
    file: MEMORY,
    find: "this.bytes.copyWithin(to, from, from + length);",
    replace: "const bytes = this.bytes;\n        for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i];",
  },
  {
    name: "maximum-not-reached",
    about: "does not grow the memory to its maximum",
    file: MEMORY,
    find: "if (size > this.#max)",
    replace: "if (size >= this.#max)",
  },
  {
    name: "growing-in-vain-is-free",
    about: "charges memory.grow only if the memory has grown",
    file: MEMORY_STEPS,
    find: "charge(thread.counters, BigInt(pages) * pageCost);\n        thread.push(thread.store.memory.grow(pages));",
    replace:
      "const before = thread.store.memory.grow(pages);\n        if (before >= 0) charge(thread.counters, BigInt(pages) * pageCost);\n        thread.push(before);",
  },
  {
    name: "table-of-branches-by-signed-index",
    about: "reads the index of br_table as signed, and a negative one as 0",
    file: CONTROL,
    find: "Math.min(thread.popU32(), labels.length - 1)",
    replace: "Math.min(Math.max(thread.popI32(), 0), labels.length - 1)",
  },
  {
    name: "branch-keeps-operands",
    about: "keeps the operands of a block that a branch leaves",
    file: THREAD,
    find: "this.#cut(frame.heights[label.depth], label.arity);",
    replace: "",
  },
  {
    name: "types-by-index",
    about: "treats equal types with different indices as different",
    file: CONTROL,
    find: "!isSame(thread.store.typeOf(index), type)",
    replace: "thread.store.typeOf(index) !== type",
  },
  {
    name: "types-by-length",
    about: "compares only the number of parameters, not their types",
    file: CONTROL,
    find: "a.params.every((type, index) => type === b.params[index]) &&",
    replace: "",
  },
  {
    name: "block-carries-nothing",
    about: "drops the value of a branch out of a block",
    file: CONTROL,
    find: "#block(type) {\n        this.#openLabel({ isLoop: false, arity: type === NO_VALUE ? 0 : 1,",
    replace: "#block(type) {\n        this.#openLabel({ isLoop: false, arity: 0,",
  },
  {
    name: "loop-carries-a-value",
    about: "takes an operand along to the beginning of a loop",
    file: CONTROL,
    find: "isLoop: true, arity: 0,",
    replace: "isLoop: true, arity: 1,",
  },
  {
    name: "if-is-no-label",
    about: "does not count the label of an if whose condition is true",
    file: CONTROL,
    find: "if (thread.popI32() !== 0)\n                thread.enterLabel();",
    replace: "if (thread.popI32() !== 0)\n                return;",
  },
  {
    name: "arm-keeps-its-label",
    about: "still counts the label of an if after its first arm",
    file: CONTROL,
    find: "thread.leaveLabel();\n            thread.goTo(label.next);",
    replace: "thread.goTo(label.next);",
  },
  {
    name: "loop-lost-on-the-way-back",
    about: "counts a loop as left when a branch leads back to it",
    file: THREAD,
    find: "label.isLoop ? label.depth + 1 : label.depth;",
    replace: "label.depth;",
  },
  {
    name: "empty-element-as-range",
    about: "reports an empty element as one beyond the table",
    file: CONTROL,
    find: 'new Trap("call-type", `element',
    replace: 'new Trap("table-index", `element',
  },
  {
    name: "select-by-one",
    about: "selects the first operand only for the condition 1",
    file: OPERANDS,
    find: "condition === 0 ? otherwise : chosen",
    replace: "condition === 1 ? chosen : otherwise",
  },
  {
    name: "frames-not-given-back",
    about: "never gives a frame back",
    file: THREAD,
    find: "this.counters.stack += code.frameSize;",
    replace: "",
  },
];
