/** Honest tries that a careless reader confuses with others, mostly because a value could be a node. */
import { type Draft, rejected, stated } from "../../kit/draft.ts";
import { branch, extension, leaf, type Made, trieOf } from "./nodes.ts";
import { baseOf, type EncodingName, proofOf } from "./proofs.ts";
import { type Digits, keccak } from "./rlp.ts";
import { valueAt } from "./scenarios.ts";

const value = (index: number): Digits => valueAt(index).slice(2);

interface Lookalike {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly top: Made;
  /** Items of the proof that are not nodes of the trie. */
  readonly extra?: readonly Digits[];
  /** Keys and their values. */
  readonly reads: readonly (readonly [Digits, string | null])[];
}

/** A leaf for the path 34, as a node and as the content of a value. */
const inner = leaf("34", value(0));
const short = leaf("34", "05");

const LOOKALIKES: readonly Lookalike[] = [
  {
    id: "leaf-value-is-a-hash",
    about: "a leaf whose value is the hash of another node of the proof",
    flag: "value-as-node",
    top: branch({ 1: leaf("2", keccak(inner.rlp)), 9: leaf("2", value(1)) }),
    extra: [inner.rlp],
    reads: [
      ["12", `0x${keccak(inner.rlp)}`],
      ["1234", null],
    ],
  },
  {
    id: "root-leaf-value-is-a-hash",
    about: "a root leaf whose value is the hash of another node of the proof",
    flag: "value-as-node",
    top: leaf("12", keccak(inner.rlp)),
    extra: [inner.rlp],
    reads: [
      ["1234", null],
      ["12", `0x${keccak(inner.rlp)}`],
    ],
  },
  {
    id: "leaf-value-is-a-node",
    about: "a leaf whose value is the RLP of a node",
    flag: "value-as-node",
    top: branch({ 1: leaf("2", inner.rlp), 9: leaf("2", value(1)) }),
    reads: [
      ["1234", null],
      ["12", `0x${inner.rlp}`],
    ],
  },
  {
    id: "leaf-value-is-a-short-node",
    about: "a leaf whose value is the RLP of a node of less than 32 bytes",
    flag: "value-as-node",
    top: branch({ 1: leaf("2", short.rlp), 9: leaf("2", value(1)) }),
    reads: [
      ["1234", null],
      ["12", `0x${short.rlp}`],
    ],
  },
  {
    id: "branch-value-is-a-hash",
    about: "a branch whose value is the hash of another node of the proof",
    flag: "value-as-node",
    top: extension("12", branch({ 5: leaf("6", value(1)) }, keccak(inner.rlp))),
    extra: [inner.rlp],
    reads: [
      ["12", `0x${keccak(inner.rlp)}`],
      ["1234", null],
      ["1256", `0x${value(1)}`],
    ],
  },
  {
    id: "branch-value-is-a-node",
    about: "a branch whose value is the RLP of a node",
    flag: "value-as-node",
    top: extension("12", branch({ 5: leaf("6", value(1)) }, inner.rlp)),
    reads: [
      ["12", `0x${inner.rlp}`],
      ["1234", null],
    ],
  },
  {
    id: "value-is-the-root",
    about: "a leaf whose value is the hash of the leaf beside it",
    flag: "value-as-node",
    top: branch({ 1: leaf("2", keccak(leaf("3456", value(2)).rlp)), 9: leaf("3456", value(2)) }),
    reads: [
      ["12", `0x${keccak(leaf("3456", value(2)).rlp)}`],
      ["12345678", null],
    ],
  },
  {
    id: "value-is-the-empty-string",
    about: "leaves whose values are the RLP of the empty string, of the empty list and of zero",
    flag: "value-as-node",
    top: branch({ 1: leaf("2", "80"), 2: leaf("2", "c0"), 3: leaf("2", "00"), 9: leaf("2", value(1)) }),
    reads: [
      ["12", "0x80"],
      ["22", "0xc0"],
      ["32", "0x00"],
    ],
  },
  {
    id: "leaf-begins-like-an-extension",
    about: "a leaf and an extension of the same nibbles, below two children of the root",
    flag: "leaf-or-extension",
    top: branch({
      1: leaf("2", value(0)),
      9: extension("2", branch({ 3: leaf("4", value(1)), 5: leaf("6", value(2)) })),
    }),
    reads: [
      ["12", `0x${value(0)}`],
      ["1234", null],
      ["92", null],
      ["9234", `0x${value(1)}`],
    ],
  },
  {
    id: "nibbles-or-bytes",
    about: "an odd and an even path that have the same digits but for a zero",
    flag: "leaf-or-extension",
    top: branch({ 1: leaf("023", value(0)), 2: leaf("23", value(1)), 9: leaf("0", value(2)) }),
    reads: [
      ["1023", `0x${value(0)}`],
      ["1230", null],
      ["90", `0x${value(2)}`],
    ],
  },
  {
    id: "embedded-node-as-item",
    about: "an embedded leaf, whose hash is in the trie as a value",
    flag: "value-as-node",
    top: branch({ 1: short, 2: leaf("2", keccak(short.rlp)), 9: leaf("2", value(1)) }),
    extra: [short.rlp],
    reads: [
      ["22", `0x${keccak(short.rlp)}`],
      ["2234", null],
    ],
  },
];

function casesOf(encoding: EncodingName, { id, about, flag, top, extra = [], reads }: Lookalike): Draft[] {
  const { root, nodes } = trieOf(top);
  const proof = proofOf(encoding, [...nodes, ...extra], `0x${reads[0][0]}`);
  const get = (suffix: string, asked: typeof reads): Draft =>
    stated(
      {
        id: `${id}${suffix}`,
        about,
        kind: "soundness",
        flags: [flag],
        call: "proof/get",
        params: { ...baseOf(encoding), root, proof, keys: asked.map(([key]) => `0x${key}`) },
      },
      { values: asked.map(([, answer]) => answer) },
    );
  return [get("", reads), ...reads.map((read, index) => get(`-${index}`, [read]))];
}

/** A leaf says nothing about the keys beside it. */
function neighbours(encoding: EncodingName): Draft[] {
  const right = leaf("4", value(1));
  const top = extension("12", branch({ 3: leaf("4", value(0)), 5: right }));
  const { root, nodes } = trieOf(top);
  const without = nodes.filter((node) => !node.includes(value(0)));
  const ask = (id: string, about: string, key: Digits): Draft =>
    rejected(
      {
        id,
        about,
        kind: "soundness",
        flags: ["forged-absence"],
        call: "proof/get",
        params: { ...baseOf(encoding), root, proof: proofOf(encoding, without, "0x1254"), keys: [`0x${key}`] },
      },
      "incomplete",
    );
  return [
    ask("neighbour-present", "a present key whose leaf is left out, and the leaf beside it", "1234"),
    ask("neighbour-absent", "an absent key whose neighbour's leaf is left out, and the leaf beside it", "1235"),
    ask("neighbour-longer", "a longer key whose prefix's leaf is left out, and the leaf beside it", "123456"),
  ];
}

export function lookalikes(encoding: EncodingName): Draft[] {
  return [...LOOKALIKES.flatMap((one) => casesOf(encoding, one)), ...neighbours(encoding)];
}
