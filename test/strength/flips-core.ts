/** Flips of what the tries share with others. */
import { type Flip, flipsOf, inEach } from "./flip.ts";

const RLP: readonly Flip[] = flipsOf("core/rlp", [
  ["if (item.end === bytes.length)", "if (true)"],
  ["for (let at = 0; at < payload.length;)", "for (let at = 0; at < payload.length - 1;)"],
  [
    "if (at >= bytes.length)",
    "if (false)",
    "a byte that is not there is undefined, which is below no bound: it reads as a long item whose length is cut off",
  ],
  ["if (first < STRING)", "if (first <= STRING)"],
  ["const code = first - (isList ? LIST : STRING);", "const code = first - LIST;"],
  [
    "const lengthBytes = code <= SHORT ? 0",
    "const lengthBytes = code < SHORT ? 0",
    "a code of 55 has no length bytes by either",
  ],
  ["const lengthBytes = code <= SHORT ? 0", "const lengthBytes = false ? 0"],
  ["const length = code <= SHORT ? code", "const length = code < SHORT ? code"],
  ["if (length > bytes.length - at - head) {", "if (false) {"],
  ["if (!isList && length", "if (length"],
  ["&& length === 1 &&", "&&"],
  ["&& bytes[at + head] < STRING) {", ") {"],
  ["if (at + lengthBytes > bytes.length)", "if (false)"],
  ["if (bytes[at] === 0)", "if (false)"],
  ["index < lengthBytes;", "index < lengthBytes - 1;"],
  ["if (length <= SHORT)\n        throw", "if (false)\n        throw"],
  ["return bytes.length === 1 && ", "return "],
  ["&& bytes[0] < STRING ? bytes", "? bytes"],
  ["const head = length <= SHORT ?", "const head = length < SHORT ?"],
  ["for (let rest = length; rest > 0;", "for (let rest = length; rest > 255;"],
]);

const NIBBLES: readonly Flip[] = flipsOf("core/nibbles", [
  ["index < bytes.length;", "index < bytes.length - 1;"],
  ["while (shared < most && ", "while ("],
  ["&& part[shared] === path[at + shared])", ")"],
]);

const HASH_MAP: readonly Flip[] = flipsOf("core/hash-map", [
  ["while (entry !== undefined && ", "while ("],
  ["&& !equalBytes(entry.hash, hash))", "&& false)"],
  ["return entry?.value;", "return entry.value;"],
]);

const WRITES: readonly Flip[] = flipsOf("proofs/writes", [
  ["return sorted.filter((item, index) => {", "return sorted.filter((item, index) => {\n        return true;"],
  ["return next === undefined || ", "return "],
  ["|| !equalBytes(bytesOf(item), bytesOf(next));", "|| true;"],
  ["if (before === undefined)", "if (true)"],
]);

/** Where two leaves of one key go on, `sparse` looks for the bit at which they part until it is stopped. */
const WRITES_OF_SPARSE: readonly Flip[] = inEach(
  ["sparse"],
  flipsOf("proofs/writes", [
    ["return next === undefined || ", "return "],
    [
      "equalBytes(bytesOf(item), bytesOf(next))",
      "equalBytes(bytesOf(item).subarray(0, 31), bytesOf(next).subarray(0, 31))",
    ],
    ["const name = toHex(this.#bytesOf(key));", 'const name = toHex(this.#bytesOf(key).subarray(0, 31)).concat("00");'],
    ["if (before === undefined)", "if (true)"],
  ]),
);

export const CORE_FLIPS: readonly Flip[] = [...RLP, ...NIBBLES, ...HASH_MAP, ...WRITES, ...WRITES_OF_SPARSE];
