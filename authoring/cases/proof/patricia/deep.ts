/** Deep proofs: long paths, nodes nested in nodes, and few nodes at more places than any walk can visit. */

import { expandRecipes } from "../../../../harness/cases/recipes.ts";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { whereOf } from "./forged.ts";
import { branch, hashed, leaf, type Made, trieOf } from "./nodes.ts";
import { baseOf, type EncodingName, nodesOf, proofOf } from "./proofs.ts";
import { byteLength, type Digits, head, keccak, LIST, STRING, string } from "./rlp.ts";
import { NAIVE, prove, rolesOf, type Scenario, small, valueAt } from "./scenarios.ts";

const SOURCE = "authoring/cases/proof/patricia/deep.ts";
const LEVELS = 50_000;
const VALUE = valueAt(0);

/** A root node so deep that it is stated as a recipe. */
interface Nested {
  readonly id: string;
  readonly about: string;
  readonly node: Json;
  /** A present key and an absent key. */
  readonly key: Json;
  readonly absent: Json;
}

const nested = (bytes: Json, count: number, before = "0x", after = "0x"): Json => ({
  rlp: { bytes, before, after, count },
});

const emptyLeaf = `0x${leaf("", VALUE.slice(2)).rlp}`;
const ones = (nibbles: number): Json => ({ repeat: { bytes: "0x11", count: nibbles / 2 } });
const zeros = (nibbles: number): Json => ({ repeat: { bytes: "0x00", count: nibbles / 2 } });

/** Nodes nested in nodes. No honest trie has them, but the lenient profile reads them. */
const NESTED: readonly Nested[] = [
  {
    id: "extensions",
    about: `${LEVELS} extensions of one nibble, one inside the other`,
    node: nested(emptyLeaf, LEVELS, "0x11"),
    key: ones(LEVELS),
    absent: { concat: [ones(LEVELS - 2), "0x12"] },
  },
  {
    id: "empty-extensions",
    about: `${LEVELS} extensions of no nibble, one inside the other`,
    node: nested(emptyLeaf, LEVELS, "0x00"),
    key: "0x",
    absent: "0x11",
  },
  {
    id: "branches",
    about: "10000 branches with one child, one inside the other",
    node: nested(emptyLeaf, 10_000, "0x", `0x${"80".repeat(16)}`),
    key: zeros(10_000),
    absent: { concat: [zeros(9998), "0x01"] },
  },
];

const digitsOf = (bytes: Json): Digits => (expandRecipes(bytes) as string).slice(2);

/** A proof of one node that is stated as a recipe. */
function proofOfOne(encoding: EncodingName, node: Json, key: Json): Json {
  if (encoding === "eip1186") return { proofs: [{ key, nodes: [node] }] };
  const length = byteLength(digitsOf(node));
  const item = head(STRING, length);
  return { concat: [`0x${head(LIST, byteLength(item) + length)}${item}`, node] };
}

function nestedCases(encoding: EncodingName, { id, about, node, key, absent }: Nested): Draft[] {
  const root = `0x${keccak(digitsOf(node))}`;
  const proof = proofOfOne(encoding, node, key);
  const text = (method: string, params: JsonObject): Omit<Draft, "expect"> => ({
    id: `nested-${id}-${method}`,
    about: `${method}: ${about}`,
    kind: "dos",
    flags: ["deep-tree"],
    call: `proof/${method}`,
    params: { ...whereOf(method, encoding), ...params },
  });
  const strict = { profile: "strict" as const };
  const get = { root, proof, keys: [key, absent] };
  return [
    stated(text("get", get), { values: [VALUE, null] }),
    accepted(text("cost", { root, proof })),
    stated(text("merge", { root, proofs: [proof, proof] }), { proof }),
    stated(text("extract", { root, proof, keys: [key] }), { proof }),
    stated(text("convert", { root, proof, ...(encoding === "eip1186" ? { keys: [key] } : {}) }), { proof }),
    rejected(
      {
        ...text("get", get),
        id: `nested-${id}-get-strict`,
        ...strict,
        params: { ...baseOf(encoding, strict), ...get },
      },
      "non-canonical",
    ),
  ];
}

