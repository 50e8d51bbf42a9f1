/** Block headers in a witness: chains, broken chains and malformed headers. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { flipBit } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, vectorFile } from "../../kit/draft.ts";
import { type Digits, keccak, list, string } from "../patricia/rlp.ts";
import { answeredRead, baseOf, NAIVE, proveWitness, refusedRead, type Witness } from "./scenarios.ts";
import { ABSENT_AT_BRANCH, ALICE, BOB, NONCE, TWIN } from "./world.ts";

const SOURCE = "authoring/cases/proof/state/headers.ts";

const PARENT_HASH = 0;
const STATE_ROOT = 3;
const NUMBER = 8;

/** Items of a header; the ones that a reader does not read stay like this. */
const REST: readonly Digits[] = [
  "",
  "11".repeat(32),
  "22".repeat(20),
  "",
  "33".repeat(32),
  "44".repeat(32),
  "00".repeat(256),
  "",
  "",
  "01c9c380",
  "",
  "65",
  "",
  "55".repeat(32),
  "00".repeat(8),
  "07",
];

const minimal = (number: number | bigint): Digits => {
  if (BigInt(number) === 0n) return "";
  const digits = number.toString(16);
  return digits.length % 2 === 0 ? digits : `0${digits}`;
};

interface Fields {
  readonly parent: string;
  readonly stateRoot: string;
  readonly number: Digits;
}

const itemsOf = ({ parent, stateRoot, number }: Fields): Digits[] =>
  REST.map((digits, place) => {
    if (place === PARENT_HASH) return string(parent.slice(2));
    if (place === STATE_ROOT) return string(stateRoot.slice(2));
    return string(place === NUMBER ? number : digits);
  });

const headerOf = (fields: Fields): string => `0x${list(itemsOf(fields))}`;
const hashOf = (header: string): string => `0x${keccak(header.slice(2))}`;

const OLDEST_PARENT = `0x${"99".repeat(32)}`;
const OTHER_ROOT = `0x${"88".repeat(32)}`;

/** Headers from block `first` on. The last one names `root`. */
function chainOf(root: string, first: number | bigint, count: number): string[] {
  const headers: string[] = [];
  for (let index = 0; index < count; index++) {
    const parent = index === 0 ? OLDEST_PARENT : hashOf(headers[index - 1]);
    const stateRoot = index === count - 1 ? root : OTHER_ROOT;
    headers.push(headerOf({ parent, stateRoot, number: minimal(BigInt(first) + BigInt(index)) }));
  }
  return headers;
}

const { root: ROOT, proof: PROOF } = proveWitness([ALICE, BOB + TWIN]);

const withHeaders = (headers: readonly string[]): Witness => ({ ...PROOF, headers });

const ancestor = (block: string, number: number | bigint): string => block + number.toString(16).padStart(16, "0");

const FIRST = 100;
const CHAIN = chainOf(ROOT, FIRST, 5);
const HASHES = CHAIN.map(hashOf);
const [, , , , LAST] = HASHES;

function ancestors(): Draft[] {
  const own = (headers: readonly string[], keys: readonly string[]): object => ({
    root: ROOT,
    proof: withHeaders(headers),
    keys,
  });
  const answer = (id: string, about: string, keys: readonly string[], headers = CHAIN): Draft =>
    answeredRead({ id, about }, "witness", own(headers, keys));
  const refuse = (id: string, about: string, keys: readonly string[], headers = CHAIN): Draft =>
    refusedRead({ id, about, flag: "missing-is-empty" }, "witness", own(headers, keys), "incomplete");
  const numbers = [0, 1, 2, 3, 4].map((index) => FIRST + index);
  const genesis = chainOf(ROOT, 0, 2);
  const wide = chainOf(ROOT, 2n ** 64n - 2n, 2);
  return [
    answer(
      "every-ancestor",
      "the hash of every block whose header is there",
      numbers.map((number) => ancestor(LAST, number)),
    ),
    answer("parent-of-the-oldest", "the block before the oldest header, whose hash that names", [
      ancestor(LAST, FIRST - 1),
    ]),
    answer("block-itself", "the block itself", [ancestor(LAST, FIRST + 4)]),
    answer("later-block", "a block that comes later, or never", [
      ancestor(LAST, FIRST + 5),
      ancestor(LAST, 2n ** 64n - 1n),
    ]),
    answer("of-an-ancestor", "ancestors of a block in the middle of the chain", [
      ancestor(HASHES[2], FIRST),
      ancestor(HASHES[2], FIRST + 2),
      ancestor(HASHES[2], FIRST + 3),
    ]),
    answer("of-the-oldest", "the oldest header and its parent", [
      ancestor(HASHES[0], FIRST),
      ancestor(HASHES[0], FIRST - 1),
    ]),
    answer(
      "one-header",
      "a chain of one header",
      [ancestor(hashOf(chainOf(ROOT, FIRST, 1)[0]), FIRST - 1)],
      chainOf(ROOT, FIRST, 1),
    ),
    answer(
      "genesis",
      "a chain that begins with block 0, whose number has no byte",
      [ancestor(hashOf(genesis[1]), 0), ancestor(hashOf(genesis[1]), 1)],
      genesis,
    ),
    answer(
      "largest-numbers",
      "block numbers of 64 bits",
      [ancestor(hashOf(wide[1]), 2n ** 64n - 1n), ancestor(hashOf(wide[1]), 2n ** 64n - 3n)],
      wide,
    ),
    answer(
      "beside-state",
      "ancestors and accounts at once",
      [ALICE + NONCE, ancestor(LAST, FIRST), BOB + TWIN, ABSENT_AT_BRANCH].slice(0, 3),
    ),
    refuse("before-the-chain", "a block two before the oldest header", [ancestor(LAST, FIRST - 2)]),
    refuse("block-zero", "block 0, long before the chain", [ancestor(LAST, 0)]),
    refuse("another-block", "ancestors of a block that is not in the chain", [ancestor(flipBit(LAST, 0), FIRST)]),
    refuse(
      "parent-of-the-oldest-as-block",
      "ancestors of a block whose header is not there, though its hash is known",
      [ancestor(OLDEST_PARENT, FIRST - 1)],
    ),
    refuse("no-headers", "a witness without headers", [ancestor(LAST, FIRST + 4)], []),
    refuse("state-root-as-block", "the state root in the place of a block hash", [ancestor(ROOT, FIRST)]),
  ];
}

