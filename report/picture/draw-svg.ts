/**
 * Draws the trees of a case as SVG: self-contained, without scripts and fonts, and the same for the same case. A tree with
 * few leaves has a box for each node. A tree with many leaves has a symbol for each node and vertical text below leaves.
 */

import type { VectorCase } from "../../harness/cases/vector.ts";
import { breakAnywhere, columnsOf, wrap } from "../text/layout.ts";
import { paragraph, printable } from "../text/printable.ts";
import { xmlText } from "../text/xml.ts";
import { foldTree, type ShownNode } from "./fold.ts";
import { FAULT_GLYPH, factsText, foldTexts, hiddenText, KINDS, noteTexts, requestTexts, shownKinds } from "./labels.ts";
import type { NodeKind, PictureNode } from "./node.ts";
import type { Picture, PictureTree } from "./picture.ts";
import { type PlacedItem, type Placement, placeTree } from "./place.ts";
import {
  COLORS,
  COLUMN,
  element,
  FAINT,
  FAULT,
  faultMark,
  INK,
  mark,
  PAPER,
  type TextStyle,
  text,
  tooltip,
} from "./svg-shapes.ts";
import { shortBytes } from "./words.ts";

const MARGIN = 24;
const LEAST_WIDTH = 680;

/** The maximum number of leaves of a tree that is drawn with boxes. */
const MOST_BOXES = 10;

const BOX = { width: 158, slot: 170, gap: 36 };
/** The distance from the middle of a symbol to the text below it, with a triangle between them. */
const DROP = 18;

const DOT = { size: 10, slot: 18, rank: 46, letters: 48 };

/** A part of the picture. The origin of its markup is its upper left corner. */
interface Part {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/** The faults of all trees of the picture; their indices are the numbers in the picture. */
type FaultList = { readonly place: string; readonly fault: string }[];

export function pictureSvg(vector: Pick<VectorCase, "id" | "about">, picture: Picture): string {
  const faults: FaultList = [];
  const folded = picture.trees.map((tree) => ({ tree, top: foldTree(tree.root) }));
  const drawn = folded.map(({ tree, top }) => {
    const name = picture.trees.length === 1 ? "" : `${tree.title}, `;
    return { tree, part: drawTree(top, tree, name, faults) };
  });
  const kinds = new Set(folded.flatMap(({ top }) => shownKinds(top)));
  const width = Math.max(LEAST_WIDTH, ...drawn.map(({ part }) => part.width));
  const parts = [
    prose(vector.id, width, { size: 14, bold: true }),
    prose(paragraph(vector.about, 400), width, { size: 12, fill: FAINT }),
    ...drawn.flatMap(({ tree, part }) => [
      gap(14),
      prose(`${tree.title}: ${factsText(tree.root)}`, width, { size: 12, bold: true }),
      gap(10),
      part,
    ]),
    gap(14),
    ...verdictParts(picture, faults, width),
    gap(8),
    legend([...kinds], width),
  ];
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  const body: string[] = [];
  let y = MARGIN;
  for (const part of parts) {
    if (part.markup !== "")
      body.push(element("g", { transform: `translate(${MARGIN} ${Math.round(y)})` }, part.markup));
    y += part.height;
  }
  const size = { width: Math.ceil(width + 2 * MARGIN), height: Math.ceil(height + 2 * MARGIN) };
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: "img",
    "font-family": "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace",
  };
  const title = element("title", {}, xmlText(`The tree of ${vector.id}`));
  const background = element("rect", { width: size.width, height: size.height, fill: PAPER });
  return `${element("svg", attributes, `\n${[title, background, ...body].join("\n")}\n`)}\n`;
}

const gap = (height: number): Part => ({ markup: "", width: 0, height });

/** A text, wrapped to the width. */
function prose(content: string, width: number, style: TextStyle & { readonly size: number }): Part {
  const columns = Math.floor(width / (COLUMN * style.size));
  const lines = wrap(printable(content, 600), columns).flatMap((line) => breakAnywhere(line, columns));
  const step = Math.round(1.45 * style.size);
  const markup = lines.map((line, index) => text(0, step * index + style.size, line, style)).join("");
  return { markup, width, height: step * lines.length };
}

