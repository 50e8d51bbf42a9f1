/** Results of `eth_getProof` in the forms of different clients, and in forms that are malformed. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { accepted, type Draft, vectorFile } from "../../kit/draft.ts";
import {
  type AccountProof,
  answeredRead,
  baseOf,
  NAIVE,
  type Proven,
  prove,
  proveAccounts,
  refusedRead,
  type SlotProof,
} from "./scenarios.ts";
import {
  ABSENT_AT_BRANCH,
  ALICE,
  ALONE,
  BALANCE,
  BOB,
  EMPTY_CODE_HASH,
  EMPTY_ROOT,
  EMPTY_SLOT,
  type Entries,
  NONCE,
  small,
  TWIN,
} from "./world.ts";

const SOURCE = "authoring/cases/proof/state/client-forms.ts";

const ZERO_HASH = `0x${"00".repeat(32)}`;

const KEYS = [ALICE + NONCE, ALICE + ALONE, BOB + BALANCE, BOB + TWIN, BOB + EMPTY_SLOT, ABSENT_AT_BRANCH + ALONE];

type Form = (account: AccountProof) => object;

const eachSlot =
  (form: (slot: SlotProof) => object): Form =>
  (account) => ({ ...account, storageProof: account.storageProof.map(form) });

const eachNumber =
  (form: (number: string) => string): Form =>
  (account) => ({
    ...account,
    nonce: form(account.nonce),
    balance: form(account.balance),
    storageProof: account.storageProof.map((slot) => ({ ...slot, value: form(slot.value) })),
  });

const quantity = (bytes: string): string => `0x${BigInt(bytes).toString(16)}`;
const padTo =
  (digits: number) =>
  (number: string): string =>
    `0x${number.slice(2).padStart(digits, "0")}`;
const upper = (hex: string): string => `0x${hex.slice(2).toUpperCase()}`;
const mixed = (hex: string): string =>
  `0x${[...hex.slice(2)].map((digit, at) => (at % 2 === 0 ? digit.toUpperCase() : digit)).join("")}`;

/** Changes the case of every string of an object. */
const inCase =
  (form: (hex: string) => string): Form =>
  (account) =>
    JSON.parse(JSON.stringify(account, (_, value: unknown) => (typeof value === "string" ? form(value) : value)));

const isZero = (number: string): boolean => BigInt(number) === 0n;
const ifZero =
  (other: string) =>
  (number: string): string =>
    isZero(number) ? other : number;
const ifNoNodes = (slot: SlotProof): object => (slot.proof.length === 0 ? { ...slot, proof: ["0x80"] } : slot);
const isAbsent = ({ address }: AccountProof): boolean => address === ABSENT_AT_BRANCH;

const FORMS: Readonly<Record<string, readonly [about: string, form: Form]>> = {
  "upper-case": ["digits in upper case", inCase(upper)],
  "mixed-case": ["digits in mixed case, as in an address with a checksum", inCase(mixed)],
  "key-as-quantity": ["slots as quantities", eachSlot((slot) => ({ ...slot, key: quantity(slot.key) }))],
  "key-in-even-digits": [
    "slots as minimal bytes",
    eachSlot((slot) => ({ ...slot, key: padTo(4)(quantity(slot.key)) })),
  ],
  "key-of-70-digits": ["slots padded beyond 32 bytes", eachSlot((slot) => ({ ...slot, key: padTo(70)(slot.key) }))],
  "numbers-of-even-length": [
    "numbers padded to whole bytes",
    eachNumber((number) => padTo(number.length + (number.length % 2) - 2)(number)),
  ],
  "numbers-of-32-bytes": ["numbers padded to 32 bytes", eachNumber(padTo(64))],
  "numbers-of-odd-length": ["numbers padded to 63 digits", eachNumber(padTo(63))],
  "zero-without-digits": ["zero without digits", eachNumber(ifZero("0x"))],
  "zero-as-00": ["zero as one byte", eachNumber(ifZero("0x00"))],
  "absent-with-zero-hashes": [
    "zero hashes of an absent account",
    (account) => (isAbsent(account) ? { ...account, codeHash: ZERO_HASH, storageHash: ZERO_HASH } : account),
  ],
  "absent-with-zero-code-hash": [
    "the zero code hash of an absent account",
    (account) => (isAbsent(account) ? { ...account, codeHash: ZERO_HASH } : account),
  ],
  "absent-with-zero-storage-hash": [
    "the zero storage root of an absent account",
    (account) => (isAbsent(account) ? { ...account, storageHash: ZERO_HASH } : account),
  ],
  "node-of-the-empty-trie": [
    "the node of the empty trie in an empty storage",
    eachSlot(ifNoNodes as (slot: SlotProof) => object),
  ],
  "members-reversed": [
    "members in reverse order",
    (account) => Object.fromEntries(Object.entries(account).toReversed()),
  ],
  "slot-members-reversed": [
    "members of a slot in reverse order",
    eachSlot((slot) => Object.fromEntries(Object.entries(slot).toReversed())),
  ],
  "more-members": [
    "members that EIP-1186 does not name",
    (account) => ({ ...account, code: "0x", exists: true, proofs: { of: [1, "2", null] } }),
  ],
  "more-slot-members": [
    "members of a slot that EIP-1186 does not name",
    eachSlot((slot) => ({ ...slot, index: 7, path: null })),
  ],
  "all-at-once": [
    "several of these forms at once",
    (account) =>
      inCase(upper)({
        ...(eachNumber(ifZero("0x"))(
          eachSlot((slot) => ({ ...(ifNoNodes(slot) as SlotProof), key: quantity(slot.key) }))(account) as AccountProof,
        ) as AccountProof),
      }),
  ],
};

