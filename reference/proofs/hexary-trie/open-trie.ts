/**
 * A hexary trie of which some nodes are open: the content of a proof, whatever its encoding.
 *
 * A node is open when it is the root node and known, or a child of an open node and embedded in it or known by its hash.
 * A trie can hold the same subtree at many places, so that the number of places is beyond any walk. Equal hashed nodes are
 * therefore one object, and everything here visits each object once.
 */
import { type Bytes32, equalBytes, fromHex, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { HashMap } from "../../core/hash-map.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { sharedLength } from "../../core/nibbles.ts";
import { type Child, type Node, readNode } from "./node.ts";

/** Keccak-256 of the RLP of the empty string. */
export const EMPTY_ROOT = fromHex("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421") as Bytes32;

/** The RLP of nodes, by its Keccak-256. */
export type KnownNodes = HashMap<Uint8Array>;

export interface OpenTrie {
  readonly root: Bytes32;
  /** `null` in the empty trie. */
  readonly top: Node | null;
  /** Every open node that is not embedded, in the order in which a walk from the root, children ascending, meets it first. */
  readonly items: readonly Node[];
  /** The open nodes that are embedded, in the same order; equal ones are repeated. */
  readonly embedded: readonly Node[];
}

export const EMPTY_TRIE: OpenTrie = { root: EMPTY_ROOT, top: null, items: [], embedded: [] };

/**
 * Opens the known nodes of a trie.
 *
 * Req:    PROOF-PATRICIA-004, PROOF-PATRICIA-007, PROOF-PATRICIA-046, PROOF-PATRICIA-048.
 * Errors: malformed for a node of another form; incomplete when the root node is not known; limit-exceeded.
 * Cost:   no hash; each open node is read once.
 */
export function openTrie(root: Bytes32, known: KnownNodes): OpenTrie {
  if (equalBytes(root, EMPTY_ROOT)) return EMPTY_TRIE;
  const rlp = known.get(root);
  if (rlp === undefined) throw missing(root);
  const opening = new Opening(known);
  return { root, top: opening.open(root, rlp), items: opening.items, embedded: opening.embedded };
}

/** The open nodes of several tries, which share equal hashed nodes. */
export interface OpenTries extends Pick<OpenTrie, "items" | "embedded"> {
  /** The open root nodes. */
  readonly tops: HashMap<Node>;
}

/**
 * Opens the known nodes of several tries. A root node that is not known is left out.
 *
 * Input:  different roots, none of the empty trie.
 * Errors: malformed for a node of another form; limit-exceeded.
 * Cost:   no hash; each open node is read once, whatever the number of tries that it is in.
 */
export function openTries(roots: readonly Bytes32[], known: KnownNodes): OpenTries {
  const opening = new Opening(known);
  const tops = new HashMap<Node>();
  for (const root of roots) {
    const rlp = known.get(root);
    if (rlp !== undefined) tops.add(root, opening.open(root, rlp));
  }
  return { tops, items: opening.items, embedded: opening.embedded };
}

/** A child that is not yet read into its parent. */
interface Unfilled {
  readonly parent: Node;
  readonly position: number;
  readonly rlp: Uint8Array;
  /** `undefined` for an embedded child. */
  readonly hash: Bytes32 | undefined;
}

class Opening {
  readonly items: Node[] = [];
  readonly embedded: Node[] = [];
  readonly #known: KnownNodes;
  /** Nodes by the RLP in the map of known nodes, which holds the same bytes as the same object. */
  readonly #opened = new Map<Uint8Array, Node>();
  /** The next child is the last one. */
  readonly #pending: Unfilled[] = [];

  constructor(known: KnownNodes) {
    this.#known = known;
  }

  open(root: Bytes32, rlp: Uint8Array): Node {
    const top = this.#opened.get(rlp) ?? this.#read(rlp, root);
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      const { parent, position, rlp, hash } = next;
      parent.children[position] = (hash && this.#opened.get(rlp)) ?? this.#read(rlp, hash);
    }
    return top;
  }

  #read(rlp: Uint8Array, hash: Bytes32 | undefined): Node {
    const { node, embedded } = readNode(rlp, hash);
    if (hash === undefined) this.embedded.push(node);
    else {
      this.#opened.set(rlp, node);
      this.items.push(node);
    }
    checkLimit("nodes of the proof", this.items.length + this.embedded.length, MAX_TREE_NODES);
    let unread = embedded.length;
    for (let position = node.children.length - 1; position >= 0; position--) {
      const child = node.children[position] as Bytes32 | null;
      if (unread > 0 && embedded[unread - 1].position === position) {
        unread -= 1;
        this.#pending.push({ parent: node, position, rlp: embedded[unread].rlp, hash: undefined });
        continue;
      }
      const known = child === null ? undefined : this.#known.get(child);
      if (known !== undefined) this.#pending.push({ parent: node, position, rlp: known, hash: child as Bytes32 });
    }
    return node;
  }
}

/** A trie by its root node, which is not always open. */
export interface Rooted {
  readonly top: Child;
}

/**
 * Follows a path from the root.
 *
 * Req:    PROOF-PATRICIA-005, PROOF-PATRICIA-006, PROOF-PATRICIA-049, PROOF-PATRICIA-050.
 * Input:  `onNode` is called with each open node on the way, from the root down.
 * Output: the value; `null` when there is none; `undefined` when the walk needs a node that is not open.
 * Cost:   O(path + nodes) steps, no hash.
 */
export function walk(
  trie: Rooted,
  path: Uint8Array,
  onNode: (node: Node) => void = () => {},
): Uint8Array | null | undefined {
  let offset = 0;
  let child: Child = trie.top;
  for (;;) {
    if (child === null) return null;
    if (child instanceof Uint8Array) return undefined;
    onNode(child);
    if (sharedLength(child.path, path, offset) < child.path.length) return null;
    offset += child.path.length;
    switch (child.kind) {
      case "leaf":
        return offset === path.length ? nonEmpty(child.value) : null;
      case "extension":
        [child] = child.children;
        break;
      case "branch":
        if (offset === path.length) return child.value;
        child = child.children[path[offset]];
        offset += 1;
        break;
    }
  }
}

/** A leaf with an empty value, which no honest trie has, reads as absent. Req: PROOF-PATRICIA-060, PROOF-PATRICIA-061. */
function nonEmpty(value: Uint8Array | null): Uint8Array | null {
  return value?.length === 0 ? null : value;
}

/**
 * The greatest number of steps from the root node down to an open node, embedded nodes counted.
 *
 * Req:   PROOF-GEN-007.
 * Input: `below` caches the number of levels below each node, for other tries that share nodes with this one.
 * Cost:  one step for each child of each different node.
 */
export function trieDepth({ top }: Pick<OpenTrie, "top">, below = new Map<Node, number>()): number {
  if (top === null) return 0;
  const pending: Node[] = [top];
  for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
    const children = node.children.filter((child): child is Node => child !== null && !(child instanceof Uint8Array));
    const unknown = children.filter((child) => !below.has(child));
    pending.push(...unknown);
    if (unknown.length > 0) continue;
    below.set(
      node,
      children.reduce((deepest, child) => Math.max(deepest, 1 + (below.get(child) as number)), 0),
    );
    pending.pop();
  }
  return below.get(top) as number;
}

function missing(root: Bytes32): ProofError {
  return new ProofError(
    "incomplete",
    `the proof has no node, and the root ${toHex(root)} is not that of the empty trie`,
    {
      root: toHex(root),
    },
  );
}