const SHOWN_FAULTS = 12;

/** The list of faults, and the rejection by the reference. */
function verdictParts({ rejection, remarks }: Picture, faults: FaultList, width: number): Part[] {
  const red = { size: 12, fill: FAULT };
  const listed = faults
    .slice(0, SHOWN_FAULTS)
    .map(({ place, fault }, index) => `${FAULT_GLYPH} ${index + 1}  ${place}: ${fault}`);
  const more = faults.length - listed.length;
  return [
    ...listed.map((line) => prose(line, width, red)),
    ...(more > 0 ? [prose(`${FAULT_GLYPH} and ${more} more`, width, red)] : []),
    ...(rejection === undefined
      ? []
      : [prose(`the reference rejects it as ${rejection}`, width, { ...red, bold: true })]),
    ...remarks.slice(0, SHOWN_FAULTS).map((remark) => prose(remark, width, { size: 12, fill: FAINT })),
  ];
}

function legend(kinds: readonly NodeKind[], width: number): Part {
  let markup = "";
  let [x, y] = [0, 10];
  for (const kind of kinds) {
    const label = `${KINDS[kind].word}: ${KINDS[kind].about}`;
    const columns = 11 * COLUMN * columnsOf(label);
    if (x > 0 && x + 16 + columns > width) [x, y] = [0, y + 18];
    markup += mark(kind, x + 6, y) + text(x + 18, y + 4, label, { fill: FAINT });
    x += 18 + columns + 24;
  }
  return { markup, width, height: y + 10 };
}

interface Grid {
  readonly slot: number;
  readonly rank: number;
  /** The extent of an item above and below its middle. */
  readonly reach: number;
}

/** The grid for boxes that are as high as the tree's highest box. */
function boxGrid({ items }: Placement): Grid {
  const lines = items.map(({ what }) => (what.kind === "node" ? nodeLines(what.shown).length : 2));
  const height = 24 + LINE * Math.max(...lines);
  return { slot: BOX.slot, rank: height + BOX.gap, reach: height / 2 };
}

/** The lines of a box below its name. */
function nodeLines({ node, hidden }: ShownNode): string[] {
  const requests = requestTexts(node).join(", ");
  const lines = [node.value === undefined ? "" : shortBytes(node.value), requests, node.listed];
  if (hidden !== undefined) lines.push(`⋯ ${hiddenText(hidden)}`);
  return lines.filter((line) => line !== "");
}

function drawTree(top: ShownNode, tree: PictureTree, treeName: string, faults: FaultList): Part {
  const boxed = placeTree(top, tree.nameOf, false);
  const isBoxed = boxed.slots <= MOST_BOXES;
  const placement = isBoxed ? boxed : placeTree(top, tree.nameOf, true);
  const grid = isBoxed ? boxGrid(placement) : { slot: DOT.slot, rank: DOT.rank, reach: DOT.size / 2 };
  const numbers = (place: string, texts: readonly string[]): number[] => {
    return texts.map((fault) => faults.push({ place: `${treeName}${place}`, fault }));
  };
  const edges = placement.items.map((item) => drawEdge(item, grid));
  // Lines to requested nodes are drawn last, on top of the others.
  edges.sort((a, b) => Number(a.isOnPath) - Number(b.isOnPath));
  const items = placement.items.map((item) => {
    const [x, y] = centre(item, grid);
    return isBoxed ? drawBox(item, x, y, 2 * grid.reach, tree, numbers) : drawDot(item, x, y, tree, numbers);
  });
  return {
    markup: edges.map(({ markup }) => markup).join("") + items.join("\n"),
    width: placement.slots * grid.slot,
    height:
      Math.max(...placement.items.map((item) => lowestPoint(item, grid, isBoxed ? "" : dotWords(item, tree)))) + 8,
  };
}

function lowestPoint({ rank }: PlacedItem, grid: Grid, words: string): number {
  const letters = Math.min(DOT.letters, columnsOf(words));
  return rank * grid.rank + 2 * grid.reach + (letters === 0 ? 0 : DROP + 10 * COLUMN * letters);
}

