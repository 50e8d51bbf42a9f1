/** From an encoded proof to the nodes of a picture; of a proof that does not parse, as much as can be read. */
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

/** As much of a proof as can be drawn. */
export interface ProofReading extends PartialReading {
  /** Why it is not the whole proof, if it is not. */
  readonly error: ProofError | undefined;
}

/** Where an encoding lists each bottom, and what can be read of a proof that does not parse. */
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
 * Reads a proof as it stands in a case. The binary encodings are those of every backend over a binary tree: what a
 * backend asks of the tree beyond its shape is not looked at here.
 *
 * Output: the tree where it parses, else what could be read and the reference's error.
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
  throw new ProofError("unsupported", `there is no picture of the encoding ${shortMessage(JSON.stringify(encoding))}`);
}

/** The error when it is one that the interface foresees; anything else is a bug of ours. */
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

/** For each bottom, from left to right, its number in the order of the indices. */
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

/** Claims ascend and helpers descend, each by index. */
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
