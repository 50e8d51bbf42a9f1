/** Accounts and words that no client writes into a trie, under the matching roots. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { leaf, trieOf } from "../patricia/nodes.ts";
import { type Digits, keccak, LIST, list, longHead, string } from "../patricia/rlp.ts";
import { answeredRead, type EncodingName, NAIVE, refusedRead } from "./scenarios.ts";
import { ALICE, ALONE, BALANCE, CODE, CODE_HASH, EMPTY_CODE_HASH, EMPTY_ROOT, NONCE, STORAGE_ROOT } from "./world.ts";

const SOURCE = "authoring/cases/proof/state/values.ts";

const EMPTY_STORAGE = EMPTY_ROOT.slice(2);
const NO_CODE = EMPTY_CODE_HASH.slice(2);
const NUMBERS: readonly Digits[] = ["05", "0a"].map(string);
const HASHES: readonly Digits[] = [EMPTY_STORAGE, NO_CODE].map(string);

const accountOf = (storageRoot: Digits): Digits => list([...NUMBERS, string(storageRoot), HASHES[1]]);

/** A state of one account with any value. */
interface OneAccount {
  readonly root: string;
  readonly nodes: readonly Digits[];
}

function stateOf(value: Digits): OneAccount {
  return trieOf(leaf(keccak(ALICE.slice(2)), value));
}

/** The proof of the account, and of a slot when its storage has nodes. An object claims the intended values. */
function proofOf(
  encoding: EncodingName,
  { nodes }: OneAccount,
  storage: readonly Digits[],
  storageRoot: Digits,
): object {
  const all = (list: readonly Digits[]): string[] => list.map((node) => `0x${node}`);
  if (encoding === "witness") return { state: all([...nodes, ...storage].toSorted()), codes: [], headers: [] };
  const slot = { key: `0x${ALONE}`, value: "0x7", proof: all(storage) };
  const fields = { nonce: "0x5", balance: "0xa", codeHash: EMPTY_CODE_HASH, storageHash: `0x${storageRoot}` };
  return {
    accounts: [
      { address: ALICE, accountProof: all(nodes), ...fields, storageProof: storage.length === 0 ? [] : [slot] },
    ],
  };
}

/** A reader of `eip1186` may encode the claims as RLP and compare the result. */
const classesOf = (encoding: EncodingName): string[] =>
  encoding === "witness" ? ["malformed"] : ["malformed", "invalid-proof"];

const fields = (nonce: Digits, balance: Digits, storageRoot = HASHES[0], codeHash = HASHES[1]): Digits =>
  list([nonce, balance, storageRoot, codeHash]);
const [FIVE, TEN] = NUMBERS;
const whole = fields(FIVE, TEN);

const BAD_ACCOUNTS: readonly (readonly [id: string, about: string, value: Digits])[] = [
  ["string", "a string in the place of the list", string("05")],
  ["wrapped", "the account's RLP as a string within the string", string(whole)],
  ["string-of-items", "the four items in a string instead of a list", string([FIVE, TEN, ...HASHES].join(""))],
  ["no-items", "a list of nothing", list([])],
  ["three-items", "an account of three items", list([FIVE, TEN, HASHES[0]])],
  ["five-items", "an account of five items", list([FIVE, TEN, ...HASHES, string("")])],
  ["trailing-byte", "a byte after the list", `${whole}00`],
  ["cut", "an account without its last byte", whole.slice(0, -2)],
  ["long-form", "a length in more bytes than it takes", longHead(LIST, whole.length / 2 - 2, 2) + whole.slice(4)],
  ["nonce-leading-zero", "a nonce with a leading zero", fields(string("0005"), TEN)],
  ["nonce-zero-byte", "a nonce of zero as a byte", fields(string("00"), TEN)],
  ["nonce-9-bytes", "a nonce of 9 bytes", fields(string("01".repeat(9)), TEN)],
  ["nonce-list", "a nonce that is a list", fields(list([FIVE]), TEN)],
  ["nonce-with-length", "a nonce below 0x80 with a length", fields("8105", TEN)],
  ["balance-leading-zero", "a balance with a leading zero", fields(FIVE, string("000a"))],
  ["balance-zero-byte", "a balance of zero as a byte", fields(FIVE, string("00"))],
  ["balance-33-bytes", "a balance of 33 bytes", fields(FIVE, string("01".repeat(33)))],
  ["balance-list", "a balance that is a list", fields(FIVE, list([]))],
  ["storage-root-31-bytes", "a storage root of 31 bytes", fields(FIVE, TEN, string(EMPTY_STORAGE.slice(2)))],
  ["storage-root-33-bytes", "a storage root of 33 bytes", fields(FIVE, TEN, string(`${EMPTY_STORAGE}00`))],
  ["storage-root-empty", "no storage root", fields(FIVE, TEN, string(""))],
  ["storage-root-list", "a list in the place of the storage root", fields(FIVE, TEN, list([HASHES[0]]))],
  [
    "storage-root-list-of-32",
    "a list of 32 bytes in the place of the storage root",
    fields(FIVE, TEN, list(Array.from({ length: 32 }, () => "11"))),
  ],
  ["code-hash-31-bytes", "a code hash of 31 bytes", fields(FIVE, TEN, HASHES[0], string(NO_CODE.slice(2)))],
  ["code-hash-33-bytes", "a code hash of 33 bytes", fields(FIVE, TEN, HASHES[0], string(`${NO_CODE}00`))],
  ["code-hash-empty", "no code hash", fields(FIVE, TEN, HASHES[0], string(""))],
  ["code-hash-list", "a list in the place of the code hash", fields(FIVE, TEN, HASHES[0], list([]))],
];

