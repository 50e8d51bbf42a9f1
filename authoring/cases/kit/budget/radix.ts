/**
 * The budgets of the radix vectors, by formula:
 *
 *   hashes      root, get, cost, convert, extract   i + l, the open nodes of a `kmm` proof; the different items of a `nodes` proof
 *               merge                               the sum of that over the proofs
 *               prove                               2n − 1, the nodes of the whole tree of n keys; 0 for the empty tree
 *   proofBytes  every method that returns a proof   `kmm`: 16 + ⌈(3i + l) / 8⌉ + 2i + the terminals + 32h
 *                                                   `nodes`: 4 + the sum of 4 + length over the open nodes
 *
 * Req: PROOF-GEN-009, PROOF-RADIX-012.
 */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { itemsOf, type Kmm, kmmOf } from "../../proof/radix/proofs.ts";
import type { Bounds } from "../bounds.ts";

export function radixBounds(call: string, params: JsonObject, proof: Json | undefined): Bounds {
  const { encoding, from, to } = params;
  return {
    hashes: hashesOf(call, (encoding ?? from) as string, params),
    proofBytes: proof === undefined ? undefined : sizeOf((encoding ?? to) as string, proof as string),
  };
}

function hashesOf(call: string, encoding: string, params: JsonObject): number | undefined {
  switch (call) {
    case "proof/update":
    case "proof/transact":
      return undefined;
    case "proof/prove": {
      const keys = new Set((params.entries as readonly (readonly [string, string])[]).map(([key]) => key));
      return Math.max(0, 2 * keys.size - 1);
    }
    case "proof/merge":
      return (params.proofs as readonly string[]).reduce((sum, proof) => sum + hashedNodes(encoding, proof), 0);
    default:
      return hashedNodes(encoding, params.proof as string);
  }
}

function hashedNodes(encoding: string, proof: string): number {
  if (encoding === "nodes") return new Set(itemsOf(proof)).size;
  const { internal, leaves } = countsOf(kmmOf(proof));
  return internal + leaves;
}

/** The label of an internal node has three bits, and the label of a leaf has one bit. */
function countsOf({ labels, lengths }: Kmm): { internal: number; leaves: number } {
  return { internal: lengths.length, leaves: labels.length - 3 * lengths.length };
}

function sizeOf(encoding: string, proof: string): number {
  if (encoding === "nodes") return itemsOf(proof).reduce((sum, item) => sum + 4 + item.length / 2, 4);
  const kmm = kmmOf(proof);
  const { internal, leaves } = countsOf(kmm);
  const terminals = kmm.terminals.join("").length / 2;
  return 16 + Math.ceil((3 * internal + leaves) / 8) + 2 * internal + terminals + 32 * kmm.hashes.length;
}
