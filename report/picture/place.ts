/**
 * Places what is shown of a tree on a grid: leaves side by side in slots, levels below each other as they are shown, so that
 * folded levels take one rank, whatever their number.
 */
import type { Fold, ShownNode } from "./fold.ts";
import { type BelowLabel, belowLabels } from "./labels.ts";
import type { PictureNode } from "./node.ts";

type What =
  | { readonly kind: "node"; readonly shown: ShownNode }
  | { readonly kind: "fold"; readonly fold: Fold }
  | { readonly kind: "below"; readonly label: BelowLabel };

/** Something to draw, and where. */
export interface PlacedItem {
  readonly what: What;
  readonly parent: PlacedItem | undefined;
  /** Rows from the root down. */
  readonly rank: number;
  /** Whether it lies on the way to something that is asked for, or that fails. */
  isOnPath: boolean;
  /** First slot, and how many there are: those of all leaves below. */
  slot: number;
  slots: number;
  /** Middle, in slots: above the middles of its first and last child. */
  middle: number;
}

export interface Placement {
  /** Parents before children, left before right. */
  readonly items: readonly PlacedItem[];
  readonly slots: number;
  readonly ranks: number;
}

/** Input: with `hasWordsBelow`, what a bottom says is written below it, where a key that lies below it must not be. */
export function placeTree(
  top: ShownNode,
  nameOf: (gindex: PictureNode["gindex"]) => string,
  hasWordsBelow: boolean,
): Placement {
  const items: PlacedItem[] = [];
  let slots = 0;
  const place = (
    what: What,
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

function isWanted(what: What): boolean {
  if (what.kind === "below") return true;
  if (what.kind === "fold") return false;
  const { kind, asked, faults } = what.shown.node;
  return kind === "claim" || kind === "written" || asked.length > 0 || faults.length > 0;
}
