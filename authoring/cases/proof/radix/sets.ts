/** The two profiles: `nodes` proofs in another order, with repeated items and items that are not open; `kmm` has one form. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { type Digits, itemsOf, joinItems, leafNode } from "./proofs.ts";
import { baseOf, EMPTY, type EncodingName, MIXED, NAIVE, prove, scenario, valueAt, whereOf } from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/sets.ts";

/** Requests of every method with the parameter `root`. */
function requests(encoding: EncodingName, root: string, proof: string): Readonly<Record<string, JsonObject>> {
  const keys = ["0x13", "0x18"];
  return {
    get: { root, proof, keys },
    cost: { root, proof },
    update: { root, proof, writes: [["0x13", valueAt(9)]] },
    transact: { root, proof, steps: [{ get: "0x13" }, { set: ["0x13", null] }, { get: "0x13" }] },
    merge: { root, proofs: [proof, prove({ ...MIXED, keys: ["0x10"] }, encoding).proof] },
    extract: { root, proof, keys },
    convert: { root, proof },
  };
}

interface Shaped {
  readonly id: string;
  readonly about: string;
  readonly proof: string;
}

function shapes(): Shaped[] {
  const items = itemsOf(prove(MIXED, "nodes").proof);
  const of = (id: string, about: string, list: readonly Digits[]): Shaped => ({ id, about, proof: joinItems(list) });
  const stray = leafNode("ff", valueAt(9).slice(2));
  const last = items.length - 1;
  return [
    of("reversed", "items in descending order", items.toReversed()),
    of("first-two-swapped", "the first two items in each other's place", [items[1], items[0], ...items.slice(2)]),
    of("last-two-swapped", "the last two items in each other's place", [
      ...items.slice(0, -2),
      items[last],
      items[last - 1],
    ]),
    of(
      "by-length",
      "items by their length",
      items.toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1)),
    ),
    of("first-twice", "the first item twice", [items[0], ...items]),
    of("last-twice", "the last item twice", [...items, items[last]]),
    of(
      "all-twice",
      "every item twice, one behind the other",
      items.flatMap((item) => [item, item]),
    ),
    of("twice-apart", "the first item again at the end", [...items, items[0]]),
    of("stray", "a leaf of no tree, in its place", [...items, stray].toSorted()),
    of("empty-last", "an item of no byte at the end", [...items, ""]),
    of("stray-first", "a leaf of no tree in front", [stray, ...items]),
    of(
      "strays",
      "a thousand leaves of no tree",
      [
        ...items,
        ...Array.from({ length: 1000 }, (_, index) =>
          leafNode(`ee${index.toString(16).padStart(4, "0")}`, valueAt(9).slice(2)),
        ),
      ].toSorted(),
    ),
  ];
}

function shapedCases({ id, about, proof }: Shaped): Draft[] {
  const { root } = prove(MIXED, "nodes");
  const isLong = id === "strays";
  return Object.entries(requests("nodes", root, proof)).flatMap(([method, params]): Draft[] => {
    if (isLong && method !== "get" && method !== "cost") return [];
    const text = { call: `proof/${method}`, flags: ["not-canonical"] };
    const strict = { profile: "strict" } as const;
    return [
      accepted({
        ...text,
        id: `${id}-${method}`,
        about: `${method}: ${about}`,
        kind: "completeness",
        params: { ...whereOf(method, "nodes"), ...params },
      }),
      rejected(
        {
          ...text,
          ...strict,
          id: `${id}-${method}-strict`,
          about: `${method}: ${about}, in the strict profile`,
          kind: "canonicality",
          params: { ...whereOf(method, "nodes", strict), ...params },
        },
        "non-canonical",
      ),
    ];
  });
}

/** Items under the root of the empty tree. */
function emptyCases(): Draft[] {
  const { proof } = prove(MIXED, "nodes");
  const params = { root: EMPTY, proof, keys: ["0x13"] };
  const text = { call: "proof/get", flags: ["empty-tree"] };
  return [
    accepted({
      ...text,
      id: "empty-with-items",
      about: "items under the root of the empty tree",
      kind: "completeness",
      params: { ...baseOf("nodes"), ...params },
    }),
    rejected(
      {
        ...text,
        id: "empty-with-items-strict",
        about: "items under the root of the empty tree, in the strict profile",
        kind: "canonicality",
        profile: "strict",
        params: { ...baseOf("nodes", { profile: "strict" }), ...params },
      },
      "non-canonical",
    ),
  ];
}

/** Items out of order, and a key that the proof does not decide: the order is checked first. */
function orderBeforeKeys(): Draft {
  const { root, proof } = prove(MIXED, "nodes");
  return rejected(
    {
      id: "order-before-keys-strict",
      about: "items in descending order and a key that the proof does not decide, in the strict profile",
      kind: "canonicality",
      profile: "strict",
      flags: ["error-precedence"],
      call: "proof/get",
      params: {
        ...baseOf("nodes", { profile: "strict" }),
        root,
        proof: joinItems(itemsOf(proof).toReversed()),
        keys: ["0x10"],
      },
    },
    "non-canonical",
  );
}

/** Canonical proofs, which the strict profile accepts in every method. */
function strictCases(encoding: EncodingName): Draft[] {
  const subjects = [
    MIXED,
    scenario("empty", "the empty tree", [], ["00"]),
    scenario("no-keys", "a root node that is not open", ["10", "90"], []),
  ];
  return subjects.flatMap((of) => {
    const { root, proof } = prove(of, encoding);
    const options = { profile: "strict" } as const;
    const every =
      of === MIXED ? requests(encoding, root, proof) : { get: { root, proof, keys: of.keys }, cost: { root, proof } };
    return Object.entries(every).map(([method, params]) =>
      accepted({
        id: `strict-${of.id}-${method}`,
        about: `${method} in the strict profile: ${of.about}`,
        kind: "completeness",
        profile: "strict",
        call: `proof/${method}`,
        params: { ...whereOf(method, encoding, options), ...params },
      }),
    );
  });
}

export function setFiles(encoding: EncodingName): VectorFile[] {
  const cases = encoding === "kmm" ? [] : [...shapes().flatMap(shapedCases), ...emptyCases(), orderBeforeKeys()];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/radix/${encoding}`,
        theme: "profiles",
        about:
          encoding === "kmm"
            ? "The strict profile, which says no more of this encoding than the lenient one."
            : "Items in another order, twice, and not open: taken in the lenient profile, refused in the strict one.",
        requirements:
          encoding === "kmm"
            ? ["PROOF-RADIX-073"]
            : ["PROOF-RADIX-022", "PROOF-RADIX-066", "PROOF-RADIX-068", "PROOF-RADIX-071", "PROOF-RADIX-072"],
      },
      [...strictCases(encoding), ...cases],
    ),
  ];
}
