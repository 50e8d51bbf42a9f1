/** Reads an encoded proof into the nodes of a picture; reads a proof that does not parse as far as possible. */
import { ProofError } from "../../reference/core/errors.ts";
import { compareGindex } from "../../reference/core/gindex.ts";
import type { EncodedProof, ProofForm } from "../../reference/proofs/backend.ts";
import {
  bottomAt,
  bottomCount,
  bottomGindices,
  type PrunedTree,
} from "../../reference/proofs/pruned-tree/pruned-tree.ts";
import { CODEC } from "../../reference/proofs/ssz/encodings.ts";
import { readProof } from "../../reference/wire/values.ts";
import { MOST_NODES, treeOfShape } from "./build-tree.ts";
import type { NodeKind } from "./node.ts";
import {
  type PartialReading,
  readCompactPart,
  readExplicitPart,
  readHelpersPart,
  readOffsetsPart,
} from "./read-part.ts";
import { shortMessage } from "./words.ts";

export interface ProofReading extends PartialReading {
  /** The reason why the reading is incomplete, if it is. */
  readonly error: ProofError | undefined;
}

/** Functions of an encoding: the position of each bottom node, and the reader for a proof that does not parse. */
interface Layout {
  listedAt(tree: PrunedTree, proof: EncodedProof): { readonly listed: string; readonly kind: NodeKind }[];
  readPart(proof: EncodedProof): PartialReading;
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  compact: { listedAt: inTreeOrder, readPart: (proof) => readCompactPart(proof as Uint8Array) },
  offsets64: { listedAt: inTreeOrder, readPart: (proof) => readOffsetsPart(proof as Uint8Array, 8, 0) },
  offsets16: { listedAt: inTreeOrder, readPart: (proof) => readOffsetsPart(proof as Uint8Array, 2, 1) },
  explicit: { listedAt: inGindexOrder, readPart: (proof) => readExplicitPart(proof as Uint8Array) },
  helpers: { listedAt: asClaimsAndHelpers, readPart: readHelpersPart },
};

/**
 * Reads the proof of a case. All backends with binary trees share the binary encodings, so this function does not check
 * the rules that a backend adds to the shape of the tree.
 *
 * Output: the tree if the proof parses; otherwise the readable part and the error of the reference.
 */
export function readPicture(encoding: string, json: unknown, place: string): ProofReading {
  let proof: EncodedProof;
  try {
    proof = readProof(formOf(encoding), json, place);
  } catch (error) {
    return { root: undefined, error: expected(error), remarks: [] };
  }
  const { listedAt, readPart } = LAYOUTS[encoding];
  let tree: PrunedTree;
  try {
    tree = CODEC.decode(encoding, proof);
  } catch (error) {
    const reason = expected(error);
    return { ...readPart(proof), error: reason };
  }
  if (tree.shape.length > MOST_NODES) {
    const nodes = `${tree.shape.length} nodes are too many to draw (at most ${MOST_NODES})`;
    return { root: undefined, error: undefined, remarks: [nodes] };
  }
  const places = listedAt(tree, proof);
  const root = treeOfShape(tree.shape, (rank) => ({ ...places[rank], value: bottomAt(tree, rank) }));
  return { root, error: undefined, remarks: [] };
}

function formOf(encoding: string): ProofForm {
  const form = CODEC.forms.get(encoding);
  if (form !== undefined && Object.hasOwn(LAYOUTS, encoding)) return form;
  throw new ProofError("unsupported", `the encoding ${shortMessage(JSON.stringify(encoding))} cannot be drawn`);
}

/** Returns an error of the interface; rethrows any other error, which is a bug. */
function expected(error: unknown): ProofError {
  if (error instanceof ProofError) return error;
  throw error;
}

function inTreeOrder(tree: PrunedTree, proof: EncodedProof): { listed: string; kind: NodeKind }[] {
  const first = (proof as Uint8Array).length - tree.bottoms.length;
  return Array.from({ length: bottomCount(tree) }, (_, rank) => {
    return { listed: `bottom ${rank}, byte ${first + 32 * rank}`, kind: "bottom" };
  });
}

/** For each bottom node, from left to right, its rank in the order of the indices. */
function gindexRanks(tree: PrunedTree): number[] {
  const byGindex = bottomGindices(tree)
    .map((gindex, rank) => ({ gindex, rank }))
    .sort((a, b) => compareGindex(a.gindex, b.gindex));
  const ranks: number[] = [];
  for (const [index, { rank }] of byGindex.entries()) ranks[rank] = index;
  return ranks;
}

function inGindexOrder(tree: PrunedTree, proof: EncodedProof): { listed: string; kind: NodeKind }[] {
  const first = (proof as Uint8Array).length - tree.bottoms.length;
  return gindexRanks(tree).map((index) => ({
    listed: `bottom ${index}, byte ${first + 32 * index}`,
    kind: "bottom",
  }));
}

/** Claims are listed by ascending index, helpers by descending index. */
function asClaimsAndHelpers(tree: PrunedTree, proof: EncodedProof): { listed: string; kind: NodeKind }[] {
  const { gindices } = proof as { readonly gindices: readonly bigint[] };
  const ranked = bottomGindices(tree).map((gindex, rank) => ({ gindex, rank }));
  ranked.sort((a, b) => compareGindex(a.gindex, b.gindex));
  const places: { listed: string; kind: NodeKind }[] = [];
  let claim = 0;
  let helper = tree.bottoms.length / 32 - gindices.length;
  for (const { gindex, rank } of ranked) {
    const isClaim = gindex === gindices[claim];
    places[rank] = isClaim
      ? { listed: `leaves[${claim++}]`, kind: "claim" }
      : { listed: `helpers[${--helper}]`, kind: "helper" };
  }
  return places;
}
