/** Entries of `prove`, and invalid requests. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, NAIVE, prove, proveAccounts, proveWitness, refusedRead } from "./scenarios.ts";
import {
  ALICE,
  ALONE,
  BALANCE,
  BOB,
  CODE,
  CODE_BYTES,
  CODE_HASH,
  EMPTY_SLOT,
  ENTRIES,
  NONCE,
  STORAGE_ROOT,
  small,
  TWIN,
  wordAt,
  ZERO_WORD,
} from "./world.ts";

const SOURCE = "authoring/cases/proof/state/requests.ts";

function entries(encoding: EncodingName): Draft[] {
  const made = (id: string, about: string, list: unknown, keys: readonly string[], flag = "entries-are-a-map"): Draft =>
    accepted({
      id,
      about: `build a proof: ${about}`,
      kind: "completeness",
      flags: [flag],
      call: "proof/prove",
      params: { ...baseOf(encoding), entries: list, keys } as JsonObject,
    });
  const refuse = (id: string, about: string, own: object, flag = "bad-write", ...classes: string[]): Draft =>
    rejected(
      {
        id,
        about: `build a proof: ${about}`,
        kind: "soundness",
        flags: [flag],
        call: "proof/prove",
        params: { ...baseOf(encoding), entries: ENTRIES, keys: [ALICE], ...own } as unknown as JsonObject,
      },
      ...(classes.length === 0 ? ["invalid-argument"] : classes),
    );
  const entry = (id: string, about: string, pair: unknown, flag?: string): Draft =>
    refuse(id, about, { entries: [...ENTRIES, pair] }, flag);
  const keys = [ALICE, BOB + TWIN, BOB + EMPTY_SLOT];
  return [
    made("reversed", "entries in reverse order", ENTRIES.toReversed(), keys),
    made(
      "repeated",
      "a field and a slot twice, of which the last counts",
      [[ALICE + NONCE, "0x09"], [BOB + TWIN, wordAt(30)], ...ENTRIES],
      keys,
    ),
    made(
      "zero-slot",
      "a slot of 32 zero bytes, which is absent",
      [...ENTRIES, [BOB + EMPTY_SLOT, ZERO_WORD]],
      keys,
      "zero-is-absent",
    ),
    made(
      "zero-slot-last",
      "a slot given, and then as 32 zero bytes",
      [...ENTRIES, [BOB + TWIN, ZERO_WORD]],
      keys,
      "zero-is-absent",
    ),
    made(
      "zero-slot-alone",
      "a slot of 32 zero bytes alone: no account is there",
      [[BOB + TWIN, ZERO_WORD]],
      [BOB],
      "zero-is-absent",
    ),
    made(
      "keys-repeated",
      "a key twice, and two fields of one account",
      ENTRIES,
      [BOB + NONCE, BOB + TWIN, BOB + NONCE, BOB + BALANCE, BOB],
      "keys-are-a-set",
    ),
    made("keys-reversed", "keys in descending order", ENTRIES, [BOB + TWIN, BOB + ALONE, ALICE], "keys-are-a-set"),
    entry("account", "a whole account as an entry", [ALICE, "0xf8440180"]),
    entry("storage-root", "a storage root as an entry", [ALICE + STORAGE_ROOT, wordAt(30)]),
    entry("code-hash", "a code hash as an entry", [ALICE + CODE_HASH, wordAt(30)]),
    entry("ancestor", "a block hash as an entry", [`${wordAt(30)}0000000000000001`, wordAt(31)]),
    entry("nonce-leading-zero", "a nonce with a leading zero", [ALICE + NONCE, "0x01".replace("0x", "0x00")]),
    entry("balance-33-bytes", "a balance of 33 bytes", [ALICE + BALANCE, `0x${"01".repeat(33)}`]),
    entry("word-minimal", "a word without its leading zeros", [BOB + TWIN, "0x05"]),
    entry("null", "null in the place of a word", [BOB + TWIN, null]),
    entry("key-of-19-bytes", "a key of 19 bytes", [ALICE.slice(0, -2), "0x01"], "bad-key"),
    entry("field-6", "a field that there is not", [`${ALICE}06`, "0x01"], "bad-key"),
    refuse("asked-ancestor", "an ancestor asked for", { keys: [ALICE, `${wordAt(30)}0000000000000001`] }, "bad-key"),
    refuse("asked-key-of-21-bytes", "a field that there is not asked for", { keys: [`${ALICE}09`] }, "bad-key"),
    ...(encoding === "witness"
      ? []
      : [
          refuse("asked-nothing", "no keys", { keys: [] }, "empty-proof"),
          refuse("asked-code", "a code, which has no place in eip1186", { keys: [ALICE, BOB + CODE] }, "no-place"),
          refuse("asked-empty-code", "the code of an account that has none", { keys: [ALICE + CODE] }, "no-place"),
          refuse(
            "asked-deletes",
            "deletions, for whose siblings there is no place in eip1186",
            { deletes: [BOB + TWIN] },
            "no-place",
          ),
          made("no-deletes", "an empty list of deletions", ENTRIES, [ALICE + BALANCE], "no-place"),
        ]),
  ];
}

/** Objects and values that are not a witness. */
function malformedWitness(): Draft[] {
  const { root, proof } = proveWitness([ALICE, BOB + CODE]);
  const refuse = (id: string, about: string, given: unknown, ...classes: string[]): Draft =>
    refusedRead(
      { id, about, flag: "bad-witness-form" },
      "witness",
      { root, proof: given, keys: [ALICE] },
      ...(classes.length === 0 ? ["malformed"] : classes),
    );
  const { state, codes } = proof;
  const lists = ["state", "codes", "headers"] as const;
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(proof).filter(([other]) => other !== name));
  return [
    ...lists.map((name) => refuse(`without-${name}`, `a witness without ${name}`, without(name))),
    ...lists.map((name) => refuse(`${name}-null`, `${name} as null`, { ...proof, [name]: null })),
    ...lists.map((name) => refuse(`${name}-bytes`, `${name} as bytes`, { ...proof, [name]: "0x" })),
    ...lists.map((name) => refuse(`${name}-object`, `${name} as an object`, { ...proof, [name]: { "0": "0x00" } })),
    ...lists.map((name) => refuse(`${name}-of-numbers`, `a number in ${name}`, { ...proof, [name]: [1] })),
    ...lists.map((name) => refuse(`${name}-of-nulls`, `null in ${name}`, { ...proof, [name]: [null] })),
    refuse("node-upper-case", "a node in upper case", {
      ...proof,
      state: state.map((node) => `0x${node.slice(2).toUpperCase()}`),
    }),
    refuse("node-odd", "a node of an odd number of digits", { ...proof, state: [...state, "0x123"] }),
    refuse("code-odd", "a code of an odd number of digits", { ...proof, codes: [...codes, "0x5"] }),
    refuse("code-without-0x", "a code without 0x", { ...proof, codes: codes.map((code) => code.slice(2)) }),
    refuse("keys", "the list of keys that some clients give as well", { ...proof, keys: [ALICE] }),
    refuse("nested-object", "a witness in an object of its own", { witness: proof }),
    refuse("bytes", "bytes in the place of the object", "0x", "invalid-argument"),
    refuse("list", "a list in the place of the object", [state, codes, []], "invalid-argument"),
    refuse("null", "null in the place of the object", null, "invalid-argument"),
  ];
}

