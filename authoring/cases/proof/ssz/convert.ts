/** Conversions between all encodings, and the requests that they must reject. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { FULL_BOTTOMS, fullCompact, fullOffsets16 } from "../../kit/binary/full-offsets16.ts";
import { flipBit, replaceAt } from "../../kit/binary/pruned.ts";
import { accepted, ask, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { ENCODINGS, type EncodingName, encodePruned, pathScenario, prove, prunedScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/convert.ts";

const SOURCES = [
  "root-alone",
  "two-leaves-both",
  "eight-leaves-apart",
  "eight-leaves-levels",
  "left-comb-middle",
  "uneven-20",
];

function parameters(
  from: EncodingName,
  to: EncodingName,
  root: string,
  proof: Json,
  keys: readonly string[],
): JsonObject {
  return { backend: "ssz", from, to, root, proof, ...(to === "helpers" ? { keys } : {}) };
}

function honestCases(from: EncodingName): Draft[] {
  return SOURCES.map(honestScenario).flatMap((of) =>
    ENCODINGS.map((to) => {
      const { root, proof } = prove(of, from);
      return accepted({
        id: `${of.id}-to-${to}`,
        about: `${from} to ${to}: ${of.about}`,
        kind: "completeness",
        call: "proof/convert",
        params: parameters(from, to, root, proof, of.keys),
      });
    }),
  );
}

/** To `helpers`, only the keys count: every other opened node of the source is closed again. */
function keyCases(from: EncodingName): Draft[] {
  const of = honestScenario("eight-leaves-apart");
  const { root, proof } = prove(of, from);
  const convert = (
    id: string,
    about: string,
    keys: readonly string[] | undefined,
    to: EncodingName = "helpers",
  ): Omit<Draft, "expect"> => ({
    id,
    about,
    kind: "completeness",
    flags: ["converted-claims"],
    call: "proof/convert",
    params: { backend: "ssz", from, to, root, proof, ...(keys ? { keys } : {}) },
  });
  const refuse = (text: Omit<Draft, "expect">, ...classes: string[]): Draft =>
    rejected({ ...text, kind: "soundness" }, ...classes);
  return [
    accepted(convert("one-of-two-claims", "one claim of two: the other subtree is closed", ["0x8"])),
    accepted(convert("claims-unsorted", "claims in descending order", ["0xd", "0x8"])),
    accepted(convert("claims-repeated", "a claim repeated", ["0x8", "0x8"])),
    accepted(convert("inner-claim", "an inner node claimed: what lies below is closed", ["0x4"])),
    accepted(convert("helper-claimed", "a helper of the source claimed", ["0x5"])),
    accepted(convert("root-claimed", "the root claimed: nothing stays open", ["0x1"])),
    accepted(
      convert("all-bottoms-claimed", "every bottom claimed: no helper is left", [
        "0x5",
        "0x7",
        "0x8",
        "0x9",
        "0xc",
        "0xd",
      ]),
    ),
    refuse(convert("keys-missing", "no keys for an encoding that names claims", undefined), "invalid-argument"),
    refuse(convert("no-keys", "an empty list of keys", []), "invalid-argument"),
    refuse(convert("nested-keys", "a claim and its parent", ["0x8", "0x4"]), "invalid-argument"),
    refuse(convert("nested-root", "a claim and the root", ["0x1", "0xd"]), "invalid-argument"),
    refuse(
      convert("nested-not-neighbours", "a claim of the other half between nested ones", ["0x2", "0x7", "0x8"]),
      "invalid-argument",
    ),
    refuse(
      convert("nested-on-the-right", "a leaf on the left, nested claims on the right", ["0x8", "0x6", "0xd"]),
      "invalid-argument",
    ),
    refuse(convert("key-0", "gindex 0", ["0x0"]), "invalid-argument"),
    refuse(convert("key-below-a-bottom", "a node that the source does not open", ["0xa"]), "incomplete"),
    refuse(convert("key-below-a-claim", "the child of a claim", ["0x10"]), "incomplete"),
    refuse(
      convert("keys-for-compact", "keys for an encoding that names no claims", ["0x8"], "compact"),
      "invalid-argument",
    ),
    refuse(
      convert("keys-for-offsets64", "keys for an encoding that names no claims", ["0x8"], "offsets64"),
      "invalid-argument",
    ),
  ];
}

