/**
 * A hexary trie of which some nodes are open: what every proof of it says, whatever its bytes look like.
 *
 * A node is open when it is the root node and known, or a child of an open node and embedded in it or known by its hash.
 * Equal nodes are one: a trie may hold the same subtree at many places, so that what is below them can be more than could
 * ever be walked. Everything here visits each different node once.
 */
import { type Bytes32, equalBytes, fromHex, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { HashMap } from "../../core/hash-map.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { sharedLength } from "../../core/nibbles.ts";
import { type Child, type Node, readNode } from "./node.ts";

/** Keccak-256 of the RLP of the empty string. */
export const EMPTY_ROOT = fromHex("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421") as Bytes32;

/** RLP of nodes by its Keccak-256. */
export type KnownNodes = HashMap<Uint8Array>;

export interface OpenTrie {
  readonly root: Bytes32;
  /** `null` in the empty trie. */
  readonly top: Node | null;
  /** Every open node that is not embedded, in the order in which a walk from the root, children ascending, meets it first. */
  readonly items: readonly Node[];
  /** The open nodes that are embedded, in the same order; equal ones are as many as they are. */
  readonly embedded: readonly Node[];
}

export const EMPTY_TRIE: OpenTrie = { root: EMPTY_ROOT, top: null, items: [], embedded: [] };

/**
 * Opens what is known of a trie.
 *
 * Req:    PROOF-PATRICIA-003, PROOF-PATRICIA-004, PROOF-PATRICIA-007.
 * Errors: malformed for an open node that is none; incomplete when the root node is not known; limit-exceeded.
 * Cost:   no hash; each open node is read once.
 */
export function openTrie(root: Bytes32, known: KnownNodes): OpenTrie {
  if (equalBytes(root, EMPTY_ROOT)) return EMPTY_TRIE;
  const rlp = known.get(root);
  if (rlp === undefined) throw missing(root);
  const opening = new Opening(known);
  return { root, top: opening.open(root, rlp), items: opening.items, embedded: opening.embedded };
}

/** What is open of several tries, of which equal nodes are one. */
export interface OpenTries extends Pick<OpenTrie, "items" | "embedded"> {
  /** The open root nodes. */
  readonly tops: HashMap<Node>;
}

/**
 * Opens what is known of several tries. A root node that is not known is left out.
 *
 * Input:  different roots, none of the empty trie.
 * Errors: malformed for an open node that is none; limit-exceeded.
 * Cost:   no hash; each open node is read once, in however many of the tries it lies.
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

/** A child whose place in its parent is still to be filled. */
interface Unfilled {
  readonly parent: Node;
  readonly place: number;
  readonly rlp: Uint8Array;
  /** `undefined` for an embedded child. */
  readonly hash: Bytes32 | undefined;
}

class Opening {
  readonly items: Node[] = [];
  readonly embedded: Node[] = [];
  readonly #known: KnownNodes;
  /** Nodes by the RLP that the map of known nodes holds for them: the same bytes are the same object there. */
  readonly #opened = new Map<Uint8Array, Node>();
  /** The next one last. */
  readonly #waiting: Unfilled[] = [];

  constructor(known: KnownNodes) {
    this.#known = known;
  }

  open(root: Bytes32, rlp: Uint8Array): Node {
    const top = this.#opened.get(rlp) ?? this.#read(rlp, root);
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const { parent, place, rlp, hash } = next;
      parent.children[place] = (hash && this.#opened.get(rlp)) ?? this.#read(rlp, hash);
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
    for (let place = node.children.length - 1; place >= 0; place--) {
      const child = node.children[place] as Bytes32 | null;
      if (unread > 0 && embedded[unread - 1].place === place) {
        unread -= 1;
        this.#waiting.push({ parent: node, place, rlp: embedded[unread].rlp, hash: undefined });
        continue;
      }
      const known = child === null ? undefined : this.#known.get(child);
      if (known !== undefined) this.#waiting.push({ parent: node, place, rlp: known, hash: child as Bytes32 });
    }
    return node;
  }
}

/** A trie by its root node, which need not be open. */
export interface Rooted {
  readonly top: Child;
}

/**
 * Follows a path from the root.
 *
 * Req:    PROOF-PATRICIA-005, PROOF-PATRICIA-006.
 * Input:  `onNode` hears the open nodes that are walked into, from the root down.
 * Output: the value; `null` when there is none; `undefined` when the trie is not open far enough to tell.
 * Cost:   O(path + nodes) steps, no hash.
 */
export function walk(
  trie: Rooted,
  path: Uint8Array,
  onNode: (node: Node) => void = () => {},
): Uint8Array | null | undefined {
  let at = 0;
  let child: Child = trie.top;
  for (;;) {
    if (child === null) return null;
    if (child instanceof Uint8Array) return undefined;
    onNode(child);
    if (sharedLength(child.path, path, at) < child.path.length) return null;
    at += child.path.length;
    switch (child.kind) {
      case "leaf":
        return at === path.length ? nonEmpty(child.value) : null;
      case "extension":
        [child] = child.children;
        break;
      case "branch":
        if (at === path.length) return child.value;
        child = child.children[path[at]];
        at += 1;
        break;
    }
  }
}

/** A leaf with an empty value, which no honest trie has, says nothing that could be read. */
function nonEmpty(value: Uint8Array | null): Uint8Array | null {
  return value?.length === 0 ? null : value;
}

/**
 * Steps from the root node down to the deepest open one, embedded ones counted; of ways to the same node the longest counts.
 *
 * Input: `below` keeps what has been counted, for other tries that share nodes with this one.
 * Cost:  one step for each child of a different node.
 */
export function trieDepth({ top }: Pick<OpenTrie, "top">, below = new Map<Node, number>()): number {
  if (top === null) return 0;
  const waiting: Node[] = [top];
  for (let node = waiting.at(-1); node !== undefined; node = waiting.at(-1)) {
    const children = node.children.filter((child): child is Node => child !== null && !(child instanceof Uint8Array));
    const unknown = children.filter((child) => !below.has(child));
    waiting.push(...unknown);
    if (unknown.length > 0) continue;
    below.set(
      node,
      children.reduce((deepest, child) => Math.max(deepest, 1 + (below.get(child) as number)), 0),
    );
    waiting.pop();
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
