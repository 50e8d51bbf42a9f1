/** Reads through an honest proof: order, coverage and missing nodes. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, editProof, nodesOf, writeLists } from "./proofs.ts";
import { keccak } from "./rlp.ts";
import { DEEP_KEY, NAIVE, partingAt, prove, type Scenario, valueAt } from "./scenarios.ts";
import { mapped } from "./shapes.ts";

const SOURCE = "authoring/cases/proof/patricia/reads.ts";

/** Present are 12, 1234, 1294, 77, 9a01 and 9af1; the proof is made for some of them and for absent keys. */
const MAP = {
  "12": valueAt(0),
  "1234": valueAt(1),
  "1294": valueAt(2),
  "77": valueAt(3),
  "9a01": valueAt(4),
  "9af1": valueAt(5),
};

const MIXED = mapped("mixed", "", MAP, ["12", "1234", "1244", "55", "77"]);

type Text = Omit<Draft, "expect" | "kind">;

function reader(encoding: EncodingName, scenario: Scenario) {
  const proven = prove(scenario, encoding);
  return (id: string, about: string, flag: string | undefined, keys: readonly string[]): Text => ({
    id,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/get",
    params: { ...baseOf(encoding), ...proven, keys: keys.map((key) => `0x${key}`) },
  });
}

const take = (text: Text): Draft => accepted({ ...text, kind: "completeness" });
const refuse = (text: Text, ...classes: string[]): Draft => rejected({ ...text, kind: "soundness" }, ...classes);

function orderDrafts(encoding: EncodingName): Draft[] {
  const read = reader(encoding, MIXED);
  return [
    take(
      read("descending", "present and absent keys in descending order", "read-order", [
        "77",
        "55",
        "1244",
        "1234",
        "12",
      ]),
    ),
    take(read("shuffled", "present and absent keys in no order", "read-order", ["1244", "12", "77", "1234"])),
    take(read("repeated-present", "a present key asked three times", "read-order", ["77", "77", "77"])),
    take(
      read("repeated-absent", "an absent key asked twice, with a present one in between", "read-order", [
        "55",
        "12",
        "55",
      ]),
    ),
    take(read("none", "no key at all", "read-order", [])),
    take(
      read("other-absent", "absent keys that nobody asked for when the proof was made", "unclaimed-node", [
        "56",
        "1254",
        "00",
        "",
        "1244ff",
      ]),
    ),
    take(
      reader(encoding, mapped("", "", MAP, ["1234"]))(
        "value-on-the-way",
        "the value of a branch on the way to the key that the proof was made for",
        "unclaimed-node",
        ["12"],
      ),
    ),
  ];
}

function coverageDrafts(encoding: EncodingName): Draft[] {
  const read = reader(encoding, MIXED);
  const flag = "uncovered-key";
  const refused = (id: string, about: string, keys: readonly string[]): Draft =>
    refuse(read(id, about, flag, keys), "incomplete");
  return [
    refused("sibling", "a present key whose leaf is not in the proof", ["1294"]),
    refused("sibling-absent", "an absent key below a leaf that is not in the proof", ["1295"]),
    refused("other-branch", "a present key below an extension that is not in the proof", ["9a01"]),
    refused("other-branch-absent", "an absent key that would part from an extension which is not in the proof", [
      "9b01",
    ]),
    refused("ends-at-missing", "a key that ends where a node is missing", ["9a"]),
    refused("after-covered", "a key that is not covered, after ones that are", ["12", "77", "9af1"]),
    refused("before-covered", "a key that is not covered, before one that is", ["9af1", "12"]),
    refused("between-absent", "a key that is not covered, between absent ones", ["55", "1294", "55"]),
    ...rootAlone(encoding),
  ];
}

/** The root node alone decides no key below its children. */
function rootAlone(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(MIXED, encoding);
  const top = prove(mapped("", "", MAP, ["55"]), encoding);
  if (top.root !== root || nodesOf(encoding, proof).length < 2) throw new Error("the root node is not alone");
  const ask = (id: string, key: string): Draft =>
    rejected(
      {
        id: `root-alone-${id}`,
        about: "the root node alone, and a key that lies below a child which is not in the proof",
        kind: "soundness",
        flags: ["uncovered-key"],
        call: "proof/get",
        params: { ...baseOf(encoding), ...top, keys: [`0x${key}`] },
      },
      "incomplete",
    );
  return [ask("present", "77"), ask("absent", "78"), ask("branch-value", "12")];
}

