/** Proofs that lack a part: a missing part is not absent, not zero and not empty. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { keccak } from "../patricia/rlp.ts";
import { answeredRead, type EncodingName, NAIVE, proveAccounts, proveWitness, refusedRead } from "./scenarios.ts";
import {
  ABSENT_AT_EXTENSION,
  ABSENT_AT_LEAF,
  ALICE,
  ALONE,
  BALANCE,
  BELOW,
  BOB,
  CODE,
  CODE_HASH,
  DAVE,
  ERIN,
  NONCE,
  ONLY,
  SLOT_BESIDE_EXTENSION,
  SLOT_BESIDE_LEAF,
  STORAGE_ROOT,
  TWIN,
} from "./world.ts";

const SOURCE = "authoring/cases/proof/state/missing.ts";

/** Keys on whose paths nodes are left out one by one. */
const PATHS = [
  { id: "account", about: "an account", key: DAVE },
  { id: "field", about: "a field", key: DAVE + BALANCE },
  { id: "absent-account", about: "an absent account beside a leaf", key: ABSENT_AT_LEAF },
  { id: "absent-account-at-extension", about: "an absent account beside an extension", key: ABSENT_AT_EXTENSION },
  { id: "slot", about: "a slot", key: BOB + BELOW },
  { id: "only-slot", about: "the only slot of an account", key: ERIN + ONLY },
  { id: "absent-slot", about: "an absent slot beside a leaf", key: BOB + SLOT_BESIDE_LEAF },
  { id: "absent-slot-at-extension", about: "an absent slot beside an extension", key: BOB + SLOT_BESIDE_EXTENSION },
] as const;

/** The nodes on the path of a key in each trie, from the root down. */
function pathOf(key: string): { account: readonly string[]; storage: readonly string[] } {
  const [{ accountProof, storageProof }] = proveAccounts([key]).proof.accounts;
  return { account: accountProof, storage: storageProof.flatMap(({ proof }) => proof) };
}

function nodesOneByOne(): Draft[] {
  return PATHS.flatMap(({ id, about, key }) => {
    const { root, proof } = proveWitness([key]);
    const { account, storage } = pathOf(key);
    const without = (node: string): object => ({ ...proof, state: proof.state.filter((other) => other !== node) });
    const lacking = (nodes: readonly string[], trie: string): Draft[] =>
      nodes.map((node, depth) =>
        refusedRead(
          {
            id: `${id}-without-${trie}-node-${depth}`,
            about: `${about}, and node ${depth} of its path in the ${trie} trie left out`,
            flag: trie === "storage" ? "missing-is-empty" : "missing-node",
          },
          "witness",
          { root, proof: without(node), keys: [key] },
          // A set without its root node is a set of another root; a set without nodes fits every root.
          trie === "account" && depth === 0 && proof.state.length > 1 ? "invalid-proof" : "incomplete",
        ),
      );
    return [...lacking(account, "account"), ...lacking(storage, "storage")];
  });
}

/** Reads of slots and codes through proofs that hold only accounts. */
function beneath(): Draft[] {
  const { root, proof } = proveWitness([BOB, ALICE]);
  const refuse = (id: string, about: string, keys: readonly string[]): Draft =>
    refusedRead({ id, about, flag: "missing-is-empty" }, "witness", { root, proof, keys }, "incomplete");
  const answer = (id: string, about: string, keys: readonly string[]): Draft =>
    answeredRead({ id, about, flag: "missing-is-empty" }, "witness", { root, proof, keys });
  return [
    refuse("no-storage-slot", "a slot of an account of whose storage no node is in the proof", [BOB + ALONE]),
    refuse("no-storage-absent-slot", "an absent slot of an account of whose storage no node is in the proof", [
      BOB + SLOT_BESIDE_LEAF,
    ]),
    refuse("no-code", "the code of an account, without the code", [BOB + CODE]),
    refuse("no-code-after-field", "a field that is there, then the code, which is not", [BOB + NONCE, BOB + CODE]),
    answer("fields-without-storage", "the fields of an account of whose storage and code nothing is in the proof", [
      BOB + NONCE,
      BOB + STORAGE_ROOT,
      BOB + CODE_HASH,
    ]),
    answer("empty-storage-without-nodes", "a slot of an empty storage, which has no node", [ALICE + ALONE]),
    answer("empty-code-without-code", "the empty code, which is never in a proof", [ALICE + CODE]),
  ];
}

function codes(): Draft[] {
  const { root, proof } = proveWitness([BOB + CODE, DAVE + CODE]);
  const [first, second] = proof.codes;
  const withCodes = (...list: readonly string[]): object => ({ root, proof: { ...proof, codes: list } });
  const code = [first, second].find((one) => `0x${keccak(one.slice(2))}` === hashOf(BOB)) as string;
  const other = code === first ? second : first;
  const refuse = (id: string, about: string, flag: string, list: readonly string[]): Draft =>
    refusedRead(
      { id, about, flag },
      "witness",
      { ...withCodes(...list), keys: [BOB + CODE] },
      "incomplete",
      "invalid-proof",
    );
  return [
    refuse("code-left-out", "the code of another account alone", "missing-is-empty", [other]),
    refuse("codes-left-out", "no codes at all", "missing-is-empty", []),
    refuse("code-changed", "the code with its last byte changed", "forged-code", [`${code.slice(0, -2)}01`, other]),
    refuse("code-cut", "the code without its last byte", "forged-code", [code.slice(0, -2), other]),
    refuse("code-extended", "the code with a zero byte behind it", "forged-code", [`${code}00`, other]),
    refuse("code-empty", "the empty code in the place of the code", "forged-code", ["0x", other]),
    refuse("code-hash-as-code", "the hash of the code in the place of the code", "forged-code", [hashOf(BOB), other]),
    answeredRead(
      { id: "code-not-first", about: "the code is known by its hash, not by its place", flag: "forged-code" },
      "witness",
      {
        ...withCodes("0x00", other, code),
        keys: [BOB + CODE],
      },
    ),
    answeredRead(
      { id: "code-in-state", about: "a code among the nodes is no code, and no node", flag: "forged-code" },
      "witness",
      {
        root,
        proof: { ...proof, state: [...proof.state, other] },
        keys: [BOB + CODE],
      },
    ),
    refusedRead(
      { id: "code-in-state-alone", about: "the code among the nodes instead of the codes", flag: "forged-code" },
      "witness",
      { root, proof: { ...proof, state: [...proof.state, code], codes: [other] }, keys: [BOB + CODE] },
      "incomplete",
      "invalid-proof",
    ),
  ];
}

