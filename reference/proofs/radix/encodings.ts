/** The encodings of a radix proof by name. The first one is canonical. */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { decodeKmm, encodeKmm } from "./kmm.ts";
import { hashNodes, type Tree } from "./node.ts";
import { encodeNodes, openNodeSet } from "./nodes.ts";

interface Encoding {
  /** Decodes and authenticates. Errors: those of the encoding; invalid-proof; in the strict profile non-canonical. */
  open(proof: Uint8Array, root: Bytes32, hasher: NodeHasher, isStrict: boolean): Tree;
  /** The root that a proof implies, when the encoding identifies the root node. */
  root?(proof: Uint8Array, hasher: NodeHasher): Bytes32;
  /** Errors: limit-exceeded. */
  encode(tree: Tree): Uint8Array;
}

const ENCODINGS: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ["kmm", { open: openKmm, root: (proof, hasher) => hashKmm(proof, hasher).root, encode: encodeKmm }],
  ["nodes", { open: openNodeSet, encode: encodeNodes }],
]);

export const FORMS: ReadonlyMap<string, ProofForm> = new Map([...ENCODINGS.keys()].map((name) => [name, "bytes"]));

function encodingOf(name: string): Encoding {
  const encoding = ENCODINGS.get(name);
  if (encoding !== undefined) return encoding;
  throw new ProofError("unsupported", `radix has no encoding "${name}"`, { encoding: name });
}

/** Errors: limit-exceeded for more than 64 MiB. */
function bytesOf(proof: EncodedProof): Uint8Array {
  const bytes = proof as Uint8Array;
  checkLimit("bytes of the proof", bytes.length, MAX_PROOF_BYTES);
  return bytes;
}

/**
 * Decodes and authenticates a proof, before a method looks at a key or write.
 *
 * Req:    PROOF-GEN-002, PROOF-RADIX-045.
 * Errors: limit-exceeded; malformed; invalid-proof; in the strict profile non-canonical.
 */
export function openProof(
  encoding: string,
  proof: EncodedProof,
  root: Bytes32,
  { hasher, isStrict }: { readonly hasher: NodeHasher; readonly isStrict: boolean },
): Tree {
  return encodingOf(encoding).open(bytesOf(proof), root, hasher, isStrict);
}

/** Req: PROOF-RADIX-070. Errors: unsupported when the encoding does not identify the root node; limit-exceeded; malformed. */
export function impliedRoot(encoding: string, proof: EncodedProof, hasher: NodeHasher): Bytes32 {
  const { root } = encodingOf(encoding);
  if (root !== undefined) return root(bytesOf(proof), hasher);
  throw new ProofError("unsupported", `a proof in the encoding "${encoding}" does not say which node is the root`);
}

/** Errors: limit-exceeded. */
export function encodeProof(encoding: string, tree: Tree): EncodedProof {
  return encodingOf(encoding).encode(tree);
}

/** Req: PROOF-RADIX-062. */
function hashKmm(proof: Uint8Array, hasher: NodeHasher): Tree {
  const decoded = decodeKmm(proof);
  if ("root" in decoded) return { root: decoded.root, top: undefined };
  return { root: hashNodes(decoded.nodes, hasher), top: decoded.nodes[0] };
}

/** Req: PROOF-RADIX-073. Ignores the profile: no other bytes are a proof of the same nodes. */
function openKmm(proof: Uint8Array, root: Bytes32, hasher: NodeHasher): Tree {
  const tree = hashKmm(proof, hasher);
  if (equalBytes(tree.root, root)) return tree;
  throw new ProofError("invalid-proof", `the proof hashes to ${toHex(tree.root)}, not to the root ${toHex(root)}`, {
    computed: toHex(tree.root),
    root: toHex(root),
  });
}
