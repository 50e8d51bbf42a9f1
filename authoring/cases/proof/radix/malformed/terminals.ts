/** Malformed `kmm` proofs: false prefix lengths, leaves and paths, and hashes of zeros. */
import type { VectorFile } from "../../../../../harness/cases/vector.ts";
import { replaceAt } from "../../../kit/binary/pruned.ts";
import { type Broken, brokenDrafts, brokenFile } from "../broken.ts";
import { HONEST, PROVEN } from "../kmm-subject.ts";
import { bitsOf, flip, hashOf, internalNode, joinKmm, kmmOf, leafNode, leafTerminal, pack } from "../proofs.ts";
import { EMPTY, MIXED_KEYS, prove, scenario, valueAt } from "../trees.ts";

const SOURCE = "authoring/cases/proof/radix/malformed/terminals.ts";

const CLOSED_OFF = scenario("", "", MIXED_KEYS, ["18"]);

function prefixLengthFaults(): Broken[] {
  const with_ = (at: number, length: number): string =>
    joinKmm({ ...HONEST, lengths: replaceAt(HONEST.lengths, at, length) });
  const honest = HONEST.lengths;
  return honest.flatMap((length, at): Broken[] => {
    const fault = (id: string, about: string, said: number): Broken => ({
      id: `prefix-length-${at}-${id}`,
      about: `the prefix length of internal node ${at}: ${about}`,
      flag: "lying-prefix-length",
      proof: with_(at, said),
      mayParse: true,
    });
    return [
      fault("one-more", "one more than it is", length + 1),
      ...(length > 0 ? [fault("one-less", "one less than it is", length - 1), fault("zero", "0", 0)] : []),
      fault("eight-more", "eight more than it is", length + 8),
      { ...fault("largest", "65 535", 65_535) },
      { ...fault("sign-bit", "2^15 more than it is", length + 32_768), mayParse: true },
      ...(length > 0 ? [{ ...fault("big-endian", "in big-endian order", length * 256) }] : []),
    ];
  });
}

function terminalFaults(): Broken[] {
  return HONEST.terminals.flatMap((terminal, at): Broken[] => {
    // The path of the closed-off node is shorter than a value.
    if (terminal.length < 64) return [];
    const key = terminal.slice(4, -64);
    const value = terminal.slice(-64);
    const put = (changed: string): string =>
      joinKmm({ ...HONEST, terminals: replaceAt(HONEST.terminals, at, changed) });
    const length = (id: string, about: string, said: number): Broken => ({
      id: `key-length-${at}-${id}`,
      about: `the key length of leaf ${at}: ${about}`,
      flag: "lying-count",
      proof: put(leafTerminal(key, value, said)),
    });
    const bytes = key.length / 2;
    const resized = (id: string, about: string, other: string): Broken => ({
      id: `key-${at}-${id}`,
      about: `leaf ${at} with ${about}`,
      flag: "bad-key",
      proof: put(leafTerminal(other, value)),
    });
    return [
      length("zero", "0", 0),
      length("one-less", "one less than it is", bytes - 1),
      length("one-more", "one more than it is", bytes + 1),
      length("largest", "65 535", 65_535),
      length("8193", "8193", 8193),
      length("big-endian", "in big-endian order", bytes * 256),
      resized("no-byte", "a key of no byte", ""),
      {
        id: `value-${at}-31-bytes`,
        about: `leaf ${at} with a value of 31 bytes`,
        flag: "bad-node-length",
        proof: put(leafTerminal(key, value.slice(2))),
      },
      {
        id: `value-${at}-33-bytes`,
        about: `leaf ${at} with a value of 33 bytes`,
        flag: "bad-node-length",
        proof: put(leafTerminal(key, `${value}00`)),
      },
    ];
  });
}

/** The path of a closed-off node. No hash covers it, so only an explicit check finds a fault. */
function pathFaults(): Broken[] {
  const honest = prove(CLOSED_OFF, "kmm");
  const kmm = kmmOf(honest.proof);
  const [path] = kmm.terminals;
  const bits = kmm.lengths.reduce((sum, length) => sum + length, kmm.lengths.length - 1);
  const fault = (id: string, about: string, flag: string, terminal: string): Broken => ({
    id: `path-${id}`,
    about: `the path of a node that is closed off ${about}`,
    flag,
    proof: joinKmm({ ...kmm, terminals: [terminal] }),
    root: honest.root,
    keys: CLOSED_OFF.keys,
  });
  return [
    ...Array.from({ length: 8 - bits }, (_, index) =>
      fault(`padding-${index}`, `with bit ${index} of its padding set`, "padding-not-zero", flip(path, bits + index)),
    ),
    fault("byte-more", "with a byte of padding more", "padding-not-zero", `${path}00`),
    fault("byte-less", "without its only byte", "truncated", ""),
    fault("branching-bit", "with its branching bit, as of a key that lies below", "padding-not-zero", flip(path, bits)),
    fault("side", "on the other side of its parent", "disagreeing-terminals", flip(path, 0)),
    {
      ...fault(
        "least-bit-first",
        "packed from the least significant bit on",
        "lying-prefix-length",
        pack([...bitsOf(path)].reverse().join("")),
      ),
      mayParse: true,
    },
  ];
}

/** A hash of zeros instead of each hash, with the matching root. */
function zeroHashFaults(): Broken[] {
  const zero = EMPTY.slice(2);
  const value = valueAt(0).slice(2);
  const leaf = hashOf(leafNode("10", value));
  const rootOf = (left: string, right: string): string => `0x${hashOf(internalNode("", left, right))}`;
  const kmm = (labels: string, terminals: string[], hashes: string[]): string =>
    joinKmm({ labels, lengths: [0], terminals, hashes });
  const fault = (id: string, about: string, against: string, changed: string): Broken => ({
    id: `zero-hash-${id}`,
    about,
    flag: "zero-hash",
    proof: changed,
    root: against,
    keys: ["0x10", "0x90"],
  });
  return [
    ...HONEST.hashes.map(
      (_, at): Broken => ({
        id: `zero-hash-${at}`,
        about: `hash ${at} of an honest proof replaced by zeros`,
        flag: "zero-hash",
        proof: joinKmm({ ...HONEST, hashes: replaceAt(HONEST.hashes, at, zero) }),
      }),
    ),
    fault(
      "right",
      "a leaf on the left, and the root of the empty tree on the right, with the root that follows",
      rootOf(leaf, zero),
      kmm("1100", [leafTerminal("10", value)], [zero]),
    ),
    fault(
      "left",
      "a leaf on the right, and the root of the empty tree on the left, with the root that follows",
      rootOf(zero, hashOf(leafNode("90", value))),
      kmm("1010", [leafTerminal("90", value)], [zero]),
    ),
    fault(
      "both",
      "a node of two empty trees, with the root that follows",
      rootOf(zero, zero),
      kmm("100", [""], [zero, zero]),
    ),
  ];
}

export function malformedTerminalFiles(): VectorFile[] {
  const cases = [...prefixLengthFaults(), ...terminalFaults(), ...pathFaults(), ...zeroHashFaults()];
  return [
    brokenFile(
      SOURCE,
      "kmm",
      "malformed-terminals",
      "Prefix lengths, keys, values and paths of wrong lengths, padding that is not zero, and hashes of zeros.",
      ["PROOF-RADIX-050", "PROOF-RADIX-053", "PROOF-RADIX-055", "PROOF-RADIX-058", "PROOF-RADIX-060"],
      brokenDrafts("kmm", PROVEN, cases),
    ),
  ];
}
