/**
 * Selects the nodes of a tree that are shown: long paths are folded, and only the relevant parts of a large tree are
 * opened. The result is small for any tree, so code that draws it may recurse.
 */
import { gindexPath } from "../../reference/core/gindex.ts";
import { type NodeKind, type PictureNode, preOrder } from "./node.ts";

/** Trees of up to this many rows are shown in full. */
const WHOLE_ROWS = 200;

/** Rows of a larger tree: of its marked nodes or, if none is marked, of its top. */
const EXCERPT_ROWS = 100;
const TOP_ROWS = 40;

/** The minimum number of levels to fold. */
const FOLDED_LEVELS = 6;

/** Up to this many levels of a path with siblings of several kinds are shown one by one. */
const MIXED_LEVELS = 24;

/** Up to this many claims are all shown. */
const FEW_MARKS = 24;

/** A subtree that the proof omits is shown if it has at most this many nodes. */
const CUT_NODES = 6;

/** Up to this many keys below one bottom node are shown one by one. */
export const SHOWN_BELOW = 4;

/** The number of bottom nodes of each kind. */
export type KindCounts = ReadonlyMap<NodeKind, number>;

/** Levels that are omitted between a shown node and the next one above it. */
export interface Fold {
  readonly levels: number;
  /** The side at each level, `0` for left and `1` for right. */
  readonly path: string;
  /** The bottom nodes beside the path. */
  readonly siblings: KindCounts;
  /** Whether all siblings are roots of empty subtrees. */
  readonly isZero: boolean;
}

export interface ShownNode {
  readonly node: PictureNode;
  readonly fold: Fold | undefined;
  /** None or two. */
  children: readonly ShownNode[];
  /** The bottom nodes below it, if none of them is shown. */
  hidden: KindCounts | undefined;
}

/** Counts over a node and all nodes below it. */
interface Summary {
  readonly size: number;
  readonly marks: number;
  readonly faults: number;
}

interface Analysis {
  readonly summaries: ReadonlyMap<PictureNode, Summary>;
  /** Nodes on the paths to nodes that must be shown. */
  readonly important: ReadonlySet<PictureNode>;
  readonly marks: number;
}

export function foldTree(root: PictureNode): ShownNode {
  const analysis = analyse(root);
  const whole = arrange(root, analysis, WHOLE_ROWS);
  const rows = analysis.marks > 0 ? EXCERPT_ROWS : TOP_ROWS;
  return whole ?? (arrange(root, analysis, rows, true) as ShownNode);
}

/** Counts the bottom nodes of the proof, and those of the whole tree that it omits. */
export function countBottoms(nodes: readonly PictureNode[]): KindCounts {
  const counts = new Map<NodeKind, number>();
  for (const node of nodes) if (isBottom(node)) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  return counts;
}

/** Whether no node is below it, except nodes that the proof omits. */
function isBottom({ kind, children }: PictureNode): boolean {
  return children === undefined || (kind !== "cut" && children[0].kind === "cut");
}

/** Counts the bottom nodes below a node. */
function countBelow(node: PictureNode): KindCounts {
  return countBottoms(preOrder(node).slice(1));
}

function isMarked({ kind, requestedBy, faults, below }: PictureNode): boolean {
  const isClaimed = kind === "claim" || kind === "written" || kind === "absent";
  return isClaimed || requestedBy.length > 0 || faults.length > 0 || below.length > 0;
}

function analyse(root: PictureNode): Analysis {
  const summaries = new Map<PictureNode, Summary>();
  const nodes = preOrder(root);
  for (const node of nodes.toReversed()) {
    const below = (node.children ?? []).map((child) => summaries.get(child) as Summary);
    const sum = (name: keyof Summary): number => below.reduce((total, summary) => total + summary[name], 0);
    summaries.set(node, {
      size: 1 + sum("size"),
      marks: (isMarked(node) ? 1 : 0) + sum("marks"),
      faults: (hasFault(node) ? 1 : 0) + sum("faults"),
    });
  }
  const marked = nodes.filter(isMarked);
  const few = marked.length <= FEW_MARKS ? marked : [marked[0], marked[marked.length - 1]];
  const important = new Set(few.flatMap((node) => pathTo(root, node)));
  return { summaries, important, marks: marked.length };
}

function hasFault({ faults, below }: PictureNode): boolean {
  return faults.length > 0 || below.some(({ fault }) => fault !== undefined);
}

function pathTo(root: PictureNode, { gindex }: PictureNode): PictureNode[] {
  const path = [root];
  for (const side of gindexPath(gindex)) path.push((path[path.length - 1].children as readonly PictureNode[])[side]);
  return path;
}

/**
 * Opens nodes, the most important first, until all rows are used. Returns undefined when the rows are too few for the whole
 * tree, unless an excerpt is requested.
 */