/** A key, and others that part from it at each nibble: the longest path that a key of 32 bytes has. */
const COMB: Scenario = {
  id: "comb",
  about: "",
  entries: [
    [DEEP_KEY, valueAt(64)],
    ...Array.from({ length: 64 }, (_, nibble) => [partingAt(nibble), valueAt(nibble)]),
  ],
  keys: [DEEP_KEY],
};

/** The path of a key, cut off before each of its nodes: present and absent keys below are not decided. */
function cutDrafts(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(COMB, encoding);
  const nodes = nodesOf("preorder", prove(COMB, "preorder").proof);
  const base = { ...baseOf(encoding), root };
  const digits = DEEP_KEY.slice(2);
  const text = { call: "proof/get", kind: "soundness" as const, flags: ["missing-node"] };
  const cut = nodes.slice(1).map((_, index): Draft => {
    const kept = nodes.slice(0, index + 1);
    const flipped = (Number.parseInt(digits[63], 16) ^ 1).toString(16);
    // The last node but one decides every key that parts from the key there.
    const isAbsent = index % 4 === 3 && index < nodes.length - 2;
    return rejected(
      {
        ...text,
        id: `cut-at-${index + 1}`,
        about: `a path of ${nodes.length} nodes that ends before node ${index + 1}, and ${isAbsent ? "an absent" : "the present"} key below`,
        params: {
          ...base,
          proof: writeLists(encoding, [{ key: DEEP_KEY, nodes: encoding === "witness" ? kept.toSorted() : kept }]),
          keys: [isAbsent ? `0x${digits.slice(0, 63)}${flipped}` : DEEP_KEY],
        },
      },
      "incomplete",
    );
  });
  const without = [1, 2, 31, 32, 33, 62, 63, nodes.length - 1].map(
    (missing): Draft =>
      rejected(
        {
          ...text,
          id: `without-${missing}`,
          about: `a path of ${nodes.length} nodes without node ${missing}; all below it is there`,
          params: {
            ...base,
            proof: editProof(encoding, proof, (all) => all.filter((node) => node !== nodes[missing])),
            keys: [DEEP_KEY],
          },
        },
        "incomplete",
        "invalid-proof",
      ),
  );
  const keys = Array.from({ length: 64 }, (_, nibble) => partingAt(nibble));
  return [
    ...cut,
    ...without,
    accepted({
      ...text,
      flags: ["deep-tree"],
      kind: "completeness",
      id: "whole-path",
      about: `the whole path of ${nodes.length} nodes`,
      params: { ...base, proof, keys: [DEEP_KEY] },
    }),
    rejected(
      {
        ...text,
        flags: ["uncovered-key"],
        id: "whole-path-siblings",
        about: "the whole path of a key, and the keys beside it, none of whose leaves is there",
        params: { ...base, proof, keys: keys.slice(60) },
      },
      "incomplete",
    ),
  ];
}

/** Faulty requests. */
function requestDrafts(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(MIXED, encoding);
  const honest: JsonObject = { ...baseOf(encoding), root, proof, keys: ["0x12"] };
  const wrong = (
    id: string,
    about: string,
    params: JsonObject,
    flag = "bad-request-form",
    ...classes: string[]
  ): Draft =>
    rejected(
      { id, about, kind: "soundness", flags: [flag], call: "proof/get", params: { ...honest, ...params } },
      ...(classes.length === 0 ? ["invalid-argument"] : classes),
    );
  const { keys: _, ...withoutKeys } = honest;
  const bytesProof = encoding === "eip1186" ? "0xc0" : { proofs: [{ key: "0x12", nodes: [] }] };
  return [
    wrong("secure-text", "secure stated as a string", { options: { secure: "true" } }),
    wrong("secure-number", "secure stated as 1", { options: { secure: 1 } }),
    wrong("secure-null", "secure stated as null", { options: { secure: null } }),
    wrong("depth", "an option of another backend", { options: { depth: 256 } }),
    wrong("unknown-option", "an option that there is not", { options: { hashed: true } }),
    wrong("unknown-profile", "a profile that there is not", { options: { profile: "loose" } }),
    wrong("options-list", "options that are a list", { options: [] }),
    wrong("secure-beside-options", "secure as a parameter of its own", { secure: true }),
    wrong("root-31-bytes", "a root of 31 bytes", { root: root.slice(0, 64) }),
    wrong("root-33-bytes", "a root of 33 bytes", { root: `${root}00` }),
    wrong("root-null", "a root that is null", { root: null }),
    wrong("key-quantity", "a key of an odd number of digits", { keys: ["0x123"] }, "bad-key"),
    wrong("key-number", "a key that is a number", { keys: [18] }, "bad-key"),
    wrong("key-null", "a key that is null", { keys: [null] }, "bad-key"),
    wrong("key-upper-case", "a key in upper-case hex", { keys: ["0xAB"] }, "bad-key"),
    wrong("key-without-prefix", "a key without 0x", { keys: ["12"] }, "bad-key"),
    wrong(
      "key-after-covered",
      "a key of an odd number of digits, after one that is right",
      { keys: ["0x12", "0x1"] },
      "bad-key",
    ),
    wrong("keys-text", "one key in the place of a list", { keys: "0x12" }),
    wrong("proof-of-another-form", "a proof in the form of another encoding", { proof: bytesProof }),
    wrong("proof-null", "a proof that is null", { proof: null }),
    ...(encoding === "witness" ? [rootOfSet(proof)] : []),
    rejected(
      {
        id: "keys-left-out",
        about: "no keys",
        kind: "soundness",
        flags: ["bad-request-form"],
        call: "proof/get",
        params: withoutKeys,
      },
      "invalid-argument",
    ),
    wrong(
      "request-before-proof",
      "a wrong key, and a proof of another root",
      { root: valueAt(9), keys: ["0x1"] },
      "error-precedence",
      "invalid-argument",
      "invalid-proof",
    ),
  ];
}

