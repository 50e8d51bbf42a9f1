/** Honest proofs with one part changed, honest proofs against another root, and both in every method. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit, randomNode, replaceAt } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { forgedMethodCases } from "../../kit/forged-methods.ts";
import { type Digits, flip, fromTheRoot, hashOf, itemsOf, joinKmm, type Kmm, kmmOf, nodesProof } from "./proofs.ts";
import {
  baseOf,
  EMPTY,
  type EncodingName,
  entriesOf,
  MIXED,
  MIXED_KEYS,
  NAIVE,
  prove,
  type Scenario,
  scenario,
  valueAt,
  whereOf,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/forged.ts";

const BASES: readonly Scenario[] = [
  scenario("one", "the proof of an only leaf", ["ab"], ["ab"]),
  scenario("unopened", "a root node that is not open", MIXED_KEYS, []),
  scenario("closed-off", "a proof that ends at a node which is closed off", MIXED_KEYS, ["18"]),
  { ...MIXED, about: "a proof of present and absent keys" },
];

interface Forgery {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly proof: string;
  readonly classes?: readonly string[];
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  return replaceAt(replaceAt(list, a, list[b]), b, list[a]);
}

function forgedKmm(honest: Kmm): Forgery[] {
  const { terminals, hashes } = honest;
  const isLeaf = (terminal: Digits): boolean => terminal.length > 64;
  const terminal = (at: number, id: string, about: string, by: Digits): Forgery => ({
    id: `terminal-${at}-${id}`,
    about: `terminal ${at}: ${about}`,
    flag: "forged-node",
    proof: joinKmm({ ...honest, terminals: replaceAt(terminals, at, by) }),
    // It depends on the tree whether other nodes contradict the inverted bit.
    classes: ["invalid-proof", "malformed"],
  });
  return [
    ...hashes.flatMap((hash, at): Forgery[] =>
      [0, 255].map((bit) => ({
        id: `hash-${at}-bit-${bit}`,
        about: `bit ${bit} of hash ${at} inverted`,
        flag: "forged-node",
        proof: joinKmm({ ...honest, hashes: replaceAt(hashes, at, flip(hash, bit)) }),
      })),
    ),
    ...hashes.slice(1).map((_, at) => ({
      id: `hashes-${at}-and-${at + 1}-swapped`,
      about: `hashes ${at} and ${at + 1} in each other's place`,
      flag: "forged-node",
      proof: joinKmm({ ...honest, hashes: swapped(hashes, at, at + 1) }),
    })),
    ...terminals.flatMap((given, at): Forgery[] => {
      const bits = 4 * given.length;
      if (!isLeaf(given))
        return given === "" ? [] : [terminal(at, "bit-2", "bit 2 of a path inverted", flip(given, 2))];
      return [
        terminal(at, "value-first", "the first bit of the value inverted", flip(given, bits - 256)),
        terminal(at, "value-last", "the last bit of the value inverted", flip(given, bits - 1)),
        terminal(at, "value-zero", "zeros in the place of the value", `${given.slice(0, -64)}${"00".repeat(32)}`),
        terminal(at, "key-last", "the last bit of the key inverted", flip(given, bits - 257)),
        terminal(at, "key-longer", "a zero byte behind the key", lengthened(given)),
      ];
    }),
    ...(terminals.filter(isLeaf).length === 2
      ? [
          {
            id: "values-swapped",
            about: "the values of two leaves in each other's place",
            flag: "forged-node",
            proof: joinKmm({ ...honest, terminals: valuesSwapped(terminals, isLeaf) }),
          },
        ]
      : []),
  ];
}

function lengthened(leaf: Digits): Digits {
  const length = Buffer.from(leaf.slice(0, 4), "hex").readUInt16LE() + 1;
  return `${(length & 0xff).toString(16).padStart(2, "0")}${(length >> 8).toString(16).padStart(2, "0")}${leaf.slice(4, -64)}00${leaf.slice(-64)}`;
}

function valuesSwapped(terminals: readonly Digits[], isLeaf: (terminal: Digits) => boolean): Digits[] {
  const [first, second] = terminals.filter(isLeaf);
  return terminals.map((given) => {
    if (given === first) return first.slice(0, -64) + second.slice(-64);
    return given === second ? second.slice(0, -64) + first.slice(-64) : given;
  });
}

function forgedNodes(root: string, items: readonly Digits[]): Forgery[] {
  const ordered = fromTheRoot(root, items);
  const foreign = itemsOf(prove(scenario("", "", ["13", "55"], ["13"]), "nodes").proof)[0];
  return ordered.flatMap((item, at): Forgery[] => {
    const what = item.startsWith("00") ? "leaf" : "internal node";
    const classes = at === 0 ? ["invalid-proof"] : ["incomplete", "invalid-proof"];
    const put = (id: string, about: string, flag: string, by: readonly Digits[]): Forgery => ({
      id: `item-${at}-${id}`,
      about: `${what} ${at}, counted from the root, ${about}`,
      flag,
      proof: nodesProof(ordered.flatMap((given, index) => (index === at ? by : [given]))),
      classes,
    });
    const children = item.slice(-128);
    return [
      put("last-bit", "with its last bit inverted", "forged-node", [flip(item, 4 * item.length - 1)]),
      put("foreign", "replaced by a leaf of another tree", "forged-node", [foreign]),
      put("its-hash", "replaced by its hash", "forged-node", [hashOf(item)]),
      ...(what === "leaf"
        ? [put("key", "with another key", "forged-node", [flip(item, 15)])]
        : [
            put("swapped", "with its children in each other's place", "forged-node", [
              item.slice(0, -128) + children.slice(64) + children.slice(0, 64),
            ]),
            put("tag", "with the tag of a leaf", "wrong-tag", [`00${item.slice(2)}`]),
          ]),
      ...(ordered.length > 1
        ? [{ ...put("dropped", "left out", "missing-node", []), classes }]
        : [{ ...put("dropped", "left out: no item at all", "missing-node", []), classes: ["incomplete"] }]),
    ];
  });
}

function nodeCases(encoding: EncodingName, of: Scenario): Draft[] {
  const { root, proof } = prove(of, encoding);
  const keys = of.keys.length === 0 ? ["0x13"] : of.keys;
  const forgeries = encoding === "kmm" ? forgedKmm(kmmOf(proof)) : forgedNodes(root, itemsOf(proof));
  const text = (id: string, about: string, given: string) => ({
    id: `${of.id}-${id}`,
    about: `${of.about}; ${about}`,
    call: "proof/get",
    params: { ...baseOf(encoding), root, proof: given, keys },
  });
  // The unchanged request before and after the forged ones exposes a verifier that remembers earlier requests.
  const control = (id: string): Draft =>
    of.keys.length === 0
      ? rejected({ ...text(id, "nothing changed", proof), kind: "soundness", flags: ["uncovered-key"] }, "incomplete")
      : accepted({ ...text(id, "nothing changed", proof), kind: "completeness" });
  return [
    control("untouched"),
    ...forgeries.map(({ id, about, flag, proof: forged, classes = ["invalid-proof"] }) =>
      rejected({ ...text(id, about, forged), kind: "soundness", flags: [flag] }, ...classes),
    ),
    control("untouched-again"),
  ];
}

function rootCases(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(MIXED, encoding);
  const items = fromTheRoot(root, itemsOf(prove(MIXED, "nodes").proof));
  const absentThere = prove({ ...MIXED, entries: entriesOf(["55"]), keys: ["0x13"] }, encoding);
  const against = (id: string, about: string, wrong: string, more: JsonObject = {}): Omit<Draft, "expect"> => ({
    id: `root-${id}`,
    about: `an honest proof against ${about}`,
    kind: "soundness",
    flags: ["wrong-root"],
    call: "proof/get",
    params: { ...baseOf(encoding), root: wrong, proof, keys: MIXED.keys, ...more },
  });
  const refused = (text: Omit<Draft, "expect">): Draft => rejected(text, "invalid-proof");
  const toEmpty = against("empty", "the root of the empty tree", EMPTY);
  return [
    ...Array.from({ length: 32 }, (_, byte) =>
      refused(against(`byte-${byte}`, `a root that differs in byte ${byte}`, flipBit(root, 8 * byte + (byte % 8)))),
    ),
    encoding === "kmm" ? refused(toEmpty) : stated(toEmpty, { values: MIXED.keys.map(() => null) }),
    refused(
      against(
        "of-another-tree",
        "the root of another tree with the same keys",
        prove({ ...MIXED, entries: entriesOf([...MIXED_KEYS].reverse()) }, encoding).root,
      ),
    ),
    refused(against("hashed-again", "the hash of the root", `0x${hashOf(root.slice(2))}`)),
    refused(against("no-keys", "another root, and no key", flipBit(root, 255), { keys: [] })),
    {
      ...refused(
        against("uncovered", "another root, and a key that is not covered", flipBit(root, 255), { keys: ["0x10"] }),
      ),
      flags: ["error-precedence"],
    },
    // A set of nodes is a proof of the subtree of each of its nodes, when the keys below begin with their paths there.
    ...items.slice(1).map((item, index) => {
      const text = against(`is-node-${index + 1}`, "one of its nodes as root", `0x${hashOf(item)}`, { keys: [] });
      return encoding === "kmm" ? refused(text) : nodeAsRoot(text);
    }),
    rejected(
      {
        id: "absent-in-another-tree",
        about: "a genuine proof of another tree, in which the key is absent",
        kind: "soundness",
        flags: ["forged-absence"],
        call: "proof/get",
        params: { ...baseOf(encoding), root, proof: absentThere.proof, keys: ["0x13"] },
      },
      "invalid-proof",
    ),
    rejected(
      {
        id: "empty-tree-for-another",
        about: "the proof of the empty tree for one that holds the key",
        kind: "soundness",
        flags: ["empty-proof"],
        call: "proof/get",
        params: { ...baseOf(encoding), root, proof: prove(scenario("", "", [], []), encoding).proof, keys: ["0x13"] },
      },
      ...(encoding === "kmm" ? ["invalid-proof"] : ["incomplete"]),
    ),
    rejected(
      {
        id: "leaf-of-the-key-alone",
        about: "a leaf that holds the key, which is a tree of its own",
        kind: "soundness",
        flags: ["leaf-as-inner-node"],
        call: "proof/get",
        params: {
          ...baseOf(encoding),
          root,
          proof: prove(scenario("", "", ["13"], ["13"]), encoding).proof,
          keys: ["0x13"],
        },
      },
      "invalid-proof",
    ),
  ];
}

/** A subtree read as a tree: the keys of its leaves contradict their paths, unless there is only one leaf. */
function nodeAsRoot(text: Omit<Draft, "expect">): Draft {
  try {
    return accepted(text);
  } catch {
    return rejected(text, "malformed");
  }
}

