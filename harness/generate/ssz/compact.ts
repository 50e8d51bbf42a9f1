/** Malformed `compact` bytes: shapes that do not end, padding, and counts that disagree. */
import type { VectorFile } from "../../vector.ts";
import { type Draft, vectorFile } from "../draft.ts";
import { type Broken, brokenCases, lengthFaults } from "./broken.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { compactHex, prove, prunedScenario, randomNode, type Scenario } from "./trees.ts";

const SOURCE = "harness/generate/ssz/compact.ts";

function setBit(proof: string, bit: number): string {
  const bytes = Buffer.from(proof.slice(2), "hex");
  bytes[bit >> 3] ^= 0x80 >> (bit & 7);
  return `0x${bytes.toString("hex")}`;
}

/** Every padding bit, one at a time and all at once. */
function paddingFaults(of: Scenario): Broken[] {
  const proof = prove(of, "compact").proof as string;
  const { shape } = prunedScenario(of).pruned;
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

/** Each shape bit inverted: the count of bottoms no longer fits, or the tree no longer hashes to the root. */
function shapeFaults(of: Scenario): Broken[] {
  const { shape, bottoms } = prunedScenario(of).pruned;
  return [...shape].map((bit, at) => {
    const flipped = `${shape.slice(0, at)}${bit === "0" ? "1" : "0"}${shape.slice(at + 1)}`;
    return {
      id: `${of.id}-shape-bit-${at}`,
      about: `${of.about}; shape bit ${at} inverted`,
      flag: "lying-shape",
      proof: compactHex({ shape: flipped, bottoms }),
    };
  });
}

function shapeBytes(): Broken[] {
  const { shape, bottoms } = prunedScenario(honestScenario("four-leaves-all")).pruned;
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

/** Huge claims in few bytes, and shapes without end. */
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

export function compactFiles(): VectorFile[] {
  const honest = honestScenario("eight-leaves-apart");
  const proof = prove(honest, "compact").proof as string;
  const shapeLength = Math.ceil(prunedScenario(honest).pruned.shape.length / 8);
  const file = (theme: string, about: string, cases: Draft[]): VectorFile =>
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: "proof/ssz/compact", theme, about, requirements: ["PROOF-SSZ-010", "PROOF-SSZ-011", "PROOF-GEN-006"] },
      cases,
    );
  const two = honestScenario("two-leaves-both");
  return [
    file(
      "malformed",
      "Compact proofs cut short, made longer, and with shapes that do not end where they should.",
      brokenCases("compact", honest, [...lengthFaults(proof, shapeLength), ...shapeBytes(), ...floods()]),
    ),
    file("shape-bits", "One bit of the shape or of its padding inverted.", [
      ...brokenCases("compact", honest, paddingFaults(honest)),
      ...brokenCases("compact", two, paddingFaults(two)),
      ...brokenCases("compact", honestScenario("root-alone"), paddingFaults(honestScenario("root-alone"))),
      ...shapeCases(honest),
      ...shapeCases(two),
    ]),
  ];
}

/** An inverted shape bit may leave a proof that parses, so that only `get` has a verdict. */
function shapeCases(of: Scenario): Draft[] {
  return brokenCases("compact", of, shapeFaults(of)).filter(({ call }) => call === "proof/get");
}