/** Parameters that a method does not have, and parameters of another form. */
function methods(encoding: EncodingName): Draft[] {
  const { root, proof } = prove({ keys: [ALICE] }, encoding);
  const refuse = (id: string, about: string, call: string, own: JsonObject, ...classes: string[]): Draft =>
    rejected(
      { id, about, kind: "soundness", flags: ["bad-request-form"], call: `proof/${call}`, params: own },
      ...classes,
    );
  const base = baseOf(encoding);
  const read: JsonObject = { ...base, root, proof, keys: [ALICE] };
  const without = (name: string): JsonObject =>
    Object.fromEntries(Object.entries(read).filter(([other]) => other !== name));
  const wrongRoots: readonly Json[] = [null, "0x", root.slice(0, -2), `${root}00`, root.slice(2), 5];
  return [
    ...(encoding === "witness"
      ? [refuse("root-of-witness", "a witness names no root", "root", { ...base, proof }, "unsupported")]
      : []),
    ...["root", "proof", "keys", "encoding"].map((name) =>
      refuse(
        `get-without-${name}`,
        `get without ${name}`,
        "get",
        without(name),
        ...(name === "encoding" ? ["invalid-argument", "unsupported"] : ["invalid-argument"]),
      ),
    ),
    ...wrongRoots.map((value, index) =>
      refuse(
        `root-form-${index}`,
        `a root that is ${JSON.stringify(value).slice(0, 12)}`,
        "get",
        { ...read, root: value },
        "invalid-argument",
      ),
    ),
    refuse("deletes-in-get", "get with deletes", "get", { ...read, deletes: [] }, "invalid-argument"),
    refuse(
      "profile-loose",
      "a profile that there is not",
      "get",
      { ...read, options: { profile: "loose" } },
      "invalid-argument",
    ),
    refuse("keys-alone", "keys that are no list", "get", { ...read, keys: ALICE }, "invalid-argument"),
  ];
}

