/** `eip1186` as an object: members that are missing, wrong or too many, and lists that name different roots. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { MIXED } from "./forged.ts";
import { baseOf, listsOf, writeLists } from "./proofs.ts";
import { EMPTY_ROOT, entriesOf, NAIVE, prove, valueAt } from "./scenarios.ts";

const SOURCE = "authoring/cases/proof/patricia/claims.ts";
const ENCODING = "eip1186";

interface WrongObject {
  readonly id: string;
  readonly about: string;
  readonly proof: Json;
  readonly flag?: string;
  readonly classes?: readonly string[];
}

const OF = { ...MIXED, keys: ["0x1234"] };

function wrongObjects(): WrongObject[] {
  const { proofs } = prove(OF, ENCODING).proof as { proofs: readonly { key: string; nodes: readonly string[] }[] };
  const [{ key, nodes }] = proofs;
  const [top, ...rest] = nodes;
  const claim = { key, nodes };
  const object = (id: string, about: string, proof: Json): WrongObject => ({ id, about, proof });
  const claimOf = (id: string, about: string, wrong: Json): WrongObject =>
    object(`claim-${id}`, about, { proofs: [wrong] });
  const bytes = (id: string, about: string, proof: Json): WrongObject => ({
    id,
    about,
    proof,
    flag: "bad-node-length",
    classes: ["malformed", "invalid-argument"],
  });
  return [
    object("no-member", "an object without members", {}),
    object("proofs-null", "proofs that are null", { proofs: null }),
    object("proofs-object", "proofs that are an object", { proofs: { 0: claim } }),
    object("proofs-text", "proofs that are a string", { proofs: "0x" }),
    object("proofs-empty", "no proof at all", { proofs: [] }),
    object("extra-member", "a member besides proofs", { proofs, root: top }),
    object("account-proof", "the members of eth_getProof", { accountProof: nodes, storageProof: [] }),
    claimOf("null", "a proof that is null", null),
    claimOf("list", "a proof that is a list of nodes", nodes),
    claimOf("text", "a proof that is a string", top),
    claimOf("empty", "a proof without members", {}),
    claimOf("without-key", "a proof without a key", { address: key, nodes }),
    claimOf("without-nodes", "a proof without nodes", { key }),
    claimOf("extra-member", "a proof with its value besides", { key, nodes, value: valueAt(1) }),
    claimOf("nodes-null", "nodes that are null", { key, nodes: null }),
    claimOf("nodes-text", "nodes that are a string", { key, nodes: top }),
    claimOf("nodes-object", "nodes that are an object", { key, nodes: { 0: top } }),
    claimOf("proof-for-nodes", "nodes under the name that eth_getProof gives them", { key, proof: nodes }),
    object("second-claim-null", "a second proof that is null", { proofs: [claim, null] }),
    ...(
      [
        ["null", null],
        ["number", 18],
        ["odd", "0x123"],
        ["upper-case", "0xAB"],
        ["without-prefix", "1234"],
      ] as const
    ).flatMap(([id, wrong]) => [
      bytes(`key-${id}`, `a claimed key in the form ${JSON.stringify(wrong)}`, { proofs: [{ key: wrong, nodes }] }),
      bytes(`node-${id}`, `a node in the form ${JSON.stringify(wrong)}`, {
        proofs: [{ key, nodes: [top, wrong, ...rest] }],
      }),
    ]),
    { id: "bytes", about: "bytes in the place of the object", proof: top, classes: ["invalid-argument", "malformed"] },
    {
      id: "list",
      about: "a list in the place of the object",
      proof: proofs,
      classes: ["invalid-argument", "malformed"],
    },
  ];
}

function objectCases(): Draft[] {
  const { root } = prove(OF, ENCODING);
  return wrongObjects().flatMap(({ id, about, proof, flag = "bad-request-form", classes = ["malformed"] }) =>
    (["get", "root"] as const).map((method) =>
      rejected(
        {
          id: method === "get" ? id : `${id}-${method}`,
          about: `${method}: ${about}`,
          kind: "soundness",
          flags: [flag],
          call: `proof/${method}`,
          params: { ...baseOf(ENCODING), proof, ...(method === "get" ? { root, keys: OF.keys } : {}) },
        },
        ...classes,
      ),
    ),
  );
}

/** In the lenient profile all lists are one set, whatever their keys. */
function setCases(): Draft[] {
  const { root, proof } = prove(MIXED, ENCODING);
  const lists = listsOf(ENCODING, proof);
  const other = listsOf(ENCODING, prove({ ...MIXED, entries: entriesOf({ "12": valueAt(7) }) }, ENCODING).proof);
  const base = baseOf(ENCODING);
  const flags = ["not-canonical"];
  const [first, second] = lists;
  const read = (id: string, about: string, of: typeof lists, keys: readonly string[]): Draft =>
    accepted({
      id,
      about,
      kind: "canonicality",
      flags,
      call: "proof/get",
      params: { ...base, root, proof: writeLists(ENCODING, of), keys },
    });
  const refuseRoot = (id: string, about: string, of: typeof lists): Draft =>
    rejected(
      {
        id,
        about,
        kind: "soundness",
        flags: ["wrong-root"],
        call: "proof/root",
        params: { ...base, proof: writeLists(ENCODING, of) },
      },
      "malformed",
    );
  const emptyLists = [
    { key: "0x12", nodes: [] },
    { key: "0x34", nodes: [] },
  ];
  return [
    read("set-other-keys", "keys that the lists are not for", lists, ["0x12a4", "0x7a92"]),
    read(
      "set-keys-of-nobody",
      "the lists of other keys",
      lists.map((list, index) => ({ ...list, key: `0xff${index}0` })),
      MIXED.keys,
    ),
    read(
      "set-with-foreign-list",
      "a list of another trie besides, which no node of this one names",
      [...lists, ...other],
      MIXED.keys,
    ),
    read("set-foreign-list-first", "a list of another trie before the others", [...other, ...lists], MIXED.keys),
    read("set-with-empty-list", "a list without nodes besides", [...lists, { key: "0xff", nodes: [] }], MIXED.keys),
    refuseRoot("root-of-two-tries", "lists that begin with different nodes", [first, ...other]),
    refuseRoot("root-of-swapped-list", "a list that does not begin with the root node", [
      first,
      { ...second, nodes: second.nodes.toReversed() },
    ]),
    refuseRoot("root-of-list-and-nothing", "a list of nodes and one without", [first, { key: "0xff", nodes: [] }]),
    refuseRoot("root-of-nothing-and-list", "a list without nodes and one of nodes", [
      { key: "0x00", nodes: [] },
      first,
    ]),
    stated(
      {
        id: "root-of-nothing",
        about: "two lists without nodes: the empty trie",
        kind: "completeness",
        flags: ["empty-tree"],
        call: "proof/root",
        params: { ...base, proof: writeLists(ENCODING, emptyLists) },
      },
      { root: EMPTY_ROOT },
    ),
  ];
}

export function claimFiles(): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/patricia/${ENCODING}`, theme, about, requirements }, cases);
  return [
    file(
      "objects",
      "Objects that are not what the encoding says.",
      ["PROOF-PATRICIA-022", "PROOF-GEN-006"],
      objectCases(),
    ),
    file(
      "lists",
      "Lists that are one set, whatever keys they name, and that name one root or none.",
      ["PROOF-PATRICIA-070", "PROOF-PATRICIA-071", "PROOF-PATRICIA-072", "PROOF-PATRICIA-011"],
      setCases(),
    ),
  ];
}
