/** Malformed `helpers` proofs: lists whose lengths disagree, nodes of a wrong length, misplaced nodes and claims. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { type Broken, brokenCases } from "../../kit/binary/broken.ts";
import { hashPair, quantity, replaceAt } from "../../kit/binary/pruned.ts";
import { type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { claim, type HelpersObject, honestHelpers, madeUp, toJson } from "./helpers-object.ts";
import { honestScenario } from "./honest.ts";
import { nestedDrafts } from "./nested-claims.ts";
import { prove, subjectOf, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/helpers.ts";

/** Claims and counts of an honest proof of 8 and 13, whose helpers are 12, 9, 7 and 5. */
function listFaults(): Broken[] {
  const honest = honestHelpers("eight-leaves-apart");
  const { gindices, leaves, helpers } = honest;
  const broken = (id: string, about: string, flag: string, change: Partial<HelpersObject>): Broken => ({
    id,
    about,
    flag,
    proof: toJson({ ...honest, ...change }),
  });
  return [
    { id: "no-claims", about: "no claim, no helper", flag: "empty-proof", proof: toJson(claim([], [])) },
    {
      id: "no-claims-root-as-helper",
      about: "no claim, and the root as the only helper",
      flag: "empty-proof",
      proof: toJson(claim([], [prove(honestScenario("eight-leaves-apart"), "helpers").root])),
    },
    {
      id: "root-claim-with-helper",
      about: "the root claimed, which needs no helper, and one given",
      flag: "trailing-bytes",
      proof: toJson(claim([[1, prove(honestScenario("eight-leaves-apart"), "helpers").root]], [madeUp(10)])),
      keys: ["0x1"],
    },
    broken("claims-descending", "the claims in descending order, leaves with them", "indices-unsorted", {
      gindices: [...gindices].reverse(),
      leaves: [...leaves].reverse(),
    }),
    broken("claims-exchanged", "the claims exchanged, the leaves not", "indices-unsorted", {
      gindices: [...gindices].reverse(),
    }),
    broken("helper-missing-first", "the deepest helper left out", "truncated", { helpers: helpers.slice(1) }),
    broken("helper-missing-last", "the shallowest helper left out", "truncated", { helpers: helpers.slice(0, -1) }),
    broken("helpers-missing", "no helper at all", "truncated", { helpers: [] }),
    broken("helper-surplus-last", "one helper too many, at the end", "trailing-bytes", {
      helpers: [...helpers, madeUp(2)],
    }),
    broken("helper-surplus-first", "one helper too many, at the front", "trailing-bytes", {
      helpers: [madeUp(2), ...helpers],
    }),
    broken("helper-repeated", "the last helper twice", "trailing-bytes", {
      helpers: [...helpers, helpers[helpers.length - 1]],
    }),
    broken("leaf-missing", "two claims, one leaf", "truncated", { leaves: leaves.slice(0, 1) }),
    broken("leaf-surplus", "two claims, three leaves", "trailing-bytes", { leaves: [...leaves, madeUp(3)] }),
    broken("leaves-missing", "two claims, no leaf", "truncated", { leaves: [] }),
    broken("claim-missing", "one claim, two leaves", "truncated", { gindices: gindices.slice(0, 1) }),
    broken("leaf-31-bytes", "a leaf of 31 bytes", "bad-node-length", {
      leaves: replaceAt(leaves, 0, leaves[0].slice(0, 64)),
    }),
    broken("leaf-33-bytes", "a leaf of 33 bytes", "bad-node-length", {
      leaves: replaceAt(leaves, 1, `${leaves[1]}00`),
    }),
    broken("leaf-empty", "a leaf of no bytes", "bad-node-length", { leaves: replaceAt(leaves, 0, "0x") }),
    broken("leaf-64-bytes", "a leaf of 64 bytes, its sibling appended", "bad-node-length", {
      leaves: replaceAt(leaves, 0, `${leaves[0]}${helpers[1].slice(2)}`),
    }),
    broken("helper-31-bytes", "a helper of 31 bytes", "bad-node-length", {
      helpers: replaceAt(helpers, 0, helpers[0].slice(0, 64)),
    }),
    broken("helper-33-bytes", "a helper of 33 bytes", "bad-node-length", {
      helpers: replaceAt(helpers, 3, `${helpers[3]}00`),
    }),
    broken("helper-empty", "a helper of no bytes", "bad-node-length", { helpers: replaceAt(helpers, 1, "0x") }),
    broken("claim-0", "gindex 0 claimed besides 13", "bad-gindex", { gindices: ["0x0", gindices[1]] }),
    broken("claim-negative", "a claim of −1", "bad-gindex", { gindices: ["-0x1", gindices[1]] }),
    broken("claim-not-minimal", "a claim written 0x08", "bad-request-form", { gindices: ["0x08", gindices[1]] }),
    {
      id: "claim-0-alone",
      about: "gindex 0 alone, with the root as its leaf",
      flag: "bad-gindex",
      proof: toJson(claim([[0, prove(honestScenario("eight-leaves-apart"), "helpers").root]], [])),
    },
    {
      id: "claims-0-and-1",
      about: "gindices 0 and 1",
      flag: "bad-gindex",
      proof: toJson(
        claim(
          [
            [0, madeUp(4)],
            [1, prove(honestScenario("eight-leaves-apart"), "helpers").root],
          ],
          [],
        ),
      ),
    },
  ];
}