function centre({ middle, rank }: PlacedItem, grid: Grid): [number, number] {
  return [middle * grid.slot, rank * grid.rank + grid.reach];
}

function drawEdge(item: PlacedItem, grid: Grid): { markup: string; isOnPath: boolean } {
  const { parent, isOnPath, what } = item;
  if (parent === undefined) return { markup: "", isOnPath };
  const [x, y] = centre(item, grid);
  const [parentX, parentY] = centre(parent, grid);
  const bend = parentY + grid.rank / 2 + (grid.reach > 10 ? 6 : 0);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const isDotted = what.kind === "below" || what.kind === "fold" || parent.what.kind === "fold";
  const markup = element("path", {
    d: `M${round(parentX)} ${round(parentY)}V${round(bend)}H${round(x)}V${round(y)}`,
    fill: "none",
    stroke: isOnPath ? INK : "#b7bfc8",
    "stroke-width": isOnPath ? 1.6 : 1.1,
    ...(isDotted ? { "stroke-dasharray": "3 4" } : {}),
  });
  return { markup, isOnPath };
}

/** Shortens `content` to at most `columns`. */
function cut(content: string, columns: number): string {
  const characters = [...content];
  return characters.length <= columns ? content : `${characters.slice(0, columns - 1).join("")}…`;
}

const LINE = 15;
const TITLE_COLUMNS = 20;
const BODY_COLUMNS = Math.floor((BOX.width - 14) / (10.5 * COLUMN));

type Number = (place: string, faults: readonly string[]) => number[];

function drawBox(
  { what }: PlacedItem,
  x: number,
  y: number,
  height: number,
  { nameOf }: PictureTree,
  number: Number,
): string {
  const box = (attributes: Record<string, string | number>): string => {
    const place = { x: x - BOX.width / 2, y: y - height / 2, width: BOX.width, height };
    return element("rect", { ...place, rx: 6, ...attributes });
  };
  const [left, top] = [x - BOX.width / 2, y - height / 2];
  const lines = (texts: readonly string[], from: number, fill: string): string => {
    return texts
      .map((line, index) => text(left + 8, top + from + LINE * index, cut(line, BODY_COLUMNS), { size: 10.5, fill }))
      .join("");
  };
  const dashed = { fill: PAPER, stroke: FAINT, "stroke-width": 1.2, "stroke-dasharray": "4 3" };
  if (what.kind === "fold") {
    const texts = foldTexts(what.fold);
    const first = text(left + 8, top + 15, `⋮ ${texts[0]}`, { bold: true, fill: FAINT });
    return tooltip(texts.join("; "), box(dashed) + first + lines(texts.slice(1), 15 + LINE, FAINT));
  }
  if (what.kind === "below") {
    const { name, text: about, fault } = what.label;
    const marks = number(name, fault === undefined ? [] : [fault]).map((one) =>
      faultMark(left + BOX.width - 20, top, one),
    );
    const color = fault === undefined ? FAINT : FAULT;
    const first = text(left + 8, top + 15, cut(name, TITLE_COLUMNS), { bold: true, fill: color });
    const [requester, ...path] = about.split(", ");
    const body = lines([requester, path.join(", ")], 15 + LINE, FAINT);
    return tooltip(`${name}: ${about}`, box({ ...dashed, stroke: color }) + first + body + marks.join(""));
  }
  const { node, hidden } = what.shown;
  const { line, fill } = COLORS[node.kind];
  const name = nameOf(node.gindex);
  const fails = node.faults.length > 0;
  const frame = { fill, stroke: fails ? FAULT : line, "stroke-width": fails ? 2.5 : node.kind === "inner" ? 1 : 1.5 };
  const isDashed = node.kind === "cut" || node.kind === "missing" || node.kind === "absent";
  return tooltip(
    hintOf(node, name, noteTexts(node).join(", ")),
    box(isDashed ? { ...frame, "stroke-dasharray": "4 3" } : frame) +
      (hidden === undefined ? "" : triangle(x, y + height / 2, 12, line)) +
      mark(node.kind, left + 13, top + 12, 9) +
      text(left + 23, top + 16, cut(name, TITLE_COLUMNS), { bold: node.kind !== "inner" }) +
      lines(nodeLines(what.shown), 16 + LINE, FAINT) +
      number(name, node.faults)
        .map((one, index) => faultMark(left + BOX.width - 22 - 30 * index, top, one))
        .join(""),
  );
}

