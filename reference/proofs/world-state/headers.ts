/**
 * Block headers, of which a witness holds a chain.
 *
 * Req: PROOF-STATE-007, PROOF-STATE-021, PROOF-STATE-022.
 */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { decodeItems, decodeRlp } from "../../core/rlp.ts";
import { readHash, readInteger } from "./account.ts";
import type { AncestorKey } from "./keys.ts";

/** What is read of a header. */
interface Header {
  readonly hash: Bytes32;
  readonly parentHash: Bytes32;
  readonly stateRoot: Bytes32;
  readonly number: bigint;
}

/** The oldest header comes first, and each is the parent of the next. */
export interface HeaderChain {
  readonly headers: readonly Header[];
  /** The place of a header in the list, by its hash. */
  readonly places: HashMap<number>;
}

export const NO_HEADERS: HeaderChain = { headers: [], places: new HashMap() };

/** Items of a header before the first fork that added any. */
const MIN_HEADER_ITEMS = 15;
const PARENT_HASH = 0;
const STATE_ROOT = 3;
const NUMBER = 8;
const MAX_NUMBER_BYTES = 8;

/**
 * Reads headers that lead to a state root.
 *
 * Errors: malformed; invalid-proof, for the first header that does not follow the one before, then for another state root.
 * Cost:   a hash for each header.
 */
export function verifyHeaders(encoded: readonly Uint8Array[], root: Bytes32, hasher: NodeHasher): HeaderChain {
  const headers = encoded.map((rlp, index) => decodeHeader(rlp, `header ${index}`, hasher.keccak256(rlp)));
  const places = new HashMap<number>();
  for (const [index, { hash, parentHash, number }] of headers.entries()) {
    const before = headers[index - 1];
    if (before !== undefined && !equalBytes(parentHash, before.hash)) {
      throw broken(index, `names ${toHex(parentHash)} as its parent, and header ${index - 1} is ${toHex(before.hash)}`);
    }
    if (before !== undefined && number !== before.number + 1n) {
      throw broken(index, `has the number ${number}, and its parent ${before.number}`);
    }
    places.add(hash, index);
  }
  const last = headers.at(-1);
  if (last !== undefined && !equalBytes(last.stateRoot, root)) {
    throw broken(headers.length - 1, `names the state root ${toHex(last.stateRoot)}, not ${toHex(root)}`);
  }
  return { headers, places };
}

function decodeHeader(rlp: Uint8Array, what: string, hash: Bytes32): Header {
  const list = decodeRlp(rlp, what);
  const items = list.isList ? decodeItems(list.payload, what) : [];
  if (items.length < MIN_HEADER_ITEMS || items.some(({ isList }) => isList)) {
    throw new ProofError("malformed", `${what} is not a list of at least ${MIN_HEADER_ITEMS} strings`);
  }
  const number = readInteger(items[NUMBER], MAX_NUMBER_BYTES, `${what}: its number`);
  return {
    hash,
    parentHash: readHash(items[PARENT_HASH], `${what}: its parentHash`),
    stateRoot: readHash(items[STATE_ROOT], `${what}: its stateRoot`),
    number: number.length === 0 ? 0n : BigInt(toHex(number)),
  };
}

/**
 * The hash of an ancestor of a block, or of the block itself.
 *
 * Output: `null` for a number above the block's own.
 * Errors: incomplete.
 */
export function lookUpAncestor({ headers, places }: HeaderChain, { block, number, name }: AncestorKey): Bytes32 | null {
  const place = places.get(block);
  if (place === undefined) throw uncovered(name, `has no header that hashes to ${toHex(block)}`);
  const ownNumber = headers[place].number;
  if (number > ownNumber) return null;
  const above = BigInt(place) - (ownNumber - number);
  if (above >= 0n) return headers[Number(above)].hash;
  if (above === -1n) return headers[0].parentHash;
  throw uncovered(name, `has no header of block ${number}, nor of the one above it`);
}

function broken(index: number, fault: string): ProofError {
  return new ProofError("invalid-proof", `header ${index} ${fault}`, { header: index });
}

function uncovered(key: string, fault: string): ProofError {
  return new ProofError("incomplete", `the proof ${fault}`, { key });
}