/** Claims that ascend except in one place, with their leaves: a reader has to compare every pair of neighbours. */
function orderFaults(): Broken[] {
  const scenario = treeScenario("", "", { seed: 4, count: 8, shape: "balanced" }, [8n, 10n, 13n, 15n]);
  const { root, proof } = prove(scenario, "helpers");
  const { gindices, leaves, helpers } = proof as unknown as HelpersObject;
  const ordered = (order: readonly number[]): Broken => ({
    id: `claims-in-order-${order.map((at) => at + 1).join("-")}`,
    about: `four claims in the order ${order.map((at) => BigInt(gindices[at])).join(", ")}, leaves with them`,
    flag: "indices-unsorted",
    proof: toJson({ gindices: order.map((at) => gindices[at]), leaves: order.map((at) => leaves[at]), helpers }),
    root,
    keys: scenario.keys,
  });
  return [
    [1, 0, 2, 3],
    [0, 2, 1, 3],
    [0, 1, 3, 2],
    [0, 3, 1, 2],
    [2, 3, 0, 1],
  ].map(ordered);
}

/** A single claim: 4 of four leaves, whose helpers are 5 and 3. */
function singleFaults(): Broken[] {
  const honest = honestHelpers("four-leaves-first");
  const { leaves, helpers } = honest;
  const broken = (id: string, about: string, flag: string, change: Partial<HelpersObject>): Broken => ({
    id: `single-${id}`,
    about: `one claim; ${about}`,
    flag,
    proof: toJson({ ...honest, ...change }),
    keys: ["0x4"],
  });
  return [
    broken("helper-surplus-last", "a helper above the root", "trailing-bytes", { helpers: [...helpers, madeUp(7)] }),
    broken("helper-surplus-first", "a helper below the claim", "trailing-bytes", { helpers: [madeUp(7), ...helpers] }),
    broken("helper-missing", "the shallower helper left out", "truncated", { helpers: helpers.slice(0, 1) }),
    broken("parent-as-leaf", "its parent in its place, and the helper of the parent", "leaf-as-inner-node", {
      leaves: [hashPair(leaves[0], helpers[0])],
      helpers: helpers.slice(1),
    }),
    broken("root-as-leaf", "the root in its place, and no helper", "empty-proof", {
      leaves: [prove(honestScenario("four-leaves-first"), "helpers").root],
      helpers: [],
    }),
    broken("leaf-64-bytes", "a leaf of 64 bytes, its sibling appended, and a helper of no bytes", "bad-node-length", {
      leaves: [`${leaves[0]}${helpers[0].slice(2)}`],
      helpers: replaceAt(helpers, 0, "0x"),
    }),
    broken("helper-31-bytes", "a helper of 31 bytes", "bad-node-length", {
      helpers: replaceAt(helpers, 0, helpers[0].slice(0, 64)),
    }),
    broken("helper-33-bytes", "a helper of 33 bytes", "bad-node-length", {
      helpers: replaceAt(helpers, 1, `${helpers[1]}00`),
    }),
    broken("leaf-33-bytes", "a leaf of 33 bytes", "bad-node-length", { leaves: [`${leaves[0]}00`] }),
    broken("leaf-31-bytes", "a leaf of 31 bytes", "bad-node-length", { leaves: [leaves[0].slice(0, 64)] }),
    broken("claim-0", "gindex 0 with the helpers of 4", "bad-gindex", { gindices: ["0x0"] }),
    {
      id: "zero-node-with-surplus",
      about: "a tree with a zero node at depth 1, and a helper left over",
      flag: "trailing-bytes",
      ...zeroNodeSurplus(),
    },
  ];
}