/** Headers that do not lead to the root, with every kind of request. */
function broken(): Draft[] {
  const refuse = (
    id: string,
    about: string,
    headers: readonly string[],
    keys: readonly string[] = [ALICE + NONCE],
    root = ROOT,
  ): Draft[] =>
    [false, true].map((isStrict) =>
      refusedRead(
        { id, about, flag: "header-chain", isStrict },
        "witness",
        { root, proof: withHeaders(headers), keys },
        "invalid-proof",
      ),
    );
  const replaced = (index: number, fields: Partial<Fields>): string[] => {
    const before = index === 0 ? OLDEST_PARENT : HASHES[index - 1];
    const stateRoot = index === 4 ? ROOT : OTHER_ROOT;
    const header = headerOf({ parent: before, stateRoot, number: minimal(FIRST + index), ...fields });
    return [...CHAIN.slice(0, index), header, ...CHAIN.slice(index + 1)];
  };
  const first = headerOf({ parent: OLDEST_PARENT, stateRoot: ROOT, number: minimal(FIRST) });
  return [
    ...refuse("newest-first", "headers in reverse order", CHAIN.toReversed()),
    ...refuse("gap", "a header left out", [...CHAIN.slice(0, 2), ...CHAIN.slice(3)]),
    ...refuse("twice", "a header twice", [CHAIN[0], ...CHAIN]),
    ...refuse("last-twice", "the last header twice", [...CHAIN, CHAIN[4]]),
    ...refuse("last-left-out", "the chain without the header that names the root", CHAIN.slice(0, 4)),
    ...refuse("one-of-another-state", "one header, of another state", [chainOf(OTHER_ROOT, FIRST, 1)[0]]),
    ...refuse("root-named-by-the-first", "a chain whose first header names the root, and the last another one", [
      first,
      headerOf({ parent: hashOf(first), stateRoot: OTHER_ROOT, number: minimal(FIRST + 1) }),
    ]),
    ...refuse("parent-changed", "a parent hash with one bit changed", replaced(4, { parent: flipBit(HASHES[3], 255) })),
    ...refuse("middle-changed", "a header in the middle with another state root", replaced(2, { stateRoot: ROOT })),
    ...refuse(
      "last-changed",
      "the last header with another state root",
      replaced(4, { stateRoot: flipBit(ROOT, 255) }),
    ),
    ...refuse("number-repeated", "a number that does not rise", replaced(4, { number: minimal(FIRST + 3) })),
    ...refuse("number-skipped", "a number that rises by two", replaced(4, { number: minimal(FIRST + 5) })),
    ...refuse("number-zero", "a number that falls to zero", replaced(4, { number: "" })),
    ...refuse("no-keys", "a broken chain, and no keys", CHAIN.toReversed(), []),
    ...refuse(
      "ancestor-asked",
      "a broken chain, asked for what lies after the break",
      [...CHAIN.slice(0, 2), ...CHAIN.slice(3)],
      [ancestor(LAST, FIRST + 4)],
    ),
  ];
}

/** Two faults at once: a header of another state, and no nodes. */
function withoutNodes(): Draft[] {
  const [header] = chainOf(OTHER_ROOT, FIRST, 1);
  return [false, true].map((isStrict) =>
    refusedRead(
      { id: "no-nodes-either", about: "one header, of another state, and no nodes", flag: "header-chain", isStrict },
      "witness",
      { root: ROOT, proof: { state: [], codes: [], headers: [header] }, keys: [ALICE + NONCE] },
      "invalid-proof",
      "incomplete",
    ),
  );
}

