/** Tries that are built node by node from the leaves up, so that any node can be faulty under a correct root. */
import { byteLength, type Digits, hexPrefix, keccak, list, type Nibbles, string } from "./rlp.ts";

/** A node, and all hashed nodes below it in the order of the walk. */
export interface Made {
  readonly rlp: Digits;
  readonly below: readonly Digits[];
}

/** A child as its parent holds it, and the hashed nodes that it adds, the child itself among them. */
export interface Child {
  readonly stands: Digits;
  readonly items: readonly Digits[];
}

const HASHED_LENGTH = 32;

/** A child by the rule: embedded below 32 bytes, otherwise hashed. */
export function child(made: Made): Child {
  return byteLength(made.rlp) < HASHED_LENGTH ? embedded(made) : hashed(made);
}

export function embedded({ rlp, below }: Made): Child {
  return { stands: rlp, items: below };
}

export function hashed({ rlp, below }: Made): Child {
  return { stands: string(keccak(rlp)), items: [rlp, ...below] };
}

/** A hashed child that the proof does not open. */
export function closed(made: Made): Child {
  return { stands: string(keccak(made.rlp)), items: [] };
}

/** Any digits in place of a child. */
export function rawChild(digits: Digits, items: readonly Digits[] = []): Child {
  return { stands: digits, items };
}

/** A node with any items. */
export function made(items: readonly Digits[], children: readonly Child[] = []): Made {
  return { rlp: list(items), below: children.flatMap((one) => one.items) };
}

export function leaf(path: Nibbles, value: Digits): Made {
  return made([string(hexPrefix(path, true)), string(value)]);
}

export function extension(path: Nibbles, below: Made | Child): Made {
  const one = toChild(below);
  return made([string(hexPrefix(path, false)), one.stands], [one]);
}

/** Children by their nibble; `value` is that of the key that ends here. */
export function branch(children: Readonly<Record<Nibbles, Made | Child>>, value: Digits = ""): Made {
  const below = [..."0123456789abcdef"].map((nibble) => {
    const one = children[nibble];
    return one === undefined ? NOTHING : toChild(one);
  });
  return made([...below.map(({ stands }) => stands), string(value)], below);
}

const NOTHING: Child = { stands: string(""), items: [] };

function toChild(one: Made | Child): Child {
  return "rlp" in one ? child(one) : one;
}

/** The whole trie under a root node: its root, and its items in the order of the walk. */
export function trieOf(top: Made): { root: string; nodes: Digits[] } {
  return { root: `0x${keccak(top.rlp)}`, nodes: [...new Set([top.rlp, ...top.below])] };
}
