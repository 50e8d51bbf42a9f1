/** Mutants of host functions. Each passes every honest case of its suite and fails some vector of it. */
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
    about: "loads the saved root",
    file: ROOTS,
    find: "call.write(ptr, call.execution.preStateRoot);",
    replace: "call.write(ptr, call.execution.postStateRoot);",
  },
  {
    name: "first-save-counts",
    about: "keeps the first saved root",
    file: ROOTS,
    find: "call.execution.postStateRoot = call.read32(ptr);",
    replace: `const root = call.read32(ptr);
    if (call.execution.postStateRoot === call.execution.preStateRoot) call.execution.postStateRoot = root;`,
  },
  {
    name: "save-keeps-memory",
    about: "keeps a view of the memory that held the root",
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
    about: "accepts a range that ends one byte past the memory",
    file: CALL,
    find: "if (start + length <= size)",
    replace: "if (start + length <= size + 1)",
  },
  {
    name: "empty-anywhere",
    about: "accepts a range of no bytes at any address",
    file: CALL,
    find: "if (start + length <= size)",
    replace: "if (length === 0 || start + length <= size)",
  },
  {
    name: "length-as-end",
    about: "uses the length of a part of the block data as its end",
    file: ROOTS,
    find: "blockData.subarray(offset, offset + length)",
    replace: "blockData.subarray(offset, length)",
  },
  {
    name: "block-data-cut-off",
    about: "copies the part of the range that lies within the block data",
    file: ROOTS,
    find: 'checkWithin(blockData.length, offset, length, "the block data");',
    replace: "",
  },
  {
    name: "deposit-at-least",
    about: "accepts deposits that are too long",
    file: ROOTS,
    find: "if (length !== DEPOSIT_BYTES)",
    replace: "if (length < DEPOSIT_BYTES)",
  },
  {
    name: "deposit-range-first",
    about: "checks the range of a deposit before its length",
    file: ROOTS,
    find: "if (length !== DEPOSIT_BYTES)",
    replace: "call.checkRange(ptr, length);\n    if (length !== DEPOSIT_BYTES)",
  },
  {
    name: "deposits-keep-memory",
    about: "keeps a view of the memory that held a deposit",
    file: ROOTS,
    find: "call.execution.deposits.push(call.read(ptr, length));",
    replace:
      "call.checkRange(ptr, length);\n    call.execution.deposits.push(call.caller.memory().subarray(ptr, ptr + length));",
  },
  {
    name: "signed-ticks",
    about: "reads the ticks as a signed number",
    file: ROOTS,
    find: "execution.charge(ticks);",
    replace: "execution.charge(ticks | 0);",
  },
  {
    name: "frames-without-end",
    about: "accepts every frame number",
    file: BUFFERS,
    find: "if (frame > MAX_FRAME)",
    replace: "if (false)",
  },
  {
    name: "frame-256",
    about: "accepts frame 256",
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
    about: "writes zeros when a buffer has no value",
    file: BUFFERS,
    find: "if (found === undefined)\n        return 1;",
    replace: "if (found === undefined) {\n        call.write(value, new Uint8Array(32));\n        return 1;\n    }",
  },
  {
    name: "unwritten-unchecked",
    about: "checks the range of a value only when there is a value",
    file: BUFFERS,
    find: "call.checkRange(value, 32);\n    const found",
    replace: "const found",
  },
  {
    name: "set-keeps-memory",
    about: "keeps a view of the memory that held a value",
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
    about: "returns the result that stood before a trap",
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
    about: "reports out-of-gas when the last unit of gas is used",
    file: ENGINE,
    find: "if (counters.gas < 0n)",
    replace: "if (counters.gas <= 0n)",
  },
  {
    name: "unpaid-not-counted",
    about: "leaves the charge that could not be paid out of `charged`",
    file: ENGINE,
    find: "counters.gas -= amount;\n    if (counters.gas < 0n)\n        throw new OutOfGas();",
    replace: "if (counters.gas < amount)\n        throw new OutOfGas();\n    counters.gas -= amount;",
  },
  {
    name: "any-gas-limit",
    about: "accepts gas limits that a signed 64-bit number cannot hold",
    file: METHODS,
    find: "if (gasLimit >= 2n ** 63n)",
    replace: "if (false)",
  },
  {
    name: "state-before-range",
    about: "reads the state before it checks the range of the value",
    file: PROOF,
    find: "call.checkRange(value, 32);\n    const found = state.get(call.read32(key));",
    replace: "const found = state.get(call.read32(key));\n    call.checkRange(value, 32);",
  },
  {
    name: "root-before-range",
    about: "computes the root before it checks the range of the root",
    file: PROOF,
    find: "call.checkRange(out, 32);\n    call.write",
    replace: "call.write",
  },
];

