/** Proofs of another root, another account or another state. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { flipBit } from "../../kit/binary/pruned.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import {
  type AccountProof,
  type EncodingName,
  NAIVE,
  type Proven,
  prove,
  proveAccounts,
  proveWitness,
  refusedRead,
  type Witness,
} from "./scenarios.ts";
import {
  ABSENT_AT_BRANCH,
  ALICE,
  ALONE,
  BALANCE,
  BOB,
  DAVE,
  EMPTY_ROOT,
  ENTRIES,
  ERIN,
  NONCE,
  ONLY,
  TWIN,
  wordAt,
} from "./world.ts";

const SOURCE = "authoring/cases/proof/state/forged.ts";

const KEYS = [ALICE, BOB + TWIN, ABSENT_AT_BRANCH];

function otherRoots(encoding: EncodingName): Draft[] {
  const { root, proof } = prove({ keys: KEYS }, encoding);
  const refuse = (id: string, about: string, other: string, keys: readonly string[], flag = "wrong-root"): Draft =>
    refusedRead({ id, about, flag }, encoding, { root: other, proof, keys }, "invalid-proof");
  const older = prove({ entries: ENTRIES.slice(1), keys: [] }, "witness").root;
  return [
    refuse("first-bit", "a root that differs in its first bit", flipBit(root, 0), KEYS),
    refuse("last-bit", "a root that differs in its last bit", flipBit(root, 255), KEYS),
    refuse("zero", "a root of 32 zero bytes", `0x${"00".repeat(32)}`, KEYS),
    refuse("older-state", "the root of a state in which one field is another", older, KEYS),
    refuse("no-keys", "another root, and no keys", flipBit(root, 7), [], "error-precedence"),
    refuse(
      "uncovered",
      "another root, and a key that the proof does not reach",
      flipBit(root, 7),
      [DAVE],
      "error-precedence",
    ),
  ];
}

/** Nodes of an honest witness with one bit changed, so that the nodes below are no longer open. */
function changedNodes(): Draft[] {
  const key = BOB + TWIN;
  const { root, proof } = proveWitness([key]);
  const [top] = proveAccounts([key]).proof.accounts[0].accountProof;
  return proof.state.map((node, index) => {
    const state = proof.state.map((other, at) => (at === index ? flipBit(node, 8 * (node.length / 2 - 1) - 1) : other));
    const text = {
      id: `node-${index}-last-bit`,
      about: `node ${index} of the witness with its last bit changed`,
      flag: "forged-node",
    };
    return refusedRead(
      text,
      "witness",
      { root, proof: { ...proof, state }, keys: [key] },
      ...(node === top ? [] : ["incomplete"]),
      "invalid-proof",
    );
  });
}

/** The honest root with nodes of another state. */
function mixedStates(): Draft[] {
  const key = BOB + TWIN;
  const honest = proveWitness([key]);
  const changed = ENTRIES.map(([name, value]) => [name, name === key ? wordAt(9) : value] as const);
  const other = prove({ entries: changed, keys: [key] }, "witness") as unknown as Proven<Witness>;
  const [{ accountProof, storageProof }] = proveAccounts([key]).proof.accounts;
  const refuse = (id: string, about: string, state: readonly string[], classes: readonly string[]): Draft =>
    refusedRead(
      { id, about, flag: "forged-node" },
      "witness",
      { root: honest.root, proof: { ...honest.proof, state }, keys: [key] },
      ...classes,
    );
  const top = accountProof[0];
  const otherBelow = other.proof.state.filter((node) => !honest.proof.state.includes(node));
  return [
    refuse(
      "another-states-storage",
      "the account's path, and the storage of another state",
      [...accountProof, ...otherBelow],
      ["incomplete", "invalid-proof"],
    ),
    refuse(
      "another-states-account",
      "the root node, and the account and storage of another state",
      [top, ...otherBelow],
      ["incomplete", "invalid-proof"],
    ),
    refuse("storage-alone", "the storage of the account, without the account trie", storageProof[0].proof, [
      "invalid-proof",
    ]),
    refuse("another-state", "a witness of another state", other.proof.state, ["invalid-proof"]),
    refuse("no-nodes", "no nodes at all", [], ["incomplete"]),
  ];
}

/** Witnesses without nodes or with too few. */
function emptyStates(): Draft[] {
  const { root } = proveWitness([ALICE]);
  const [top] = proveAccounts([ALICE]).proof.accounts[0].accountProof;
  const none: Witness = { state: [], codes: [], headers: [] };
  const refuse = (id: string, about: string, own: object, ...classes: string[]): Draft =>
    refusedRead({ id, about, flag: "empty-proof" }, "witness", own, ...classes);
  return [
    refuse(
      "present-without-nodes",
      "an account that is there, and no node",
      { root, proof: none, keys: [ALICE] },
      "incomplete",
    ),
    refuse(
      "absent-without-nodes",
      "an account that is absent, and no node",
      { root, proof: none, keys: [ABSENT_AT_BRANCH] },
      "incomplete",
    ),
    refuse("no-keys-without-nodes", "no keys and no node", { root, proof: none, keys: [] }, "incomplete"),
    refuse(
      "empty-trie-node",
      "the node of the empty trie under another root",
      { root, proof: { ...none, state: ["0x80"] }, keys: [ABSENT_AT_BRANCH] },
      "invalid-proof",
    ),
    refuse(
      "slot-without-nodes",
      "a slot, and the account's path cut off at the root node",
      { root, proof: { ...none, state: [top] }, keys: [BOB + ALONE] },
      "incomplete",
    ),
  ];
}

