/** Faults of the interpreter. */
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
    about: "compares unsigned numbers as signed ones",
    file: I32,
    find: "Number(a >>> 0 < b >>> 0)",
    replace: "Number(a < b)",
  },
  {
    name: "i32-shift-right-without-sign",
    about: "shifts zeros in where the sign has to be",
    file: I32,
    find: "a >> b,",
    replace: "(a >>> b) | 0,",
  },
  {
    name: "i32-rotation-loses-a-bit",
    about: "rotates to the right by way of 31 bits",
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
    about: "counts one zero too few in 0",
    file: I32,
    find: "a === 0 ? 32 :",
    replace: "a === 0 ? 31 :",
  },
  {
    name: "i64-shift-by-more-than-the-width",
    about: "takes one bit too many of the count of a shift",
    file: I64,
    find: "return b & 63n;",
    replace: "return b & 127n;",
  },
  {
    name: "i64-remainder-without-sign",
    about: "takes the remainder of unsigned numbers where they are signed",
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
    about: "loads 16 bits that have a sign as if they had none",
    file: ACCESSES,
    find: "BigInt(view.getInt16(at, true))",
    replace: "BigInt(view.getUint16(at, true))",
  },
  {
    name: "effective-address-wraps",
    about: "takes the sum of address and offset of a load modulo 2^32",
    file: MEMORY_STEPS,
    find: "const at = thread.popU32() + offset;\n            thread.store.memory.check(at, width);\n            thread.push(",
    replace:
      "const at = (thread.popU32() + offset) >>> 0;\n            thread.store.memory.check(at, width);\n            thread.push(",
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
    about: "copies byte by byte from the first, over what is still to be copied",
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
    about: "charges memory.grow only where it has grown",
    file: MEMORY_STEPS,
    find: "charge(thread.counters, BigInt(pages) * pageCost);\n        thread.push(thread.store.memory.grow(pages));",
    replace:
      "const before = thread.store.memory.grow(pages);\n        if (before >= 0) charge(thread.counters, BigInt(pages) * pageCost);\n        thread.push(before);",
  },
  {
    name: "table-of-branches-by-signed-index",
    about: "takes a negative index of br_table for 0",
    file: CONTROL,
    find: "Math.min(thread.popU32(), labels.length - 1)",
    replace: "Math.min(Math.max(thread.popI32(), 0), labels.length - 1)",
  },
  {
    name: "branch-keeps-operands",
    about: "leaves what a block has pushed below the value that a branch carries",
    file: THREAD,
    find: "this.#cut(frame.heights[label.depth], label.arity);",
    replace: "",
  },
  {
    name: "types-by-index",
    about: "takes types that are the same under another index for different",
    file: CONTROL,
    find: "!isSame(thread.store.typeOf(index), type)",
    replace: "thread.store.typeOf(index) !== type",
  },
  {
    name: "types-by-length",
    about: "takes types with as many parameters and results of one type for the same",
    file: CONTROL,
    find: "a.params.every((type, index) => type === b.params[index]) &&",
    replace: "",
  },
  {
    name: "block-carries-nothing",
    about: "drops the value that a branch out of a block carries",
    file: CONTROL,
    find: "#block(type) {\n        this.#openLabel({ isLoop: false, arity: type === NO_VALUE ? 0 : 1,",
    replace: "#block(type) {\n        this.#openLabel({ isLoop: false, arity: 0,",
  },
  {
    name: "loop-carries-a-value",
    about: "takes an operand along back to the beginning of a loop",
    file: CONTROL,
    find: "isLoop: true, arity: 0,",
    replace: "isLoop: true, arity: 1,",
  },
  {
    name: "if-is-no-label",
    about: "does not count the label of an if whose condition holds",
    file: CONTROL,
    find: "if (thread.popI32() !== 0)\n                thread.enterLabel();",
    replace: "if (thread.popI32() !== 0)\n                return;",
  },
  {
    name: "arm-keeps-its-label",
    about: "goes on counting the label of an if after its first arm",
    file: CONTROL,
    find: "thread.leaveLabel();\n            thread.goTo(label.next);",
    replace: "thread.goTo(label.next);",
  },
  {
    name: "loop-lost-on-the-way-back",
    about: "counts a loop as left when a branch goes back to it",
    file: THREAD,
    find: "label.isLoop ? label.depth + 1 : label.depth;",
    replace: "label.depth;",
  },
  {
    name: "empty-element-as-range",
    about: "says of an empty element that it lies beyond the table",
    file: CONTROL,
    find: 'new Trap("call-type", `element',
    replace: 'new Trap("table-index", `element',
  },
  {
    name: "select-by-one",
    about: "selects the first for 1 alone",
    file: OPERANDS,
    find: "condition === 0 ? otherwise : chosen",
    replace: "condition === 1 ? chosen : otherwise",
  },
  {
    name: "frames-not-given-back",
    about: "takes the frame of every call off the stack for good",
    file: THREAD,
    find: "this.counters.stack += code.frameSize;",
    replace: "",
  },
];
