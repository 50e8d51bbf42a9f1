/** Reads through an honest proof: order, coverage, and keys and depths that are wrong themselves. */

import { leafKeys } from "../../../../harness/cases/recipes.ts";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { DEEP_KEY, honestScenario, partingAt } from "./honest.ts";
import {
  baseOf,
  type EncodingName,
  encodePruned,
  keyAt,
  NAIVE,
  optionsOf,
  prove,
  prunedScenario,
  type Scenario,
  smallScenario,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/reads.ts";

type Read = (
  id: string,
  about: string,
  flag: string | undefined,
  keys: readonly Json[],
) => Omit<Draft, "expect" | "kind">;

function reader(encoding: EncodingName, scenario: Scenario): Read {
  const { root, proof } = prove(scenario, encoding);
  return (id, about, flag, keys) => ({
    id,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/get",
    params: { ...baseOf(encoding, scenario.depth), root, proof, keys },
  });
}

const take = (text: Omit<Draft, "expect" | "kind">): Draft => accepted({ ...text, kind: "completeness" });
const refuse = (text: Omit<Draft, "expect" | "kind">, ...classes: string[]): Draft =>
  rejected({ ...text, kind: "soundness" }, ...classes);

function orderDrafts(encoding: EncodingName): Draft[] {
  const read = reader(encoding, honestScenario("three-levels-mixed"));
  const [a, b, c, d] = [0, 2, 4, 7].map((index) => keyAt(index, 3));
  return [
    take(read("descending", "present and absent keys in descending order", "read-order", [d, c, b, a])),
    take(read("shuffled", "present and absent keys in no order", "read-order", [c, a, d, b])),
    take(read("repeated-present", "a present key asked three times", "read-order", [a, a, a])),
    take(read("repeated-absent", "an absent key asked twice, with a present one in between", "read-order", [c, a, c])),
    take(read("none", "no key at all", "read-order", [])),
    take(
      read("siblings", "leaves that nobody asked for when the proof was made", "unclaimed-node", [
        keyAt(1, 3),
        keyAt(3, 3),
        keyAt(6, 3),
      ]),
    ),
    take(
      read("empty-pair", "another key of an empty pair than the one the proof was made for", "unclaimed-node", [
        keyAt(5, 3),
      ]),
    ),
  ];
}

function coverageDrafts(encoding: EncodingName): Draft[] {
  const one = reader(encoding, honestScenario("three-levels-present"));
  const deep = reader(encoding, honestScenario("deep-hundred"));
  const [covered, ...others] = [3, 6, 7, 4].map((index) => keyAt(index, 3));
  const [present] = leafKeys(220n, 1, 256);
  const flag = "uncovered-key";
  return [
    ...others.map((key, index) =>
      refuse(
        one(`under-witness-${index}`, "a key under a node that the proof does not open", flag, [key]),
        "incomplete",
      ),
    ),
    refuse(
      one("after-covered", "a key that is not covered, after one that is", flag, [covered, others[0]]),
      "incomplete",
    ),
    refuse(
      one("before-covered", "a key that is not covered, before one that is", flag, [others[0], covered]),
      "incomplete",
    ),
    ...[0, 1, 3].map((bit) =>
      refuse(
        deep(
          `deep-parting-at-${bit}`,
          `a key that parts from a present one at bit ${bit}, where other leaves are`,
          flag,
          [flipBit(present, bit)],
        ),
        "incomplete",
      ),
    ),
    ...[64, 128, 254, 255].map((bit) =>
      take(
        deep(
          `deep-parting-at-${bit}`,
          `a key that parts from a present one at bit ${bit}, where nothing is`,
          "unclaimed-node",
          [flipBit(present, bit)],
        ),
      ),
    ),
  ];
}

/** A request that changes the honest one in one place. */
interface Wrong {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly params: JsonObject;
  readonly classes?: readonly string[];
}

const withBit = (key: string, bit: number): string => flipBit(key, bit);

function requestDrafts(encoding: EncodingName): Draft[] {
  const scenario = smallScenario("", "", 9, [0, 130, 131, 511], [131, 132]);
  const { root, proof } = prove(scenario, encoding);
  const [key] = scenario.keys;
  const honest: JsonObject = { ...baseOf(encoding, 9), root, proof, keys: [key] };
  const keys = (id: string, about: string, ...list: Json[]): Wrong => ({
    id: `key-${id}`,
    about,
    flag: "bad-key",
    params: { keys: list },
  });
  const depth = (id: string, about: string, value: Json): Wrong => ({
    id: `depth-${id}`,
    about,
    flag: "bad-depth",
    params: { options: { depth: value } },
  });
  const wrong: readonly Wrong[] = [
    keys("empty", "a key of no byte", "0x"),
    keys("2-bytes", "a key of two bytes, which hold all nine bits", key.slice(0, 6)),
    keys("31-bytes", "a key of 31 bytes", key.slice(0, 64)),
    keys("33-bytes", "a key of 33 bytes", `${key}00`),
    keys("64-bytes", "a key of 64 bytes", `${key}${"00".repeat(32)}`),
    keys("bit-9", "the first bit beyond the depth set", withBit(key, 9)),
    keys("bit-15", "the last bit of the byte in which the depth ends", withBit(key, 15)),
    keys("bit-16", "the first bit of the byte after the one in which the depth ends", withBit(key, 16)),
    keys("bit-128", "a bit in the middle of the rest set", withBit(key, 128)),
    keys("bit-255", "the last of 256 bits set", withBit(key, 255)),
    keys("after-covered", "a bit beyond the depth set, after a key that is right", key, withBit(key, 9)),
    keys("quantity", "a key in the form of a quantity", "0x5"),
    keys("number", "a key that is a number", 5),
    keys("null", "a key that is null", null),
    depth("0", "a tree of no level", 0),
    depth("257", "one level more than a key has bits", 257),
    depth("2-to-32-plus-9", "2^32 + 9, which 32 bits take for 9", 2 ** 32 + 9),
    depth("text", "a depth that is a string", "9"),
    depth("true", "a depth that is true", true),
    depth("null", "a depth that is null", null),
    {
      id: "secure",
      about: "an option of another backend",
      flag: "bad-request-form",
      params: { options: { depth: 9, secure: true } },
    },
    {
      id: "unknown-option",
      about: "an option that there is not",
      flag: "bad-request-form",
      params: { options: { depth: 9, levels: 9 } },
    },
    {
      id: "unknown-profile",
      about: "a profile that there is not",
      flag: "bad-request-form",
      params: { options: { depth: 9, profile: "loose" } },
    },
    {
      id: "depth-beside-options",
      about: "the depth as a parameter of its own",
      flag: "bad-request-form",
      params: { depth: 9 },
    },
    { id: "root-31-bytes", about: "a root of 31 bytes", flag: "bad-request-form", params: { root: root.slice(0, 64) } },
    {
      id: "proof-upper-case",
      about: "a proof in upper-case hex",
      flag: "bad-request-form",
      params: { proof: `0x${proof.slice(2).toUpperCase()}` },
    },
  ];
  return wrong.map(({ id, about, flag, params, classes = ["invalid-argument"] }) =>
    rejected(
      { id, about, kind: "soundness", flags: [flag], call: "proof/get", params: { ...honest, ...params } },
      ...classes,
    ),
  );
}

/** The caller states the depth: with another depth, a proof proves something else or nothing. */
function depthDrafts(encoding: EncodingName): Draft[] {
  const scenario = smallScenario("", "", 9, [0, 130, 131, 511], [131, 400]);
  const { root, proof } = prove(scenario, encoding);
  const [present, absent] = scenario.keys;
  const read = (
    id: string,
    about: string,
    depth: number | undefined,
    keys: readonly string[],
  ): Omit<Draft, "expect" | "kind"> => ({
    id,
    about,
    flags: ["bad-depth"],
    call: "proof/get",
    params: { backend: "sparse", encoding, ...(depth === undefined ? {} : { options: { depth } }), root, proof, keys },
  });
  const deep = honestScenario("deep-last-bit");
  const deepProof = prove(deep, encoding);
  return [
    refuse(read("one-less", "a tree of nine levels read as one of eight", 8, [keyAt(65, 8)]), "malformed"),
    refuse(read("one-less-no-key", "a tree of nine levels read as one of eight, and no key", 8, []), "malformed"),
    refuse(read("one", "a tree of nine levels read as one of a single level", 1, [keyAt(0, 1)]), "malformed"),
    refuse(
      read("one-more", "a tree of nine levels read as one of ten: its leaf is a node of level nine", 10, [present]),
      "incomplete",
    ),
    refuse(
      read("one-more-absent", "a tree of nine levels read as one of ten: its empty subtree has another root", 10, [
        absent,
      ]),
      "incomplete",
    ),
    refuse(
      read("left-out", "a tree of nine levels read with the depth left out, which means 256", undefined, [present]),
      "incomplete",
    ),
    take({
      id: "256-stated",
      about: "the depth of 256 stated",
      flags: ["bad-depth"],
      call: "proof/get",
      params: { backend: "sparse", encoding, options: { depth: 256 }, ...deepProof, keys: [DEEP_KEY, partingAt(255)] },
    }),
    refuse(
      {
        id: "255-for-256",
        about: "a tree of 256 levels read as one of 255",
        flags: ["bad-depth"],
        call: "proof/get",
        params: { backend: "sparse", encoding, options: { depth: 255 }, ...deepProof, keys: [] },
      },
      "malformed",
    ),
  ];
}

/** A proof with a node below the leaves, in every method and both profiles. */
function tooDeepDrafts(encoding: EncodingName): Draft[] {
  const scenario = honestScenario("three-levels-mixed");
  const { root, pruned } = prunedScenario({ ...scenario, depth: 4 });
  const proof = encodePruned(pruned, encoding);
  const key = keyAt(0, 3);
  const params: Readonly<Record<string, JsonObject>> = {
    root: { proof },
    get: { root, proof, keys: [key] },
    cost: { root, proof },
    update: { root, proof, writes: [] },
    transact: { root, proof, steps: [] },
    merge: { root, proofs: [proof] },
    extract: { root, proof, keys: [key] },
    convert: { root, proof },
  };
  return Object.entries(params).flatMap(([method, own]) =>
    (["lenient", "strict"] as const).map((profile): Draft => {
      const where = method === "convert" ? { from: encoding, to: encoding } : { encoding };
      return rejected(
        {
          id: `too-deep-${method}${profile === "strict" ? "-strict" : ""}`,
          about: `${method}: a tree of four levels in the place of one of three${profile === "strict" ? ", in the strict profile" : ""}`,
          kind: "soundness",
          ...(profile === "strict" ? { profile } : {}),
          flags: ["bad-depth"],
          call: `proof/${method}`,
          params: { backend: "sparse", ...where, ...optionsOf(3, profile === "strict" ? { profile } : {}), ...own },
        },
        "malformed",
      );
    }),
  );
}

export function readFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/sparse/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "reads",
      "Values in the order asked, and keys that the proof does not decide.",
      ["PROOF-GEN-003", "PROOF-SPARSE-002", "PROOF-SPARSE-027", "PROOF-SPARSE-028", "PROOF-GEN-015"],
      [...orderDrafts(encoding), ...coverageDrafts(encoding)],
    ),
    file(
      "keys-and-depth",
      "Keys, depths and options that are wrong themselves.",
      [
        "PROOF-SPARSE-001",
        "PROOF-SPARSE-022",
        "PROOF-SPARSE-023",
        "PROOF-SPARSE-024",
        "PROOF-SPARSE-026",
        "PROOF-GEN-001",
      ],
      [...requestDrafts(encoding), ...depthDrafts(encoding)],
    ),
    file("too-deep", "A node below the leaf level, in every method.", ["PROOF-SPARSE-003"], tooDeepDrafts(encoding)),
  ];
}