/** Objects that combine parts of two accounts or of two states. */
function swapped(): Draft[] {
  const { root, proof } = proveAccounts([BOB + TWIN, ERIN + ONLY, ALICE]);
  const of = (address: string): AccountProof => proof.accounts.find((one) => one.address === address) as AccountProof;
  const [alice, bob, erin] = [ALICE, BOB, ERIN].map(of);
  const changed = ENTRIES.map(([name, value]) => [name, name === BOB + BALANCE ? "0x81" : value] as const);
  const other = prove({ entries: changed, keys: [BOB + TWIN] }, "eip1186") as unknown as Proven<{
    accounts: AccountProof[];
  }>;
  const refuse = (
    id: string,
    about: string,
    account: object,
    keys: readonly string[],
    ...classes: string[]
  ): Draft[] => {
    const own = { root, proof: { accounts: [account] }, keys };
    const text = { id, about, flag: "another-accounts-proof" };
    const all = classes.length === 0 ? ["incomplete", "invalid-proof"] : classes;
    return [
      refusedRead(text, "eip1186", own, ...all),
      refusedRead({ ...text, isStrict: true }, "eip1186", own, ...all, "non-canonical"),
    ];
  };
  const fields = ({ nonce, balance, codeHash, storageHash }: AccountProof): object => ({
    nonce,
    balance,
    codeHash,
    storageHash,
  });
  return [
    ...refuse(
      "storage-proof",
      "the proof of a slot in the storage of another account",
      { ...bob, storageProof: [{ ...bob.storageProof[0], proof: erin.storageProof[0].proof }] },
      [BOB + TWIN],
    ),
    ...refuse(
      "storage-entry",
      "the slot, word and proof of another account's storage",
      { ...bob, storageProof: erin.storageProof },
      [BOB + ONLY],
    ),
    ...refuse(
      "storage-and-root",
      "storage root, slot and proof of another account",
      { ...bob, storageHash: erin.storageHash, storageProof: erin.storageProof },
      [BOB + ONLY],
      "invalid-proof",
    ),
    ...refuse(
      "storage-of-one-without",
      "the storage of another account stated for one that has none",
      { ...alice, storageHash: bob.storageHash, storageProof: bob.storageProof },
      [ALICE + TWIN],
      "invalid-proof",
    ),
    ...refuse("account-proof", "the path of another account", { ...bob, accountProof: alice.accountProof }, [BOB]),
    ...refuse(
      "account-proof-and-fields",
      "path and fields of another account",
      { ...bob, ...fields(alice), accountProof: alice.accountProof, storageProof: [] },
      [BOB],
    ),
    ...refuse("address", "the object of one account under the address of another", { ...alice, address: ERIN }, [ERIN]),
    ...refuse(
      "absent-address",
      "the object of an account under an address that is absent",
      { ...alice, address: ABSENT_AT_BRANCH },
      [ABSENT_AT_BRANCH],
      "invalid-proof",
    ),
    ...refuse(
      "account-of-another-state",
      "the object of the account in another state",
      other.proof.accounts[0],
      [BOB],
      "invalid-proof",
    ),
    ...refuse(
      "leaf-of-another-state",
      "the path with the leaf of another state",
      {
        ...bob,
        balance: "0x81",
        accountProof: [...bob.accountProof.slice(0, -1), other.proof.accounts[0].accountProof.at(-1)],
      },
      [BOB],
    ),
  ];
}

const LIES: readonly { readonly member: keyof AccountProof; readonly values: readonly string[] }[] = [
  { member: "nonce", values: ["0x0", "0x2", "0x100", "0x10000000000000001"] },
  { member: "balance", values: ["0x0", "0xde0b6b3a7640001", "0xde0b6b3a76400", "0x1"] },
  { member: "codeHash", values: [`0x${"00".repeat(32)}`, EMPTY_ROOT, `0x${"11".repeat(32)}`] },
  { member: "storageHash", values: [`0x${"00".repeat(32)}`, `0x${"11".repeat(32)}`] },
];

