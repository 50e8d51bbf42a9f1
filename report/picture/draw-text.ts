/** Draws the trees of a case for a terminal. */

import { breakAnywhere, columnsOf, type Paint, type Style, wrap } from "../text/layout.ts";
import { printable } from "../text/printable.ts";
import { foldTree, type ShownNode } from "./fold.ts";
import { belowLabels, FAULT_GLYPH, factsText, foldTexts, hiddenText, KINDS, noteTexts, shownKinds } from "./labels.ts";
import type { NodeKind, PictureNode } from "./node.ts";
import type { Picture, PictureTree } from "./picture.ts";
import { shortBytes } from "./words.ts";

/** In narrower terminals, only the beginning of a value is printed. */
const NARROW = 80;

/** Columns of a line beside its branches: name, kind and continuation; in wide terminals also a value. */
const NARROW_COLUMNS = 38;
const COLUMNS = NARROW_COLUMNS + 21;

/** Trees of more levels have a smaller indentation. */
const WIDE_INDENT_LEVELS = 8;

const SHOWN_REMARKS = 8;

/** A piece of a line in one colour. */
interface Piece {
  readonly text: string;
  readonly paint?: Paint | undefined;
}

/** A line of a tree: its branches, followed by a node in columns or by a text that fills the line. */
type Row =
  | { readonly branches: string; readonly node: PictureNode; readonly name: string; readonly more: string | undefined }
  | { readonly branches: string; readonly text: string; readonly paint: Paint };

/** Output: no lines for a picture without trees, rejection and remarks. */
export function pictureLines(picture: Picture, style: Style): string[] {
  const { trees, rejection, remarks } = picture;
  const folded = trees.map((tree) => ({ tree, top: foldTree(tree.root) }));
  const kinds = new Set(folded.flatMap(({ top }) => shownKinds(top)));
  const shown = remarks.slice(0, SHOWN_REMARKS);
  const more = remarks.length - shown.length;
  return [
    ...folded.flatMap(({ tree, top }) => [...treeLines(tree, top, style), ""]),
    ...(rejection === undefined ? [] : faultLines(`the reference rejects it as ${rejection}`, "", style)),
    ...shown.flatMap((remark) => hanging("", "! ", remark, style.width, style.paint.yellow)),
    ...(more > 0 ? [`! ${more} more remarks`] : []),
    ...(trees.length === 0 ? [] : legendLines(kinds, style)),
  ];
}

function legendLines(kinds: ReadonlySet<NodeKind>, { paint, width }: Style): string[] {
  const texts = (Object.keys(KINDS) as NodeKind[])
    .filter((kind) => kinds.has(kind))
    .map((kind) => `${KINDS[kind].glyph} ${KINDS[kind].word}: ${KINDS[kind].about}`);
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(last) + 3 + columnsOf(text) <= width)
      lines[lines.length - 1] = `${last}   ${text}`;
    else lines.push(text);
  }
  return lines.map((line) => paint.dim(line));
}

function treeLines({ title, root, nameOf }: PictureTree, top: ShownNode, style: Style): string[] {
  const { paint, width } = style;
  const rows = rowsOf(top, nameOf, style);
  const lefts = rows.flatMap((row) => ("node" in row ? [columnsOf(row.branches) + columnsOf(row.name)] : []));
  const leftWidth = Math.max(...lefts);
  return [
    ...hanging("", "", `${title}: ${factsText(root)}`, width, paint.bold),
    ...rows.flatMap((row) => ("node" in row ? [nodeLine(row, leftWidth, style)] : textLines(row, style))),
  ];
}

/** Subtrees that are too deep for the width follow as separate trees, each with a number. */
function rowsOf(top: ShownNode, nameOf: PictureTree["nameOf"], { paint, width }: Style): Row[] {
  const step = width < NARROW || levelsOf(top) > WIDE_INDENT_LEVELS ? 2 : 3;
  const dash = step === 3 ? "─" : "";
  const mostLevels = Math.max(2, Math.floor((width - (width < NARROW ? NARROW_COLUMNS : COLUMNS)) / step));
  const rows: Row[] = [];
  const later: ShownNode[] = [];
  let number = 0;

  /** Input: `branches`, the prefix of the node's own line; `trunk`, the prefix of the lines below it. */
  const add = (shown: ShownNode, branches: string, trunk: string, level: number): void => {
    const { node, children, hidden } = shown;
    const belows = belowLabels(node, nameOf);
    const continues = children.length > 0 && level >= mostLevels;
    if (continues) later.push(shown);
    const rest = children.length > 0 && !continues ? 2 : 0;
    const more = continues ? `↓ (${number + later.length})` : hidden && `⋯ ${hiddenText(hidden)}`;
    rows.push({ branches, node, name: nameOf(node.gindex), more });
    const bar = rest > 0 || belows.length > 0 ? `${trunk}│`.padEnd(trunk.length + step) : trunk + " ".repeat(step);
    for (const fault of node.faults) rows.push({ branches: bar, text: `${FAULT_GLYPH} ${fault}`, paint: paint.red });
    for (const [index, { name, text, fault }] of belows.entries()) {
      const corner = index === belows.length - 1 ? "└" : "├";
      const marks = fault === undefined ? "" : ` ${FAULT_GLYPH} ${fault}`;
      const color = fault === undefined ? paint.dim : paint.red;
      rows.push({
        branches: `${trunk}${corner}${"┄".repeat(step - 2)} `,
        text: `${name}: ${text}${marks}`,
        paint: color,
      });
    }
    if (rest === 0) return;
    for (const [index, child] of children.entries()) {
      const isLast = index === children.length - 1;
      let [branch, under, childLevel] = [
        `${trunk}${isLast ? "└" : "├"}${dash} `,
        `${trunk}${isLast ? " " : "│"}`,
        level + 1,
      ];
      under = under.padEnd(trunk.length + step);
      if (child.fold !== undefined) {
        rows.push({ branches: branch, text: `⋮ ${foldTexts(child.fold).join(", ")}`, paint: paint.dim });
        branch = `${under}└${dash} `;
        under = `${under} `.padEnd(under.length + step);
        childLevel += 1;
      }
      add(child, branch, under, childLevel);
    }
  };

  add(top, "", "", 0);
  for (let part = later.shift(); part !== undefined; part = later.shift()) {
    number += 1;
    const label = `(${number}) `;
    rows.push({ branches: "", text: "", paint: paint.dim });
    add({ ...part, node: { ...part.node, faults: [], below: [] } }, label, " ".repeat(label.length), 0);
  }
  return rows;
}

