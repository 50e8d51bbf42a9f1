/**
 * The roots of subtrees without leaves, by height.
 * They are computed on demand, since few blocks need all 256 hashes.
 */
import { sha256OfPair } from "../hash/sha256";

const NODE: usize = 32;

/** The nodes of the heights 0 to 256. */
const nodes: usize = memory.data(8224);
const pair: usize = memory.data(64);
/** The number of computed nodes. The first one is zero and needs no hash. */
let known: u32 = 1;

/** The root at a height of at most 256. */
export function zeroNode(height: u32): usize {
  for (; known <= height; known++) {
    const below = nodes + NODE * (known - 1);
    memory.copy(pair, below, NODE);
    memory.copy(pair + NODE, below, NODE);
    sha256OfPair(pair, below + NODE);
  }
  return nodes + NODE * height;
}