/** A set of nodes does not name its root node. */
function rootOfSet(proof: Json): Draft {
  return rejected(
    {
      id: "root-of-a-set",
      about: "the root of a set of nodes, which names none",
      kind: "soundness",
      flags: ["bad-request-form"],
      requirements: ["PROOF-PATRICIA-065"],
      call: "proof/root",
      params: { ...baseOf("witness"), proof },
    },
    "unsupported",
  );
}

/** The path is that of the key in a plain trie, and that of its hash in a secure trie. */
function secureDrafts(encoding: EncodingName): Draft[] {
  const entries = [
    ["0x12", valueAt(0)],
    ["0x92", valueAt(1)],
  ];
  const plain = prove({ id: "", about: "", entries, keys: ["0x12"] }, encoding);
  const secure = prove({ id: "", about: "", entries, keys: ["0x12"], secure: true }, encoding);
  const read = (id: string, about: string, options: JsonObject, params: JsonObject): Text => ({
    id,
    about,
    flags: ["secure-or-plain"],
    call: "proof/get",
    params: { ...baseOf(encoding, options), ...params },
  });
  const absent = { values: [null] };
  const other = (text: Text): Draft => stated({ ...text, kind: "soundness" }, absent);
  return [
    take(
      read(
        "secure-by-hash",
        "a secure trie read as a plain one, under the hash of the key",
        {},
        { ...secure, keys: [`0x${keccak("12")}`] },
      ),
    ),
    take(read("secure-false", "secure stated as false", { secure: false }, { ...plain, keys: ["0x12"] })),
    other(read("plain-as-secure", "a plain trie read as a secure one", { secure: true }, { ...plain, keys: ["0x12"] })),
    other(read("secure-as-plain", "a secure trie read as a plain one", {}, { ...secure, keys: ["0x12"] })),
    other(
      read(
        "hashed-twice",
        "a secure trie read as one, under the hash of the key",
        { secure: true },
        { ...secure, keys: [`0x${keccak("12")}`] },
      ),
    ),
  ];
}

export function readFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/patricia/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "reads",
      "Values in the order asked, and keys that the proof does not decide.",
      ["PROOF-GEN-003", "PROOF-GEN-015", "PROOF-PATRICIA-005", "PROOF-PATRICIA-006", "PROOF-PATRICIA-049"],
      [...orderDrafts(encoding), ...coverageDrafts(encoding)],
    ),
    file(
      "missing-nodes",
      "A path that is cut off before each of its nodes: nothing below is absent.",
      ["PROOF-PATRICIA-004", "PROOF-PATRICIA-006", "PROOF-PATRICIA-100"],
      cutDrafts(encoding),
    ),
    file(
      "requests",
      "Keys, options and proofs that are wrong themselves, and the two kinds of paths.",
      ["PROOF-PATRICIA-001", "PROOF-PATRICIA-040", "PROOF-PATRICIA-041", "PROOF-GEN-001"],
      [...requestDrafts(encoding), ...secureDrafts(encoding)],
    ),
  ];
}