/** Objects with honest nodes and false claims. */
function lies(): Draft[] {
  const { root, proof } = proveAccounts([ALICE, BOB + TWIN, BOB + ALONE, ABSENT_AT_BRANCH]);
  const of = (address: string): AccountProof => proof.accounts.find((one) => one.address === address) as AccountProof;
  const [alice, bob, absent] = [ALICE, BOB, ABSENT_AT_BRANCH].map(of);
  const refuse = (id: string, about: string, account: object, keys: readonly string[]): Draft =>
    refusedRead(
      { id, about, flag: "stated-not-proven" },
      "eip1186",
      { root, proof: { accounts: [account] }, keys },
      "invalid-proof",
    );
  const fields = LIES.flatMap(({ member, values }) =>
    values.map((value, index) =>
      refuse(
        `${member.toLowerCase()}-${index}`,
        `${member} stated as ${value.slice(0, 20)}, which its nodes do not prove`,
        { ...alice, [member]: value },
        [ALICE],
      ),
    ),
  );
  const words = ["0x0", "0x", "0x2", "0x100", wordAt(0)].map((value, index) => {
    const storageProof = bob.storageProof.map((slot) => (slot.key === `0x${TWIN}` ? { ...slot, value } : slot));
    return refuse(`word-${index}`, `a word of 1 stated as ${value.slice(0, 20)}`, { ...bob, storageProof }, [
      BOB + TWIN,
    ]);
  });
  const [first, second] = bob.storageProof;
  return [
    ...fields,
    ...words,
    refuse(
      "words-swapped",
      "the words of two slots swapped",
      {
        ...bob,
        storageProof: [
          { ...first, value: second.value },
          { ...second, value: first.value },
        ],
      },
      [BOB],
    ),
    refuse(
      "keys-swapped",
      "the keys of two slots swapped",
      {
        ...bob,
        storageProof: [
          { ...first, key: second.key },
          { ...second, key: first.key },
        ],
      },
      [BOB],
    ),
    refuse("absent-with-nonce", "an absent account with a nonce", { ...absent, nonce: "0x1" }, [ABSENT_AT_BRANCH]),
    refuse("absent-with-balance", "an absent account with a balance", { ...absent, balance: "0x1" }, [
      ABSENT_AT_BRANCH,
    ]),
    refuse("absent-with-code", "an absent account with a code hash", { ...absent, codeHash: bob.codeHash }, [
      ABSENT_AT_BRANCH,
    ]),
    refuse(
      "absent-with-storage",
      "an absent account with a storage root",
      { ...absent, storageHash: bob.storageHash },
      [ABSENT_AT_BRANCH],
    ),
    refuse(
      "absent-with-word",
      "a word in the storage of an absent account",
      { ...absent, storageProof: [{ key: "0x1", value: "0x1", proof: [] }] },
      [ABSENT_AT_BRANCH],
    ),
    refuse(
      "absent-with-storage-proof",
      "the storage of another account beneath an absent one",
      { ...absent, storageProof: bob.storageProof },
      [ABSENT_AT_BRANCH],
    ),
    refuse(
      "word-in-empty-storage",
      "a word in an empty storage",
      { ...alice, storageProof: [{ key: "0x1", value: "0x1", proof: [] }] },
      [ALICE],
    ),
    refuse("no-keys-asked", "a lie, and no keys", { ...alice, nonce: "0x2" }, []),
    refuse("other-field-asked", "a lie about a field that is not asked for", { ...alice, nonce: "0x2" }, [
      ALICE + BALANCE,
    ]),
    refuse(
      "other-slot-asked",
      "a lie about a slot that is not asked for",
      { ...bob, storageProof: [{ ...first, value: "0x5" }, second] },
      [BOB + NONCE],
    ),
    refusedRead(
      { id: "second-account", about: "an honest object, and one that lies", flag: "stated-not-proven" },
      "eip1186",
      { root, proof: { accounts: [alice, { ...bob, balance: "0x0" }] }, keys: [ALICE] },
      "invalid-proof",
    ),
  ];
}

export function forgedFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  const roots = file(
    "wrong-root",
    "Honest proofs against another root.",
    ["PROOF-GEN-013", "PROOF-GEN-004", "PROOF-STATE-060", "WIRE-023"],
    otherRoots(encoding),
  );
  if (encoding === "eip1186") {
    return [
      roots,
      file(
        "swapped-parts",
        "Objects put together from those of two accounts.",
        ["PROOF-STATE-033", "PROOF-STATE-099"],
        swapped(),
      ),
      file(
        "stated-values",
        "Statements that are not what the nodes prove.",
        ["PROOF-STATE-033", "PROOF-STATE-096", "PROOF-STATE-097", "PROOF-STATE-148", "PROOF-STATE-098"],
        lies(),
      ),
    ];
  }
  return [
    roots,
    file(
      "forged-nodes",
      "Nodes that are changed, or of another state.",
      ["PROOF-GEN-013", "PROOF-STATE-059", "PROOF-STATE-060", "PROOF-STATE-061"],
      [...changedNodes(), ...mixedStates()],
    ),
    file(
      "empty-proofs",
      "Witnesses without a node.",
      ["PROOF-STATE-005", "PROOF-STATE-060", "PROOF-STATE-061"],
      emptyStates(),
    ),
  ];
}
