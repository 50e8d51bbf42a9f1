/** The roots of subtrees without leaves, by height. Made once they are asked for: 256 hashes, which few blocks need. */
import { sha256OfPair } from "../hash/sha256";

const HEIGHTS = 257;
const NODE: usize = 32;

const nodes: usize = memory.data(8224);
const pair: usize = memory.data(64);
let known = 1;

export function zeroNode(height: u32): usize {
  for (; known < HEIGHTS && u32(known) <= height; known++) {
    const below = nodes + NODE * (known - 1);
    memory.copy(pair, below, NODE);
    memory.copy(pair + NODE, below, NODE);
    sha256OfPair(pair, below + NODE);
  }
  return nodes + NODE * height;
}
