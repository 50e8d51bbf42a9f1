/** Proofs that say the same in another form: taken in the lenient profile, refused in the strict one. */
import type { JsonObject } from "../../../runners/runner.ts";
import type { VectorFile } from "../../vector.ts";
import { accepted, type Draft, rejected, vectorFile } from "../draft.ts";
import { branch, hashed, leaf, made, trieOf } from "../patricia/nodes.ts";
import { type Digits, keccak, list, rawPrefix, string } from "../patricia/rlp.ts";
import {
  type AccountProof,
  baseOf,
  type EncodingName,
  NAIVE,
  proveAccounts,
  proveWitness,
  type Witness,
} from "./scenarios.ts";
import {
  ABSENT_AT_BRANCH,
  ALICE,
  ALONE,
  BOB,
  CODE,
  DAVE,
  DAVES_CODE,
  EMPTY_CODE_HASH,
  ERIN,
  NONCE,
  small,
  TWIN,
} from "./world.ts";

const SOURCE = "harness/generate/state/canonical.ts";

/** A proof in another form. */
interface Other {
  readonly id: string;
  readonly about: string;
  readonly proof: unknown;
  readonly flag: string;
  /** What the strict profile says; `non-canonical` when left out. */
  readonly strict?: readonly string[];
  /** Whether its lists begin with different nodes, so that `root` finds none in it. */
  readonly isWithoutRoot?: boolean;
}

interface Subject {
  readonly encoding: EncodingName;
  readonly root: string;
  readonly keys: readonly string[];
  /** Nothing is written into nodes that are not canonical. */
  readonly isWritable: boolean;
}

/** Each method in the lenient profile, and in the strict one. */
function casesOf(
  { encoding, root, keys, isWritable }: Subject,
  { id, about, proof, flag, strict, isWithoutRoot = false }: Other,
): Draft[] {
  const methods: Readonly<Record<string, object>> = {
    get: { root, proof, keys },
    cost: { root, proof },
    ...(encoding === "eip1186" && !isWithoutRoot ? { root: { proof } } : {}),
    ...(isWritable
      ? { update: { root, proof, writes: [] }, transact: { root, proof, steps: [{ get: keys[0] }, { root: true }] } }
      : {}),
  };
  return Object.entries(methods).flatMap(([method, own]) => {
    const text = {
      id: `${id}-${method}`,
      about: `${method}: ${about}`,
      kind: "canonicality" as const,
      flags: [flag],
      call: `proof/${method}`,
      params: { ...baseOf(encoding), ...own } as JsonObject,
    };
    const inStrict = {
      ...text,
      id: `${text.id}-strict`,
      about: `${text.about}; in the strict profile`,
      profile: "strict" as const,
      params: { ...text.params, ...baseOf(encoding, true) },
    };
    return [accepted(text), rejected(inStrict, ...(strict ?? ["non-canonical"]))];
  });
}

const KEYS = [ALICE + NONCE, BOB + TWIN, DAVE + CODE, ABSENT_AT_BRANCH];

/** Lists of a witness that are not the canonical ones. */
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

/** Two codes in the wrong order, and what is in order although it is more than was asked for. */
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
  return [...swapped, more];
}