/** A conversion authenticates first, so that it never converts a forged proof. */
function forgedCases(from: EncodingName): Draft[] {
  const of = honestScenario("eight-leaves-apart");
  const { root, pruned } = prunedScenario(of);
  const forged = encodePruned(
    { ...pruned, bottoms: replaceAt(pruned.bottoms, 1, flipBit(pruned.bottoms[1], 255)) },
    from,
    of.keys,
  );
  const honest = encodePruned(pruned, from, of.keys);
  return ENCODINGS.flatMap((to) => {
    const text = { kind: "soundness" as const, call: "proof/convert" };
    return [
      rejected(
        {
          ...text,
          id: `forged-to-${to}`,
          about: `a forged helper, ${from} to ${to}`,
          flags: ["forged-node"],
          params: parameters(from, to, root, forged, of.keys),
        },
        "invalid-proof",
      ),
      rejected(
        {
          ...text,
          id: `wrong-root-to-${to}`,
          about: `another root, ${from} to ${to}`,
          flags: ["wrong-root"],
          params: parameters(from, to, flipBit(root, 255), honest, of.keys),
        },
        "invalid-proof",
      ),
    ];
  });
}

/** Trees that the target cannot hold. */
function limitCases(): Draft[] {
  const deep = (bits: number): Draft["params"] => {
    const of = pathScenario("", "", 91, 2n ** BigInt(bits - 1));
    const { root, proof } = prove(of, "compact");
    return parameters("compact", "explicit", root, proof, of.keys);
  };
  return [
    accepted({
      id: "explicit-128-bits",
      about: "the deepest tree that 128-bit indices can name",
      kind: "completeness",
      flags: ["wide-gindex"],
      call: "proof/convert",
      params: deep(128),
    }),
    rejected(
      {
        id: "explicit-129-bits",
        about: "one level deeper than 128-bit indices can name",
        kind: "soundness",
        flags: ["wide-gindex"],
        call: "proof/convert",
        params: deep(129),
      },
      "limit-exceeded",
    ),
    offsets16Full(),
    rejected(
      {
        id: "offsets16-65536",
        about: "65 536 bottoms, one more than a u16 counts",
        kind: "soundness",
        flags: ["lying-count"],
        call: "proof/convert",
        params: manyBottoms(65536),
      },
      "limit-exceeded",
    ),
  ];
}

/** The largest number of bottom nodes that a u16 can count. */
function offsets16Full(): Draft {
  const zeros: Json = { repeat: { bytes: "0x00", count: 32 * FULL_BOTTOMS } };
  const proof = fullCompact(zeros);
  const { root } = ask("proof/root", { backend: "ssz", encoding: "compact", proof });
  return stated(
    {
      id: "offsets16-65535",
      about: "65 535 bottoms, as many as a u16 counts",
      kind: "completeness",
      flags: ["many-bottoms"],
      call: "proof/convert",
      params: { backend: "ssz", from: "compact", to: "offsets16", root, proof },
    },
    { proof: fullOffsets16(zeros) },
  );
}

/** A balanced tree of zero leaves, compact: its shape is a rule, and its root a chain of hashes. */
function manyBottoms(count: number): JsonObject {
  let shape = "1";
  for (let size = 1; size < count; size *= 2) shape = `0${shape}${shape}`;
  const bytes = shape.padEnd(8 * Math.ceil(shape.length / 8), "0").match(/.{8}/g) as string[];
  const packed = `0x${bytes.map((bits) => Number.parseInt(bits, 2).toString(16).padStart(2, "0")).join("")}`;
  const proof: Json = { concat: [packed, { repeat: { bytes: "0x00", count: 32 * count } }] };
  const { root } = ask("proof/root", { backend: "ssz", encoding: "compact", proof });
  return { backend: "ssz", from: "compact", to: "offsets16", root, proof };
}

export function convertFiles(): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: "proof/ssz/convert", theme, about, requirements }, cases);
  return [
    ...ENCODINGS.flatMap((from) => [
      file(
        `from-${from}`,
        `Honest ${from} proofs in every other encoding.`,
        ["PROOF-SSZ-007", "PROOF-SSZ-083", "PROOF-SSZ-084"],
        honestCases(from),
      ),
      file(
        `claims-from-${from}`,
        `Which claims a ${from} proof can be converted for, and which keys are refused.`,
        ["PROOF-SSZ-084", "PROOF-SSZ-085", "PROOF-SSZ-086", "PROOF-SSZ-044", "PROOF-SSZ-078", "PROOF-SSZ-079"],
        keyCases(from),
      ),
      file(
        `forged-${from}`,
        `Forged ${from} proofs must not convert.`,
        ["PROOF-GEN-013", "PROOF-GEN-014", "PROOF-SSZ-007"],
        forgedCases(from),
      ),
    ]),
    file(
      "limits",
      "Trees that the target encoding cannot hold.",
      ["PROOF-SSZ-083", "PROOF-SSZ-087", "PROOF-SSZ-066", "PROOF-SSZ-067"],
      limitCases(),
    ),
  ];
}
