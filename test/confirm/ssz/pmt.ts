/**
 * Confirmation by `@chainsafe/persistent-merkle-tree`, which is independent of Proofhouse and its vectors.
 *
 * It can only confirm results: the library accepts malformed proofs and recurses, so that its errors prove nothing.
 * Its tree-offset serialization is our `offsets16`, its descriptor our shape bits, its multiproof our `helpers`.
 */
import {
  BranchNode,
  computeDescriptor,
  createNodeFromProof,
  createProof,
  deserializeProof,
  getNode,
  LeafNode,
  type Node,
  ProofType,
  serializeProof,
} from "@chainsafe/persistent-merkle-tree";
import type { Json } from "../values.ts";

type Params = { [name: string]: Json };
type HelpersProof = { gindices: string[]; leaves: string[]; helpers: string[] };

const EXPRESSIBLE = ["compact", "offsets16", "helpers"];
/** The library's recursion overflows somewhere above depth 5000, far beyond our own limit. */
const MAX_DEPTH = 1023;
/** The library builds a string for every prefix of every key's path; beyond this total of path bits, that takes many seconds. */
const MAX_PATH_BITS = 600_000;

/**
 * Whether the library computes `expectedResult` for a valid request; undefined if it cannot express the request.
 * `params` and `expectedResult` are in wire form and assumed to be honest.
 */
export function pmtConfirms(method: string, params: Json, expectedResult: Json): boolean | undefined {
  const request = params as Params;
  const expected = expectedResult as Params;
  if (request.backend !== "ssz") return undefined;
  const encodings = method === "proof/convert" ? [request.from, request.to] : [request.encoding];
  if (!encodings.every((encoding) => EXPRESSIBLE.includes(encoding as string))) return undefined;
  switch (method) {
    case "proof/root": {
      const tree = treeOfProof(request.encoding as string, request.proof as Json);
      return tree && rootOf(tree) === expected.root;
    }
    case "proof/get":
      return confirmsGet(request, expected);
    case "proof/prove":
      return confirmsProve(request, expected);
    case "proof/convert":
      return confirmsConvert(request, expected);
    default:
      return undefined;
  }
}

function confirmsGet(request: Params, expected: Params): boolean | undefined {
  const tree = treeOfProof(request.encoding as string, request.proof as Json);
  if (tree === undefined) return undefined;
  const values = (request.keys as string[]).map((key) => rootOf(getNode(tree, BigInt(key))));
  return rootOf(tree) === request.root && JSON.stringify(values) === JSON.stringify(expected.values);
}

function confirmsProve(request: Params, expected: Params): boolean | undefined {
  const entries = new Map((request.entries as [string, string][]).map(([key, value]) => [BigInt(key), value]));
  const tree = treeOfEntries(entries);
  if (tree === undefined) return undefined;
  if (rootOf(tree) !== expected.root) return false;
  return confirmsProof(tree, request.encoding as string, request.keys as string[], expected.proof as Json);
}

function confirmsConvert(request: Params, expected: Params): boolean | undefined {
  const tree = treeOfProof(request.from as string, request.proof as Json);
  if (tree === undefined) return undefined;
  if (rootOf(tree) !== request.root) return false;
  const kept = request.to === "helpers" ? (request.keys as string[]) : leavesOf(tree);
  return confirmsProof(tree, request.to as string, kept, expected.proof as Json);
}

