/** Nodes of a hexary trie, read from their RLP. */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { decodeItems, decodeRlp, type RlpItem } from "../../core/rlp.ts";
import { decodeHexPrefix } from "./hex-prefix.ts";

export const BRANCH_CHILDREN = 16;

/** Length of the shortest RLP of a hashed node. */
export const HASHED_LENGTH = 32;

/** A child of a node: none, a node that is not open, or an open node. */
export type Child = null | Bytes32 | Node;

/** An open node. */
export interface Node {
  readonly kind: "leaf" | "extension" | "branch";
  /** Nibbles of a leaf or an extension; empty in a branch. */
  readonly path: Uint8Array;
  /** The encoding of `path`; empty in a branch. */
  readonly hexPrefix: Uint8Array;
  /** The value of a leaf, or of a branch where a key ends. */
  readonly value: Uint8Array | null;
  /** Sixteen of a branch, one of an extension, none of a leaf. They are filled in while a trie is opened, and not changed later. */
  readonly children: Child[];
  readonly rlp: Uint8Array;
  /** The Keccak-256 of `rlp` when a parent or the root names the node by it; `undefined` for an embedded node. */
  readonly hash: Bytes32 | undefined;
}

/** A node whose embedded children have not been read yet. */
export interface ReadNode {
  readonly node: Node;
  /** The RLP of embedded children, by their position. */
  readonly embedded: readonly { readonly position: number; readonly rlp: Uint8Array }[];
}

/**
 * Reads a node but not the nodes in it. The caller reads these in a loop, because an attacker chooses how deep they are nested.
 *
 * Req:    PROOF-PATRICIA-002, PROOF-PATRICIA-003.
 * Errors: malformed.
 */
export function readNode(rlp: Uint8Array, hash: Bytes32 | undefined): ReadNode {
  const list = decodeRlp(rlp, "a node");
  if (!list.isList) throw malformed("is a string; expected a list");
  const items = decodeItems(list.payload, "a node");
  if (items.length === 2) return readShort(items, rlp, hash);
  if (items.length === BRANCH_CHILDREN + 1) return readBranch(items, rlp, hash);
  throw malformed(`has ${items.length} items; expected 2 or 17`);
}

/** Req: PROOF-PATRICIA-043, PROOF-PATRICIA-044. */
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

/** Req: PROOF-PATRICIA-045. */
function readBranch(items: RlpItem[], rlp: Uint8Array, hash: Bytes32 | undefined): ReadNode {
  const last = items[BRANCH_CHILDREN];
  if (last.isList) throw malformed("is a branch with a list for its value");
  const { children, embedded } = readChildren(items.slice(0, BRANCH_CHILDREN));
  const value = last.isEmpty ? null : last.payload;
  return { node: { kind: "branch", path: NOTHING, hexPrefix: NOTHING, value, children, rlp, hash }, embedded };
}

const NOTHING = new Uint8Array(0);

/** Leaves out embedded children from `children`, for the caller to fill in. */
function readChildren(items: readonly RlpItem[]): {
  children: Child[];
  embedded: { position: number; rlp: Uint8Array }[];
} {
  const children = new Array<Child>(items.length).fill(null);
  const embedded: { position: number; rlp: Uint8Array }[] = [];
  for (const [position, item] of items.entries()) {
    if (item.isList) embedded.push({ position, rlp: item.encoded });
    else if (!item.isEmpty) children[position] = readHash(item.payload);
  }
  return { children, embedded };
}

function readHash(payload: Uint8Array): Bytes32 {
  const hash = toBytes32(payload);
  if (hash === undefined) throw malformed(`names a child by ${payload.length} bytes; expected 32`);
  return hash;
}

function malformed(reason: string): ProofError {
  return new ProofError("malformed", `a node ${reason}`);
}
