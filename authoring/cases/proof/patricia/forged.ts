/** Nodes and roots that are not those of the trie, and data that only looks like a proof. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { forgedMethodCases } from "../../kit/forged-methods.ts";
import { lookalikes } from "./lookalikes.ts";
import { baseOf, type EncodingName, editProof, itemsOf, nodesOf, optionsOf, writeLists } from "./proofs.ts";
import { type Digits, keccak } from "./rlp.ts";
import { EMPTY_ROOT, entriesOf, NAIVE, optionsFor, prove, type Scenario, small, valueAt } from "./scenarios.ts";
import { SECURE } from "./secure.ts";
import { mapped } from "./shapes.ts";

const SOURCE = "authoring/cases/proof/patricia/forged.ts";

/** A value in a branch, an extension, hashed and embedded leaves. */
export const MIXED = mapped(
  "mixed",
  "a trie with nodes of each kind",
  { "12": valueAt(0), "1234": valueAt(1), "12a4": small(0), "7a01": valueAt(2), "7a91": valueAt(3), "7a92": small(1) },
  ["12", "1234", "1235", "55", "7a91"],
);

const BASES: readonly Scenario[] = [
  MIXED,
  mapped("alone", "one leaf", { "1234": valueAt(0) }, ["1234"]),
  mapped("short", "a root node of less than 32 bytes", { "12": small(0), "92": small(1) }, ["12", "93"]),
  mapped("absent", "an absent key, shown by the leaf in its place", { "1234": valueAt(0), "92": valueAt(1) }, ["1235"]),
  mapped(
    "parted",
    "an absent key, shown by an extension",
    { "1234": valueAt(0), "1294": valueAt(1), "92": valueAt(2) },
    ["1334"],
  ),
  { ...(SECURE.find(({ id }) => id === "storage") as Scenario), keys: [`0x${"00".repeat(31)}01`] },
];

interface Forgery {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  /** The index of the node, and its replacement; `undefined` leaves the node out. */
  readonly index: number;
  readonly replacement: Digits | undefined;
}

/** Inverts the last bit of an item of the node, whose RLP stays well-formed. */
function flipItem(node: Digits, to: number): Digits {
  return flipBit(`0x${node}`, 4 * to - 1).slice(2);
}

function forgeriesOf(nodes: readonly Digits[]): Forgery[] {
  return nodes.flatMap((node, index): Forgery[] => {
    const items = itemsOf(node);
    const flips = items.flatMap(({ from, to }, item): Forgery[] =>
      from === to
        ? []
        : [
            {
              id: `flip-${index}-${item}`,
              about: `node ${index}: the last bit of item ${item} inverted`,
              flag: "forged-node",
              index,
              replacement: flipItem(node, to),
            },
          ],
    );
    // Of a branch with many children only the first and the last items are changed.
    const chosen = flips.length > 5 ? [flips[0], flips[1], ...flips.slice(-2)] : flips;
    return [
      ...chosen,
      { id: `drop-${index}`, about: `node ${index} left out`, flag: "missing-node", index, replacement: undefined },
      {
        id: `hash-${index}`,
        about: `the hash of node ${index} in its place`,
        flag: "forged-node",
        index,
        replacement: keccak(node),
      },
      {
        id: `foreign-${index}`,
        about: `node ${index} replaced by a leaf of another trie`,
        flag: "forged-node",
        index,
        replacement: nodesOf("preorder", prove(mapped("", "", { "1234": valueAt(40) }, []), "preorder").proof)[0],
      },
    ];
  });
}

/** Without its root node a proof is that of another trie, unless it then has no node. */
function classesOf({ index, replacement }: Forgery, count: number): string[] {
  const isGenuine = index > 0 || (replacement === undefined && count === 1);
  return isGenuine ? ["incomplete", "invalid-proof"] : ["invalid-proof"];
}