/** The shape of the multiproof bug in solady: a zero node at depth 1 hides the proof elements that are left over. */
function zeroNodeSurplus(): Pick<Broken, "proof" | "root" | "keys"> {
  const [leaf, zero] = [madeUp(8), `0x${"00".repeat(32)}`];
  return { proof: toJson(claim([[2, leaf]], [zero, madeUp(9)])), root: hashPair(leaf, zero), keys: ["0x2"] };
}

/** Members that are missing, unknown or of another type. */
function memberFaults(): Broken[] {
  const honest = honestHelpers("eight-leaves-apart");
  const { gindices, leaves, helpers } = honest;
  const classes = ["malformed", "invalid-argument"];
  const faulty = (id: string, about: string, proof: Json): Broken => ({
    id,
    about,
    flag: "bad-request-form",
    proof,
    classes,
  });
  return [
    faulty("gindices-left-out", "no member gindices", { leaves, helpers } as unknown as Json),
    faulty("leaves-left-out", "no member leaves", { gindices, helpers } as unknown as Json),
    faulty("helpers-left-out", "no member helpers", { gindices, leaves } as unknown as Json),
    faulty("member-surplus", "a member that the form does not have", {
      gindices,
      leaves,
      helpers,
      depth: 3,
    } as unknown as Json),
    faulty("member-surplus-first", "a member that the form does not have, before the others", {
      depth: 3,
      gindices,
      leaves,
      helpers,
    } as unknown as Json),
    ...(["gindices", "leaves", "helpers"] as const).flatMap((name) => [
      faulty(`${name}-null`, `${name} that are null`, { ...honest, [name]: null }),
      faulty(`${name}-an-object`, `${name} as an object`, { ...honest, [name]: { "0": "0x8" } }),
      faulty(`${name}-of-numbers`, `a number among the ${name}`, { ...honest, [name]: [8, 13] }),
      faulty(`${name}-of-lists`, `a list among the ${name}`, { ...honest, [name]: honest[name].map((item) => [item]) }),
    ]),
    faulty("helpers-a-string", "helpers as one byte string", { gindices, leaves, helpers: "0x" } as unknown as Json),
  ];
}