function methodCases(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(MIXED, encoding);
  const items = fromTheRoot(root, itemsOf(prove(MIXED, "nodes").proof));
  const kmm = kmmOf(proof.length > 0 && encoding === "kmm" ? proof : prove(MIXED, "kmm").proof);
  const broken =
    encoding === "kmm"
      ? joinKmm({ ...kmm, hashes: replaceAt(kmm.hashes, 0, flip(kmm.hashes[0], 255)) })
      : nodesProof(replaceAt(items, 0, flip(items[0], 4 * items[0].length - 1)));
  const keys = ["0x13"];
  const methods: Readonly<Record<string, (of: Json) => JsonObject>> = {
    get: (of) => ({ proof: of, keys }),
    cost: (of) => ({ proof: of }),
    update: (of) => ({ proof: of, writes: [["0x13", valueAt(9)]] }),
    transact: (of) => ({ proof: of, steps: [{ get: "0x13" }] }),
    merge: (of) => ({ proofs: [of] }),
    extract: (of) => ({ proof: of, keys }),
    convert: (of) => ({ proof: of }),
  };
  const idle: Readonly<Record<string, JsonObject>> = {
    get: { proof, keys: [] },
    update: { proof, writes: [] },
    transact: { proof, steps: [] },
    extract: { proof, keys: [] },
  };
  return forgedMethodCases({
    methods,
    idle,
    root,
    proof,
    broken: { proof: broken, about: "a proof with one bit inverted" },
    randomRoot: randomNode(410),
    whereOf: (method) => whereOf(method, encoding),
  });
}