/** The symbol for a hidden subtree. */
function triangle(x: number, y: number, size: number, line: string): string {
  const d = `M${Math.round(x)} ${Math.round(y)}l${-size} ${size}h${2 * size}z`;
  return element("path", { d, fill: "#eff1f3", stroke: line, "stroke-width": 1 });
}

/** The text below a leaf. */
function dotWords({ what }: PlacedItem, { nameOf }: PictureTree): string {
  if (what.kind === "below") return `${what.label.name}  ${what.label.text}`;
  if (what.kind === "fold" || what.shown.children.length > 0) return "";
  const { node, hidden } = what.shown;
  const value = node.value === undefined ? "" : `${shortBytes(node.value).slice(0, 10)}…`;
  const parts = hidden === undefined ? [value, noteTexts(node).join(", ")] : [`⋯ ${hiddenText(hidden)}`];
  return [nameOf(node.gindex), ...parts].filter((part) => part !== "").join("  ");
}

function drawDot(item: PlacedItem, x: number, y: number, tree: PictureTree, number: Number): string {
  const { what } = item;
  const words = dotWords(item, tree);
  /** Draws the first label that fits to the right of an item with leaves below it. */
  const beside = (labels: readonly string[], up: number): string => {
    const columns = Math.floor((item.slots * DOT.slot) / 2 / (9 * COLUMN)) - 1;
    const label = labels.find((one) => columnsOf(one) <= columns);
    return label === undefined ? "" : text(x + 8, y - up, label, { size: 9, fill: FAINT });
  };
  if (what.kind === "fold") {
    const texts = foldTexts(what.fold);
    const place = { x: x - 3, y: y - 9, width: 6, height: 18, rx: 3 };
    const bar = element("rect", { ...place, fill: PAPER, stroke: FAINT, "stroke-dasharray": "2 2" });
    return tooltip(
      texts.join("; "),
      bar + beside([`⋮ ${texts.join(", ")}`, `⋮ ${texts[0]}`, `⋮${what.fold.levels}`], -3),
    );
  }
  if (what.kind === "below") {
    const { name, text: about, fault } = what.label;
    const marks = number(name, fault === undefined ? [] : [fault]).map((one) => faultMark(x - 12, y - 2, one));
    return tooltip(
      `${name}: ${about}`,
      downwards(x, y + 10, words, fault === undefined ? FAINT : FAULT) + marks.join(""),
    );
  }
  const { node, hidden } = what.shown;
  const name = tree.nameOf(node.gindex);
  const color = node.kind === "claim" || node.kind === "written" ? COLORS[node.kind].line : INK;
  const ring = { cx: x, cy: y, r: 9, fill: "none", stroke: FAULT, "stroke-width": 2 };
  return tooltip(
    hintOf(node, name, noteTexts(node).join(", ")),
    (hidden === undefined ? "" : triangle(x, y, 8, COLORS.inner.line)) +
      (node.faults.length > 0 ? element("circle", ring) : "") +
      mark(node.kind, x, y, DOT.size) +
      (words === ""
        ? beside([[name, ...requestTexts(node)].join(" "), name], 4)
        : downwards(x, y + (hidden === undefined ? 10 : DROP), words, color)) +
      number(name, node.faults)
        .map((one, index) => faultMark(x - 12, y - 16 - 17 * index, one))
        .join(""),
  );
}

function downwards(x: number, y: number, content: string, fill: string): string {
  return text(x - 3.5, y, cut(content, DOT.letters), { size: 10, fill, isVertical: true });
}

/** The tooltip of a node. */
function hintOf({ kind, value, faults }: PictureNode, name: string, note: string): string {
  const shown = value === undefined ? [] : [shortBytes(value)];
  return [`${name}: ${KINDS[kind].word}`, ...shown, ...(note === "" ? [] : [note]), ...faults].join("; ");
}