function forms(): Draft[] {
  const { root, proof } = proveAccounts(KEYS);
  return Object.entries(FORMS).flatMap(([id, [about, form]]) => {
    const accounts = proof.accounts.map(form);
    const own = { root, proof: { accounts }, keys: KEYS };
    const text = { id, about, flag: "client-forms" };
    const update = {
      id: `${id}-update`,
      about: `${about}: read, written to, and written in one form`,
      kind: "completeness" as const,
      flags: ["client-forms"],
      call: "proof/update",
      params: { ...baseOf("eip1186"), root, proof: { accounts }, writes: [[BOB + TWIN, small(9)]] } as never,
    };
    return [
      answeredRead(text, "eip1186", own),
      answeredRead({ ...text, isStrict: true }, "eip1186", own),
      accepted(update),
    ];
  });
}

/** The slot of 32 zero bytes, in every short form. */
function slotZero(): Draft[] {
  const slot = "00".repeat(32);
  const entries: Entries = [
    [BOB + slot, small(5)],
    [BOB + TWIN, small(6)],
  ];
  const { root, proof } = prove({ entries, keys: [BOB + slot] }, "eip1186") as unknown as Proven<{
    accounts: AccountProof[];
  }>;
  return ["0x0", "0x", "0x00", `0x${slot}`].map((key, index) => {
    const accounts = proof.accounts.map(eachSlot((entry) => ({ ...entry, key })));
    const text = { id: `slot-zero-${index}`, about: `slot zero as ${key.slice(0, 8)}`, flag: "client-forms" };
    return answeredRead(text, "eip1186", { root, proof: { accounts }, keys: [BOB + slot] });
  });
}

function emptyState(): Draft[] {
  const { proof } = prove({ entries: [], keys: [ALICE + ALONE] }, "eip1186") as unknown as Proven<{
    accounts: AccountProof[];
  }>;
  return [[], ["0x80"]].flatMap((accountProof, index) => {
    const accounts = proof.accounts.map((account) => ({
      ...account,
      accountProof,
      codeHash: [EMPTY_CODE_HASH, ZERO_HASH][index],
    }));
    const own = { root: EMPTY_ROOT, proof: { accounts }, keys: [ALICE, BOB + TWIN] };
    const text = {
      id: `empty-state-${index}`,
      about: `the empty state, shown by ${accountProof.length} node(s)`,
      flag: "client-forms",
    };
    const root = {
      id: `empty-state-${index}-root`,
      about: `the root of the empty state, shown by ${accountProof.length} node(s)`,
      kind: "completeness" as const,
      flags: ["client-forms"],
      call: "proof/root",
      params: { ...baseOf("eip1186"), proof: { accounts } } as never,
    };
    return [
      answeredRead(text, "eip1186", own),
      answeredRead({ ...text, isStrict: true }, "eip1186", own),
      accepted(root),
    ];
  });
}

const WRONG_TYPES: readonly unknown[] = [null, 1, true, ["0x1"], { hex: "0x1" }];
const WRONG_HEX: readonly string[] = [
  "",
  "0",
  "1",
  "0X1",
  "x1",
  "0x1g",
  " 0x1",
  "0x1 ",
  "-0x1",
  "0x-1",
  "0x0x1",
  "0x1.0",
];

