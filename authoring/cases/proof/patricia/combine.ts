/** Merged proofs, smaller proofs taken out of larger ones, and proofs converted to other encodings. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { MIXED } from "./forged.ts";
import { baseOf, ENCODINGS, type EncodingName, listsOf, optionsOf, writeLists } from "./proofs.ts";
import {
  EMPTY_ROOT,
  entriesOf,
  isExpressible,
  NAIVE,
  optionsFor,
  type Proven,
  prove,
  type Scenario,
  small,
  valueAt,
} from "./scenarios.ts";
import { SECURE } from "./secure.ts";
import { shape } from "./shapes.ts";

const SOURCE = "authoring/cases/proof/patricia/combine.ts";

/** Present are 12, 1234, 12a4 (embedded), 77, 9a01, 9a91, ca01 and ca91; the branch of 9a01 and 9a91 occurs at two places. */
const ENTRIES = entriesOf({
  "12": valueAt(0),
  "1234": valueAt(1),
  "12a4": small(0),
  "77": valueAt(2),
  "9a01": valueAt(3),
  "9a91": valueAt(4),
  ca01: valueAt(3),
  ca91: valueAt(4),
});

const keysOf = (digits: readonly string[]): string[] => digits.map((key) => `0x${key}`);

function proofOf(encoding: EncodingName, keys: readonly string[], entries: Json = ENTRIES): Proven {
  return prove({ id: "", about: "", entries, keys: keysOf(keys) }, encoding);
}

interface Merge {
  readonly id: string;
  readonly about: string;
  /** The keys of each proof. */
  readonly of: readonly (readonly string[])[];
  readonly flag?: string;
}

const MERGES: readonly Merge[] = [
  { id: "disjoint", about: "one key each, in different subtrees", of: [["1234"], ["77"]] },
  {
    id: "overlapping",
    about: "two proofs that share a key",
    of: [
      ["12", "1234"],
      ["1234", "77"],
    ],
  },
  { id: "same-twice", about: "the same proof twice", of: [["1234"], ["1234"]] },
  { id: "one", about: "a single proof: as it was", of: [["1234", "55"]] },
  { id: "three", about: "three proofs", of: [["12"], ["9a01"], ["77"]] },
  { id: "present-and-absent", about: "a present key and an absent one", of: [["1234"], ["1235"]] },
  { id: "contained", about: "one proof decides all that the other one does", of: [["12", "1234", "77"], ["12"]] },
  { id: "reversed", about: "the later subtree first", of: [["9a01"], ["12"]], flag: "merge-order" },
  {
    id: "root-node-and-key",
    about: "a proof of the root node alone, and one of a key",
    of: [["55"], ["1234"]],
    flag: "merge-nested",
  },
  {
    id: "goes-on-below",
    about: "a proof that opens what the other one holds as a hash",
    of: [["12"], ["1234"]],
    flag: "merge-nested",
  },
  {
    id: "goes-on-below-first",
    about: "the same, the one that opens it first",
    of: [["1234"], ["12"]],
    flag: "merge-nested",
  },
  {
    id: "same-branch",
    about: "both leaves of one branch, each by a proof of its own",
    of: [["9a91"], ["9a01"]],
    flag: "merge-order",
  },
  {
    id: "equal-branches",
    about: "leaves of two branches that are the same node: what one proof opens in one, it opens in the other",
    of: [["9a01"], ["ca91"]],
    flag: "equal-nodes",
  },
  {
    id: "extension-and-below",
    about: "a key that parts from an extension, and one below it",
    of: [["9b"], ["9a01"]],
    flag: "merge-nested",
  },
];

type Text = Omit<Draft, "expect" | "kind">;
const take = (text: Text): Draft => accepted({ ...text, kind: "completeness" });
const refuse = (text: Text, ...classes: string[]): Draft => rejected({ ...text, kind: "soundness" }, ...classes);

function mergeDrafts(encoding: EncodingName): Draft[] {
  const { root } = proofOf(encoding, ["12"]);
  const merge = (id: string, about: string, flag: string | undefined, proofs: readonly Json[]): Text => ({
    id: `merge-${id}`,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/merge",
    params: { ...baseOf(encoding), root, proofs },
  });
  const [left, right, foreign] = [
    proofOf(encoding, ["12"]).proof,
    proofOf(encoding, ["77"]).proof,
    proofOf(encoding, ["77"], entriesOf({ "12": valueAt(0), "77": valueAt(9) })).proof,
  ];
  const nothing = writeLists(encoding, [{ key: "0x12", nodes: [] }]);
  const broken = encoding === "eip1186" ? { proofs: [] } : "0x";
  return [
    ...MERGES.map(({ id, about, of, flag }) =>
      take(
        merge(
          id,
          about,
          flag,
          of.map((keys) => proofOf(encoding, keys).proof),
        ),
      ),
    ),
    refuse(
      merge("foreign-second", "the second proof is of another trie", "merge-conflict", [left, foreign]),
      "invalid-proof",
    ),
    refuse(
      merge("foreign-first", "the first proof is of another trie", "merge-conflict", [foreign, left]),
      "invalid-proof",
    ),
    refuse(
      merge("foreign-third", "the third proof is of another trie", "merge-conflict", [left, right, foreign]),
      "invalid-proof",
    ),
    refuse(
      merge("empty-second", "the second proof holds no node", "merge-conflict", [left, nothing]),
      "incomplete",
      "invalid-proof",
    ),
    refuse(merge("nothing", "no proof at all", "empty-proof", []), "invalid-argument"),
    refuse(merge("one-malformed", "the second proof has no list", "truncated", [left, broken]), "malformed"),
    take({
      ...merge("of-the-empty-trie", "two proofs of the empty trie", "empty-tree", []),
      params: { ...baseOf(encoding), root: EMPTY_ROOT, proofs: [nothing, nothing] },
    }),
    mergeSecure(encoding),
    ...(encoding === "eip1186" ? [mergeUndecided(left, right)] : []),
  ];
}

