/**
 * Block headers. A witness holds a chain of them, or none.
 *
 * Req: PROOF-STATE-007, PROOF-STATE-021, PROOF-STATE-022, PROOF-STATE-087.
 */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { decodeItems, decodeRlp } from "../../core/rlp.ts";
import { readHash, readInteger } from "./account.ts";
import type { AncestorKey } from "./keys.ts";

/** The fields of a header that are read. */
interface Header {
  readonly hash: Bytes32;
  readonly parentHash: Bytes32;
  readonly stateRoot: Bytes32;
  readonly number: bigint;
}

/** The oldest header comes first, and each is the parent of the next. */
export interface HeaderChain {
  readonly headers: readonly Header[];
  readonly indexByHash: HashMap<number>;
}

export const NO_HEADERS: HeaderChain = { headers: [], indexByHash: new HashMap() };

/** The number of items of a header before the first fork that added one. */
const MIN_HEADER_ITEMS = 15;
const PARENT_HASH = 0;
const STATE_ROOT = 3;
const NUMBER = 8;
const MAX_NUMBER_BYTES = 8;

/**
 * Reads a chain of headers that ends with the block of a state root.
 *
 * Req:    PROOF-STATE-022, PROOF-STATE-084, PROOF-STATE-085, PROOF-STATE-086.
 * Errors: malformed; invalid-proof for the first header that does not follow the header before it, then for another state root.
 * Cost:   a hash for each header.
 */
export function verifyHeaders(encoded: readonly Uint8Array[], root: Bytes32, hasher: NodeHasher): HeaderChain {
  const headers = encoded.map((rlp, index) => decodeHeader(rlp, `header ${index}`, hasher.keccak256(rlp)));
  const indexByHash = new HashMap<number>();
  for (const [index, { hash, parentHash, number }] of headers.entries()) {
    const before = headers[index - 1];
    if (before !== undefined && !equalBytes(parentHash, before.hash)) {
      throw broken(index, `names ${toHex(parentHash)} as its parent, but header ${index - 1} is ${toHex(before.hash)}`);
    }
    if (before !== undefined && number !== before.number + 1n) {
      throw broken(index, `has the number ${number}, but its parent has the number ${before.number}`);
    }
    indexByHash.add(hash, index);
  }
  const last = headers.at(-1);
  if (last !== undefined && !equalBytes(last.stateRoot, root)) {
    throw broken(headers.length - 1, `names the state root ${toHex(last.stateRoot)}, not ${toHex(root)}`);
  }
  return { headers, indexByHash };
}

/** Req: PROOF-STATE-021, PROOF-STATE-081, PROOF-STATE-082, PROOF-STATE-083. Errors: malformed. */
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
 * Returns the hash of an ancestor of a block, or of the block itself.
 *
 * Req:    PROOF-STATE-007, PROOF-STATE-068, PROOF-STATE-069, PROOF-STATE-070, PROOF-STATE-071, PROOF-STATE-072.
 * Output: `null` for a number above the number of the block.
 * Errors: incomplete.
 */
export function lookUpAncestor(
  { headers, indexByHash }: HeaderChain,
  { block, number, name }: AncestorKey,
): Bytes32 | null {
  const position = indexByHash.get(block);
  if (position === undefined) throw uncovered(name, `has no header that hashes to ${toHex(block)}`);
  const ownNumber = headers[position].number;
  if (number > ownNumber) return null;
  const above = BigInt(position) - (ownNumber - number);
  if (above >= 0n) return headers[Number(above)].hash;
  if (above === -1n) return headers[0].parentHash;
  throw uncovered(name, `has neither the header of block ${number} nor that of the block above it`);
}

function broken(index: number, fault: string): ProofError {
  return new ProofError("invalid-proof", `header ${index} ${fault}`, { header: index });
}

function uncovered(key: string, fault: string): ProofError {
  return new ProofError("incomplete", `the proof ${fault}`, { key });
}
