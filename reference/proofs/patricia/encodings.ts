/** The encodings of an open trie, and what is checked of a proof whichever it has. */
import { equalBytes, sortedDistinct } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import { decodeItems, decodeRlp, encodeList, encodeString } from "../../core/rlp.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import type { OpenTrie } from "../hexary-trie/open-trie.ts";
import { type Claim, claimKeys, decodeClaims, EIP1186_FORM, encodeClaims } from "./eip1186.ts";
import type { Key } from "./keys.ts";

/** Nodes as a proof lists them; with the key that they are for, where the encoding names keys. */
export interface NodeList {
  readonly key?: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

export interface Encoding {
  readonly form: ProofForm;
  /** Whether each list is for a key. Otherwise there is one list, and it has none. */
  readonly namesKeys: boolean;
  /** Whether the first node of a list is the root node. */
  readonly namesRoot: boolean;
  /** Errors: malformed. */
  decode(proof: EncodedProof): readonly NodeList[];
  encode(lists: readonly NodeList[]): EncodedProof;
  /** The lists of the canonical proof. Errors: of `claimKeys`, where the encoding names keys. */
  list(trie: OpenTrie, keys: readonly Key[]): readonly NodeList[];
}

/**
 * Reads a `witness` or `preorder` proof: an RLP list of byte strings, each the RLP of a node.
 *
 * Req:    PROOF-PATRICIA-020, PROOF-PATRICIA-021.
 * Errors: malformed.
 */
export function decodeNodeList(proof: Uint8Array): Uint8Array[] {
  const list = decodeRlp(proof, "the proof");
  if (!list.isList) throw new ProofError("malformed", "the proof is an RLP string, not a list");
  return decodeItems(list.payload, "the proof").map((item, index) => {
    if (item.isList) throw new ProofError("malformed", `item ${index} of the proof is a list, not a string`, { index });
    return item.payload;
  });
}

function encodeNodeList(nodes: readonly Uint8Array[]): Uint8Array {
  return encodeList(nodes.map(encodeString));
}

function oneList(namesRoot: boolean, nodesOf: (trie: OpenTrie) => Uint8Array[]): Encoding {
  return {
    form: "bytes",
    namesKeys: false,
    namesRoot,
    decode: (proof) => [{ nodes: decodeNodeList(proof as Uint8Array) }],
    encode: ([{ nodes }]) => encodeNodeList(nodes),
    list: (trie) => [{ nodes: nodesOf(trie) }],
  };
}

/** The canonical one is the first. */
const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ["witness", oneList(false, ({ items }) => sortedDistinct(items.map(({ rlp }) => rlp)))],
  ["preorder", oneList(true, ({ items }) => items.map(({ rlp }) => rlp))],
  [
    "eip1186",
    {
      form: EIP1186_FORM,
      namesKeys: true,
      namesRoot: true,
      decode: decodeClaims,
      encode: (lists) => encodeClaims(lists as readonly Claim[]),
      list: claimKeys,
    },
  ],
]);

export const FORMS: ReadonlyMap<string, ProofForm> = new Map([...ENCODINGS].map(([name, { form }]) => [name, form]));

export function encodingOf(name: string): Encoding {
  const encoding = ENCODINGS.get(name);
  if (encoding !== undefined) return encoding;
  throw new ProofError("unsupported", `patricia has no encoding "${name}"`, { encoding: name });
}

/** Errors: limit-exceeded for more than 64 MiB; malformed. */
export function decodeProof(encoding: Encoding, proof: EncodedProof): readonly NodeList[] {
  if (proof instanceof Uint8Array) checkLimit("bytes of the proof", proof.length, MAX_PROOF_BYTES);
  const lists = encoding.decode(proof);
  checkLimit("bytes of the proof", proofSize(proof, lists), MAX_PROOF_BYTES);
  return lists;
}

/** Errors: of `list`; limit-exceeded. */
export function encodeProof(encoding: Encoding, trie: OpenTrie, keys: readonly Key[]): EncodedProof {
  const lists = encoding.list(trie, keys);
  const proof = encoding.encode(lists);
  checkLimit("bytes of the proof", proofSize(proof, lists), MAX_PROOF_BYTES);
  return proof;
}

/** Length in bytes; of an object that of all keys and nodes. Req: PROOF-GEN-007. */
export function proofSize(proof: EncodedProof, lists: readonly NodeList[]): number {
  if (proof instanceof Uint8Array) return proof.length;
  const lengths = lists.flatMap(({ key, nodes }) => [key?.length ?? 0, ...nodes.map(({ length }) => length)]);
  return lengths.reduce((sum, length) => sum + length, 0);
}

/**
 * The root node that a proof names; none in a proof without nodes, which is of the empty trie.
 *
 * Errors: unsupported where the encoding names none; malformed where lists name different ones.
 */
export function namedTop(encoding: Encoding, lists: readonly NodeList[]): Uint8Array | undefined {
  if (!encoding.namesRoot)
    throw new ProofError("unsupported", "the encoding is a set, and says of no node that it is the root");
  const [[top]] = lists.map(({ nodes }) => nodes);
  for (const [index, { nodes }] of lists.entries()) {
    if (top === nodes[0] || (top !== undefined && nodes.length > 0 && equalBytes(top, nodes[0]))) continue;
    throw new ProofError("malformed", `list ${index} begins with another node than list 0`, { index });
  }
  return top;
}

/**
 * Compares a proof with the canonical one of the same open nodes and keys.
 *
 * Req:    PROOF-PATRICIA-010, PROOF-PATRICIA-022.
 * Errors: for the first list that differs, incomplete where it ends too early, otherwise non-canonical.
 */
export function checkCanonicalLists(given: readonly NodeList[], canonical: readonly NodeList[]): void {
  for (const [index, { key, nodes }] of given.entries()) {
    const right = canonical[index];
    if (right === undefined || !isSame(key, right.key))
      throw notCanonical(index, "is for a key that is repeated or out of order");
    for (const [place, node] of nodes.entries()) {
      if (!isSame(node, right.nodes[place]))
        throw notCanonical(index, `has another node than the canonical proof at place ${place}`);
    }
    if (nodes.length < right.nodes.length) {
      throw new ProofError("incomplete", `list ${index} of the proof ends before its key is decided`, { list: index });
    }
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && equalBytes(a, b));
}

function notCanonical(index: number, fault: string): ProofError {
  return new ProofError("non-canonical", `list ${index} of the proof ${fault}`, { list: index, fault });
}