export const BIGNUM_MUTANTS: readonly Edit[] = [
  {
    name: "output-first",
    about: "clears the result before it reads the operands",
    file: BIGNUM,
    find: "const exact = operate(readNumber(call, width, a)",
    replace: "writeNumber(call, width, r, 0n);\n    const exact = operate(readNumber(call, width, a)",
  },
  {
    name: "divisor-read-again",
    about: "reads the divisor again after it has written the quotient",
    file: BIGNUM,
    find: "writeNumber(call, width, r, dividend % divisor);",
    replace: "writeNumber(call, width, r, dividend % (readNumber(call, width, b) || 1n));",
  },
  {
    name: "overlap-unchecked",
    about: "accepts a quotient and a remainder that overlap in part",
    file: BIGNUM,
    find: "if (Math.abs(q - r) < width / 8)",
    replace: "if (q === r)",
  },
  {
    name: "overlap-too-wide",
    about: "rejects a quotient and a remainder that touch",
    file: BIGNUM,
    find: "if (Math.abs(q - r) < width / 8)",
    replace: "if (Math.abs(q - r) <= width / 8)",
  },
  {
    name: "overlap-one-sided",
    about: "detects an overlap only when the remainder begins after the quotient",
    file: BIGNUM,
    find: "if (Math.abs(q - r) < width / 8)",
    replace: "if (q <= r && r - q < width / 8)",
  },
  {
    name: "modulus-one-for-zero",
    about: "treats a modulus of zero as one",
    file: BIGNUM,
    find: "if (modulus === 0n)\n        throw",
    replace: "if (modulus === 0n)\n        return 1n;\n    if (false)\n        throw",
  },
  {
    name: "modulus-before-range",
    about: "checks the divisor before the ranges of the results",
    file: BIGNUM,
    find: "checkNumbers(call, width, [a, b, q, r]);",
    replace: "checkModulus(readNumber(call, width, b));\n    checkNumbers(call, width, [a, b, q, r]);",
  },
  {
    name: "montgomery-first-term",
    about: "accepts a first factor that is not below the modulus",
    file: BIGNUM,
    find: "left >= modulus || ",
    replace: "",
  },
  {
    name: "montgomery-second-term",
    about: "accepts a second factor that is not below the modulus",
    file: BIGNUM,
    find: " || right >= modulus",
    replace: "",
  },
  {
    name: "montgomery-inverse",
    about: "accepts every inverse",
    file: BIGNUM,
    find: "if ((inverse * modulus + 1n) % LIMB !== 0n)",
    replace: "if (false)",
  },
  {
    name: "montgomery-second-at-modulus",
    about: "accepts a second factor equal to the modulus",
    file: BIGNUM,
    find: "|| right >= modulus",
    replace: "|| right > modulus",
  },
  {
    name: "scout-wraps",
    about: "wraps Scout's differences",
    file: BIGNUM,
    find: "if (BigInt.asUintN(256, exact) !== exact)",
    replace: "if (exact > 0n && BigInt.asUintN(256, exact) !== exact)",
  },
  {
    name: "scout-little-endian",
    about: "reads Scout's first operand as little-endian",
    file: BIGNUM,
    find: "decodeUintLE(call.read(a, 32).reverse())",
    replace: "decodeUintLE(call.read(a, 32))",
  },
];