/** Nested lists that are not nodes. */
function listCases(encoding: EncodingName): Draft[] {
  const lists = nested("0xc0", LEVELS);
  const inBranch: Json = { concat: [...branchAround(lists)] };
  const text = (id: string, about: string, params: JsonObject): Omit<Draft, "expect"> => ({
    id,
    about,
    kind: "dos",
    flags: ["deep-tree"],
    call: "proof/get",
    params: { ...baseOf(encoding), ...params },
  });
  const under = (node: Json): JsonObject => ({
    root: `0x${keccak(digitsOf(node))}`,
    proof: proofOfOne(encoding, node, "0x"),
    keys: ["0x00"],
  });
  const honest = leaf("12", VALUE.slice(2)).rlp;
  return [
    rejected(
      text("lists-root", `${LEVELS} lists, one inside the other, in the place of the root node`, under(lists)),
      "malformed",
    ),
    rejected(
      text("lists-child", `${LEVELS} lists, one inside the other, in the place of a child`, under(inBranch)),
      "malformed",
    ),
    ...(encoding === "eip1186"
      ? []
      : [
          rejected(
            text("lists-proof", `${LEVELS} lists, one inside the other, in the place of the proof`, {
              root: `0x${keccak(honest)}`,
              proof: lists,
              keys: ["0x12"],
            }),
            "malformed",
          ),
        ]),
    stated(
      text("lists-as-value", `a value that reads as ${LEVELS} lists, one inside the other`, {
        ...leafOfLists(encoding, lists),
        keys: ["0x12"],
      }),
      { values: [lists] },
    ),
  ];
}

/** The parts of a branch whose child 0 is stated as a recipe. */
function branchAround(child: Json): Json[] {
  const rest = "80".repeat(16);
  return [`0x${head(LIST, byteLength(digitsOf(child)) + byteLength(rest))}`, child, `0x${rest}`];
}

function leafOfLists(encoding: EncodingName, lists: Json): JsonObject {
  const value = head(STRING, byteLength(digitsOf(lists)));
  const prefix = string("2012");
  const payload = byteLength(prefix) + byteLength(value) + byteLength(digitsOf(lists));
  const node: Json = { concat: [`0x${head(LIST, payload)}${prefix}${value}`, lists] };
  return { root: `0x${keccak(digitsOf(node))}`, proof: proofOfOne(encoding, node, "0x12") };
}

/** A full trie with one node for each level: 65 nodes, 2^64 leaves. */
function sharedTrie(): { root: string; nodes: readonly Digits[] } {
  let node: Made = leaf("", VALUE.slice(2));
  const nodes = [node.rlp];
  for (let level = 0; level < 64; level++) {
    const below = { ...hashed(node), items: [] };
    node = branch({ 0: below, f: below });
    nodes.unshift(node.rlp);
  }
  return { root: trieOf(node).root, nodes };
}

function sharedCases(encoding: EncodingName): Draft[] {
  const { root, nodes } = sharedTrie();
  const key = `0x${"0f".repeat(32)}`;
  const other = `0x${"ff".repeat(32)}`;
  const absent = `0x${"0f".repeat(20)}05${"0f".repeat(11)}`;
  const proof = proofOf(encoding, nodes, key);
  const methods: Readonly<Record<string, JsonObject>> = {
    ...(encoding === "witness" ? {} : { root: { proof } }),
    get: { root, proof, keys: [key, other, absent] },
    cost: { root, proof },
    merge: { root, proofs: [proof, proof] },
    extract: { root, proof, keys: [other] },
    convert: { root, proof, ...(encoding === "eip1186" ? { keys: [other] } : {}) },
    update: { root, proof, writes: [[other, valueAt(1)]] },
    transact: {
      root,
      proof,
      steps: [{ set: [key, null] }, { get: other }, { root: true }, { set: [key, VALUE] }, { root: true }],
    },
  };
  const strict = { profile: "strict" as const };
  return Object.entries(methods).flatMap(([method, params]) => {
    const text = {
      id: `shared-${method}`,
      about: `${method}: a trie of 65 different nodes and 2^64 leaves`,
      kind: "dos" as const,
      flags: ["shared-nodes"],
      call: `proof/${method}`,
      params: { ...whereOf(method, encoding), ...params },
    };
    return [
      accepted(text),
      accepted({
        ...text,
        id: `${text.id}-strict`,
        about: `${text.about}; in the strict profile`,
        ...strict,
        params: { ...whereOf(method, encoding, strict), ...params },
      }),
    ];
  });
}

