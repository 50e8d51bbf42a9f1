/** Malformed `compact` bytes: shapes that do not end, padding, and counts that disagree. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../draft.ts";
import { type Broken, brokenCases, lengthFaults, type Subject, type SuiteOf } from "./broken.ts";
import { compactHex, type Pruned, randomNode } from "./pruned.ts";

function setBit(proof: string, bit: number): string {
  const bytes = Buffer.from(proof.slice(2), "hex");
  bytes[bit >> 3] ^= 0x80 >> (bit & 7);
  return `0x${bytes.toString("hex")}`;
}

/** Sets each padding bit, and all of them. */
function paddingFaults(of: Subject): Broken[] {
  const proof = of.proof as string;
  const { shape } = of.pruned;
  const padding = Array.from({ length: 8 * Math.ceil(shape.length / 8) - shape.length }, (_, i) => shape.length + i);
  return [
    ...padding.map((bit) => ({
      id: `${of.id}-padding-bit-${bit}`,
      about: `${of.about}; padding bit ${bit} set`,
      flag: "padding-not-zero",
      proof: setBit(proof, bit),
    })),
    {
      id: `${of.id}-padding-all`,
      about: `${of.about}; every padding bit set`,
      flag: "padding-not-zero",
      proof: padding.reduce(setBit, proof),
    },
  ];
}

/** Inverts each shape bit: the number of bottom nodes is wrong, or the computed root differs. */
function shapeFaults(of: Subject): Broken[] {
  const { shape, bottoms } = of.pruned;
  return [...shape].map((bit, index) => {
    const flipped = `${shape.slice(0, index)}${bit === "0" ? "1" : "0"}${shape.slice(index + 1)}`;
    return {
      id: `${of.id}-shape-bit-${index}`,
      about: `${of.about}; shape bit ${index} inverted`,
      flag: "lying-shape",
      proof: compactHex({ shape: flipped, bottoms }),
    };
  });
}

/** Input: a tree of four leaves. */
function shapeBytes({ shape, bottoms }: Pruned): Broken[] {
  const node = bottoms[0];
  return [
    {
      id: "a-byte-of-padding",
      about: "a whole byte of zeros between shape and bottoms",
      flag: "padding-not-zero",
      proof: compactHex({ shape: shape.padEnd(16, "0"), bottoms }),
    },
    { id: "shape-never-ends", about: "inner nodes alone, 64 of them", flag: "truncated", proof: `0x${"00".repeat(8)}` },
    {
      id: "shape-never-ends-with-nodes",
      about: "a shape of zeros that swallows the bottoms, which are zeros too",
      flag: "truncated",
      proof: `0x${"00".repeat(8 + 64)}`,
    },
    {
      id: "one-bottom-too-many",
      about: "a fifth bottom that the shape does not have",
      flag: "trailing-bytes",
      proof: compactHex({ shape, bottoms: [...bottoms, node] }),
    },
    {
      id: "one-bottom-too-few",
      about: "three bottoms for a shape of four",
      flag: "truncated",
      proof: compactHex({ shape, bottoms: bottoms.slice(0, 3) }),
    },
    {
      id: "two-trees",
      about: "two whole shapes one after the other",
      flag: "trailing-bytes",
      proof: compactHex({ shape: "11", bottoms: [node, node] }),
    },
    {
      id: "root-alone-long",
      about: "a root alone with 33 bytes",
      flag: "trailing-bytes",
      proof: `0x80${randomNode(51).slice(2)}00`,
    },
    {
      id: "root-alone-short",
      about: "a root alone with 31 bytes",
      flag: "truncated",
      proof: `0x80${randomNode(51).slice(2, 64)}`,
    },
    {
      id: "root-alone-unmarked",
      about: "a root alone whose shape byte is zero",
      flag: "lying-shape",
      proof: `0x00${randomNode(51).slice(2)}`,
    },
    {
      id: "root-alone-least-bit-first",
      about: "a root alone, its shape bit at the wrong end of the byte",
      flag: "lying-shape",
      proof: `0x01${randomNode(51).slice(2)}`,
    },
  ];
}

/** Few bytes that claim many nodes, and shapes that do not end. */
function floods(): Broken[] {
  return [
    {
      id: "a-million-inner-nodes",
      about: "128 KiB of zero bits: a million inner nodes and no bottom",
      kind: "dos",
      flag: "deep-tree",
      proof: { repeat: { bytes: "0x00", count: 131072 } },
      classes: ["malformed", "limit-exceeded", "invalid-proof"],
    },
    {
      id: "alternating-without-bottoms",
      about: "the shape of a comb a million bits long, without its bottoms",
      kind: "dos",
      flag: "deep-tree",
      proof: { repeat: { bytes: "0x55", count: 131072 } },
      classes: ["malformed", "limit-exceeded", "invalid-proof"],
    },
  ];
}

/** The honest proofs that are broken. */
export interface CompactSubjects {
  readonly main: Subject;
  /** Proofs of other lengths, for the bits of the shape and of the padding. */
  readonly others: readonly Subject[];
  readonly fourLeaves: Pruned;
}

export function compactFiles(
  { suite, source, confirmedBy }: SuiteOf,
  { main, others, fourLeaves }: CompactSubjects,
  requirements: readonly string[],
): VectorFile[] {
  const shapeLength = Math.ceil(main.pruned.shape.length / 8);
  const file = (theme: string, about: string, cases: Draft[]): VectorFile =>
    vectorFile(source, confirmedBy, { suite, theme, about, requirements }, cases);
  return [
    file(
      "malformed",
      "Compact proofs cut short, made longer, and with shapes that do not end where they should.",
      brokenCases(main, [...lengthFaults(main.proof as string, shapeLength), ...shapeBytes(fourLeaves), ...floods()]),
    ),
    file("shape-bits", "One bit of the shape or of its padding inverted.", [
      ...[main, ...others].flatMap((subject) => brokenCases(subject, paddingFaults(subject))),
      ...[main, ...others.filter(({ pruned }) => pruned.bottoms.length > 1)].flatMap(shapeCases),
    ]),
  ];
}

/** A proof with an inverted shape bit may parse, so that only `get` has a defined outcome. */
function shapeCases(of: Subject): Draft[] {
  return brokenCases(of, shapeFaults(of)).filter(({ call }) => call === "proof/get");
}