/** A claim with the root node only, which no other proof decides. */
function mergeUndecided(left: Json, right: Json): Draft {
  const [list] = listsOf("eip1186", right);
  const undecided = writeLists("eip1186", [{ key: "0x1234", nodes: list.nodes.slice(0, 1) }, list]);
  return refuse(
    {
      id: "merge-undecided-claim",
      about: "the second proof claims a key that neither of them decides",
      flags: ["uncovered-key"],
      call: "proof/merge",
      params: { ...baseOf("eip1186"), root: proofOf("eip1186", ["12"]).root, proofs: [left, undecided] },
    },
    "incomplete",
  );
}

function mergeSecure(encoding: EncodingName): Draft {
  const options = { secure: true };
  const of = (keys: readonly string[]): Proven =>
    prove({ id: "", about: "", entries: ENTRIES, keys: keysOf(keys), ...options }, encoding);
  const { root } = of(["12"]);
  return take({
    id: "merge-secure",
    about: "two proofs of a secure trie, the later key first",
    call: "proof/merge",
    params: { ...baseOf(encoding, options), root, proofs: [of(["9a01"]).proof, of(["12", "55"]).proof] },
  });
}

function extractDrafts(encoding: EncodingName): Draft[] {
  const { root, proof } = proofOf(encoding, ["12", "1234", "55", "9a01", "9a91"]);
  const extract = (
    id: string,
    about: string,
    flag: string | undefined,
    keys: readonly string[],
    deletes?: readonly string[],
  ): Text => ({
    id: `extract-${id}`,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/extract",
    params: {
      ...baseOf(encoding),
      root,
      proof,
      keys: keysOf(keys),
      ...(deletes === undefined ? {} : { deletes: keysOf(deletes) }),
    },
  });
  const setsOnly = encoding !== "eip1186";
  const takeFromSet = (text: Text): Draft => (setsOnly ? take(text) : refuse(text, "invalid-argument"));
  return [
    take(extract("present", "one present key of a proof of several", undefined, ["1234"])),
    take(extract("absent", "the absent key of a proof of several", undefined, ["55"])),
    take(extract("all", "all that the proof was made for: as it was", undefined, ["12", "1234", "55", "9a01", "9a91"])),
    take(extract("value-on-the-way", "the value of a branch on the way to another key", undefined, ["12"])),
    take(extract("other-absent", "absent keys that the proof was not made for", "unclaimed-node", ["56", "1235"])),
    take(extract("embedded", "an embedded leaf that the proof was not made for", "unclaimed-node", ["12a4"])),
    take(extract("equal-branch", "a key of another place where an open branch stands", "equal-nodes", ["ca01"])),
    take(extract("repeated", "a key repeated", "keys-are-a-set", ["1234", "1234"])),
    take(extract("descending", "keys in descending order", "keys-are-a-set", ["9a01", "55", "12"])),
    takeFromSet(extract("no-keys", "no key: the root node alone", "keys-are-a-set", [])),
    takeFromSet(extract("deletes", "a key that will be deleted", "deletes", [], ["9a01"])),
    takeFromSet(
      extract("keys-and-deletes", "a key asked for, and another one that will be deleted", "deletes", ["12"], ["9a91"]),
    ),
    ...(setsOnly ? [take(extract("deletes-empty", "an empty list of deletes", "deletes", ["12"], []))] : []),
    refuse(extract("uncovered", "a key whose leaf is not in the proof", "uncovered-key", ["77"]), "incomplete"),
    refuse(
      extract("uncovered-after-covered", "a key that is covered and one that is not", "uncovered-key", ["12", "77"]),
      "incomplete",
    ),
    ...(setsOnly
      ? [
          refuse(
            extract("uncovered-delete", "a key to be deleted that is not covered", "uncovered-key", ["12"], ["77"]),
            "incomplete",
          ),
        ]
      : []),
  ];
}

/** Tries for which the order of nodes, shared nodes and embedded nodes matter. */
const CONVERTED: readonly Scenario[] = [
  MIXED,
  ...[
    "one-key",
    "two-extensions",
    "prefixes-of-prefixes",
    "shared-branches",
    "shared-at-two-depths",
    "shared-and-opened-once",
    "sixteen-children",
    "short-root-branch",
    "empty",
    "no-keys",
    "no-keys-empty",
    "hundred",
  ].map(shape),
  ...["storage", "accounts", "empty"].map((id) => {
    const found = SECURE.find((scenario) => scenario.id === id) as Scenario;
    return { ...found, id: `secure-${id}` };
  }),
];