function accounts(encoding: EncodingName): Draft[] {
  const refused = BAD_ACCOUNTS.flatMap(([id, about, value]) => {
    const state = stateOf(value);
    const own = { root: state.root, proof: proofOf(encoding, state, [], EMPTY_STORAGE) };
    return [false, true].flatMap((isStrict) => {
      const text = { id, about, flag: "bad-account", isStrict };
      const read = refusedRead(text, encoding, { ...own, keys: [ALICE + NONCE] }, ...classesOf(encoding));
      if (isStrict) return [read];
      const rlp = { ...text, id: `${id}-account`, about: `${about}, and its RLP asked for` };
      return [read, refusedRead(rlp, encoding, { ...own, keys: [ALICE] }, ...classesOf(encoding))];
    });
  });
  const state = stateOf(whole);
  const own = { root: state.root, proof: proofOf(encoding, state, [], EMPTY_STORAGE) };
  const text = { id: "right", about: "the same account as it ought to be", flag: "bad-account" };
  return [...refused, answeredRead(text, encoding, { ...own, keys: [ALICE, ALICE + NONCE, ALICE + BALANCE] })];
}

const WORD = "aa".repeat(32);

const BAD_WORDS: readonly (readonly [id: string, about: string, value: Digits])[] = [
  ["without-rlp", "a word of 32 bytes that is not RLP", WORD],
  ["padded", "a small word padded to 32 bytes", string("07".padStart(64, "0"))],
  ["leading-zero", "a word with a leading zero", string("0007")],
  ["zero", "zero, which is left out of a trie", string("")],
  ["zero-byte", "zero as a byte", string("00")],
  ["zero-word", "32 zero bytes", string("00".repeat(32))],
  ["33-bytes", "a word of 33 bytes", string("07".repeat(33))],
  ["list", "a list in the place of the word", list(["07"])],
  ["empty-list", "an empty list in the place of the word", list([])],
  ["with-length", "a word below 0x80 with a length", "8107"],
  ["long-form", "a length in the long form", `b820${WORD}`],
  ["trailing-byte", "a byte after the word", `${string(WORD)}00`],
  ["cut", "a word without its last byte", string(WORD).slice(0, -2)],
  ["two-words", "two words", "0708"],
];

function words(encoding: EncodingName): Draft[] {
  const withWord = (value: Digits): object => {
    const { root: storageRoot, nodes: storage } = trieOf(leaf(keccak(ALONE), value));
    const state = stateOf(accountOf(storageRoot.slice(2)));
    return { root: state.root, proof: proofOf(encoding, state, storage, storageRoot.slice(2)) };
  };
  const refused = BAD_WORDS.flatMap(([id, about, value]) =>
    [false, true].map((isStrict) => {
      const own = { ...withWord(value), keys: [ALICE + ALONE] };
      return refusedRead({ id, about, flag: "bad-word", isStrict }, encoding, own, ...classesOf(encoding));
    }),
  );
  const answer = (id: string, about: string, value: Digits): Draft =>
    answeredRead({ id, about, flag: "bad-word" }, encoding, {
      ...withWord(value),
      keys: [ALICE + ALONE, ALICE + STORAGE_ROOT],
    });
  return [...refused, answer("right", "the same word as it ought to be", string("07"))];
}

/** An account with zeros as hashes: a reader returns them unchanged, and the trie and the code are missing. */
function zeroHashes(encoding: EncodingName): Draft[] {
  const zero = "00".repeat(32);
  const state = stateOf(fields(FIVE, TEN, string(zero), string(zero)));
  const proof =
    encoding === "witness"
      ? proofOf(encoding, state, [], zero)
      : {
          accounts: [
            { ...(proofOf(encoding, state, [], zero) as { accounts: object[] }).accounts[0], codeHash: `0x${zero}` },
          ],
        };
  const own = { root: state.root, proof };
  const refuse = (id: string, about: string, keys: readonly string[]): Draft =>
    refusedRead({ id, about, flag: "zero-empty-hashes" }, encoding, { ...own, keys }, "incomplete");
  return [
    answeredRead(
      {
        id: "fields",
        about: "an account whose storage root and code hash are zero, as they stand",
        flag: "zero-empty-hashes",
      },
      encoding,
      {
        ...own,
        keys: [ALICE, ALICE + NONCE, ALICE + STORAGE_ROOT, ALICE + CODE_HASH],
      },
    ),
    refuse("slot", "a slot below a storage root of zero, which is not that of the empty trie", [ALICE + ALONE]),
    refuse("code", "the code of a code hash of zero, which is not that of the empty string", [ALICE + CODE]),
  ];
}

export function valueFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "account-values",
      "Values in the account trie that are no accounts.",
      ["PROOF-STATE-002", "PROOF-STATE-053", "PROOF-STATE-054", "PROOF-STATE-055"],
      accounts(encoding),
    ),
    file(
      "word-values",
      "Values in a storage trie that are no words.",
      ["PROOF-STATE-052", "PROOF-STATE-053", "PROOF-STATE-054", "PROOF-STATE-055"],
      words(encoding),
    ),
    file(
      "zero-hashes",
      "An account whose hashes are zero.",
      ["PROOF-STATE-002", "PROOF-STATE-146", "PROOF-STATE-147"],
      zeroHashes(encoding),
    ),
  ];
}
