/** Mutants of host functions. Each passes every honest case of its suite, and some vector of it fails it. */
import type { Edit } from "../mutant.ts";

const ROOTS = "runtime/host/roots-and-block";
const CALL = "runtime/host/host-call";
const BUFFERS = "runtime/host/buffers";
const TABLE = "runtime/host/table";
const BIGNUM = "runtime/host/bignum";
const PROOF = "runtime/host/proof";
const METHODS = "wire/runtime-methods";
const ENGINE = "runtime/engine";
const RUN = "runtime/execute/run";

export const HOST_MUTANTS: readonly Edit[] = [
  {
    name: "save-changes-load",
    about: "loads the root that was saved",
    file: ROOTS,
    find: "call.write(ptr, call.execution.preStateRoot);",
    replace: "call.write(ptr, call.execution.postStateRoot);",
  },
  {
    name: "first-save-counts",
    about: "keeps the root that was saved first",
    file: ROOTS,
    find: "call.execution.postStateRoot = call.read32(ptr);",
    replace: `const root = call.read32(ptr);
    if (call.execution.postStateRoot === call.execution.preStateRoot) call.execution.postStateRoot = root;`,
  },
  {
    name: "save-keeps-memory",
    about: "keeps a view of the memory in which the root stood",
    file: ROOTS,
    find: "call.execution.postStateRoot = call.read32(ptr);",
    replace: "call.read32(ptr); call.execution.postStateRoot = call.caller.memory().subarray(ptr, ptr + 32);",
  },
  {
    name: "signed-pointer",
    about: "compares pointers as signed numbers",
    file: CALL,
    find: "if (start + length <= size)",
    replace: "if ((start | 0) + (length | 0) <= size)",
  },
  {
    name: "wrapping-range",
    about: "adds pointer and length in 32 bits",
    file: CALL,
    find: "if (start + length <= size)",
    replace: "if ((start + length) >>> 0 <= size)",
  },
  {
    name: "one-byte-more",
    about: "lets a range end one byte past the memory",
    file: CALL,
    find: "if (start + length <= size)",
    replace: "if (start + length <= size + 1)",
  },
  {
    name: "empty-anywhere",
    about: "takes a range of no bytes wherever it is",
    file: CALL,
    find: "if (start + length <= size)",
    replace: "if (length === 0 || start + length <= size)",
  },
  {
    name: "length-as-end",
    about: "takes the length of a part of the block data for its end",
    file: ROOTS,
    find: "blockData.subarray(offset, offset + length)",
    replace: "blockData.subarray(offset, length)",
  },
  {
    name: "block-data-cut-off",
    about: "copies what there is of the block data",
    file: ROOTS,
    find: 'checkWithin(blockData.length, offset, length, "the block data");',
    replace: "",
  },
  {
    name: "deposit-at-least",
    about: "takes deposits that are too long",
    file: ROOTS,
    find: "if (length !== DEPOSIT_BYTES)",
    replace: "if (length < DEPOSIT_BYTES)",
  },
  {
    name: "deposit-range-first",
    about: "looks at the range of a deposit before its length",
    file: ROOTS,
    find: "if (length !== DEPOSIT_BYTES)",
    replace: "call.checkRange(ptr, length);\n    if (length !== DEPOSIT_BYTES)",
  },
  {
    name: "deposits-keep-memory",
    about: "keeps a view of the memory in which a deposit stood",
    file: ROOTS,
    find: "call.execution.deposits.push(call.read(ptr, length));",
    replace:
      "call.checkRange(ptr, length);\n    call.execution.deposits.push(call.caller.memory().subarray(ptr, ptr + length));",
  },
  {
    name: "signed-ticks",
    about: "takes ticks for a signed number",
    file: ROOTS,
    find: "execution.charge(ticks);",
    replace: "execution.charge(ticks | 0);",
  },
  {
    name: "frames-without-end",
    about: "has as many frames as there are numbers",
    file: BUFFERS,
    find: "if (frame > MAX_FRAME)",
    replace: "if (false)",
  },
  {
    name: "frame-256",
    about: "has a frame 256",
    file: BUFFERS,
    find: "if (frame > MAX_FRAME)",
    replace: "if (frame > MAX_FRAME + 1)",
  },
  {
    name: "frame-signed",
    about: "compares frames as signed numbers",
    file: BUFFERS,
    find: "if (frame > MAX_FRAME)",
    replace: "if ((frame | 0) > MAX_FRAME)",
  },
  {
    name: "missing-is-zero",
    about: "writes zeros where a buffer has no value",
    file: BUFFERS,
    find: "if (found === undefined)\n        return 1;",
    replace: "if (found === undefined) {\n        call.write(value, new Uint8Array(32));\n        return 1;\n    }",
  },
  {
    name: "unwritten-unchecked",
    about: "checks where a value goes only when there is one",
    file: BUFFERS,
    find: "call.checkRange(value, 32);\n    const found",
    replace: "const found",
  },
  {
    name: "set-keeps-memory",
    about: "keeps a view of the memory in which a value stood",
    file: BUFFERS,
    find: "call.read32(key)), call.read32(value));",
    replace: "call.read32(key)), call.caller.memory().subarray(value, value + 32));",
  },
  {
    name: "paid-afterwards",
    about: "charges for a function after it has run",
    file: TABLE,
    find: "execution.charge(costOf(descriptor, call.args, execution.costs));\n        return descriptor.run(call);",
    replace:
      "const result = descriptor.run(call);\n        execution.charge(costOf(descriptor, call.args, execution.costs));\n        return result;",
  },
  {
    name: "kept-after-trap",
    about: "answers with what there was before a trap",
    file: RUN,
    find: "throw endingOf(error, gasLimit - counters.gas);",
    replace: "if (!(error instanceof Trap)) throw endingOf(error, gasLimit - counters.gas);",
  },
  {
    name: "refund-on-trap",
    about: "charges nothing for an execution that traps",
    file: RUN,
    find: "throw endingOf(error, gasLimit - counters.gas);",
    replace: "throw endingOf(error, 0n);",
  },
  {
    name: "last-gas",
    about: "gives up when the last of the gas is used",
    file: ENGINE,
    find: "if (counters.gas < 0n)",
    replace: "if (counters.gas <= 0n)",
  },
  {
    name: "unpaid-not-counted",
    about: "leaves out the charge that could not be paid",
    file: ENGINE,
    find: "counters.gas -= amount;\n    if (counters.gas < 0n)\n        throw new OutOfGas();",
    replace: "if (counters.gas < amount)\n        throw new OutOfGas();\n    counters.gas -= amount;",
  },
  {
    name: "any-gas-limit",
    about: "takes limits that a signed number of 64 bits does not hold",
    file: METHODS,
    find: "if (gasLimit >= 2n ** 63n)",
    replace: "if (false)",
  },
  {
    name: "state-before-range",
    about: "asks the state for a value before it looks where the value goes",
    file: PROOF,
    find: "call.checkRange(value, 32);\n    const found = state.get(call.read32(key));",
    replace: "const found = state.get(call.read32(key));\n    call.checkRange(value, 32);",
  },
  {
    name: "root-before-range",
    about: "asks the state for its root before it looks where the root goes",
    file: PROOF,
    find: "call.checkRange(out, 32);\n    call.write",
    replace: "call.write",
  },
];

