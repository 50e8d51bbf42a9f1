/** Proofs in another form, which the lenient profile accepts and the strict profile rejects. */

import type { VectorFile } from "../../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../../kit/draft.ts";
import { branch, hashed, leaf, made } from "../../patricia/nodes.ts";
import { type Digits, rawPrefix, string } from "../../patricia/rlp.ts";
import { OWN_KEYS, stateOfOneSlot } from "../one-slot.ts";
import { baseOf, type EncodingName, NAIVE, proveAccounts, proveWitness, type Witness } from "../scenarios.ts";
import { ABSENT_AT_BRANCH, ALICE, ALONE, BOB, CODE, DAVE, DAVES_CODE, ERIN, NONCE, small, TWIN } from "../world.ts";
import { casesOf, type Other, type Subject } from "./cases.ts";
import { claims } from "./claims.ts";

const SOURCE = "authoring/cases/proof/state/canonical/encodings.ts";

const KEYS = [ALICE + NONCE, BOB + TWIN, DAVE + CODE, ABSENT_AT_BRANCH];

/** Lists of a witness that are not canonical. */
function lists(): Draft[] {
  const { root, proof } = proveWitness(KEYS);
  const { state, codes } = proof;
  const other = (id: string, about: string, changed: Partial<Witness>): Other => ({
    id,
    about,
    proof: { ...proof, ...changed },
    flag: "witness-not-minimal",
  });
  const sorted = (nodes: readonly string[]): string[] => nodes.toSorted();
  const erins = proveAccounts([ERIN + ALONE]).proof.accounts[0].storageProof[0].proof;
  const unused = `0x${"5b".repeat(5)}`;
  const others = [
    other("made-up-node", "a node that is in no trie", { state: sorted([...state, "0xc20102"]) }),
    other("item-without-bytes", "an item without a byte among the nodes", { state: sorted([...state, "0x"]) }),
    other("item-not-rlp", "an item that is not RLP among the nodes", { state: sorted([...state, "0xb8ff"]) }),
    other("node-of-closed-storage", "a node of the storage of an account that is not open", {
      state: sorted([...state, ...erins]),
    }),
    other("node-of-the-empty-trie", "the node of the empty trie, as some clients list it", {
      state: sorted([...state, "0x80"]),
    }),
    other("code-as-node", "a code among the nodes", { state: sorted([...state, ...codes]) }),
    other("node-twice", "a node twice", { state: sorted([...state, state[0]]) }),
    other("nodes-descending", "nodes in descending order", { state: sorted(state).toReversed() }),
    other("last-nodes-swapped", "the last two nodes swapped", {
      state: [...state.slice(0, -2), state[state.length - 1], state[state.length - 2]],
    }),
    other("unused-code", "a code that no account has", { codes: [unused, ...codes].toSorted() }),
    other("code-of-closed-account", "the code of an account that is not open", {
      codes: [`${DAVES_CODE}00`, ...codes].toSorted(),
    }),
    other("empty-code", "the empty code, which accounts have", { codes: ["0x", ...codes] }),
    other("code-twice", "a code twice", { codes: [...codes, ...codes] }),
  ];
  return others.flatMap((one) => casesOf({ encoding: "witness", root, keys: KEYS, isWritable: true }, one));
}

/** Codes in the wrong order, and a canonical witness that holds more than the request needs. */
function orders(): Draft[] {
  const { root, proof } = proveWitness([BOB + CODE, DAVE + CODE]);
  const subject: Subject = { encoding: "witness", root, keys: [DAVE + CODE, BOB + CODE], isWritable: true };
  const swapped = casesOf(subject, {
    id: "codes-descending",
    about: "codes in descending order",
    proof: { ...proof, codes: proof.codes.toReversed() },
    flag: "witness-not-minimal",
  });
  const more = accepted({
    id: "more-than-asked-get-strict",
    about: "get: nodes and codes that are open, though no key asks for them; in the strict profile",
    kind: "canonicality",
    profile: "strict",
    flags: ["witness-not-minimal"],
    call: "proof/get",
    params: { ...baseOf("witness", true), root, proof, keys: [DAVE + NONCE] } as unknown as JsonObject,
  });
  const early = rejected(
    {
      id: "order-before-keys-get-strict",
      about: "get: nodes in descending order and a key that the proof does not reach; in the strict profile",
      kind: "canonicality",
      profile: "strict",
      flags: ["error-precedence"],
      call: "proof/get",
      params: {
        ...baseOf("witness", true),
        root,
        proof: { ...proof, state: proof.state.toReversed() },
        keys: [ALICE],
      } as unknown as JsonObject,
    },
    "non-canonical",
  );
  return [...swapped, more, early];
}

/** An account whose nodes are not canonical, in the account trie or in its storage. */
function nodeForms(encoding: EncodingName): Draft[] {
  const oneChild = (below: Digits, value: Digits) => branch({ [below[0]]: hashed(leaf(below.slice(1), value)) });
  const padded = (below: Digits, value: Digits) => made([string(rawPrefix(2, "5", below)), string(value)]);
  const flagged = (below: Digits, value: Digits) => made([string(rawPrefix(6, "0", below)), string(value)]);
  const forms = [
    { id: "one-child", about: "a branch with one child", of: oneChild },
    { id: "padding", about: "a leaf with padding that is not zero", of: padded },
    { id: "flag", about: "a leaf with a flag above 3", of: flagged },
  ];
  return forms.flatMap(({ id, about, of }) =>
    (["account", "storage"] as const).flatMap((where) => {
      const { root, proof } = stateOfOneSlot(encoding, where, of);
      const other: Other = {
        id: `${id}-in-${where}`,
        about: `${about} in the ${where} trie`,
        proof,
        flag: "not-canonical-node",
      };
      return [
        ...casesOf({ encoding, root, keys: OWN_KEYS, isWritable: false }, other),
        rejected(
          {
            id: `${other.id}-update-strict`,
            about: `update: ${other.about}; in the strict profile`,
            kind: "canonicality",
            profile: "strict",
            flags: [other.flag],
            call: "proof/update",
            params: {
              ...baseOf(encoding, true),
              root,
              proof,
              writes: [[ALICE + ALONE, small(9)]],
            } as unknown as JsonObject,
          },
          "non-canonical",
        ),
      ];
    }),
  );
}

export function canonicalFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  const forms = file(
    "node-forms",
    "Nodes in another form than a trie's own, in either trie.",
    ["PROOF-STATE-010", "PROOF-STATE-011", "PROOF-STATE-012"],
    nodeForms(encoding),
  );
  const own =
    encoding === "witness"
      ? file(
          "lists",
          "Lists that hold more, twice, or in another order.",
          [
            "PROOF-STATE-073",
            "PROOF-STATE-074",
            "PROOF-STATE-075",
            "PROOF-STATE-076",
            "PROOF-STATE-011",
            "PROOF-STATE-077",
            "PROOF-STATE-078",
          ],
          [...lists(), ...orders()],
        )
      : file(
          "claims",
          "Claims and lists that hold more, twice, or in another order.",
          [
            "PROOF-STATE-034",
            "PROOF-STATE-101",
            "PROOF-STATE-102",
            "PROOF-STATE-103",
            "PROOF-STATE-105",
            "PROOF-STATE-100",
            "PROOF-STATE-078",
          ],
          claims(),
        );
  return [forms, own];
}
