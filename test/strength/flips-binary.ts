/** Flips of what every binary tree stands on: bits, bytes, indices, limits, scripts. */
import { type Flip, flipsOf, inEach } from "./flip.ts";

const GINDEX: readonly Flip[] = flipsOf("core/gindex", [
  ["value < 1n", "false"],
  ["value >= TOO_LONG", "true"],
  ["gindex > 1n && (gindex & 1n) === 1n", "gindex > 1n"],
  ["distance >= 0 && gindex >> BigInt(distance) === ancestor", "distance >= 0"],
  ["distance < 0 ? a << BigInt(-distance) : a", "(a << BigInt(-distance))"],
  ["distance > 0 ? b << BigInt(distance) : b", "(b << BigInt(distance))"],
  ["leftEdgeA !== leftEdgeB", "false"],
  ["leftEdgeA < leftEdgeB ? -1 : 1", "(-1)"],
  ["a < b ? -1 : a > b ? 1 : 0", "(-1)"],
  ["return a < b ? -1 : a > b ? 1 : 0;", "return (a <= b) ? -1 : a > b ? 1 : 0;"],
  ["index === 0 || gindex !== sorted[index - 1]", "index === 0"],
  ["sorted.filter((gindex, index) => index === 0 || gindex !== sorted[index - 1])", "sorted"],
  ["return a < b ? -1 : a > b ? 1 : 0;", "return Number(a) - Number(b);"],
]);

const BITS: readonly Flip[] = flipsOf("core/bits", [
  ["index < bits.length", "false"],
  ["index < bitCount", "false"],
  ["index < 8 * packedLength(bitCount)", "false"],
  ["bitAt(packed, index) !== 0", "false"],
]);

const BYTES: readonly Flip[] = flipsOf("core/bytes", [
  ["bytes.length === 32 ? bytes : undefined", "(bytes)"],
  ["a.length !== b.length", "true"],
  ["index < a.length", "false"],
  [
    "for (let index = 0; index < a.length; index++)\n        if (a[index] !== b[index])",
    "for (let index = 0; index < a.length; index++)\n        if (false)",
  ],
  ["HEX.test(text) ? hexToBytes(text.slice(2)) : undefined", "(hexToBytes(text.slice(2)))"],
  ["bytes.length === 0 ? 0n : BigInt(toHex(bigEndian))", "(0n)"],
  ["index < shared", "false"],
  [
    "for (let index = 0; index < shared; index++) {\n        if (a[index] !== b[index])",
    "for (let index = 0; index < shared; index++) {\n        if (false)",
  ],
  ["index === 0 || !equalBytes(bytes, sorted[index - 1])", "index === 0"],
  ["index === 0 || !equalBytes(bytes, sorted[index - 1])", "!equalBytes(bytes, sorted[index - 1])"],
  ["const shared = Math.min(a.length, b.length);", "const shared = 8;"],
  ["const shared = Math.min(a.length, b.length);", "const shared = 31;"],
  ["return a[index] - b[index];", "return (a[index] ^ 128) - (b[index] ^ 128);"],
]);

const ZERO_NODES: readonly Flip[] = flipsOf("core/zero-nodes", [["height <= MAX_HEIGHT", "false"]]);

const LIMITS: readonly Flip[] = flipsOf("core/limits", [["actual > limit", "true"]]);

const TRANSACT: readonly Flip[] = flipsOf("proofs/transact", [
  ["!(error instanceof ProofError)", "false", "no backend throws anything else"],
  ["if (this.#checkpoints.length > 0)", "if (false)"],
  ["this.#checkpoints.length === 0", "true"],
  ["logLength === undefined", "false"],
]);

export const BINARY_FLIPS: readonly Flip[] = [
  ...GINDEX,
  ...inEach(["ssz", "sparse"], BITS),
  ...BYTES,
  ...ZERO_NODES,
  ...LIMITS,
  ...inEach(["ssz", "sparse"], TRANSACT),
];