export function forgedFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/radix/${encoding}`;
  const file = (theme: string, about: string, own: readonly string[], cases: readonly Draft[]): VectorFile => {
    const general = own.filter((id) => id.startsWith("PROOF-GEN"));
    const special = own.filter((id) => encoding !== "kmm" && !general.includes(id));
    const requirements = ["PROOF-GEN-013", "PROOF-GEN-004", "PROOF-GEN-005", ...general, ...special];
    return vectorFile(SOURCE, [NAIVE], { suite, theme, about, requirements }, cases);
  };
  return [
    file(
      "forged-nodes",
      "Honest proofs with one node changed, exchanged or left out.",
      ["PROOF-GEN-002", "PROOF-RADIX-021", "PROOF-RADIX-067", "PROOF-RADIX-005"],
      BASES.flatMap((of) => nodeCases(encoding, of)),
    ),
    file(
      "forged-roots",
      "Honest proofs against another root.",
      ["PROOF-RADIX-021", "PROOF-RADIX-067", "PROOF-RADIX-068", "PROOF-RADIX-069"],
      rootCases(encoding),
    ),
    file(
      "forged-methods",
      "Proofs of another root, in every method that takes one.",
      ["PROOF-GEN-014", "PROOF-RADIX-067"],
      methodCases(encoding),
    ),
  ];
}