/** Well-formed proofs with misplaced nodes. */
function orderDrafts(): Draft[] {
  const { root } = prove(honestScenario("eight-leaves-apart"), "helpers");
  const honest = honestHelpers("eight-leaves-apart");
  const { leaves, helpers } = honest;
  const forged = (id: string, about: string, change: Partial<HelpersObject>): Draft =>
    rejected(
      {
        id,
        about,
        kind: "soundness",
        flags: ["forged-node"],
        call: "proof/get",
        params: {
          backend: "ssz",
          encoding: "helpers",
          root,
          proof: toJson({ ...honest, ...change }),
          keys: ["0x8", "0xd"],
        },
      },
      "invalid-proof",
    );
  return [
    forged("helpers-ascending", "the helpers in ascending order", { helpers: [...helpers].reverse() }),
    forged("helpers-tree-order", "the helpers from left to right", {
      helpers: [helpers[1], helpers[3], helpers[0], helpers[2]],
    }),
    forged("leaves-exchanged", "the leaves exchanged", { leaves: [...leaves].reverse() }),
    forged("claim-moved", "13's leaf claimed for 12", { gindices: ["0x8", "0xc"] }),
    forged("claim-moved-level", "8's leaf claimed for 4, with the helpers that 4 needs", {
      gindices: ["0x4", "0xd"],
      helpers: [helpers[0], helpers[2], helpers[3]],
    }),
  ];
}

/** Claims whose index equals an honest one modulo 2^32, 2^53 or 2^64: the tree needs many more helpers. */
function aliasFaults(): Broken[] {
  const { leaves, helpers } = honestHelpers("eight-leaves-apart");
  return [31, 32, 53, 63, 64, 128, 256].map((bits) => ({
    id: `claim-alias-${bits}-bits`,
    about: `8 claimed as 8 + 2^${bits} with the helpers of 8`,
    flag: "index-alias",
    proof: toJson({ gindices: ["0xd", quantity(2n ** BigInt(bits) + 8n)], leaves: [leaves[1], leaves[0]], helpers }),
    keys: [quantity(2n ** BigInt(bits) + 8n)],
  }));
}

/** Many deep claims in a few kilobytes. They need a quarter of a million helpers, which a verifier must not start to list. */
function floods(): Broken[] {
  const claims = Array.from({ length: 256 }, (_, i) => quantity(2n ** 1023n + (BigInt(i) << 1015n)));
  return [
    {
      id: "deep-claims-without-helpers",
      about: "256 claims 1023 levels down and no helper: they need a quarter of a million",
      kind: "dos",
      flag: "deep-tree",
      proof: { gindices: claims, leaves: { nodes: { seed: 82, count: 256 } }, helpers: [] },
      keys: [claims[0]],
    },
    {
      id: "claim-1025-bits",
      about: "a claim of 1025 bits",
      kind: "dos",
      flag: "bad-gindex",
      proof: toJson(claim([[2n ** 1024n, madeUp(6)]], [])),
      classes: ["limit-exceeded", "malformed"],
    },
  ];
}

export function helpersFiles(): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: "proof/ssz/helpers", theme, about, requirements }, cases);
  const apart = honestScenario("eight-leaves-apart");
  return [
    file(
      "nested-claims",
      "A claim may not be repeated, nor lie beneath another claim: the published algorithm leaves one of the two unchecked and computes the true root.",
      ["PROOF-SSZ-073", "PROOF-SSZ-074"],
      nestedDrafts(),
    ),
    file(
      "malformed",
      "Lists whose lengths disagree, nodes that are not 32 bytes, indices in the wrong order.",
      [
        "PROOF-SSZ-040",
        "PROOF-SSZ-041",
        "PROOF-SSZ-042",
        "PROOF-SSZ-075",
        "PROOF-SSZ-043",
        "PROOF-SSZ-076",
        "PROOF-SSZ-077",
        "PROOF-GEN-006",
        "WIRE-015",
        "WIRE-022",
      ],
      [
        ...brokenCases(subjectOf("helpers", apart), [
          ...listFaults(),
          ...orderFaults(),
          ...memberFaults(),
          ...floods(),
        ]),
        ...brokenCases(subjectOf("helpers", honestScenario("four-leaves-first")), singleFaults()),
      ],
    ),
    file(
      "misplaced-nodes",
      "Well-formed proofs whose nodes are not where the format puts them, and claims that alias others.",
      ["PROOF-SSZ-071", "PROOF-SSZ-072", "PROOF-SSZ-075", "PROOF-SSZ-001"],
      [...orderDrafts(), ...brokenCases(subjectOf("helpers", apart), aliasFaults())],
    ),
  ];
}