function malformed(): Draft[] {
  const fields: Fields = { parent: OLDEST_PARENT, stateRoot: ROOT, number: minimal(FIRST) };
  const items = itemsOf(fields);
  const put = (place: number, item: Digits): Digits => list(items.map((other, at) => (at === place ? item : other)));
  const refuse = (id: string, about: string, header: Digits): Draft =>
    refusedRead(
      { id, about, flag: "bad-header" },
      "witness",
      { root: ROOT, proof: withHeaders([`0x${header}`]), keys: [ALICE + NONCE] },
      "malformed",
    );
  const answer = (id: string, about: string, header: Digits): Draft =>
    answeredRead({ id, about, flag: "bad-header" }, "witness", {
      root: ROOT,
      proof: withHeaders([`0x${header}`]),
      keys: [ALICE + NONCE],
    });
  return [
    refuse("no-byte", "a header without a byte", ""),
    refuse("string", "a string in the place of a header", string(list(items))),
    refuse("string-of-items", "the items of a header in a string instead of a list", string(items.join(""))),
    refuse("hash", "the hash of a header in its place", keccak(list(items))),
    refuse("14-items", "a header of 14 items", list(items.slice(0, 14))),
    refuse("no-items", "a header of no items", list([])),
    refuse("trailing-byte", "a byte after the header", `${list(items)}00`),
    refuse("cut", "a header without its last byte", list(items).slice(0, -2)),
    refuse("parent-31-bytes", "a parent hash of 31 bytes", put(PARENT_HASH, string("99".repeat(31)))),
    refuse("parent-empty", "no parent hash", put(PARENT_HASH, string(""))),
    refuse(
      "parent-list",
      "a list in the place of the parent hash",
      put(PARENT_HASH, list([string(OLDEST_PARENT.slice(2))])),
    ),
    refuse("state-root-33-bytes", "a state root of 33 bytes", put(STATE_ROOT, string(`${ROOT.slice(2)}00`))),
    refuse("state-root-list", "a list in the place of the state root", put(STATE_ROOT, list([string(ROOT.slice(2))]))),
    refuse("number-leading-zero", "a number with a leading zero", put(NUMBER, string("0064"))),
    refuse("number-zero-byte", "the number zero as a byte", put(NUMBER, string("00"))),
    refuse("number-9-bytes", "a number of 9 bytes", put(NUMBER, string("01".repeat(9)))),
    refuse("number-list", "a list in the place of the number", put(NUMBER, list([]))),
    refuse("extra-list", "a list in the place of the extra data", put(12, list([]))),
    answer("15-items", "a header of 15 items, as before the first fork that added any", list(items.slice(0, 15))),
    answer("17-items", "a header of 17 items, as many as a branch has", list([...items, string("66".repeat(32))])),
    answer(
      "25-items",
      "a header of more items than are known today",
      list([...items, ...Array.from({ length: 9 }, () => string("66".repeat(32)))]),
    ),
  ];
}

/** Writes through a witness with headers, which the returned witness does not hold. */
function dropped(): Draft[] {
  const text = { kind: "completeness" as const, flags: ["codes-of-update"] };
  const base = { ...baseOf("witness"), root: ROOT, proof: withHeaders(CHAIN) } as unknown as JsonObject;
  return [
    accepted({
      ...text,
      id: "update",
      about: "write through a witness with headers: there are none afterwards",
      call: "proof/update",
      params: { ...base, writes: [[ALICE + NONCE, "0x05"]] },
    }),
    accepted({
      ...text,
      id: "update-nothing",
      about: "write nothing through a witness with headers: there are none afterwards",
      call: "proof/update",
      params: { ...base, writes: [] },
    }),
    accepted({
      ...text,
      id: "script",
      about: "ancestors are read after writes as before them",
      call: "proof/transact",
      params: { ...base, steps: [{ set: [ALICE + NONCE, "0x05"] }, { root: true }, { get: ancestor(LAST, FIRST) }] },
    }),
    accepted({
      ...text,
      id: "cost",
      about: "state the cost of a witness with headers",
      call: "proof/cost",
      params: base,
    }),
  ];
}

export function headerFiles(): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: "proof/state/witness", theme, about, requirements }, cases);
  return [
    file(
      "ancestors",
      "Hashes of blocks, as far as headers tell them.",
      [
        "PROOF-STATE-007",
        "PROOF-STATE-068",
        "PROOF-STATE-069",
        "PROOF-STATE-070",
        "PROOF-STATE-071",
        "PROOF-STATE-072",
        "PROOF-STATE-022",
        "PROOF-STATE-084",
        "PROOF-STATE-085",
      ],
      ancestors(),
    ),
    file(
      "header-chains",
      "Headers that are no chain to the root.",
      ["PROOF-STATE-022", "PROOF-STATE-084", "PROOF-STATE-085", "PROOF-STATE-086"],
      [...broken(), ...withoutNodes()],
    ),
    file(
      "headers-of-updates",
      "Writes through a witness with headers.",
      ["PROOF-STATE-046", "PROOF-STATE-136", "PROOF-STATE-007", "PROOF-STATE-071"],
      dropped(),
    ),
    file(
      "headers",
      "Headers that are none.",
      ["PROOF-STATE-021", "PROOF-STATE-081", "PROOF-STATE-082", "PROOF-STATE-083"],
      malformed(),
    ),
  ];
}