/** Whether the library's proof of `keys` in `tree` is `expected`, byte for byte. */
function confirmsProof(tree: Node, encoding: string, keys: string[], expected: Json): boolean | undefined {
  let gindices = [...new Set(keys)].map((key) => BigInt(key));
  if (totalPathBits(gindices) > MAX_PATH_BITS) return undefined;
  // The library treats the root beside other keys as a bottom node of the proof, and no keys as an empty proof.
  if (gindices.length !== 1) gindices = gindices.filter((gindex) => gindex !== 1n);
  if (gindices.length === 0) gindices = [1n];
  switch (encoding) {
    case "compact": {
      const descriptor = computeDescriptor(gindices);
      const proof = createProof(tree, { type: ProofType.compactMulti, descriptor });
      if (proof.type !== ProofType.compactMulti) return false;
      return hex(Buffer.concat([descriptor, ...proof.leaves])) === expected;
    }
    case "offsets16":
      return hex(serializeProof(createProof(tree, { type: ProofType.treeOffset, gindices }))) === expected;
    default: {
      const { gindices: named, leaves, helpers } = expected as HelpersProof;
      const proof = createProof(tree, { type: ProofType.multi, gindices });
      if (proof.type !== ProofType.multi) return false;
      const ours = [named, leaves, helpers];
      // The library lists claims in descending order, we in ascending order; helpers descend in both.
      const theirs = [
        proof.gindices.toReversed().map((gindex) => `0x${gindex.toString(16)}`),
        proof.leaves.toReversed().map(hex),
        proof.witnesses.map(hex),
      ];
      return JSON.stringify(theirs) === JSON.stringify(ours);
    }
  }
}

function treeOfProof(encoding: string, proof: Json): Node | undefined {
  if (encoding === "helpers") return treeOfHelpers(proof as HelpersProof);
  const bytes = Uint8Array.from(Buffer.from((proof as string).slice(2), "hex"));
  if (encoding === "offsets16") return createNodeFromProof(deserializeProof(bytes));
  let count = 1;
  while (32 * count + Math.ceil((2 * count - 1) / 8) < bytes.length) count++;
  const shapeBytes = bytes.length - 32 * count;
  const leaves = Array.from({ length: count }, (_, i) =>
    bytes.subarray(shapeBytes + 32 * i, shapeBytes + 32 * (i + 1)),
  );
  return createNodeFromProof({ type: ProofType.compactMulti, leaves, descriptor: bytes.subarray(0, shapeBytes) });
}

function treeOfHelpers({ gindices, leaves, helpers }: HelpersProof): Node | undefined {
  const claims = gindices.map((gindex) => BigInt(gindex));
  if (totalPathBits(claims) > MAX_PATH_BITS) return undefined;
  // In descending order, because the library sizes its levels by the first claim.
  return createNodeFromProof({
    type: ProofType.multi,
    gindices: claims.toReversed(),
    leaves: leaves.toReversed().map(fromHex),
    witnesses: helpers.map(fromHex),
  });
}

function treeOfEntries(entries: Map<bigint, string>): Node | undefined {
  if (totalPathBits(entries.keys()) > 5 * MAX_PATH_BITS) return undefined;
  const byLength: Map<string, Node>[] = [new Map(), new Map()];
  for (const [gindex, value] of entries) {
    const path = gindex.toString(2);
    while (byLength.length <= path.length) byLength.push(new Map());
    byLength[path.length]?.set(path, LeafNode.fromRoot(fromHex(value)));
  }
  if (byLength.length - 2 > MAX_DEPTH) return undefined;
  for (let length = byLength.length - 1; length > 1; length--) {
    for (const [path, left] of byLength[length] ?? []) {
      if (path.endsWith("1")) continue;
      const parent = path.slice(0, -1);
      byLength[length - 1]?.set(parent, new BranchNode(left, byLength[length]?.get(`${parent}1`) as Node));
    }
  }
  return byLength[1]?.get("1");
}

/** The generalized indices of a tree's leaves, as quantities. */
function leavesOf(tree: Node): string[] {
  const found: string[] = [];
  const pending: [bigint, Node][] = [[1n, tree]];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const [gindex, node] = visit;
    if (node.isLeaf()) found.push(`0x${gindex.toString(16)}`);
    else pending.push([2n * gindex, node.left], [2n * gindex + 1n, node.right]);
  }
  return found;
}

function totalPathBits(gindices: Iterable<bigint>): number {
  let bits = 0;
  for (const gindex of gindices) bits += gindex.toString(2).length;
  return bits;
}

function rootOf(node: Node): string {
  return hex(node.root);
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString("hex")}`;
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), "hex"));
}
