/**
 * Nodes of a hexary trie, as their RLP says.
 *
 * Req: PROOF-PATRICIA-002, PROOF-PATRICIA-003.
 */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { decodeItems, decodeRlp, type RlpItem } from "../../core/rlp.ts";
import { decodeHexPrefix } from "./hex-prefix.ts";

export const BRANCH_CHILDREN = 16;

/** Shortest RLP of a node that its parent names by hash. */
export const HASHED_LENGTH = 32;

/** What there is below a node in one direction: nothing, a node that is not open, or an open one. */
export type Child = null | Bytes32 | Node;

/** An open node. */
export interface Node {
  readonly kind: "leaf" | "extension" | "branch";
  /** Nibbles of a leaf or an extension; none in a branch. */
  readonly path: Uint8Array;
  /** The hex-prefix that `path` was read from; empty in a branch. */
  readonly hexPrefix: Uint8Array;
  /** Of a leaf, and of a branch where a key ends. */
  readonly value: Uint8Array | null;
  /** Sixteen of a branch, one of an extension, none of a leaf. Written when a trie is opened, and not after. */
  readonly children: Child[];
  readonly rlp: Uint8Array;
  /** The Keccak-256 of `rlp` where a parent or the root names it, and the node is an item of a proof. */
  readonly hash: Bytes32 | undefined;
}

/** A node that has just been read: what it embeds is still to be. */
export interface ReadNode {
  readonly node: Node;
  /** RLP of embedded children, by their place. */
  readonly embedded: readonly { readonly place: number; readonly rlp: Uint8Array }[];
}

/**
 * Reads a node and leaves what it embeds to the caller, so that nesting, which is an attacker's to choose, takes no stack.
 *
 * Errors: malformed.
 */
export function readNode(rlp: Uint8Array, hash: Bytes32 | undefined): ReadNode {
  const list = decodeRlp(rlp, "a node");
  if (!list.isList) throw malformed("is a string, not a list");
  const items = decodeItems(list.payload, "a node");
  if (items.length === 2) return readShort(items, rlp, hash);
  if (items.length === BRANCH_CHILDREN + 1) return readBranch(items, rlp, hash);
  throw malformed(`has ${items.length} items, not 2 or 17`);
}

function readShort([prefix, second]: RlpItem[], rlp: Uint8Array, hash: Bytes32 | undefined): ReadNode {
  if (prefix.isList || prefix.isEmpty) throw malformed("has no hex-prefix");
  const { path, isLeaf } = decodeHexPrefix(prefix.payload);
  const common = { path, hexPrefix: prefix.payload, rlp, hash };
  if (isLeaf) {
    if (second.isList) throw malformed("is a leaf with a list for its value");
    return { node: { ...common, kind: "leaf", value: second.payload, children: [] }, embedded: [] };
  }
  if (!second.isList && second.isEmpty) throw malformed("is an extension without a child");
  const { children, embedded } = readChildren([second]);
  return { node: { ...common, kind: "extension", value: null, children }, embedded };
}

function readBranch(items: RlpItem[], rlp: Uint8Array, hash: Bytes32 | undefined): ReadNode {
  const last = items[BRANCH_CHILDREN];
  if (last.isList) throw malformed("is a branch with a list for its value");
  const { children, embedded } = readChildren(items.slice(0, BRANCH_CHILDREN));
  const value = last.isEmpty ? null : last.payload;
  return { node: { kind: "branch", path: NOTHING, hexPrefix: NOTHING, value, children, rlp, hash }, embedded };
}

const NOTHING = new Uint8Array(0);

/** Embedded children are left out of `children` for now. */
function readChildren(items: readonly RlpItem[]): {
  children: Child[];
  embedded: { place: number; rlp: Uint8Array }[];
} {
  const children = new Array<Child>(items.length).fill(null);
  const embedded: { place: number; rlp: Uint8Array }[] = [];
  for (const [place, item] of items.entries()) {
    if (item.isList) embedded.push({ place, rlp: item.encoded });
    else if (!item.isEmpty) children[place] = readHash(item.payload);
  }
  return { children, embedded };
}

function readHash(payload: Uint8Array): Bytes32 {
  const hash = toBytes32(payload);
  if (hash === undefined) throw malformed(`names a child by ${payload.length} bytes, not 32`);
  return hash;
}

function malformed(reason: string): ProofError {
  return new ProofError("malformed", `a node ${reason}`);
}