function hashOf(address: string): string {
  return proveAccounts([address]).proof.accounts[0].codeHash;
}

/** Objects of `eth_getProof` whose lists end too early. */
function cutLists(): Draft[] {
  return PATHS.flatMap(({ id, about, key }) => {
    const { root, proof } = proveAccounts([key]);
    const [account] = proof.accounts;
    const refuse = (what: string, trie: string, length: number, changed: object): Draft[] => {
      const text = {
        id: `${id}-${trie}-proof-of-${length}`,
        about: `${about}: ${what} cut to ${length} node(s)`,
        flag: trie === "storage" ? "missing-is-empty" : "missing-node",
      };
      const own = { root, proof: { accounts: [{ ...account, ...changed }] }, keys: [key] };
      return [false, true].map((isStrict) => refusedRead({ ...text, isStrict }, "eip1186", own, "incomplete"));
    };
    const accountCuts = account.accountProof.flatMap((_, length) =>
      refuse("accountProof", "account", length, {
        accountProof: account.accountProof.slice(0, length),
        storageProof: [],
      }),
    );
    const slotCuts = account.storageProof.flatMap((slot) =>
      slot.proof.flatMap((_, length) =>
        refuse("the proof of the slot", "storage", length, {
          storageProof: [{ ...slot, proof: slot.proof.slice(0, length) }],
        }),
      ),
    );
    return [...accountCuts, ...slotCuts];
  });
}

/** Claims of absence and of zero that no node proves. */
function nothingShown(): Draft[] {
  const { root, proof } = proveAccounts([BOB + TWIN, ALICE]);
  const bob = proof.accounts.find(({ address }) => address === BOB) as (typeof proof.accounts)[number];
  const refuse = (id: string, about: string, account: object, keys: readonly string[]): Draft =>
    refusedRead(
      { id, about, flag: "missing-is-empty" },
      "eip1186",
      { root, proof: { accounts: [account] }, keys },
      "incomplete",
    );
  const empty = {
    nonce: "0x0",
    balance: "0x0",
    codeHash: `0x${"00".repeat(32)}`,
    storageHash: `0x${"00".repeat(32)}`,
    storageProof: [],
  };
  return [
    refuse(
      "zero-without-proof",
      "a slot stated as zero, with no node to show it",
      { ...bob, storageProof: [{ key: `0x${TWIN}`, value: "0x0", proof: [] }] },
      [BOB + TWIN],
    ),
    refuse(
      "zero-with-empty-trie",
      "a slot stated as zero, with the node of the empty trie to show it",
      { ...bob, storageProof: [{ key: `0x${TWIN}`, value: "0x0", proof: ["0x80"] }] },
      [BOB + TWIN],
    ),
    refuse(
      "absent-without-proof",
      "an account stated as absent, with no node to show it",
      { ...bob, ...empty, accountProof: [] },
      [BOB],
    ),
    refuse(
      "absent-with-empty-trie",
      "an account stated as absent, with the node of the empty trie to show it",
      { ...bob, ...empty, accountProof: ["0x80"] },
      [BOB],
    ),
    refuse(
      "absent-with-root-node",
      "an account stated as absent, with the root node alone",
      { ...bob, ...empty, accountProof: bob.accountProof.slice(0, 1) },
      [BOB],
    ),
  ];
}

export function missingFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  if (encoding === "eip1186") {
    return [
      file(
        "cut-lists",
        "Lists of nodes that end before they decide anything.",
        ["PROOF-STATE-005", "PROOF-STATE-099", "PROOF-STATE-103"],
        cutLists(),
      ),
      file(
        "nothing-shown",
        "Absence and zero that are stated, and not shown.",
        ["PROOF-STATE-005", "PROOF-STATE-099"],
        nothingShown(),
      ),
    ];
  }
  return [
    file(
      "missing-nodes",
      "Each node of a path left out, in either trie.",
      ["PROOF-STATE-005", "PROOF-STATE-146", "PROOF-STATE-060", "PROOF-STATE-061"],
      nodesOneByOne(),
    ),
    file(
      "missing-beneath",
      "Accounts without their storage and their code.",
      ["PROOF-STATE-146", "PROOF-STATE-147", "PROOF-STATE-062", "PROOF-STATE-063", "PROOF-STATE-065"],
      beneath(),
    ),
    file(
      "codes",
      "Codes that are left out or changed.",
      ["PROOF-STATE-006", "PROOF-STATE-147", "PROOF-STATE-066", "PROOF-STATE-067"],
      codes(),
    ),
  ];
}
