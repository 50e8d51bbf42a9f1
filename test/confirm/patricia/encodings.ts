/** Reads and writes the three encodings of a `patricia` proof, whatever the nodes mean. */

import { checkProofLimit, proofBytes } from "../pruned-encodings.ts";
import { fail, hex, isObject, type Json } from "../values.ts";
import { itemsOfList, rlpList, rlpString } from "./rlp.ts";
import { hashOf, type Items, type Node, openTrie, type Trie, walk } from "./trie.ts";

export const PATRICIA_ENCODINGS = ["witness", "preorder", "eip1186"] as const;
export type PatriciaEncoding = (typeof PATRICIA_ENCODINGS)[number];

/** A key in digits, and its path: the same digits, or the digits of its hash. */
export type Key = { digits: string; path: string };

/** `lists` are the nodes in the order of the proof: one list, or in `eip1186` one list for each claim. */
export type Decoded = { lists: Buffer[][]; claims: string[]; byteLength: number };

const MAX_NODES = 2 ** 22;

/** `undefined` unless the value is bytes in lower-case hex. */
export function parseBytes(value: Json | undefined): Buffer | undefined {
  if (typeof value !== "string" || value.length % 2 !== 0 || !/^0x[0-9a-f]*$/.test(value)) return undefined;
  return Buffer.from(value.slice(2), "hex");
}

export function decodeProof(encoding: PatriciaEncoding, proof: Json | undefined): Decoded {
  if (encoding === "eip1186") return decodePaths(proof);
  const bytes = proofBytes(proof);
  const items: Buffer[] = [];
  for (const { isList, payload } of itemsOfList(bytes)) {
    if (isList) fail("malformed", `item ${items.length} of the proof is a list`);
    checkNodeLimit(items.push(payload));
  }
  return { lists: [items], claims: [], byteLength: bytes.length };
}

function decodePaths(proof: Json | undefined): Decoded {
  if (!isObject(proof)) fail("invalid-argument", "a proof in eip1186 is not an object");
  const { proofs } = proof;
  if (Object.keys(proof).join() !== "proofs") fail("malformed", "the proof has other members than proofs, or none");
  if (!Array.isArray(proofs) || proofs.length === 0) fail("malformed", "proofs is not a list of at least one object");
  const decoded: Decoded = { lists: [], claims: [], byteLength: 0 };
  let count = 0;
  const inProof = (value: Json | undefined): Buffer => {
    const bytes = parseBytes(value) ?? fail("malformed", "a key or a node is not bytes in lower-case hex");
    decoded.byteLength += bytes.length;
    return bytes;
  };
  for (const claim of proofs) {
    if (!isObject(claim) || Object.keys(claim).sort().join() !== "key,nodes" || !Array.isArray(claim.nodes)) {
      fail("malformed", "a claim is not an object of a key and a list of nodes");
    }
    decoded.claims.push(inProof(claim.key).toString("hex"));
    decoded.lists.push(claim.nodes.map(inProof));
    count += claim.nodes.length;
  }
  checkNodeLimit(count);
  checkProofLimit(decoded.byteLength);
  return decoded;
}

function checkNodeLimit(count: number): void {
  if (count > MAX_NODES) fail("limit-exceeded", `${count} nodes are more than 2^22`);
}

/** The hash of the first node of a proof, if there is one. */
export function rootOf({ lists }: Decoded): string | undefined {
  const roots = new Set(lists.map(([first]) => (first === undefined ? undefined : hashOf(first))));
  if (roots.size > 1) fail("malformed", "the lists do not begin with the same node");
  return [...roots][0];
}

/** Whether a list holds exactly the open nodes, each once and in the order of the encoding. */
export function isInOrder(encoding: "witness" | "preorder", { lists }: Decoded, trie: Trie): boolean {
  return areSame(lists.flat(), listed(encoding, trie));
}

function listed(encoding: "witness" | "preorder", trie: Trie): Buffer[] {
  const open = [...trie.nodes.values()].map(({ rlp }) => rlp);
  return encoding === "witness" ? open.sort(Buffer.compare) : open;
}

function areSame(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  return some.length === others.length && some.every((bytes, i) => bytes.equals(others[i] as Buffer));
}

/** The error of claims and lists in the strict profile, if any: another path comes before a path that is too short. */
export function faultOfPaths(
  { lists, claims }: Decoded,
  trie: Trie,
  pathOf: (key: string) => string,
): "non-canonical" | "incomplete" | undefined {
  let isShort = false;
  for (const [i, key] of claims.entries()) {
    if (i > 0 && key <= (claims[i - 1] as string)) return "non-canonical";
    const list = lists[i] as Buffer[];
    const { hashes, value } = walk(trie, pathOf(key));
    const nodes = hashes.map((hash) => (trie.nodes.get(hash) as Node).rlp);
    if (!areSame(list, nodes.slice(0, list.length))) return "non-canonical";
    if (value === undefined || list.length < nodes.length) isShort = true;
  }
  return isShort ? "incomplete" : undefined;
}

/** The proof of all open nodes. */
export function encodeSet(encoding: "witness" | "preorder", trie: Trie): string {
  checkNodeLimit(trie.nodes.size);
  const bytes = rlpList(listed(encoding, trie).map(rlpString));
  checkProofLimit(bytes.length);
  return hex(bytes);
}

/** The proof of the given nodes of a trie, and of the root node. */
export function encodeChosen(encoding: "witness" | "preorder", trie: Trie, hashes: Iterable<string>): string {
  if (trie.root === null) return encodeSet(encoding, trie);
  const root = trie.root.hash as string;
  const chosen: Items = new Map([root, ...hashes].map((hash) => [hash, (trie.nodes.get(hash) as Node).rlp]));
  return encodeSet(encoding, openTrie(chosen, root));
}

export function encodePaths(trie: Trie, claims: readonly Key[]): Json {
  const paths = new Map(claims.map(({ digits, path }) => [digits, path]));
  const proofs = [...paths].sort(([one], [other]) => (one < other ? -1 : 1));
  let count = 0;
  let byteLength = 0;
  return {
    proofs: proofs.map(([digits, path]) => {
      const { hashes, value } = walk(trie, path);
      if (value === undefined) fail("incomplete", `the nodes do not decide the key ${digits}`);
      const nodes = hashes.map((hash) => (trie.nodes.get(hash) as Node).rlp);
      count += nodes.length;
      byteLength += nodes.reduce((sum, { length }) => sum + length, digits.length / 2);
      checkNodeLimit(count);
      checkProofLimit(byteLength);
      return { key: `0x${digits}`, nodes: nodes.map(hex) };
    }),
  };
}
