/** Accounts and words in nodes where no client writes them: the value of every open node counts. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, vectorFile } from "../../kit/draft.ts";
import { branch, embedded, hashed, leaf, trieOf } from "../patricia/nodes.ts";
import { type Digits, keccak, list, type Nibbles, string } from "../patricia/rlp.ts";
import { answeredRead, baseOf, NAIVE, refusedRead, type Witness } from "./scenarios.ts";
import { ALICE, ALONE, CODE_BYTES, EMPTY_CODE_HASH, EMPTY_ROOT, NONCE } from "./world.ts";

const SOURCE = "authoring/cases/proof/state/value-places.ts";

const PATH = keccak(ALICE.slice(2));
const SLOT_PATH = keccak(ALONE);

const accountOf = (storageRoot: string, codeHash = EMPTY_CODE_HASH.slice(2)): Digits =>
  list([string("05"), string("0a"), string(storageRoot.slice(2)), string(codeHash)]);

/** Another first nibble. */
const beside = (path: Nibbles): Nibbles => (path[0] === "0" ? "1" : "0");

/** A storage of two slots, whose root node can hold a value. */
const storageOf = (value: Digits) =>
  trieOf(
    branch(
      { [SLOT_PATH[0]]: leaf(SLOT_PATH.slice(1), string("07")), [beside(SLOT_PATH)]: leaf("", string("08")) },
      value,
    ),
  );

interface Held {
  readonly root: string;
  readonly proof: Witness;
}

const digits = (nodes: readonly Digits[]): string[] => nodes.map((node) => `0x${node}`).toSorted();

/** ALICE's account, and a value in the root node or in a leaf directly below it. */
function heldBy(
  place: "branch" | "leaf",
  value: Digits,
  beneath: readonly Digits[] = [],
  codes: readonly string[] = [],
  own = accountOf(EMPTY_ROOT),
): Held {
  const alice = { [PATH[0]]: leaf(PATH.slice(1), own) };
  const { root, nodes } = trieOf(
    place === "branch" ? branch(alice, value) : branch({ ...alice, [beside(PATH)]: leaf("", value) }),
  );
  return { root, proof: { state: digits([...nodes, ...beneath]), codes, headers: [] } };
}

const KEYS = [ALICE + NONCE];

function cases(): Draft[] {
  const storage = storageOf("");
  const answered = (id: string, about: string, held: Held): Draft[] => [
    answeredRead({ id, about, flag: "witness-not-minimal", isStrict: true }, "witness", { ...held, keys: KEYS }),
    accepted({
      id: `${id}-update`,
      about: `write to another account: ${about}`,
      kind: "completeness",
      flags: ["witness-not-minimal"],
      call: "proof/update",
      params: { ...baseOf("witness"), ...held, writes: [[ALICE + NONCE, "0x09"]] } as unknown as JsonObject,
    }),
  ];
  const refused = (id: string, about: string, flag: string, held: Held, ...classes: string[]): Draft =>
    refusedRead({ id, about, flag, isStrict: true }, "witness", { ...held, keys: KEYS }, ...classes);
  return (["branch", "leaf"] as const).flatMap((place) => [
    ...answered(
      `storage-of-${place}`,
      `the storage of an account that a ${place} holds where no address ends: it is open`,
      heldBy(place, accountOf(storage.root), storage.nodes),
    ),
    ...answered(
      `code-of-${place}`,
      `the code of an account that a ${place} holds where no address ends: it is named`,
      heldBy(place, accountOf(EMPTY_ROOT, keccak(CODE_BYTES.slice(2))), [], [CODE_BYTES]),
    ),
    refused(
      `no-account-in-${place}`,
      `a value that is no account in a ${place} that no key leads to`,
      "bad-account",
      heldBy(place, list([string("05")])),
      "malformed",
    ),
    refused(
      `no-word-beneath-${place}`,
      `a value that is no word in the storage of an account that a ${place} holds`,
      "bad-word",
      heldBy(place, accountOf(storageOf(string("00")).root), storageOf(string("00")).nodes),
      "malformed",
    ),
  ]);
}

/** Short root nodes: a root node is always hashed, whereas a short node below another node must be embedded. */
function shortRoots(): Draft[] {
  const short = leaf("5", string("07"));
  const alone = trieOf(short);
  const beneath = trieOf(branch({ "1": hashed(short), "2": leaf("5", string("08")) }));
  const both = (nodes: readonly Digits[], other: string): Held =>
    heldBy("leaf", accountOf(other), nodes, [], accountOf(alone.root));
  return [
    answeredRead(
      { id: "short-root", about: "a storage whose root node is short", flag: "short-root", isStrict: true },
      "witness",
      { ...both(alone.nodes, EMPTY_ROOT), keys: KEYS },
    ),
    refusedRead(
      {
        id: "short-root-beneath",
        about: "a short root node of one storage, which a node of another storage names by its hash",
        flag: "inline-or-hashed",
        isStrict: true,
      },
      "witness",
      { ...both([...alone.nodes, ...beneath.nodes.slice(0, 1)], beneath.root), keys: KEYS },
      "non-canonical",
    ),
  ];
}

/** Leaves with an empty value, which is neither an account nor a word, and is not canonical. */
function empty(): Draft[] {
  const storage = trieOf(
    branch({ [SLOT_PATH[0]]: leaf(SLOT_PATH.slice(1), string("07")), [beside(SLOT_PATH)]: embedded(leaf("", "")) }),
  );
  const refused = (id: string, about: string, held: Held): Draft =>
    refusedRead(
      { id, about, flag: "empty-value", isStrict: true },
      "witness",
      { ...held, keys: KEYS },
      "malformed",
      "non-canonical",
    );
  const below = heldBy("leaf", accountOf(EMPTY_ROOT), storage.nodes, [], accountOf(storage.root));
  return [
    refused("empty-account", "a leaf of the account trie with an empty value", heldBy("leaf", "")),
    refused("empty-word", "a leaf of a storage trie with an empty value", below),
  ];
}

export function valuePlaceFiles(): VectorFile[] {
  const text = {
    suite: "proof/state/witness",
    theme: "value-places",
    about: "Values in branches, and in leaves where no key ends.",
    requirements: [
      "PROOF-STATE-002",
      "PROOF-STATE-052",
      "PROOF-STATE-054",
      "PROOF-STATE-057",
      "PROOF-STATE-058",
      "PROOF-STATE-010",
      "PROOF-STATE-074",
      "PROOF-STATE-134",
      "PROOF-STATE-135",
    ],
  };
  return [vectorFile(SOURCE, [NAIVE], text, [...cases(), ...shortRoots(), ...empty()])];
}
