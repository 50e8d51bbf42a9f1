/** Reads and writes the form of both encodings of a proof of a state, without the contents of the nodes. */
import { parseBytes } from "../patricia/encodings.ts";
import { EMPTY_ROOT, hashOf } from "../patricia/trie.ts";
import { checkProofLimit } from "../pruned-encodings.ts";
import { fail, hex, isObject, type Json } from "../values.ts";
import { type Header, parseHeader } from "./headers.ts";
import { type Account, accountAt, EMPTY_ACCOUNT, type State, wordAt } from "./tries.ts";

export const STATE_ENCODINGS = ["witness", "eip1186"] as const;
export type StateEncoding = (typeof STATE_ENCODINGS)[number];

export type SlotClaim = { slot: string; word: bigint; nodes: Buffer[] };
export type Claim = { address: string; states: Account; nodes: Buffer[]; slots: SlotClaim[] };

/** `nodes` are the nodes of all lists in their order. The parts that an encoding does not have are empty. */
export type StateProof = {
  nodes: Buffer[];
  codes: Buffer[];
  headers: Header[];
  claims: Claim[];
  byteLength: number;
};

/** The claimed slots, by address. */
export type Slots = Map<string, Set<string>>;

const MAX_NODES = 2 ** 22;
const ZERO_HASH = "00".repeat(32);

export function decodeStateProof(encoding: StateEncoding, proof: Json | undefined): StateProof {
  if (!isObject(proof)) fail("invalid-argument", "a proof of a state is an object");
  return encoding === "witness" ? decodeWitness(proof) : decodeClaims(proof);
}

function checkNodeLimit(count: number): void {
  if (count > MAX_NODES) fail("limit-exceeded", `${count} nodes are more than 2^22`);
}

const lengthOf = (items: readonly Buffer[]): number => items.reduce((sum, { length }) => sum + length, 0);

function decodeWitness(proof: { [member: string]: Json }): StateProof {
  if (Object.keys(proof).sort().join() !== "codes,headers,state") {
    fail("malformed", "the members of the proof are not state, codes and headers");
  }
  const listIn = (member: string): Buffer[] => {
    const items = proof[member];
    if (!Array.isArray(items)) fail("malformed", `${member} is not a list`);
    return items.map((item) => parseBytes(item) ?? fail("malformed", `an item of ${member} is not lower-case hex`));
  };
  const [nodes, codes, headers] = [listIn("state"), listIn("codes"), listIn("headers")];
  checkNodeLimit(nodes.length);
  const byteLength = lengthOf(nodes) + lengthOf(codes) + lengthOf(headers);
  checkProofLimit(byteLength);
  return { nodes, codes, headers: headers.map(parseHeader), claims: [], byteLength };
}

function decodeClaims(proof: { [member: string]: Json }): StateProof {
  const { accounts } = proof;
  if (Object.keys(proof).join() !== "accounts") fail("malformed", "the only member of the proof is not accounts");
  if (!Array.isArray(accounts) || accounts.length === 0) fail("malformed", "accounts is not a list of some objects");
  const claims = accounts.map(claimOf);
  const nodes = claims.flatMap((claim) => [claim, ...claim.slots].flatMap((list) => list.nodes));
  checkNodeLimit(nodes.length);
  const byteLength = claims.reduce((sum, { slots }) => sum + 20 + 32 * slots.length, lengthOf(nodes));
  checkProofLimit(byteLength);
  return { nodes, codes: [], headers: [], claims, byteLength };
}

function claimOf(object: Json): Claim {
  if (!isObject(object)) fail("malformed", "an account is not an object");
  const { storageProof } = object;
  if (!Array.isArray(storageProof)) fail("malformed", "storageProof is not a list");
  return {
    address: clientBytes(object.address, 20).toString("hex"),
    states: {
      nonce: clientNumber(object.nonce),
      balance: clientNumber(object.balance),
      storageRoot: clientBytes(object.storageHash, 32).toString("hex"),
      codeHash: clientBytes(object.codeHash, 32).toString("hex"),
    },
    nodes: clientNodes(object.accountProof),
    slots: storageProof.map((slot) => {
      if (!isObject(slot)) fail("malformed", "a slot is not an object");
      return {
        slot: clientNumber(slot.key).toString(16).padStart(64, "0"),
        word: clientNumber(slot.value),
        nodes: clientNodes(slot.proof),
      };
    }),
  };
}

/** The digits of a hex string of either case. */
function clientDigits(value: Json | undefined): string {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]*$/.test(value)) fail("malformed", "a member is not hex");
  return value.slice(2).toLowerCase();
}

function clientNumber(value: Json | undefined): bigint {
  const digits = clientDigits(value).replace(/^0+/, "");
  if (digits.length > 64) fail("malformed", "a number is 2^256 or more");
  return BigInt(`0x0${digits}`);
}

function clientBytes(value: Json | undefined, length?: number): Buffer {
  const digits = clientDigits(value);
  if (digits.length % 2 !== 0) fail("malformed", "bytes have an odd number of digits");
  if (length !== undefined && digits.length !== 2 * length) fail("malformed", `not ${length} bytes`);
  return Buffer.from(digits, "hex");
}

function clientNodes(value: Json | undefined): Buffer[] {
  if (!Array.isArray(value)) fail("malformed", "a proof is not a list of nodes");
  const nodes = value.map((node) => clientBytes(node));
  return nodes.length === 1 && nodes[0]?.toString("hex") === "80" ? [] : nodes;
}