function arrange(root: PictureNode, analysis: Analysis, mostRows: number, isExcerpt = false): ShownNode | undefined {
  const top: ShownNode = { node: root, fold: undefined, children: [], hidden: undefined };
  let rows = rowsOf(top);
  /** Nodes that can be opened, by importance and then by distance from the root. */
  const classes: ShownNode[][] = [[], [], []];
  const offer = (shown: ShownNode): void => {
    const { node } = shown;
    if (node.children === undefined) return;
    const { size, marks, faults } = analysis.summaries.get(node) as Summary;
    const isCut = marks === (isMarked(node) ? 1 : 0) && node.children.every(({ kind }) => kind === "cut");
    const isIdle = isExcerpt && marks === 0 && analysis.marks > 0;
    if (isIdle || (isCut && size - 1 > CUT_NODES)) shown.hidden = countBelow(node);
    else classes[faults > 0 ? 0 : analysis.important.has(node) ? 1 : 2].push(shown);
  };
  offer(top);
  for (;;) {
    const shown = (
      classes[0][0] === undefined ? (classes[1][0] === undefined ? classes[2] : classes[1]) : classes[0]
    ).shift();
    if (shown === undefined) return top;
    if (rows >= mostRows) {
      if (!isExcerpt) return undefined;
      shown.hidden = countBelow(shown.node);
      continue;
    }
    shown.children = (shown.node.children ?? []).map((child) => foldFrom(child, shown.node, analysis));
    for (const child of shown.children) {
      rows += rowsOf(child);
      offer(child);
    }
  }
}

function rowsOf({ node, fold }: ShownNode): number {
  return 1 + (fold === undefined ? 0 : 1) + node.faults.length + Math.min(node.below.length, SHOWN_BELOW + 1);
}

/** Returns `node`, which is below `parent`, or the node at the end of a foldable path that starts there. */
function foldFrom(node: PictureNode, parent: PictureNode, analysis: Analysis): ShownNode {
  const shown = (target: PictureNode, fold: Fold | undefined): ShownNode => {
    return { node: target, fold, children: [], hidden: undefined };
  };
  // The first level of a path is always shown, so that the reader sees where it begins.
  if (linkOf(parent, analysis) === undefined) return shown(node, undefined);
  const links = linksFrom(node, analysis);
  // The last level is always shown, with the node at the end of the path.
  const levels = links.length - 1;
  if (levels < FOLDED_LEVELS) return shown(node, undefined);
  const folded = links.slice(0, -1);
  const siblings = new Map<NodeKind, number>();
  for (const { sibling } of folded) siblings.set(sibling.kind, (siblings.get(sibling.kind) ?? 0) + 1);
  const isZero = folded.every(({ sibling }) => sibling.zeroLevel !== undefined);
  const target = folded[levels - 1].next;
  const path = [...gindexPath(target.gindex)].slice(-levels).join("");
  return shown(target, { levels, path, siblings, isZero });
}

/** An inner node with one relevant child. */
interface Link {
  readonly sibling: PictureNode;
  readonly next: PictureNode;
}

function linkOf(node: PictureNode, analysis: Analysis): Link | undefined {
  if (node.children === undefined || node.kind !== "inner") return undefined;
  const [left, right] = node.children;
  const [leftIsPlain, rightIsPlain] = [isPlain(left, analysis), isPlain(right, analysis)];
  if (leftIsPlain === rightIsPlain) return undefined;
  return leftIsPlain ? { sibling: left, next: right } : { sibling: right, next: left };
}

/** Whether a node can be hidden: a bottom node that is not requested and has no fault. */
function isPlain(node: PictureNode, { summaries, marks }: Analysis): boolean {
  if (node.kind === "inner") return false;
  if (!isBottom(node) || hasFault(node) || node.below.length > 0) return false;
  return marks > FEW_MARKS || (summaries.get(node) as Summary).marks === 0;
}

/** Returns the links that start at `node`: those with siblings of one kind, or all if the kinds alternate for long. */
function linksFrom(node: PictureNode, analysis: Analysis): Link[] {
  const classOf = ({ sibling }: Link): string => (sibling.zeroLevel === undefined ? sibling.kind : "zero");
  const links: Link[] = [];
  let alike = 0;
  for (let current = node; ; current = links[links.length - 1].next) {
    const link = linkOf(current, analysis);
    if (link === undefined || isMarkedInside(current)) break;
    links.push(link);
    if (alike === links.length - 1 && classOf(link) === classOf(links[0])) alike += 1;
    else if (alike > FOLDED_LEVELS) break;
  }
  return links.length > alike && (alike > FOLDED_LEVELS || links.length <= MIXED_LEVELS)
    ? links.slice(0, alike)
    : links;
}

/** Whether the inner node itself has a label. */
function isMarkedInside({ requestedBy, faults, notes }: PictureNode): boolean {
  return requestedBy.length > 0 || faults.length > 0 || notes.length > 0;
}
