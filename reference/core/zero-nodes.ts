/** The roots of empty subtrees. They are computed once and do not count as hashes of a proof. */
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes32, equalBytes } from "./bytes.ts";

/** The height of the highest empty tree of any backend. */
const MAX_HEIGHT = 256;

/** Indexed by height: 32 zero bytes for height 0, then the hash of two roots of the height below. */
export const ZERO_NODES: readonly Bytes32[] = buildTable();

function buildTable(): Bytes32[] {
  const table = [new Uint8Array(32) as Bytes32];
  const pair = new Uint8Array(64);
  for (let height = 1; height <= MAX_HEIGHT; height++) {
    pair.set(table[height - 1], 0);
    pair.set(table[height - 1], 32);
    table.push(sha256(pair) as Bytes32);
  }
  return table;
}

/** Whether `node` is the root of an empty subtree of `height` levels. */
export function isZeroNode(node: Uint8Array, height: number): boolean {
  return equalBytes(node, ZERO_NODES[height]);
}
