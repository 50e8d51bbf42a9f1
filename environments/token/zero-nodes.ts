/** The roots of subtrees without leaves, by height. Made when they are asked for: 256 hashes, which not every block needs. */
import { sha256OfPair } from "../hash/sha256";

const NODE: usize = 32;

/** Of the heights 0 to 256. */
const nodes: usize = memory.data(8224);
const pair: usize = memory.data(64);
/** How many have been made. The first is there, for it is zeros. */
let known: u32 = 1;

/** The root of height 256 at most. */
export function zeroNode(height: u32): usize {
  for (; known <= height; known++) {
    const below = nodes + NODE * (known - 1);
    memory.copy(pair, below, NODE);
    memory.copy(pair + NODE, below, NODE);
    sha256OfPair(pair, below + NODE);
  }
  return nodes + NODE * height;
}
