/**
 * Decides what of a tree is shown: long paths are folded, and of a large tree only the interesting parts are opened.
 * What is shown is small, whatever the tree is, so whoever draws it may recurse.
 */
import { gindexPath } from "../../reference/core/gindex.ts";
import { type NodeKind, type PictureNode, preOrder } from "./node.ts";

/** A tree is shown whole up to this many rows. */
const WHOLE_ROWS = 200;

/** Rows of a tree that is not shown whole: of what is marked in it and, where nothing is, of its top. */
const EXCERPT_ROWS = 100;
const TOP_ROWS = 40;

/** Fewest levels that are worth folding. */
const FOLDED_LEVELS = 6;

/** Levels of a path of mixed siblings that are shown one by one. */
const MIXED_LEVELS = 24;

/** Claims up to this number are all worth showing. */
const FEW_MARKS = 24;

/** A subtree that the proof leaves out is shown up to this many nodes. */
const CUT_NODES = 6;

/** Keys below one bottom that are shown one by one. */
export const SHOWN_BELOW = 4;

/** How many bottoms of each kind there are. */
export type KindCounts = ReadonlyMap<NodeKind, number>;

/** Levels that are left out between a shown node and the one shown above it. */
export interface Fold {
  readonly levels: number;
  /** The side taken at each, `0` left and `1` right. */
  readonly path: string;
  /** The bottoms beside the path. */
  readonly siblings: KindCounts;
  /** Whether all of those are roots of empty subtrees. */
  readonly isZero: boolean;
}

/** A node as it is shown. */
export interface ShownNode {
  readonly node: PictureNode;
  readonly fold: Fold | undefined;
  /** None or two. */
  children: readonly ShownNode[];
  /** The bottoms below it, where none of them is shown. */
  hidden: KindCounts | undefined;
}

/** What lies at and below a node. */
interface Summary {
  readonly size: number;
  readonly marks: number;
  readonly faults: number;
}

interface Analysis {
  readonly summaries: ReadonlyMap<PictureNode, Summary>;
  /** Nodes on the way to those that must be seen. */
  readonly important: ReadonlySet<PictureNode>;
  readonly marks: number;
}

/** What is shown of the tree at `root`. */
export function foldTree(root: PictureNode): ShownNode {
  const analysis = analyse(root);
  const whole = arrange(root, analysis, WHOLE_ROWS);
  const rows = analysis.marks > 0 ? EXCERPT_ROWS : TOP_ROWS;
  return whole ?? (arrange(root, analysis, rows, true) as ShownNode);
}

/** The bottoms of each kind: of the proof, and those of the whole tree that it leaves out. */
export function countBottoms(nodes: readonly PictureNode[]): KindCounts {
  const counts = new Map<NodeKind, number>();
  for (const node of nodes) if (isBottom(node)) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  return counts;
}

/** Nothing lies below it, or nothing but what the proof leaves out. */
function isBottom({ kind, children }: PictureNode): boolean {
  return children === undefined || (kind !== "cut" && children[0].kind === "cut");
}

/** What lies below a node, in bottoms. */
function countBelow(node: PictureNode): KindCounts {
  return countBottoms(preOrder(node).slice(1));
}

function isMarked({ kind, asked, faults, below }: PictureNode): boolean {
  const isClaimed = kind === "claim" || kind === "written" || kind === "absent";
  return isClaimed || asked.length > 0 || faults.length > 0 || below.length > 0;
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

/** Opens nodes, the most important first, while there are rows. Nothing when they do not suffice, except for an excerpt. */
function arrange(root: PictureNode, analysis: Analysis, mostRows: number, isExcerpt = false): ShownNode | undefined {
  const top: ShownNode = { node: root, fold: undefined, children: [], hidden: undefined };
  let rows = rowsOf(top);
  /** Nodes that can be opened, by importance and then by how near they are to the root. */
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

/** `node`, below `parent`, or the node that a foldable path from there leads to. */
function foldFrom(node: PictureNode, parent: PictureNode, analysis: Analysis): ShownNode {
  const shown = (target: PictureNode, fold: Fold | undefined): ShownNode => {
    return { node: target, fold, children: [], hidden: undefined };
  };
  // The first level of a path is shown: it is where the reader sees the path begin.
  if (linkOf(parent, analysis) === undefined) return shown(node, undefined);
  const links = linksFrom(node, analysis);
  // The last one is shown too, with what the path leads to.
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

/** An inner node of which only one side is of interest. */
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

/** Whether a node can go unseen: a bottom, with at most what the proof leaves out below it, that nobody asks about. */
function isPlain(node: PictureNode, { summaries, marks }: Analysis): boolean {
  if (node.kind === "inner") return false;
  if (!isBottom(node) || hasFault(node) || node.below.length > 0) return false;
  return marks > FEW_MARKS || (summaries.get(node) as Summary).marks === 0;
}

/** The links from `node` on: those with siblings of one kind, or all where the kinds alternate over many levels. */
function linksFrom(node: PictureNode, analysis: Analysis): Link[] {
  const classOf = ({ sibling }: Link): string => (sibling.zeroLevel === undefined ? sibling.kind : "zero");
  const links: Link[] = [];
  let alike = 0;
  for (let at = node; ; at = links[links.length - 1].next) {
    const link = linkOf(at, analysis);
    if (link === undefined || isMarkedInside(at)) break;
    links.push(link);
    if (alike === links.length - 1 && classOf(link) === classOf(links[0])) alike += 1;
    else if (alike > FOLDED_LEVELS) break;
  }
  return links.length > alike && (alike > FOLDED_LEVELS || links.length <= MIXED_LEVELS)
    ? links.slice(0, alike)
    : links;
}

/** Something is to be said of the inner node itself. */
function isMarkedInside({ asked, faults, notes }: PictureNode): boolean {
  return asked.length > 0 || faults.length > 0 || notes.length > 0;
}
