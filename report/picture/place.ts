/**
 * Places the shown nodes of a tree on a grid. Leaves are in slots from left to right, and shown levels in ranks from top to
 * bottom. Any number of folded levels takes one rank.
 */
import type { Fold, ShownNode } from "./fold.ts";
import { type BelowLabel, belowLabels } from "./labels.ts";
import type { PictureNode } from "./node.ts";

type Content =
  | { readonly kind: "node"; readonly shown: ShownNode }
  | { readonly kind: "fold"; readonly fold: Fold }
  | { readonly kind: "below"; readonly label: BelowLabel };

export interface PlacedItem {
  readonly what: Content;
  readonly parent: PlacedItem | undefined;
  /** Distance from the root in rows. */
  readonly rank: number;
  /** Whether it is on the path to a requested node or to a fault. */
  isOnPath: boolean;
  /** The first slot, and the number of slots of all leaves below. */
  slot: number;
  slots: number;
  /** The middle in slots, halfway between the middles of the first and the last child. */
  middle: number;
}

export interface Placement {
  /** Parents before children, left before right. */
  readonly items: readonly PlacedItem[];
  readonly slots: number;
  readonly ranks: number;
}

/** Input: `hasWordsBelow`, whether the text of a bottom node is below it, so that no key below the node may be there. */
export function placeTree(
  top: ShownNode,
  nameOf: (gindex: PictureNode["gindex"]) => string,
  hasWordsBelow: boolean,
): Placement {
  const items: PlacedItem[] = [];
  let slots = 0;
  const place = (
    what: Content,
    parent: PlacedItem | undefined,
    placeBelow: (item: PlacedItem) => PlacedItem[],
  ): PlacedItem => {
    const rank = parent === undefined ? 0 : parent.rank + 1;
    const item: PlacedItem = { what, parent, rank, isOnPath: false, slot: slots, slots: 1, middle: slots + 0.5 };
    items.push(item);
    const needsSlot = hasWordsBelow && what.kind === "node" && what.shown.node.below.length > 0;
    if (needsSlot) slots += 1;
    const children = placeBelow(item);
    if (children.length === 0) slots += 1;
    item.slots = slots - item.slot;
    if (children.length > 0 && !needsSlot) {
      item.middle = (children[0].middle + children[children.length - 1].middle) / 2;
    }
    item.isOnPath = isWanted(what) || children.some(({ isOnPath }) => isOnPath);
    return item;
  };
  const placeNode = (shown: ShownNode, parent: PlacedItem | undefined): PlacedItem => {
    return place({ kind: "node", shown }, parent, (item) => [
      ...belowLabels(shown.node, nameOf).map((label) => place({ kind: "below", label }, item, () => [])),
      ...shown.children.map((child) => placeFolded(child, item)),
    ]);
  };
  const placeFolded = (shown: ShownNode, parent: PlacedItem): PlacedItem => {
    const { fold } = shown;
    if (fold === undefined) return placeNode(shown, parent);
    return place({ kind: "fold", fold }, parent, (item) => [placeNode(shown, item)]);
  };
  placeNode(top, undefined);
  return { items, slots, ranks: 1 + Math.max(...items.map(({ rank }) => rank)) };
}

function isWanted(what: Content): boolean {
  if (what.kind === "below") return true;
  if (what.kind === "fold") return false;
  const { kind, requestedBy, faults } = what.shown.node;
  return kind === "claim" || kind === "written" || requestedBy.length > 0 || faults.length > 0;
}
