/** The headers of a `witness`: a chain that ends with the block of the state root. */

import { itemsOfList } from "../patricia/rlp.ts";
import { hashOf } from "../patricia/trie.ts";
import { fail } from "../values.ts";
import { numberOf } from "./tries.ts";

export type Header = { hash: string; parentHash: string; stateRoot: string; number: bigint };

const PARENT_HASH = 0;
const STATE_ROOT = 3;
const NUMBER = 8;
const FEWEST_ITEMS = 15;

export function parseHeader(rlp: Buffer): Header {
  const strings: Buffer[] = [];
  for (const { isList, payload } of itemsOfList(rlp)) {
    if (isList) fail("malformed", `item ${strings.length} of a header is a list`);
    strings.push(payload);
  }
  if (strings.length < FEWEST_ITEMS) fail("malformed", `a header has ${strings.length} items`);
  const parentHash = strings[PARENT_HASH] as Buffer;
  const stateRoot = strings[STATE_ROOT] as Buffer;
  const number = strings[NUMBER] as Buffer;
  if (parentHash.length !== 32 || stateRoot.length !== 32) fail("malformed", "a hash of a header is not 32 bytes");
  if (number.length > 8 || number[0] === 0) fail("malformed", "the number of a header is not minimal in 8 bytes");
  return {
    hash: hashOf(rlp),
    parentHash: parentHash.toString("hex"),
    stateRoot: stateRoot.toString("hex"),
    number: numberOf(number),
  };
}

export function checkChain(headers: readonly Header[], root: string): void {
  for (const [i, header] of headers.entries()) {
    const parent = headers[i - 1];
    if (parent === undefined) continue;
    if (header.parentHash !== parent.hash) fail("invalid-proof", `header ${i} has another parent`);
    if (header.number !== parent.number + 1n) fail("invalid-proof", `header ${i} has the number ${header.number}`);
  }
  const last = headers.at(-1);
  if (last !== undefined && last.stateRoot !== root) fail("invalid-proof", "the last header has another state root");
}

/** The hash of the block with this number in the chain that ends with `block`, `null` for a number after `block`. */
export function ancestorIn(headers: readonly Header[], block: string, number: bigint): string | null {
  const end = headers.find(({ hash }) => hash === block);
  if (end === undefined) fail("incomplete", `no header hashes to ${block}`);
  if (number > end.number) return null;
  const known = headers.find((header) => header.number === number);
  if (known !== undefined) return known.hash;
  const above = headers.find((header) => header.number === number + 1n);
  return above === undefined ? fail("incomplete", `no header tells the hash of block ${number}`) : above.parentHash;
}