function nodeCases(encoding: EncodingName, scenario: Scenario): Draft[] {
  const { root, proof } = prove(scenario, encoding);
  const nodes = nodesOf("preorder", prove(scenario, "preorder").proof);
  const get = (forged: Json): JsonObject => ({
    ...baseOf(encoding, optionsFor(scenario)),
    root,
    proof: forged,
    keys: scenario.keys,
  });
  // The unchanged request, before and after the forged ones, finds a verifier that remembers an earlier request.
  const control = (id: string): Draft =>
    accepted({
      id: `${scenario.id}-${id}`,
      about: `${scenario.about}; nothing changed`,
      kind: "completeness",
      call: "proof/get",
      params: get(proof),
    });
  return [
    control("untouched"),
    ...forgeriesOf(nodes).map((forgery) => {
      const { id, about, flag, index, replacement } = forgery;
      const put = (node: Digits): Digits[] =>
        node !== nodes[index] ? [node] : replacement === undefined ? [] : [replacement];
      return rejected(
        {
          id: `${scenario.id}-${id}`,
          about: `${scenario.about}; ${about}`,
          kind: "soundness",
          flags: [flag],
          call: "proof/get",
          params: get(editProof(encoding, proof, (list) => list.flatMap(put))),
        },
        ...classesOf(forgery, nodes.length),
      );
    }),
    control("untouched-again"),
  ];
}

function rootCases(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(MIXED, encoding);
  const nodes = nodesOf("preorder", prove(MIXED, "preorder").proof);
  const other = prove({ ...MIXED, entries: entriesOf({ "12": valueAt(8), "1234": valueAt(1) }) }, encoding);
  const against = (
    id: string,
    about: string,
    wrong: string,
    keys: readonly string[] = MIXED.keys,
  ): Omit<Draft, "expect"> => ({
    id: `root-${id}`,
    about: `an honest proof against ${about}`,
    kind: "soundness",
    flags: ["wrong-root"],
    call: "proof/get",
    params: { ...baseOf(encoding), root: wrong, proof, keys },
  });
  const refuse = (text: Omit<Draft, "expect">): Draft => rejected(text, "invalid-proof");
  return [
    ...Array.from({ length: 32 }, (_, byte) =>
      refuse(against(`byte-${byte}`, `a root that differs in byte ${byte}`, flipBit(root, 8 * byte + (byte % 8)))),
    ),
    refuse(against("zero", "a root of zeros", `0x${"00".repeat(32)}`)),
    refuse(against("of-another-trie", "the root of another trie with the same keys", other.root)),
    refuse(against("hashed-again", "the hash of the root", `0x${keccak(root.slice(2))}`)),
    refuse(against("no-keys", "another root, and no key", flipBit(root, 255), [])),
    refuse(against("uncovered", "another root, and a key that is not covered", flipBit(root, 255), ["0x7a01"])),
    stated(against("empty", "the root of the empty trie, which needs no node", EMPTY_ROOT), {
      values: MIXED.keys.map(() => null),
    }),
    // A set of nodes is a proof of every trie whose root node is in it.
    ...nodes
      .slice(1)
      .map((node, index) =>
        accepted(
          against(`is-node-${index + 1}`, "one of its nodes as root: a smaller trie", `0x${keccak(node)}`, [
            "0x12",
            "0x",
          ]),
        ),
      ),
    rejected(
      {
        id: "of-another-trie",
        about: "a genuine proof of another trie, in which the keys are absent",
        kind: "soundness",
        flags: ["forged-absence"],
        call: "proof/get",
        params: {
          ...baseOf(encoding),
          root,
          proof: prove({ ...MIXED, entries: entriesOf({ "55": valueAt(0) }) }, encoding).proof,
          keys: ["0x1234"],
        },
      },
      "invalid-proof",
    ),
  ];
}