/** The root that the first nodes of the claims imply. */
export function rootOfClaims({ claims }: StateProof): string {
  const roots = new Set(claims.map(({ nodes: [first] }) => (first === undefined ? EMPTY_ROOT : hashOf(first))));
  if (roots.size > 1) fail("malformed", "the accounts do not begin with the same node");
  return [...roots][0] as string;
}

/** Checks that the nodes prove the claims. A false claim is reported before one that is not decided. */
export function checkClaims(state: State, claims: readonly Claim[]): void {
  let isShort = false;
  for (const { address, states, slots } of claims) {
    const account = accountAt(state, address).value;
    if (account === undefined) {
      isShort = true;
      continue;
    }
    if (!isStated(account, states)) fail("invalid-proof", `the account ${address} is another one`);
    for (const { slot, word } of slots) {
      const proven = wordAt(state, account, slot).value;
      if (proven === undefined) isShort = true;
      else if ((proven ?? 0n) !== word) fail("invalid-proof", `the slot ${slot} of ${address} holds another word`);
    }
  }
  if (isShort) fail("incomplete", "the nodes do not decide a claim");
}

function isStated(account: Account | null, states: Account): boolean {
  const { nonce, balance, storageRoot, codeHash } = account ?? EMPTY_ACCOUNT;
  const isHash = (stated: string, hash: string): boolean =>
    stated === hash || (account === null && stated === ZERO_HASH);
  return (
    states.nonce === nonce &&
    states.balance === balance &&
    isHash(states.storageRoot, storageRoot) &&
    isHash(states.codeHash, codeHash)
  );
}

/** The class of a fault in the order of claims or in their lists, in the strict profile. */
export function faultOfClaims(state: State, claims: readonly Claim[]): "non-canonical" | "incomplete" | undefined {
  if (!isAscending(claims.map(({ address }) => address))) return "non-canonical";
  let isShort = false;
  for (const { address, nodes, slots } of claims) {
    if (!isAscending(slots.map(({ slot }) => slot))) return "non-canonical";
    const account = accountAt(state, address);
    const lists = [{ nodes, path: account.nodes }];
    for (const { slot, nodes } of slots) {
      lists.push({ nodes, path: wordAt(state, account.value ?? null, slot).nodes });
    }
    for (const { nodes, path } of lists) {
      if (!areSame(nodes, path.slice(0, nodes.length))) return "non-canonical";
      if (nodes.length < path.length) isShort = true;
    }
  }
  return isShort ? "incomplete" : undefined;
}

function isAscending(digits: readonly string[]): boolean {
  return digits.every((each, i) => i === 0 || each > (digits[i - 1] as string));
}

function areSame(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  return some.length === others.length && some.every((bytes, i) => bytes.equals(others[i] as Buffer));
}

/** Each item once, in ascending byte order. */
function listed(items: Iterable<Buffer>): Buffer[] {
  const different = new Map([...items].map((item) => [item.toString("hex"), item]));
  return [...different.values()].sort(Buffer.compare);
}

/** The codes that the accounts of open nodes name. */
export function namedCodes({ codeHashes }: State, codes: Iterable<Buffer>): Buffer[] {
  return [...codes].filter((code) => code.length > 0 && codeHashes.has(hashOf(code)));
}

export function isCanonicalWitness({ nodes, codes }: StateProof, state: State, open: Iterable<Buffer>): boolean {
  return areSame(nodes, listed(open)) && areSame(codes, listed(namedCodes(state, codes)));
}

export function encodeWitness(nodes: Iterable<Buffer>, codes: Iterable<Buffer>): Json {
  const lists = [listed(nodes), listed(codes)] as const;
  checkNodeLimit(lists[0].length);
  checkProofLimit(lengthOf(lists.flat()));
  return { state: lists[0].map(hex), codes: lists[1].map(hex), headers: [] };
}

const quantity = (number: bigint): string => `0x${number.toString(16)}`;

export function encodeClaims(state: State, claims: Slots): Json {
  let count = 0;
  let byteLength = 0;
  const listOf = (nodes: readonly Buffer[], keyLength: number): Json => {
    count += nodes.length;
    byteLength += lengthOf(nodes) + keyLength;
    checkNodeLimit(count);
    checkProofLimit(byteLength);
    return nodes.map(hex);
  };
  const accounts = [...claims.keys()].sort().map((address) => {
    const { value: account, nodes } = accountAt(state, address);
    if (account === undefined) fail("incomplete", `the nodes do not decide the account ${address}`);
    const { nonce, balance, storageRoot, codeHash } = account ?? EMPTY_ACCOUNT;
    const slots = [...(claims.get(address) as Set<string>)].sort();
    return {
      address: `0x${address}`,
      accountProof: listOf(nodes, 20),
      balance: quantity(balance),
      codeHash: `0x${codeHash}`,
      nonce: quantity(nonce),
      storageHash: `0x${storageRoot}`,
      storageProof: slots.map((slot) => {
        const { value, nodes } = wordAt(state, account, slot);
        if (value === undefined) fail("incomplete", `the nodes do not decide the slot ${slot}`);
        return { key: `0x${slot}`, value: quantity(value ?? 0n), proof: listOf(nodes, 32) };
      }),
    };
  });
  return { accounts };
}
