/** The whole tree of the entries that a prover receives. */

import { fromHex } from "../../reference/core/bytes.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { compareTreeOrder, gindexDepth } from "../../reference/core/gindex.ts";
import { ZERO_NODES } from "../../reference/core/zero-nodes.ts";
import { readKey } from "../../reference/wire/values.ts";
import type { Json } from "../../runners/lane.ts";
import { type PlacedNode, treeOfPlaced } from "./build-tree.ts";
import type { KeySpace } from "./key-space.ts";
import type { PictureNode } from "./node.ts";
import type { PartialReading } from "./read-part.ts";
import { shortMessage } from "./words.ts";

/**
 * Places the entries. Of several entries of one node, the last one counts.
 *
 * Output: the tree, with a fault at a subtree that no entry covers, and a remark for each entry that is not in the tree.
 */
export function entriesTree(entries: readonly Json[], space: KeySpace): PartialReading {
  const remarks: string[] = [];
  const placed = entries.flatMap((entry, index) => placeEntry(entry, index, space, remarks));
  if (placed.length === 0)
    return {
      root: undefined,
      remarks: [
        ...remarks,
        `no tree to draw: ${entries.length === 0 ? "the request has no entries" : "no entry is a node of the tree"}`,
      ],
    };
  const built = treeOfPlaced(lastOfEach(placed));
  if (built === undefined) {
    return { root: undefined, remarks: [...remarks, "the paths of the entries are too long to draw"] };
  }
  if (space.leafLevel === undefined) built.gaps[0]?.faults.push("no entry covers it");
  else fillWithZeros(built.slots, space.leafLevel);
  return { root: built.root, remarks };
}

function placeEntry(entry: Json, index: number, space: KeySpace, remarks: string[]): PlacedNode[] {
  const [key, value] = Array.isArray(entry) ? entry : [];
  try {
    const gindex = space.nodeOf(readKey(space.keyForm, key, `/entries/${index}/0`));
    const bytes = typeof value === "string" ? fromHex(value) : undefined;
    return [{ gindex, value: bytes, listed: `entries[${index}]`, kind: "bottom" }];
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    remarks.push(`entries[${index}] is not in the tree: ${shortMessage(error.message)}`);
    return [];
  }
}

/** Returns the last entry of each node, in tree order. Its label also names the entry that it replaces. */
function lastOfEach(placed: readonly PlacedNode[]): PlacedNode[] {
  const sorted = [...placed].sort((a, b) => compareTreeOrder(a.gindex, b.gindex));
  const kept: PlacedNode[] = [];
  for (const node of sorted) {
    const before = kept.at(-1);
    if (before?.gindex !== node.gindex) kept.push(node);
    else kept[kept.length - 1] = { ...node, listed: `${node.listed}, not ${before.listed}` };
  }
  return kept;
}

/** In a tree of fixed depth, a node without an entry is empty. */
function fillWithZeros(slots: readonly PictureNode[], leafLevel: number): void {
  const zeros = ZERO_NODES.slice(0, leafLevel + 1);
  for (const slot of slots) slot.value = zeros[leafLevel - gindexDepth(slot.gindex)];
}