/** The number of shown levels. The recursion is bounded, because the number of shown nodes is. */
function levelsOf({ children }: ShownNode): number {
  return children.reduce((most, child) => Math.max(most, levelsOf(child) + (child.fold === undefined ? 1 : 2)), 0);
}

function nodeLine(
  { branches, node, name, more }: Extract<Row, { node: PictureNode }>,
  leftWidth: number,
  style: Style,
): string {
  const { paint, width } = style;
  const { glyph, word } = KINDS[node.kind];
  const fails = node.faults.length > 0;
  const color = fails ? paint.red : paintOf(node.kind, style);
  const shownValue = node.value === undefined ? "" : shortBytes(node.value);
  const isNarrow = width < NARROW;
  const shortValue = isNarrow && shownValue.length > 11 ? `${shownValue.slice(0, 10)}…` : shownValue;
  // If only one of them fits, the count of hidden nodes is more important than the value.
  const value = isNarrow && more !== undefined ? "" : `${shortValue.padEnd(isNarrow ? 11 : 19)}  `;
  const pad = " ".repeat(Math.max(0, leftWidth - columnsOf(branches) - columnsOf(name)));
  const notes = [...(more === undefined ? [] : [more]), ...noteTexts(node)].join(", ");
  return fitted(
    [
      { text: branches, paint: paint.dim },
      { text: name, paint: node.kind === "inner" && !fails ? undefined : color },
      { text: `${pad}  ${fails ? FAULT_GLYPH : glyph} ${word.padEnd(7)} `, paint: color },
      { text: value, paint: node.kind === "cut" ? paint.dim : undefined },
      { text: notes, paint: paint.dim },
    ],
    width,
  );
}

function paintOf(kind: NodeKind, { paint }: Style): Paint {
  switch (kind) {
    case "claim":
      return paint.green;
    case "written":
      return paint.magenta;
    case "helper":
    case "bottom":
      return paint.cyan;
    case "zero":
    case "absent":
      return paint.blue;
    case "missing":
      return paint.yellow;
    case "inner":
    case "cut":
      return paint.dim;
  }
}

/** Joins the pieces to one line, cut at `width`. */
function fitted(pieces: readonly Piece[], width: number): string {
  const textual = pieces.map(({ text }) => text).join("");
  const isCut = columnsOf(textual.trimEnd()) > width;
  let room = isCut ? width - 1 : width;
  let line = "";
  let written = "";
  for (const { text, paint } of pieces) {
    const kept = [...text].slice(0, room).join("");
    room -= columnsOf(kept);
    written += kept;
    line += paint === undefined || kept.trim() === "" ? kept : paint(kept);
  }
  if (isCut) return `${line}…`;
  return written.endsWith(" ") ? line.trimEnd() : line;
}

function textLines(
  { branches, text, paint: color }: Extract<Row, { text: string }>,
  { paint, width }: Style,
): string[] {
  const bar = branches.replaceAll("├", "│").replaceAll(/[└─┄]/g, " ");
  return hangingParts(text, width - columnsOf(branches)).map((part, index) => {
    return `${paint.dim(index === 0 ? branches : bar)}${color(part)}`.trimEnd();
  });
}

function faultLines(text: string, indent: string, { paint, width }: Style): string[] {
  return hanging(indent, `${FAULT_GLYPH} `, text, width, paint.red);
}

/** A wrapped text after a symbol. No line is wider than `width`, even if a word is. */
function hanging(indent: string, mark: string, text: string, width: number, color: Paint): string[] {
  const room = width - columnsOf(indent) - columnsOf(mark);
  return hangingParts(text, room).map((part, index) => {
    return `${indent}${color(`${index === 0 ? mark : " ".repeat(columnsOf(mark))}${part}`)}`;
  });
}

function hangingParts(text: string, room: number): string[] {
  if (text === "") return [""];
  return wrap(printable(text, 600), room).flatMap((line) => breakAnywhere(line, room));
}
