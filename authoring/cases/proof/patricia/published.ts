/** Roots that the Ethereum tests publish (TrieTests: `trieanyorder.json` and `trietest.json`). */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { accepted, ask, type Draft, stated, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, writeLists } from "./proofs.ts";
import { EMPTY_ROOT, NAIVE } from "./scenarios.ts";

const SOURCE = "authoring/cases/proof/patricia/published.ts";

/** Bytes in the form of the tests: hex after `0x`, otherwise text. */
function bytes(text: string): string {
  return text.startsWith("0x") ? text : `0x${Buffer.from(text, "utf8").toString("hex")}`;
}

/** A map whose root is the same for every order. */
interface AnyOrder {
  readonly name: string;
  readonly map: Readonly<Record<string, string>>;
  readonly root: string;
}

const ANY_ORDER: readonly AnyOrder[] = [
  {
    name: "single-item",
    map: { A: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
    root: "0xd23786fb4a010da3ce639d66d5e904a11dbc02746d1ce25029e53290cabf28ab",
  },
  {
    name: "dogs",
    map: { doe: "reindeer", dog: "puppy", dogglesworth: "cat" },
    root: "0x8aad789dff2f538bca5d8ea56e8abe10f4c7ba3a5dea95fea4cd6e7c3a1168d3",
  },
  {
    name: "puppy",
    map: { do: "verb", horse: "stallion", doge: "coin", dog: "puppy" },
    root: "0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84",
  },
  {
    name: "foo",
    map: { foo: "bar", food: "bass" },
    root: "0x17beaa1648bafa633cda809c90c04af50fc8aed3cb40d16efbddee6fdf63c4c3",
  },
  {
    name: "small-values",
    map: { be: "e", dog: "puppy", bed: "d" },
    root: "0x3f67c7a47520f79faa29255d2d3c084a7a6df0453116ed7232ff10277a8be68b",
  },
  {
    name: "testy",
    map: { test: "test", te: "testy" },
    root: "0x8452568af70d8d140f58d941338542f645fcca50094b20f3c3d8c3df49337928",
  },
  {
    name: "hex",
    map: { "0x0045": "0x0123456789", "0x4500": "0x9876543210" },
    root: "0x285505fcabe84badc8aa310e2aae17eddc7d120aabec8a476902c8184b3a3503",
  },
];

/** Writes in order; `null` deletes. */
interface InOrder {
  readonly name: string;
  readonly writes: readonly (readonly [string, string | null])[];
  readonly root: string;
}

const BRANCHING = [
  "0x04110d816c380812a427968ece99b1c963dfbce6",
  "0x095e7baea6a6c7c4c2dfeb977efac326af552d87",
  "0x0a517d755cebbf66312b30fff713666a9cb917e0",
  "0x24dd378f51adc67a50e339e8031fe9bd4aafab36",
  "0x293f982d000532a7861ab122bdc4bbfd26bf9030",
  "0x2cf5732f017b0cf1b1f13a1478e10239716bf6b5",
  "0x31c640b92c21a1f1465c91070b4b3b4d6854195f",
  "0x37f998764813b136ddf5a754f34063fd03065e36",
  "0x37fa399a749c121f8a15ce77e3d9f9bec8020d7a",
  "0x4f36659fa632310b6ec438dea4085b522a2dd077",
  "0x62c01474f089b07dae603491675dc5b5748f7049",
  "0x729af7294be595a0efd7d891c9e51f89c07950c7",
  "0x83e3e5a16d3b696a0314b30b2534804dd5e11197",
  "0x8703df2417e0d7c59d063caa9583cb10a4d20532",
  "0x8dffcd74e5b5923512916c6a64b502689cfa65e1",
  "0x95a4d7cccb5204733874fa87285a176fe1e9e240",
  "0x99b2fcba8120bedd048fe79f5262a6690ed38c39",
  "0xa4202b8b8afd5354e3e40a219bdc17f6001bf2cf",
  "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b",
  "0xa9647f4a0a14042d91dc33c0328030a7157c93ae",
  "0xaa6cffe5185732689c18f37a7f86170cb7304c2a",
  "0xaae4a2e3c51c04606dcb3723456e58f3ed214f45",
  "0xc37a43e940dfb5baf581a0b82b351d48305fc885",
  "0xd2571607e241ecf590ed94b12d87c94babe36db6",
  "0xf735071cbee190d76b704ce68384fc21e389fbe7",
];

const IN_ORDER: readonly InOrder[] = [
  {
    name: "empty-values",
    writes: [
      ["do", "verb"],
      ["ether", "wookiedoo"],
      ["horse", "stallion"],
      ["shaman", "horse"],
      ["doge", "coin"],
      ["ether", null],
      ["dog", "puppy"],
      ["shaman", null],
    ],
    root: "0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84",
  },
  {
    name: "branching-tests",
    writes: [...BRANCHING.map((key) => [key, "something"] as const), ...BRANCHING.map((key) => [key, null] as const)],
    root: EMPTY_ROOT,
  },
  {
    name: "jeff",
    writes: [
      [
        "0x0000000000000000000000000000000000000000000000000000000000000045",
        "0x22b224a1420a802ab51d326e29fa98e34c4f24ea",
      ],
      [
        "0x0000000000000000000000000000000000000000000000000000000000000046",
        "0x67706c2076330000000000000000000000000000000000000000000000000000",
      ],
      [
        "0x0000000000000000000000000000000000000000000000000000001234567890",
        "0x697c7b8c961b56f675d570498424ac8de1a918f6",
      ],
      ["0x000000000000000000000000697c7b8c961b56f675d570498424ac8de1a918f6", "0x1234567890"],
      [
        "0x0000000000000000000000007ef9e639e2733cb34e4dfc576d4b23f72db776b2",
        "0x4655474156000000000000000000000000000000000000000000000000000000",
      ],
      [
        "0x000000000000000000000000ec4f34c97e43fbb2816cfd95e388353c7181dab1",
        "0x4e616d6552656700000000000000000000000000000000000000000000000000",
      ],
      [
        "0x4655474156000000000000000000000000000000000000000000000000000000",
        "0x7ef9e639e2733cb34e4dfc576d4b23f72db776b2",
      ],
      [
        "0x4e616d6552656700000000000000000000000000000000000000000000000000",
        "0xec4f34c97e43fbb2816cfd95e388353c7181dab1",
      ],
      ["0x0000000000000000000000000000000000000000000000000000001234567890", null],
      [
        "0x000000000000000000000000697c7b8c961b56f675d570498424ac8de1a918f6",
        "0x6f6f6f6820736f2067726561742c207265616c6c6c793f000000000000000000",
      ],
      [
        "0x6f6f6f6820736f2067726561742c207265616c6c6c793f000000000000000000",
        "0x697c7b8c961b56f675d570498424ac8de1a918f6",
      ],
    ],
    root: "0x9f6221ebb8efe7cff60a716ecb886e67dd042014be444669f0159d8e68b42100",
  },
  {
    name: "insert-middle-leaf",
    writes: [
      ["key1aa", "0123456789012345678901234567890123456789xxx"],
      ["key1", "0123456789012345678901234567890123456789Very_Long"],
      ["key2bb", "aval3"],
      ["key2", "short"],
      ["key3cc", "aval3"],
      ["key3", "1234567890123456789012345678901"],
    ],
    root: "0xcb65032e2f76c48b82b5c24b3db8f670ce73982869d38cd39a624f23d62a9e89",
  },
  {
    name: "branch-value-update",
    writes: [
      ["abc", "123"],
      ["abcd", "abcd"],
      ["abc", "abc"],
    ],
    root: "0x7a320748f780ad9ad5b0837302075ce0eeba6c26e3d8562c67ccc0f1b273298a",
  },
];

const KIND = "completeness" as const;

/** A case that expects the published root and the proof that the reference returns. */
function withRoot(root: string, text: Omit<Draft, "expect">): Draft {
  const { proof, root: computed } = ask(text.call, text.params);
  if (computed !== root) throw new Error(`${text.id}: ${computed} is not the published root ${root}`);
  return stated(text, { root, proof });
}

function anyOrder(encoding: EncodingName, { name, map, root }: AnyOrder): Draft[] {
  const entries = Object.entries(map).map((pair) => pair.map(bytes));
  const keys = entries.map(([key]) => key);
  const base = baseOf(encoding);
  const { proof } = ask("proof/prove", { ...base, entries, keys }) as { proof: Json };
  const text = (call: string, params: Draft["params"]): Omit<Draft, "expect"> => ({
    id: `${name}-${call}`,
    about: `TrieTests, ${name}: ${call}`,
    kind: KIND,
    call: `proof/${call}`,
    params: { ...base, ...params },
  });
  return [
    withRoot(root, text("prove", { entries, keys })),
    withRoot(root, { ...text("prove", { entries: entries.toReversed(), keys }), id: `${name}-prove-reversed` }),
    ...(encoding === "witness" ? [] : [stated(text("root", { proof }), { root })]),
    stated(text("get", { root, proof, keys }), { values: entries.map(([, value]) => value) }),
    ...written(encoding, { name, writes: Object.entries(map), root }),
  ];
}

/** The proof of the empty trie, from which every list of writes begins. */
function emptyProof(encoding: EncodingName, key: string): Json {
  return writeLists(encoding, [{ key, nodes: [] }]);
}

function written(encoding: EncodingName, { name, writes, root }: InOrder): Draft[] {
  const pairs = writes.map(([key, value]) => [bytes(key), value === null ? null : bytes(value)]);
  const base = { ...baseOf(encoding), root: EMPTY_ROOT, proof: emptyProof(encoding, pairs[0][0] as string) };
  const steps = pairs.map((set): Json => ({ set }));
  return [
    withRoot(root, {
      id: `${name}-update`,
      about: `TrieTests, ${name}: written to the empty trie as one batch`,
      kind: KIND,
      call: "proof/update",
      params: { ...base, writes: pairs },
    }),
    stated(
      {
        id: `${name}-transact`,
        about: `TrieTests, ${name}: written to the empty trie one after the other`,
        kind: KIND,
        call: "proof/transact",
        params: { ...base, steps: [...steps, { root: true }] },
      },
      { results: [...steps.map(() => true), root] },
    ),
    accepted({
      id: `${name}-transact-roots`,
      about: `TrieTests, ${name}: the root after each write`,
      kind: KIND,
      call: "proof/transact",
      params: { ...base, steps: steps.flatMap((step) => [step, { root: true }]) },
    }),
  ];
}

export function publishedFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme: "published-roots",
        about: "Maps whose roots the Ethereum tests publish, proven whole and written step by step.",
        requirements: [
          "PROOF-PATRICIA-030",
          "PROOF-PATRICIA-078",
          "PROOF-PATRICIA-032",
          "PROOF-PATRICIA-083",
          "PROOF-PATRICIA-033",
          "PROOF-PATRICIA-034",
          "PROOF-PATRICIA-088",
          "PROOF-PATRICIA-089",
          "PROOF-PATRICIA-090",
        ],
      },
      [...ANY_ORDER.flatMap((one) => anyOrder(encoding, one)), ...IN_ORDER.flatMap((one) => written(encoding, one))],
    ),
  ];
}