/** Objects of `eth_getProof` whose order and lists are not the canonical ones. */
function claims(): Draft[] {
  const keys = [ALICE + NONCE, BOB + TWIN, BOB + ALONE, ERIN];
  const { root, proof } = proveAccounts(keys);
  const { accounts } = proof;
  const at = accounts.findIndex(({ address }) => address === BOB);
  const bob = accounts[at];
  const other = (id: string, about: string, list: readonly unknown[], strict?: readonly string[]): Other => ({
    id,
    about,
    proof: { accounts: list },
    flag: "claims-not-minimal",
    ...(strict === undefined ? {} : { strict }),
  });
  const bobAs = (changed: Partial<AccountProof>): unknown[] =>
    accounts.map((account, index) => (index === at ? { ...bob, ...changed } : account));
  const [first, second] = bob.storageProof;
  const leafOf = (nodes: readonly string[]): string => nodes[nodes.length - 1];
  const others = [
    other("accounts-descending", "accounts in descending order", accounts.toReversed()),
    other("account-twice", "an account twice", [bob, ...accounts.filter((account) => account !== bob), bob]),
    other(
      "account-split",
      "an account twice, with one slot each",
      accounts.flatMap((account) =>
        account === bob ? bob.storageProof.map((slot) => ({ ...bob, storageProof: [slot] })) : [account],
      ),
    ),
    other("slots-descending", "slots in descending order", bobAs({ storageProof: [second, first] })),
    other("slot-twice", "a slot twice", bobAs({ storageProof: [first, first, second] })),
    {
      ...other(
        "account-nodes-reversed",
        "the path of an account from the leaf up",
        bobAs({ accountProof: bob.accountProof.toReversed() }),
      ),
      isWithoutRoot: true,
    },
    other(
      "account-node-twice",
      "a node of an account's path twice",
      bobAs({ accountProof: [...bob.accountProof, leafOf(bob.accountProof)] }),
    ),
    other(
      "account-node-more",
      "another account's leaf at the end of the path",
      bobAs({ accountProof: [...bob.accountProof, leafOf(accounts[0].accountProof)] }),
    ),
    other("made-up-node", "a node that is in no trie", bobAs({ accountProof: [...bob.accountProof, "0xc20102"] })),
    other(
      "storage-in-account-proof",
      "a slot's path in the account's list, and none in its own",
      bobAs({ accountProof: [...bob.accountProof, ...first.proof], storageProof: [{ ...first, proof: [] }, second] }),
      ["non-canonical", "incomplete"],
    ),
    other(
      "slot-path-elsewhere",
      "a slot's leaf in the list of another slot",
      bobAs({
        storageProof: [
          { ...first, proof: first.proof.slice(0, -1) },
          { ...second, proof: [...second.proof, leafOf(first.proof)] },
        ],
      }),
      ["non-canonical", "incomplete"],
    ),
    other(
      "slot-nodes-reversed",
      "the path of a slot from the leaf up",
      bobAs({ storageProof: [{ ...first, proof: first.proof.toReversed() }, second] }),
    ),
    other(
      "slot-node-more",
      "a node more in the proof of a slot",
      bobAs({ storageProof: [{ ...first, proof: [...first.proof, "0xc20102"] }, second] }),
    ),
    other(
      "slot-of-empty-storage-with-nodes",
      "a node in the proof of a slot of an account without storage",
      accounts.map((account) =>
        account.address === ALICE
          ? { ...account, storageProof: [{ key: "0x1", value: "0x0", proof: ["0xc20102"] }] }
          : account,
      ),
    ),
  ];
  return others.flatMap((one) => casesOf({ encoding: "eip1186", root, keys, isWritable: true }, one));
}

/** An account whose nodes are not canonical, in the account trie or in its storage. */
function nodeForms(encoding: EncodingName): Draft[] {
  const path = keccak(ALICE.slice(2));
  const slotPath = keccak(ALONE);
  const accountOf = (storageRoot: string): Digits =>
    list([string("05"), string("0a"), string(storageRoot.slice(2)), string(EMPTY_CODE_HASH.slice(2))]);
  const word = string("07");
  const oneChild = (below: Digits, value: Digits) => branch({ [below[0]]: hashed(leaf(below.slice(1), value)) });
  const padded = (below: Digits, value: Digits) => made([string(rawPrefix(2, "5", below)), string(value)]);
  const flagged = (below: Digits, value: Digits) => made([string(rawPrefix(6, "0", below)), string(value)]);
  const forms = [
    { id: "one-child", about: "a branch with one child", of: oneChild },
    { id: "padding", about: "a leaf with padding that is not zero", of: padded },
    { id: "flag", about: "a leaf with a flag above 3", of: flagged },
  ];
  const all = (nodes: readonly Digits[]): string[] => nodes.map((node) => `0x${node}`);
  return forms.flatMap(({ id, about, of }) =>
    (["account", "storage"] as const).flatMap((where) => {
      const storage = trieOf(where === "storage" ? of(slotPath, word) : leaf(slotPath, word));
      const value = accountOf(storage.root);
      const { root, nodes } = trieOf(where === "account" ? of(path, value) : leaf(path, value));
      const proof =
        encoding === "witness"
          ? { state: all([...nodes, ...storage.nodes]).toSorted(), codes: [], headers: [] }
          : {
              accounts: [
                {
                  address: ALICE,
                  accountProof: all(nodes),
                  balance: "0xa",
                  codeHash: EMPTY_CODE_HASH,
                  nonce: "0x5",
                  storageHash: storage.root,
                  storageProof: [{ key: `0x${ALONE}`, value: "0x7", proof: all(storage.nodes) }],
                },
              ],
            };
      const keys = [ALICE + NONCE, ALICE + ALONE];
      const other: Other = {
        id: `${id}-in-${where}`,
        about: `${about} in the ${where} trie`,
        proof,
        flag: "not-canonical-node",
      };
      return [
        ...casesOf({ encoding, root, keys, isWritable: false }, other),
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
    ["PROOF-STATE-010", "PROOF-STATE-011"],
    nodeForms(encoding),
  );
  const own =
    encoding === "witness"
      ? file(
          "lists",
          "Lists that hold more, twice, or in another order.",
          ["PROOF-STATE-010", "PROOF-STATE-011", "PROOF-STATE-012"],
          [...lists(), ...orders()],
        )
      : file(
          "claims",
          "Claims and lists that hold more, twice, or in another order.",
          ["PROOF-STATE-034", "PROOF-STATE-012"],
          claims(),
        );
  return [forms, own];
}
