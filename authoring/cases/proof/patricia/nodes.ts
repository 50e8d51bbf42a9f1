/** Tries that are built from the leaves up, node by node, so that any node of them can be wrong under a true root. */
import { byteLength, type Digits, hexPrefix, keccak, list, type Nibbles, string } from "./rlp.ts";

/** A node, and every hashed node below it in the order of a walk. */
export interface Made {
  readonly rlp: Digits;
  readonly below: readonly Digits[];
}

/** What stands in a parent for a child, and the hashed nodes that come with it, the child itself among them. */
export interface Child {
  readonly stands: Digits;
  readonly items: readonly Digits[];
}

const HASHED_LENGTH = 32;

/** A child by the rule: embedded below 32 bytes, hashed from there on. */
export function child(made: Made): Child {
  return byteLength(made.rlp) < HASHED_LENGTH ? embedded(made) : hashed(made);
}

export function embedded({ rlp, below }: Made): Child {
  return { stands: rlp, items: below };
}

export function hashed({ rlp, below }: Made): Child {
  return { stands: string(keccak(rlp)), items: [rlp, ...below] };
}

/** A child that is known by its hash alone. */
export function closed(made: Made): Child {
  return { stands: string(keccak(made.rlp)), items: [] };
}

/** Whatever `digits` say in the place of a child. */
export function standing(digits: Digits, items: readonly Digits[] = []): Child {
  return { stands: digits, items };
}

/** A node of any items. */
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

/** Children by their nibble; `value` is that of the key which ends here. */
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

/** The whole trie under a root node: its root, and its items in the order of a walk. */
export function trieOf(top: Made): { root: string; nodes: Digits[] } {
  return { root: `0x${keccak(top.rlp)}`, nodes: [...new Set([top.rlp, ...top.below])] };
}