function convertDrafts(from: EncodingName): Draft[] {
  const convert = (id: string, about: string, of: Scenario, to: EncodingName, more: JsonObject = {}): Text => ({
    id,
    about,
    call: "proof/convert",
    params: { backend: "patricia", from, to, ...optionsOf(optionsFor(of)), ...prove(of, from), ...more },
  });
  const claimsOf = (of: Scenario, to: EncodingName): JsonObject => (to === "eip1186" ? { keys: of.keys } : {});
  return [
    ...CONVERTED.filter((of) => isExpressible(of, from)).flatMap((of) =>
      ENCODINGS.filter((to) => isExpressible(of, to)).map((to) => {
        const text = convert(`${of.id}-to-${to}`, `${from} to ${to}: ${of.about}`, of, to, claimsOf(of, to));
        return take(to === from ? { ...text, flags: ["same-encoding"] } : text);
      }),
    ),
    ...claimDrafts(convert),
    ...wrongConversions(from, convert),
  ];
}

type Convert = (id: string, about: string, of: Scenario, to: EncodingName, more?: JsonObject) => Text;

/** The claims are the requested keys, whatever the keys of the proof. */
function claimDrafts(convert: Convert): Draft[] {
  const claim = (id: string, about: string, keys: readonly string[]): Text => ({
    ...convert(`claim-${id}`, about, MIXED, "eip1186", { keys: keysOf(keys) }),
    flags: ["converted-claims"],
  });
  return [
    take(claim("fewer", "one of the keys that the proof was made for", ["1234"])),
    take(claim("others", "keys that it was not made for and decides", ["12a4", "7a92", "00", ""])),
    take(claim("descending", "keys in descending order", ["7a91", "55", "12"])),
    take(claim("repeated", "a key repeated", ["12", "12", "1234"])),
    refuse(claim("uncovered", "a key that the proof does not decide", ["7a01"]), "incomplete"),
    refuse(
      claim("uncovered-after-covered", "a key that it decides and one that it does not", ["12", "7a01"]),
      "incomplete",
    ),
    refuse(claim("none", "an empty list of keys", []), "invalid-argument"),
    refuse(claim("odd", "a key of an odd number of digits", ["1"]), "invalid-argument"),
  ];
}

function wrongConversions(from: EncodingName, convert: Convert): Draft[] {
  const wrong = (id: string, about: string, to: EncodingName, more: JsonObject, ...classes: string[]): Draft => {
    const text = convert(id, about, MIXED, to, more);
    return refuse({ ...text, flags: ["bad-request-form"] }, ...classes);
  };
  return [
    wrong("to-eip1186-without-keys", "no keys to claim", "eip1186", {}, "invalid-argument"),
    ...(["witness", "preorder"] as const).flatMap((to) => [
      wrong(`keys-to-${to}`, "keys, which the encoding does not name", to, { keys: ["0x12"] }, "invalid-argument"),
      wrong(`empty-keys-to-${to}`, "an empty list of keys", to, { keys: [] }, "invalid-argument"),
    ]),
    wrong("encoding-besides", "an encoding besides from and to", "witness", { encoding: from }, "invalid-argument"),
    wrong("secure-null", "secure stated as null", "witness", { options: { secure: null } }, "invalid-argument"),
  ];
}

export function combineFiles(encoding: EncodingName): VectorFile[] {
  const own =
    encoding === "eip1186"
      ? ["PROOF-PATRICIA-023", "PROOF-PATRICIA-073", "PROOF-PATRICIA-074", "PROOF-PATRICIA-075", "PROOF-PATRICIA-076"]
      : ["PROOF-PATRICIA-079", "PROOF-PATRICIA-081", "PROOF-PATRICIA-082"];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme: "merge-and-extract",
        about: "Proofs merged into one, and smaller ones taken out of larger ones.",
        requirements: [
          "PROOF-PATRICIA-036",
          "PROOF-PATRICIA-037",
          "PROOF-GEN-002",
          "PROOF-GEN-013",
          "PROOF-GEN-014",
          "PROOF-PATRICIA-093",
          "PROOF-PATRICIA-094",
          "PROOF-PATRICIA-095",
          ...own,
        ],
      },
      [...mergeDrafts(encoding), ...extractDrafts(encoding)],
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: "proof/patricia/convert",
        theme: `from-${encoding}`,
        about: `Honest ${encoding} proofs in every encoding.`,
        requirements: [
          "PROOF-PATRICIA-006",
          "PROOF-PATRICIA-038",
          "PROOF-PATRICIA-023",
          "PROOF-PATRICIA-073",
          "PROOF-PATRICIA-096",
          "PROOF-PATRICIA-097",
          "PROOF-PATRICIA-098",
          "PROOF-PATRICIA-099",
        ],
      },
      convertDrafts(encoding),
    ),
  ];
}