function malformed(): Draft[] {
  const { root, proof } = proveAccounts([BOB + TWIN, ALICE]);
  const [bob] = proof.accounts.filter(({ address }) => address === BOB);
  const [slot] = bob.storageProof;
  const refuse = (id: string, about: string, given: unknown, ...classes: string[]): Draft =>
    refusedRead(
      { id, about, flag: "bad-client-form" },
      "eip1186",
      { root, proof: given, keys: [BOB] },
      ...(classes.length === 0 ? ["malformed"] : classes),
    );
  const account = (id: string, about: string, changed: object): Draft =>
    refuse(id, about, { accounts: [{ ...bob, ...changed }] });
  const inSlot = (id: string, about: string, changed: object): Draft =>
    account(id, about, { storageProof: [{ ...slot, ...changed }] });
  const without = (object: object, member: string): object =>
    Object.fromEntries(Object.entries(object).filter(([name]) => name !== member));
  const names = Object.keys(bob);
  const slotNames = Object.keys(slot);
  const lower = (name: string): string => name.toLowerCase();
  return [
    ...names.map((name) =>
      refuse(`without-${lower(name)}`, `an account without ${name}`, { accounts: [without(bob, name)] }),
    ),
    ...slotNames.map((name) =>
      account(`slot-without-${name}`, `a slot without ${name}`, { storageProof: [without(slot, name)] }),
    ),
    ...names.flatMap((name) =>
      WRONG_TYPES.filter((value) => !(name.endsWith("Proof") && Array.isArray(value))).map((value, index) =>
        account(`${lower(name)}-of-type-${index}`, `${name} as ${JSON.stringify(value)}`, { [name]: value }),
      ),
    ),
    ...slotNames.flatMap((name) =>
      WRONG_TYPES.filter((value) => !(name === "proof" && Array.isArray(value))).map((value, index) =>
        inSlot(`slot-${name}-of-type-${index}`, `the ${name} of a slot as ${JSON.stringify(value)}`, { [name]: value }),
      ),
    ),
    ...WRONG_HEX.map((value, index) =>
      account(`balance-text-${index}`, `balance as ${JSON.stringify(value)}`, { balance: value }),
    ),
    ...WRONG_HEX.slice(0, 4).map((value, index) =>
      inSlot(`key-text-${index}`, `a slot as ${JSON.stringify(value)}`, { key: value }),
    ),
    ...["nonce", "balance"].map((name) =>
      account(`${name}-of-2-256`, `${name} of 2^256`, { [name]: `0x1${"0".repeat(64)}` }),
    ),
    ...["key", "value"].map((name) =>
      inSlot(`slot-${name}-of-2-256`, `the ${name} of a slot of 2^256`, { [name]: `0x1${"0".repeat(64)}` }),
    ),
    account("address-upper-prefix", "an address that begins with 0X", { address: `0X${BOB.slice(2)}` }),
    inSlot("slot-node-upper-prefix", "a node that begins with 0X in the storage", {
      proof: slot.proof.map((node) => `0X${node.slice(2)}`),
    }),
    account("address-of-19-bytes", "an address of 19 bytes", { address: BOB.slice(0, -2) }),
    account("address-of-21-bytes", "an address of 21 bytes", { address: `${BOB}00` }),
    account("address-of-39-digits", "an address as a quantity", { address: `0x${BOB.slice(3)}` }),
    ...["codeHash", "storageHash"].flatMap((name) => {
      const hash = (bob as unknown as Record<string, string>)[name];
      return [hash.slice(0, -2), `${hash}00`, `0x${hash.slice(3)}`, "0x", "0x0"].map((value, index) =>
        account(`${lower(name)}-length-${index}`, `${name} of ${value.length - 2} digits`, { [name]: value }),
      );
    }),
    account("node-of-odd-length", "a node of an odd number of digits", {
      accountProof: [...bob.accountProof, "0x123"],
    }),
    account("node-not-a-string", "a node that is a number", { accountProof: [...bob.accountProof, 18] }),
    account("node-without-0x", "a node without 0x", { accountProof: [bob.accountProof[0].slice(2)] }),
    inSlot("slot-node-of-odd-length", "a node of an odd number of digits in the storage", {
      proof: [...slot.proof, "0x123"],
    }),
    inSlot("slot-node-null", "a node that is null in the storage", { proof: [...slot.proof, null] }),
    refuse("no-accounts", "an empty list of accounts", { accounts: [] }),
    refuse("without-accounts", "an object without accounts", {}),
    refuse("accounts-not-a-list", "the object itself in the place of the list", { accounts: bob }),
    ...WRONG_TYPES.slice(0, 3).map((value, index) =>
      refuse(`account-of-type-${index}`, `an account that is ${JSON.stringify(value)}`, { accounts: [bob, value] }),
    ),
    refuse("more-beside-accounts", "a member beside accounts", { ...proof, headers: [] }),
    refuse("result-alone", "the result of eth_getProof without the list around it", bob),
    refuse("bytes", "bytes in the place of the object", "0x", "invalid-argument"),
    refuse("list", "the list without the object around it", [bob], "invalid-argument"),
    refuse("null", "null in the place of the object", null, "invalid-argument"),
  ];
}

export function clientFormFiles(): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: "proof/state/eip1186", theme, about, requirements }, cases);
  return [
    file(
      "client-forms",
      "One result in the forms in which clients write it.",
      [
        "PROOF-STATE-030",
        "PROOF-STATE-089",
        "PROOF-STATE-090",
        "PROOF-STATE-031",
        "PROOF-STATE-091",
        "PROOF-STATE-032",
        "PROOF-STATE-033",
        "PROOF-STATE-096",
        "PROOF-STATE-097",
        "PROOF-STATE-148",
        "PROOF-STATE-104",
        "PROOF-STATE-109",
        "PROOF-STATE-036",
      ],
      [...forms(), ...slotZero(), ...emptyState()],
    ),
    file(
      "malformed",
      "What no client writes.",
      [
        "PROOF-STATE-030",
        "PROOF-STATE-079",
        "PROOF-STATE-088",
        "PROOF-STATE-091",
        "PROOF-STATE-092",
        "PROOF-STATE-093",
        "PROOF-STATE-094",
      ],
      malformed(),
    ),
  ];
}
