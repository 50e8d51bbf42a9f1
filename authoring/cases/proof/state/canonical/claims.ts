/** Results of `eth_getProof` with extra, repeated or reordered parts. */
import type { Draft } from "../../../kit/draft.ts";
import { type AccountProof, proveAccounts, refusedRead } from "../scenarios.ts";
import {
  ABSENT_AT_BRANCH,
  ABSENT_AT_LEAF,
  ALICE,
  ALONE,
  ALSO_ABSENT,
  ALSO_EMPTY,
  BOB,
  CAROL,
  EMPTY_SLOT,
  ERIN,
  NONCE,
  TWIN,
} from "../world.ts";
import { casesOf, type Other } from "./cases.ts";

/** Objects of `eth_getProof` whose order or lists are not canonical. */
export function claims(): Draft[] {
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
      "slot-node-of-the-empty-trie-more",
      "the node of the empty trie before the nodes of a slot",
      bobAs({ storageProof: [{ ...first, proof: ["0x80", ...first.proof] }, second] }),
    ),
    ...[
      ["with-nodes", "a node", "0xc20102"],
      ["with-empty-list", "a list without items", "0xc0"],
      ["with-more-than-80", "a node that begins like that of the empty trie", "0x80c0"],
    ].map(([id, about, node]) =>
      other(
        `slot-of-empty-storage-${id}`,
        `${about} in the proof of a slot of an account without storage`,
        accounts.map((account) =>
          account.address === ALICE
            ? { ...account, storageProof: [{ key: "0x1", value: "0x0", proof: [node] }] }
            : account,
        ),
      ),
    ),
  ];
  return [
    ...others.flatMap((one) => casesOf({ encoding: "eip1186", root, keys, isWritable: true }, one)),
    ...samePaths(),
    ...severalFaults(),
  ];
}

/** Several faults at once in the strict profile: a reader may report any of them. */
function severalFaults(): Draft[] {
  const { root, proof } = proveAccounts([ALICE, BOB + TWIN]);
  const lying = proof.accounts.map((account) => ({ ...account, nonce: "0x77" }));
  const cut = proof.accounts.map((account) => ({ ...account, accountProof: account.accountProof.slice(0, -1) }));
  const refuse = (id: string, about: string, accounts: readonly AccountProof[], ...classes: string[]): Draft =>
    refusedRead(
      { id, about, flag: "claims-not-minimal", isStrict: true },
      "eip1186",
      { root, proof: { accounts }, keys: [] },
      ...classes,
    );
  return [
    refuse(
      "descending-and-lying",
      "accounts in descending order that state another nonce",
      lying.toReversed(),
      "invalid-proof",
      "non-canonical",
    ),
    refuse(
      "descending-and-cut",
      "accounts in descending order whose paths lack their leaves",
      cut.toReversed(),
      "incomplete",
      "non-canonical",
    ),
    refuse(
      "lying-and-cut",
      "an account that states another nonce, and one whose path lacks its leaf",
      [lying[0], cut[1]],
      "invalid-proof",
      "incomplete",
    ),
  ];
}

/** Claims with the same nodes, so that only addresses and slots can be out of order, and lists that need the nodes of other lists. */
function samePaths(): Draft[] {
  const keys = [
    ABSENT_AT_BRANCH,
    ALSO_ABSENT,
    ABSENT_AT_LEAF,
    ALICE,
    BOB + TWIN,
    BOB + EMPTY_SLOT,
    BOB + ALSO_EMPTY,
    CAROL + TWIN,
  ];
  const { root, proof } = proveAccounts(keys);
  const of = (address: string): AccountProof => proof.accounts.find((one) => one.address === address) as AccountProof;
  const absent = [ABSENT_AT_BRANCH, ALSO_ABSENT].toSorted().map(of);
  const [bob, carol, alice, beside] = [BOB, CAROL, ALICE, ABSENT_AT_LEAF].map(of);
  const empty = bob.storageProof.filter(({ value }) => value === "0x0");
  const [twin] = bob.storageProof.filter(({ value }) => value !== "0x0");
  const cut = ({ storageProof: [slot], ...account }: AccountProof): AccountProof => ({
    ...account,
    storageProof: [{ ...slot, proof: [] }],
  });
  const whole = (account: AccountProof, storageProof: AccountProof["storageProof"]): AccountProof => ({
    ...account,
    storageProof,
  });
  const sorted = (accounts: readonly AccountProof[]): AccountProof[] =>
    accounts.toSorted((a, b) => (a.address < b.address ? -1 : 1));
  const other = (
    id: string,
    about: string,
    accounts: readonly AccountProof[],
    keys: readonly string[],
    strict = ["non-canonical"],
  ): Draft[] =>
    casesOf(
      { encoding: "eip1186", root, keys, isWritable: true },
      { id, about, proof: { accounts }, flag: "claims-not-minimal", strict },
    );
  return [
    ...other("absent-descending", "absent accounts with the same path in descending order", absent.toReversed(), [
      ALSO_ABSENT,
    ]),
    ...other("last-account-twice", "the last account twice", [...absent, absent[1]], [ALSO_ABSENT]),
    ...other(
      "empty-slots-descending",
      "absent slots with the same path in descending order",
      [whole(bob, empty.toReversed())],
      [BOB + EMPTY_SLOT],
    ),
    ...other("last-slot-twice", "the last slot twice", [whole(bob, [...empty, empty[1]])], [BOB + EMPTY_SLOT]),
    ...other(
      "storage-of-another-list",
      "a slot without nodes, beside that of an account with the same storage",
      sorted([whole(bob, [twin]), cut(carol)]),
      [CAROL + TWIN],
      ["incomplete"],
    ),
    ...other(
      "leaf-of-another-list",
      "an absent account whose path ends at a leaf that another list has",
      sorted([{ ...beside, accountProof: beside.accountProof.slice(0, -1) }, alice]),
      [ABSENT_AT_LEAF],
      ["incomplete"],
    ),
  ];
}
