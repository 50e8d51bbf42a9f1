/** The labels of a picture, for a terminal and for SVG. */
import { gindexDepth, gindexPath } from "../../reference/core/gindex.ts";
import { countBottoms, type Fold, type KindCounts, SHOWN_BELOW, type ShownNode } from "./fold.ts";
import type { NodeKind, PictureNode } from "./node.ts";
import { preOrder } from "./node.ts";

/** The name, the symbol and the explanation of a kind. */
export interface KindLabel {
  readonly word: string;
  readonly plural: string;
  readonly glyph: string;
  readonly about: string;
}

const label = (word: string, glyph: string, about: string, plural = `${word}s`): KindLabel => {
  return { word, plural, glyph, about };
};

export const KINDS: Readonly<Record<NodeKind, KindLabel>> = {
  inner: label("inner", "·", "hashed from its children", "inner nodes"),
  claim: label("claim", "●", "requested, or named by the proof"),
  written: label("written", "◆", "assigned a new value", "written"),
  helper: label("helper", "○", "needed to compute the root"),
  bottom: label("bottom", "□", "contained in the proof"),
  zero: label("zero", "∅", "an empty subtree", "zero subtrees"),
  absent: label("absent", "◌", "an empty leaf", "absent leaves"),
  cut: label("cut", "╌", "not in the proof", "cut"),
  missing: label("missing", "?", "needed, but not in the proof", "missing"),
};

/** The symbol of a failing check. */
export const FAULT_GLYPH = "✗";

/** "1 helper", "57 helpers". */
function countOf(kind: NodeKind, count: number): string {
  return `${count} ${count === 1 ? KINDS[kind].word : KINDS[kind].plural}`;
}

/** "3 claims, 26 helpers". */
export function countsText(counts: KindCounts): string {
  // Beside other kinds, the plain bottom nodes are not counted: they are the rest of the total.
  const isCounted = (kind: NodeKind): boolean => counts.has(kind) && (kind !== "bottom" || counts.size === 1);
  const inOrder = (Object.keys(KINDS) as NodeKind[]).filter(isCounted);
  return inOrder.map((kind) => countOf(kind, counts.get(kind) as number)).join(", ");
}

const total = (counts: KindCounts): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

/** "29 bottoms below: 3 claims, 26 helpers". */
export function hiddenText(counts: KindCounts): string {
  return counts.size === 1 ? `${countsText(counts)} below` : `${total(counts)} bottoms below: ${countsText(counts)}`;
}

/** The counts of a tree. */
export function factsText(root: PictureNode): string {
  const nodes = preOrder(root);
  const counts = new Map(countBottoms(nodes));
  const omitted = counts.get("cut") ?? 0;
  counts.delete("cut");
  const bottoms = total(counts);
  const inner = nodes.filter(({ kind }) => kind !== "cut").length - bottoms;
  const depth = nodes.reduce((deepest, { gindex }) => Math.max(deepest, gindexDepth(gindex)), 0);
  const parts = [
    counts.size === 1 ? countsText(counts) : `${bottoms} bottoms: ${countsText(counts)}`,
    `${inner} inner`,
    depth === 1 ? "1 level" : `${depth} levels`,
    ...(omitted === 0 ? [] : [`${omitted} omitted`]),
  ];
  return parts.join("; ");
}

const PATH_BITS_SHOWN = 16;

/** The texts of folded levels: their number, their siblings, their path. */
export function foldTexts({ levels, path, siblings, isZero }: Fold): [string, string, string] {
  const beside = isZero ? "siblings all zero subtrees" : `siblings: ${countsText(siblings)}`;
  return [`${levels} levels`, beside, pathText(path)];
}

/** The text of a path of sides. */
export function pathText(path: string): string {
  if (!path.includes("1")) return "all left";
  if (!path.includes("0")) return "all right";
  if (path.length <= PATH_BITS_SHOWN) return `path 0b${path}`;
  const digits = path.replaceAll(/.{1,4}/g, (four) => Number.parseInt(four.padEnd(4, "0"), 2).toString(16));
  return `path 0x${digits.length <= 12 ? digits : `${digits.slice(0, 6)}…${digits.slice(-4)}`}/${path.length}`;
}

const SHOWN_REQUESTS = 3;

/** The parts of the request that name a node, and the notes on it. */
export function requestTexts({ requestedBy, notes }: PictureNode): string[] {
  const more = requestedBy.length - SHOWN_REQUESTS;
  const shown = more > 1 ? [...requestedBy.slice(0, SHOWN_REQUESTS), `${more} more`] : requestedBy;
  return [...shown, ...notes];
}

/** The same, and the position of the node in the proof. */
export function noteTexts(node: PictureNode): string[] {
  return [...requestTexts(node), ...(node.listed === "" ? [] : [node.listed])];
}

/** A key below a bottom node, or the number of keys that are not shown. */
export interface BelowLabel {
  readonly name: string;
  readonly text: string;
  readonly fault: string | undefined;
}

export function belowLabels(
  { gindex: top, below }: PictureNode,
  nameOf: (gindex: PictureNode["gindex"]) => string,
): BelowLabel[] {
  const shown = below.length > SHOWN_BELOW + 1 ? below.slice(0, SHOWN_BELOW) : below;
  const labels = shown.map(({ gindex, label: requester, levels, fault, isAbsent }): BelowLabel => {
    const path = [...gindexPath(gindex)].slice(gindexDepth(top)).join("");
    const distance = `${levels === 1 ? "1 level" : `${levels} levels`} below, ${pathText(path)}`;
    return { name: nameOf(gindex), text: `${requester}${isAbsent ? ", absent" : ""}, ${distance}`, fault };
  });
  const more = below.length - shown.length;
  const faults = below.slice(shown.length).filter(({ fault }) => fault !== undefined).length;
  return more === 0 ? labels : [...labels, moreBelow(more, faults)];
}

function moreBelow(more: number, faults: number): BelowLabel {
  const fault = faults === 0 ? undefined : `${faults} of them fail`;
  return { name: "…", text: `${more} more keys below`, fault };
}

/** The kinds of the shown nodes, for a legend. */
export function shownKinds(top: ShownNode): NodeKind[] {
  const found = new Set<NodeKind>();
  const pending = [top];
  for (let shown = pending.pop(); shown !== undefined; shown = pending.pop()) {
    found.add(shown.node.kind);
    pending.push(...shown.children);
  }
  return (Object.keys(KINDS) as NodeKind[]).filter((kind) => found.has(kind));
}