/** Accounts that begin with different nodes, and other proofs without a root. */
function roots(): Draft[] {
  const proven = proveAccounts([ALICE, BOB]);
  const [first, second] = proven.proof.accounts;
  const other = prove(
    {
      entries: [
        [BOB + CODE, CODE_BYTES],
        [ALICE + BALANCE, "0x01"],
        [`${ALICE}${ALONE}`, small(1)],
      ],
      keys: [BOB],
    },
    "eip1186",
  ) as unknown as typeof proven;
  const refuse = (id: string, about: string, accounts: readonly object[], ...classes: string[]): Draft =>
    rejected(
      {
        id,
        about: `compute the root: ${about}`,
        kind: "soundness",
        flags: ["wrong-root"],
        call: "proof/root",
        params: { ...baseOf("eip1186"), proof: { accounts } } as unknown as JsonObject,
      },
      ...classes,
    );
  return [
    refuse("two-states", "accounts of two states", [first, other.proof.accounts[0]], "malformed"),
    refuse(
      "one-without-nodes",
      "an account with nodes, and one without",
      [first, { ...second, accountProof: [] }],
      "malformed",
    ),
    refuse(
      "without-nodes-first",
      "an account without nodes, and one with",
      [{ ...first, accountProof: [] }, second],
      "malformed",
    ),
    refuse(
      "leaf-first",
      "a path that begins with its leaf",
      [{ ...first, accountProof: first.accountProof.toReversed() }],
      "invalid-proof",
      "incomplete",
    ),
    refuse("node-not-rlp", "a first node that is not RLP", [{ ...first, accountProof: ["0xb8ff"] }], "malformed"),
  ];
}

export function requestFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  const proving =
    encoding === "witness"
      ? [
          "PROOF-STATE-042",
          "PROOF-STATE-118",
          "PROOF-STATE-119",
          "PROOF-STATE-120",
          "PROOF-STATE-122",
          "PROOF-STATE-040",
        ]
      : [
          "PROOF-STATE-042",
          "PROOF-STATE-118",
          "PROOF-STATE-119",
          "PROOF-STATE-122",
          "PROOF-STATE-040",
          "PROOF-STATE-044",
          "PROOF-STATE-126",
          "PROOF-STATE-127",
          "PROOF-STATE-128",
          "PROOF-STATE-129",
        ];
  return [
    file("prove-inputs", "Entries and keys of a prover.", proving, entries(encoding)),
    file(
      "requests",
      "Parameters that there are not, and ones that are missing.",
      ["PROOF-GEN-001", ...(encoding === "witness" ? ["PROOF-STATE-080"] : [])],
      methods(encoding),
    ),
    encoding === "witness"
      ? file("malformed", "What is no witness at all.", ["PROOF-STATE-020", "PROOF-STATE-079"], malformedWitness())
      : file("roots", "Proofs that name no one root.", ["PROOF-STATE-110", "PROOF-STATE-111"], roots()),
  ];
}