export const BIGNUM_MUTANTS: readonly Edit[] = [
  {
    name: "output-first",
    about: "clears the result before it reads the terms",
    file: BIGNUM,
    find: "const exact = operate(readNumber(call, width, a)",
    replace: "writeNumber(call, width, r, 0n);\n    const exact = operate(readNumber(call, width, a)",
  },
  {
    name: "divisor-read-again",
    about: "reads the divisor again once the quotient is written",
    file: BIGNUM,
    find: "writeNumber(call, width, r, dividend % divisor);",
    replace: "writeNumber(call, width, r, dividend % (readNumber(call, width, b) || 1n));",
  },
  {
    name: "overlap-unchecked",
    about: "lets quotient and remainder overlap",
    file: BIGNUM,
    find: "if (Math.abs(q - r) < width / 8)",
    replace: "if (q === r)",
  },
  {
    name: "overlap-too-wide",
    about: "refuses quotient and remainder that touch",
    file: BIGNUM,
    find: "if (Math.abs(q - r) < width / 8)",
    replace: "if (Math.abs(q - r) <= width / 8)",
  },
  {
    name: "overlap-one-sided",
    about: "sees an overlap only where the remainder comes after the quotient",
    file: BIGNUM,
    find: "if (Math.abs(q - r) < width / 8)",
    replace: "if (q <= r && r - q < width / 8)",
  },
  {
    name: "modulus-one-for-zero",
    about: "takes a modulus of zero for one",
    file: BIGNUM,
    find: "if (modulus === 0n)\n        throw",
    replace: "if (modulus === 0n)\n        return 1n;\n    if (false)\n        throw",
  },
  {
    name: "modulus-before-range",
    about: "looks at the divisor before the ranges of the results",
    file: BIGNUM,
    find: "checkNumbers(call, width, [a, b, q, r]);",
    replace: "checkModulus(readNumber(call, width, b));\n    checkNumbers(call, width, [a, b, q, r]);",
  },
  {
    name: "montgomery-first-term",
    about: "takes a first factor that is not below the modulus",
    file: BIGNUM,
    find: "left >= modulus || ",
    replace: "",
  },
  {
    name: "montgomery-second-term",
    about: "takes a second factor that is not below the modulus",
    file: BIGNUM,
    find: " || right >= modulus",
    replace: "",
  },
  {
    name: "montgomery-inverse",
    about: "takes any inverse",
    file: BIGNUM,
    find: "if ((inverse * modulus + 1n) % LIMB !== 0n)",
    replace: "if (false)",
  },
  {
    name: "montgomery-second-at-modulus",
    about: "takes a second factor that is the modulus",
    file: BIGNUM,
    find: "|| right >= modulus",
    replace: "|| right > modulus",
  },
  {
    name: "scout-wraps",
    about: "lets Scout's differences wrap",
    file: BIGNUM,
    find: "if (BigInt.asUintN(256, exact) !== exact)",
    replace: "if (exact > 0n && BigInt.asUintN(256, exact) !== exact)",
  },
  {
    name: "scout-little-endian",
    about: "reads Scout's first term from the wrong end",
    file: BIGNUM,
    find: "decodeUintLE(call.read(a, 32).reverse())",
    replace: "decodeUintLE(call.read(a, 32))",
  },
];
