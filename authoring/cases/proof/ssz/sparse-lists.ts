/** Entries of a container with short lists of a large limit, stated by recipe. */
import { ContainerType, ListBasicType, ListCompositeType } from "@chainsafe/ssz";
import { expandRecipes } from "../../../../harness/cases/recipes.ts";
import { canonicalJson } from "../../../../harness/json/canonical-json.ts";
import type { Json } from "../../../../runners/lane.ts";
import { quantity } from "../../kit/binary/pruned.ts";
import { ZEROS } from "../../kit/binary/uniform-runs.ts";
import { gindexOf, type Typed, typedEntries } from "./typed/tree.ts";

type Entry = readonly [key: string, node: string];

/** The contents of a list: the subtree beside its length, and the level of its chunks or elements. */
interface Contents {
  readonly root: bigint;
  readonly depth: number;
}

/** Lists of fewer levels have no recipe. */
const MANY_LEVELS = 20;

/** `typedEntries`, with the contents of the long lists of a container as sparse trees. */
export function shortEntries(of: Typed, keys: readonly bigint[]): Json {
  const entries = typedEntries(of, keys);
  const parts: Json[] = [];
  let plain: Entry[] = [];
  const lists = longLists(of);
  for (let from = 0; from < entries.length; ) {
    const list = lists.find(({ root }) => isWithin(BigInt(entries[from][0]), root));
    const own = list === undefined ? [] : entries.slice(from).filter(([key]) => isWithin(BigInt(key), list.root));
    from += Math.max(own.length, 1);
    if (list === undefined || own.length === 1) {
      plain.push(entries[from - 1]);
      continue;
    }
    if (plain.length > 0) parts.push(plain);
    plain = [];
    parts.push(sparse(list, own, keys));
  }
  const short: Json = parts.length === 0 ? entries : { chain: plain.length > 0 ? [...parts, plain] : parts };
  if (canonicalJson(expandRecipes(short)) !== canonicalJson(entries))
    throw new Error("entries that a sparse tree is not");
  return short;
}

/** Zeros are left out, except requested ones, because the tree is open down to them. */
function sparse({ root, depth }: Contents, entries: readonly Entry[], keys: readonly bigint[]): Json {
  const isFilled = (key: bigint, node: string): boolean => node === ZEROS.roots[depth - levelOf(key)];
  const given = entries.filter(([key, node]) => keys.includes(BigInt(key)) || !isFilled(BigInt(key), node));
  return { sparse: { root: quantity(root), depth, node: ZEROS.node, entries: given } };
}

function longLists({ type }: Typed): Contents[] {
  if (!(type instanceof ContainerType)) return [];
  return Object.entries(type.fields as Record<string, unknown>).flatMap(([name, field]) => {
    if (!(field instanceof ListBasicType || field instanceof ListCompositeType)) return [];
    const root = 2n * gindexOf(type, name);
    return field.chunkDepth < MANY_LEVELS ? [] : [{ root, depth: levelOf(root) + field.chunkDepth }];
  });
}

const levelOf = (gindex: bigint): number => gindex.toString(2).length - 1;

function isWithin(gindex: bigint, root: bigint): boolean {
  return gindex.toString(2).startsWith(root.toString(2));
}
