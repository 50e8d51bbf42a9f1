/** The encodings of an open trie, and the checks that all of them share. */
import { equalBytes, sortedDistinct } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import { decodeItems, decodeRlp, encodeList, encodeString } from "../../core/rlp.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import type { OpenTrie } from "../hexary-trie/open-trie.ts";
import { type Claim, claimKeys, decodeClaims, EIP1186_FORM, encodeClaims } from "./eip1186.ts";
import type { Key } from "./keys.ts";

/** Nodes in the order of the proof, with their key where the encoding names keys. */
export interface NodeList {
  readonly key?: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

export interface Encoding {
  readonly form: ProofForm;
  /** Whether each list belongs to a key. Otherwise there is one list without a key. */
  readonly namesKeys: boolean;
  /** Whether the first node of a list is the root node. */
  readonly namesRoot: boolean;
  /** Errors: malformed. */
  decode(proof: EncodedProof): readonly NodeList[];
  encode(lists: readonly NodeList[]): EncodedProof;
  /** The lists of the canonical proof. Errors: those of `claimKeys`, where the encoding names keys. */
  list(trie: OpenTrie, keys: readonly Key[]): readonly NodeList[];
}

/**
 * Reads a `witness` or `preorder` proof: an RLP list of byte strings, each the RLP of a node.
 *
 * Req:    PROOF-PATRICIA-020.
 * Errors: malformed.
 */
export function decodeNodeList(proof: Uint8Array): Uint8Array[] {
  const list = decodeRlp(proof, "the proof");
  if (!list.isList) throw new ProofError("malformed", "the proof is an RLP string; expected a list");
  return decodeItems(list.payload, "the proof").map((item, index) => {
    if (item.isList)
      throw new ProofError("malformed", `item ${index} of the proof is a list; expected a string`, { index });
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

/** The canonical encoding comes first. Req: PROOF-PATRICIA-021. */
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

/** Errors: limit-exceeded for a proof of more than 64 MiB; malformed. */
export function decodeProof(encoding: Encoding, proof: EncodedProof): readonly NodeList[] {
  if (proof instanceof Uint8Array) checkLimit("bytes of the proof", proof.length, MAX_PROOF_BYTES);
  const lists = encoding.decode(proof);
  checkLimit("bytes of the proof", proofSize(proof, lists), MAX_PROOF_BYTES);
  return lists;
}

/** Errors: those of `list`; limit-exceeded. */
export function encodeProof(encoding: Encoding, trie: OpenTrie, keys: readonly Key[]): EncodedProof {
  const lists = encoding.list(trie, keys);
  const proof = encoding.encode(lists);
  checkLimit("bytes of the proof", proofSize(proof, lists), MAX_PROOF_BYTES);
  return proof;
}

/** The length in bytes; for an object, the sum of the lengths of all keys and nodes. Req: PROOF-GEN-007. */
export function proofSize(proof: EncodedProof, lists: readonly NodeList[]): number {
  if (proof instanceof Uint8Array) return proof.length;
  const lengths = lists.flatMap(({ key, nodes }) => [key?.length ?? 0, ...nodes.map(({ length }) => length)]);
  return lengths.reduce((sum, length) => sum + length, 0);
}

/**
 * The root node that a proof names; `undefined` for a proof without nodes, which is that of the empty trie.
 *
 * Req:    PROOF-PATRICIA-065, PROOF-PATRICIA-066, PROOF-PATRICIA-071, PROOF-PATRICIA-072.
 * Errors: unsupported when the encoding names no root node; malformed when the lists name different ones.
 */
export function namedTop(encoding: Encoding, lists: readonly NodeList[]): Uint8Array | undefined {
  if (!encoding.namesRoot)
    throw new ProofError("unsupported", "a witness is a set of nodes and does not name the root node");
  const [[top]] = lists.map(({ nodes }) => nodes);
  for (const [index, { nodes }] of lists.entries()) {
    if (top === nodes[0] || (top !== undefined && nodes.length > 0 && equalBytes(top, nodes[0]))) continue;
    throw new ProofError("malformed", `list ${index} begins with another node than list 0`, { index });
  }
  return top;
}

/**
 * Compares a proof with the canonical proof of the same open nodes and keys.
 *
 * Req:    PROOF-PATRICIA-010, PROOF-PATRICIA-021, PROOF-PATRICIA-051, PROOF-PATRICIA-067, PROOF-PATRICIA-068, PROOF-PATRICIA-069.
 * Errors: for the first list that differs: incomplete when it ends too early, otherwise non-canonical.
 */
export function checkCanonicalLists(lists: readonly NodeList[], canonical: readonly NodeList[]): void {
  for (const [index, { key, nodes }] of lists.entries()) {
    const expected = canonical[index];
    if (expected === undefined || !isSame(key, expected.key))
      throw notCanonical(index, "is for a key that is repeated or out of order");
    for (const [position, node] of nodes.entries()) {
      if (!isSame(node, expected.nodes[position]))
        throw notCanonical(index, `has another node than the canonical proof at place ${position}`);
    }
    if (nodes.length < expected.nodes.length) {
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