const PREFIXES = 100;
const prefix = (bytes: number): string => `0x${"11".repeat(bytes)}`;

/** A key of 100 bytes and each of its prefixes: a path of 200 nodes. */
const LADDER: Scenario = {
  id: "ladder",
  about: "a key of 100 bytes under all of its prefixes",
  entries: Array.from({ length: PREFIXES + 1 }, (_, bytes) => [
    prefix(bytes),
    bytes % 2 === 0 ? small(bytes) : valueAt(bytes),
  ]),
  keys: [prefix(PREFIXES), prefix(50), `${prefix(PREFIXES)}11`, `${prefix(PREFIXES - 1)}12`],
  flag: "depth-cap",
};

function ladderCases(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(LADDER, encoding);
  const nodes = nodesOf("preorder", prove(LADDER, "preorder").proof);
  const cut = [32, 33, 50, 51, 64, 65, 66, 100, 128, nodes.length - 1].map((count) =>
    rejected(
      {
        id: `ladder-cut-at-${count}`,
        about: `a path of ${nodes.length} nodes that ends after ${count} of them`,
        kind: "soundness",
        flags: ["depth-cap"],
        call: "proof/get",
        params: {
          ...baseOf(encoding),
          root,
          proof: proofOf(encoding, nodes.slice(0, count), prefix(PREFIXES)),
          keys: [prefix(PREFIXES)],
        },
      },
      "incomplete",
    ),
  );
  return [
    ...rolesOf(LADDER, encoding),
    ...cut,
    accepted({
      id: "ladder-update",
      about: "the value at the end of a path of 200 nodes",
      kind: "completeness",
      flags: ["depth-cap"],
      call: "proof/update",
      params: { ...baseOf(encoding), root, proof, writes: [[prefix(PREFIXES), valueAt(99)]] },
    }),
  ];
}

const longKey = (length: number, last: string): Json => ({
  concat: [{ repeat: { bytes: "0xaa", count: length - 1 } }, last],
});

/** Two keys of many bytes that part at the last nibble. */
function longKeyCases(encoding: EncodingName): Draft[] {
  return [200, 1000, 8192].flatMap((length) => {
    const keys = [longKey(length, "0xa1"), longKey(length, "0xa2")];
    const [expanded] = expandRecipes(keys) as string[];
    const of: Scenario = {
      id: "",
      about: "",
      entries: [
        [keys[0], valueAt(0)],
        [keys[1], valueAt(1)],
      ],
      keys: [expanded],
    };
    const scenario = {
      ...of,
      id: `long-key-${length}`,
      about: `two keys of ${length} bytes that part at the last nibble`,
      flag: "depth-cap",
    };
    return rolesOf(scenario, encoding);
  });
}

export function deepFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/patricia/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "nested",
      "Nodes inside nodes, and lists inside lists, as deep as an attacker likes.",
      ["PROOF-GEN-008", "PROOF-GEN-019", "PROOF-PATRICIA-007", "PROOF-PATRICIA-011"],
      [...NESTED.flatMap((one) => nestedCases(encoding, one)), ...listCases(encoding)],
    ),
    file(
      "shared",
      "A few nodes that stand at more places than can be walked.",
      ["PROOF-GEN-008", ...(encoding === "preorder" ? ["PROOF-PATRICIA-021"] : [])],
      sharedCases(encoding),
    ),
    file(
      "long-paths",
      "Keys longer than 32 bytes, and paths of more than 64 nodes.",
      ["PROOF-PATRICIA-042", "PROOF-PATRICIA-006", "PROOF-GEN-008"],
      [...ladderCases(encoding), ...longKeyCases(encoding)],
    ),
  ];
}
