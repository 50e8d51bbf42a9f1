/** Pictures of canonical cases, for tests. */
import { findCase, loadVectors, type VectorSet } from "../../../harness/cases/load.ts";
import type { VectorCase } from "../../../harness/cases/vector.ts";
import type { PictureNode } from "../../../report/picture/node.ts";
import { preOrder } from "../../../report/picture/node.ts";
import { type Picture, pictureOf } from "../../../report/picture/picture.ts";
import { isThorough } from "../../sample.ts";

const loaded = loadVectors();

/** Returns a canonical case of ssz. Input: `id` without `proof/ssz/`. */
export async function canonicalCase(id: string): Promise<VectorCase> {
  return findCase(await loaded, `proof/ssz/${id}`);
}

export async function canonicalPicture(id: string): Promise<Picture> {
  return pictureOf(await canonicalCase(id));
}

/** Returns the only tree of a picture. */
export async function onlyTree(id: string): Promise<PictureNode> {
  const { trees } = await canonicalPicture(id);
  if (trees.length !== 1) throw new Error(`${id} has ${trees.length} trees`);
  return trees[0].root;
}

/** Returns the node of a small tree at a generalized index. */
export function nodeAt(root: PictureNode, gindex: number): PictureNode {
  const found = preOrder(root).find((node) => node.gindex === BigInt(gindex));
  if (found === undefined) throw new Error(`the tree has no node ${gindex}`);
  return found;
}

/** Returns a sample of cases from every file, with the first case of each. */
export async function everyFew(step: number): Promise<VectorCase[]> {
  const { cases }: VectorSet = await loaded;
  const seen = new Map<string, number>();
  return cases.filter(({ file }) => {
    const count = seen.get(file) ?? 0;
    seen.set(file, count + 1);
    return count % (isThorough ? step : 4 * step) === 0;
  });
}