/** A proof without nodes proves only the empty trie. */
function emptyCases(encoding: EncodingName): Draft[] {
  const { root } = prove(MIXED, encoding);
  const proof = writeLists(encoding, [{ key: "0x12", nodes: [] }]);
  const keys = ["0x12"];
  const methods: Readonly<Record<string, JsonObject>> = {
    get: { proof, keys },
    cost: { proof },
    update: { proof, writes: [["0x12", valueAt(9)]] },
    transact: { proof, steps: [{ get: "0x12" }] },
    merge: { proofs: [proof] },
    extract: { proof, keys },
    convert: { proof, ...(encoding === "eip1186" ? { keys } : {}) },
  };
  return Object.entries(methods).map(([method, params]) =>
    rejected(
      {
        id: `no-node-${method}`,
        about: `${method}: no node under the root of a trie that is not empty`,
        kind: "soundness",
        flags: ["empty-proof"],
        call: `proof/${method}`,
        params: { ...whereOf(method, encoding), root, ...params },
      },
      "incomplete",
      "invalid-proof",
    ),
  );
}

/** The parameters that name backend and encodings, which differ in `convert`. */
export function whereOf(method: string, encoding: EncodingName, options: JsonObject = {}): JsonObject {
  if (method !== "convert") return baseOf(encoding, options);
  return { backend: "patricia", from: encoding, to: encoding, ...optionsOf(options) };
}

/** Every method with a root verifies the proof, even if nothing is requested. */
function methodCases(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(MIXED, encoding);
  const [top] = nodesOf("preorder", prove(MIXED, "preorder").proof);
  const broken = editProof(encoding, proof, (list) =>
    list.map((node) => (node === top ? flipItem(node, node.length) : node)),
  );
  const keys = ["0x12"];
  const claims = encoding === "eip1186" ? { keys } : {};
  const methods: Readonly<Record<string, (of: Json) => JsonObject>> = {
    get: (of) => ({ proof: of, keys }),
    cost: (of) => ({ proof: of }),
    update: (of) => ({ proof: of, writes: [["0x12", valueAt(9)]] }),
    transact: (of) => ({ proof: of, steps: [{ get: "0x12" }] }),
    merge: (of) => ({ proofs: [of] }),
    extract: (of) => ({ proof: of, keys }),
    convert: (of) => ({ proof: of, ...claims }),
  };
  const idle: Readonly<Record<string, JsonObject>> = {
    get: { proof, keys: [] },
    update: { proof, writes: [] },
    transact: { proof, steps: [] },
    ...(encoding === "eip1186" ? {} : { extract: { proof, keys: [] } }),
  };
  return forgedMethodCases({
    methods,
    idle,
    root,
    proof,
    broken: { proof: broken, about: "the last bit of the root node inverted" },
    randomRoot: randomNode(340),
    whereOf: (method) => whereOf(method, encoding),
  });
}

export function forgedFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/patricia/${encoding}`;
  const requirements = ["PROOF-GEN-013", "PROOF-GEN-004", "PROOF-GEN-005", "PROOF-PATRICIA-047"];
  const file = (theme: string, about: string, own: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite, theme, about, requirements: [...requirements, ...own] }, cases);
  return [
    file(
      "forged-nodes",
      "Honest proofs with one node changed, exchanged or left out.",
      ["PROOF-GEN-002", "PROOF-PATRICIA-004", "PROOF-PATRICIA-100"],
      BASES.flatMap((scenario) => nodeCases(encoding, scenario)),
    ),
    file(
      "forged-roots",
      "Honest proofs against another root, and no proof at all.",
      ["PROOF-GEN-002", "PROOF-PATRICIA-004", "PROOF-PATRICIA-048", "PROOF-PATRICIA-101", "WIRE-023"],
      [...rootCases(encoding), ...emptyCases(encoding)],
    ),
    file(
      "forged-methods",
      "Proofs of another root, in every method that takes one.",
      ["PROOF-GEN-014", "PROOF-PATRICIA-036", "PROOF-PATRICIA-038"],
      methodCases(encoding),
    ),
    vectorFile(
      "authoring/cases/proof/patricia/lookalikes.ts",
      [NAIVE],
      {
        suite,
        theme: "lookalikes",
        about: "Genuine nodes and values that a careless reader takes for something else.",
        requirements: ["PROOF-PATRICIA-005", "PROOF-PATRICIA-049", "PROOF-PATRICIA-006"],
      },
      lookalikes(encoding),
    ),
  ];
}
