/** Writes through a proof: batches, and scripts with checkpoints. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit, quantity } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { newNode, SCRIPTS, type Writing } from "./scripts.ts";
import { type EncodingName, prove } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/updates.ts";

const zero = `0x${"00".repeat(32)}`;

const UPDATES: readonly Writing[] = [
  { id: "one-claim", about: "one claim of two written", list: [["0x8", newNode(0)]] },
  {
    id: "both-claims",
    about: "both claims written",
    list: [
      ["0x8", newNode(0)],
      ["0xd", newNode(1)],
    ],
  },
  { id: "comb", about: "the deepest node of a comb written", of: "right-comb-deepest", list: [["0x3f", newNode(0)]] },
  { id: "root-alone", about: "a tree of one node written", of: "root-alone", list: [["0x1", newNode(0)]] },
  { id: "zero", about: "zeros written: a node like any other", list: [["0xd", zero]] },
  { id: "no-writes", about: "nothing written: root and proof as they were", list: [], flag: "writes-are-a-map" },
  {
    id: "reversed",
    about: "writes in descending order",
    list: [
      ["0xd", newNode(1)],
      ["0x8", newNode(0)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "written-twice",
    about: "the last of two writes counts",
    list: [
      ["0x8", newNode(0)],
      ["0x8", newNode(1)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "written-twice-apart",
    about: "the last write counts, with another key in between",
    list: [
      ["0x8", newNode(0)],
      ["0xd", newNode(2)],
      ["0x8", newNode(1)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "helper",
    about: "a helper written: authenticated as well as a claim",
    list: [["0x5", newNode(0)]],
    flag: "unclaimed-node",
  },
  {
    id: "every-bottom",
    about: "every bottom written",
    list: [5, 7, 8, 9, 12, 13].map((gindex, i) => [quantity(gindex), newNode(i)]),
    flag: "unclaimed-node",
  },
  {
    id: "inner-node",
    about: "an inner node written",
    list: [["0x4", newNode(0)]],
    flag: "inner-write",
    classes: ["invalid-argument"],
  },
  {
    id: "root-written",
    about: "the root of an opened tree written",
    list: [["0x1", newNode(0)]],
    flag: "inner-write",
    classes: ["invalid-argument"],
  },
  {
    id: "inner-node-after-a-claim",
    about: "an inner node written after a claim beneath it",
    list: [
      ["0x8", newNode(0)],
      ["0x4", newNode(1)],
    ],
    flag: "inner-write",
    classes: ["invalid-argument"],
  },
  {
    id: "deleted",
    about: "a claim deleted: ssz has no absence",
    list: [["0x8", null]],
    flag: "inner-write",
    classes: ["invalid-argument"],
  },
  {
    id: "below-a-bottom",
    about: "the child of a claim written",
    list: [["0x10", newNode(0)]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "below-a-helper",
    about: "a node that the proof does not open written",
    list: [["0xa", newNode(0)]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "below-after-a-claim",
    about: "a claim and a node below a bottom written",
    list: [
      ["0x8", newNode(0)],
      ["0xa", newNode(1)],
    ],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "alias-64-bits",
    about: "8 modulo 2^64 written",
    list: [[quantity(2n ** 64n + 8n), newNode(0)]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "key-0",
    about: "gindex 0 written",
    list: [["0x0", newNode(0)]],
    flag: "bad-gindex",
    classes: ["invalid-argument"],
  },
  {
    id: "short-value",
    about: "31 bytes written",
    list: [["0x8", newNode(0).slice(0, 64)]],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
  {
    id: "long-value",
    about: "33 bytes written",
    list: [["0x8", `${newNode(0)}00`]],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
];

function draftOf(call: string, member: string, encoding: EncodingName, writing: Writing): Draft {
  const { id, about, of = "eight-leaves-apart", list, flag, classes } = writing;
  const { root, proof } = prove(honestScenario(of), encoding);
  const params: JsonObject = { backend: "ssz", encoding, root, proof, [member]: list };
  const text = { id, about, ...(flag === undefined ? {} : { flags: [flag] }), call, params };
  if (classes === undefined) return accepted({ ...text, kind: "completeness" });
  return rejected({ ...text, kind: "soundness" }, ...classes);
}

/** A proof of another root is rejected in any batch or script. */
function forgedDrafts(call: string, member: string, encoding: EncodingName, list: readonly Json[]): Draft[] {
  const { root, proof } = prove(honestScenario("eight-leaves-apart"), encoding);
  const forged = (id: string, about: string, items: readonly Json[]): Draft => {
    const params: JsonObject = { backend: "ssz", encoding, root: flipBit(root, 255), proof, [member]: items };
    return rejected({ id, about, kind: "soundness", flags: ["wrong-root"], call, params }, "invalid-proof");
  };
  return [
    forged("forged", "a proof of another root", list),
    forged("forged-and-empty", "a proof of another root, and nothing to do", []),
  ];
}

export function updateFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/ssz/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "update",
      "Batches of writes to an honest proof.",
      [
        "PROOF-SSZ-050",
        "PROOF-SSZ-088",
        ...(encoding === "helpers" ? ["PROOF-SSZ-089"] : []),
        "PROOF-SSZ-051",
        "PROOF-SSZ-090",
        "PROOF-SSZ-091",
        "PROOF-SSZ-092",
        "PROOF-GEN-002",
        "PROOF-GEN-013",
        "PROOF-GEN-014",
      ],
      [
        ...UPDATES.map((writing) => draftOf("proof/update", "writes", encoding, writing)),
        ...forgedDrafts("proof/update", "writes", encoding, [["0x8", newNode(0)]]),
      ],
    ),
    file(
      "transact",
      "Reads and writes in order, with checkpoints.",
      [
        "PROOF-SSZ-051",
        "PROOF-SSZ-090",
        "PROOF-SSZ-091",
        "PROOF-SSZ-052",
        "PROOF-SSZ-093",
        "PROOF-SSZ-094",
        "PROOF-SSZ-095",
        "PROOF-SSZ-096",
        "PROOF-SSZ-097",
        "PROOF-SSZ-098",
        "PROOF-SSZ-099",
        "PROOF-GEN-002",
        "PROOF-GEN-013",
        "PROOF-GEN-014",
      ],
      [
        ...SCRIPTS.map((writing) => draftOf("proof/transact", "steps", encoding, writing)),
        ...forgedDrafts("proof/transact", "steps", encoding, [{ get: "0x8" }]),
      ],
    ),
  ];
}
