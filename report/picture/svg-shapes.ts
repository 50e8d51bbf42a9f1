/** The elements of an SVG picture. Every text is escaped here, so that none can become markup. */

import { escapeXml, xmlText } from "../text/xml.ts";
import type { NodeKind } from "./node.ts";

/** The width of a column of a monospaced font, as a fraction of the font size. */
export const COLUMN = 0.602;

export const INK = "#1f2328";
export const FAINT = "#59636e";
export const FAULT = "#cf222e";
export const PAPER = "#ffffff";

/** Line and fill colour of each kind. Kinds also differ in shape, for readers who see no colours. */
export const COLORS: Readonly<Record<NodeKind, { readonly line: string; readonly fill: string }>> = {
  inner: { line: "#59636e", fill: "#ffffff" },
  claim: { line: "#1a7f37", fill: "#dafbe1" },
  written: { line: "#8250df", fill: "#fbefff" },
  helper: { line: "#0969da", fill: "#ddf4ff" },
  bottom: { line: "#0969da", fill: "#ddf4ff" },
  zero: { line: "#6e5494", fill: "#f1eef6" },
  absent: { line: "#6e5494", fill: "#ffffff" },
  cut: { line: "#8c959f", fill: "#ffffff" },
  missing: { line: "#9a6700", fill: "#fff8c5" },
};

type Attributes = Readonly<Record<string, string | number>>;

const shown = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 10) / 10) : value;

/** Input: `content`, markup that this file has made. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(shown(value))}"`);
  return content === undefined ? `<${name}${pairs.join("")}/>` : `<${name}${pairs.join("")}>${content}</${name}>`;
}

export interface TextStyle {
  readonly size?: number;
  readonly fill?: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle";
  readonly isVertical?: boolean;
}

/** One line of text; `y` is its baseline. */
export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { size = 11, fill = INK, bold = false, anchor = "start", isVertical = false } = style;
  const attributes: Record<string, string | number> = { x, y, "font-size": size, fill };
  if (bold) attributes["font-weight"] = "bold";
  if (anchor === "middle") attributes["text-anchor"] = "middle";
  if (isVertical) attributes.transform = `rotate(90 ${shown(x)} ${shown(y)})`;
  return element("text", attributes, xmlText(content));
}

/** Adds a tooltip to `content`. */
export function tooltip(hint: string, content: string): string {
  return element("g", {}, `${element("title", {}, xmlText(hint))}${content}`);
}

/** The symbol of a kind, about `size` wide. */
export function mark(kind: NodeKind, x: number, y: number, size = 10): string {
  const { line, fill } = COLORS[kind];
  const r = size / 2;
  const stroke = { stroke: line, "stroke-width": 1.5 };
  const square = { x: x - r, y: y - r, width: size, height: size };
  const circle = { cx: x, cy: y, r };
  switch (kind) {
    case "inner":
      return element("circle", { ...circle, r: r / 2, fill: line });
    case "claim":
      return element("circle", { ...circle, fill: line, ...stroke });
    case "written":
      return element("path", {
        d: `M${shown(x)} ${shown(y - r)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`,
        fill: line,
        ...stroke,
      });
    case "helper":
      return element("circle", { ...circle, fill: PAPER, ...stroke });
    case "bottom":
      return element("rect", { ...square, fill: PAPER, ...stroke });
    case "zero":
      return (
        element("circle", { ...circle, fill, ...stroke }) +
        element("path", { d: `M${shown(x - r)} ${shown(y + r)}l${size} ${-size}`, ...stroke })
      );
    case "absent":
      return element("circle", { ...circle, fill, ...stroke, "stroke-dasharray": "2 2" });
    case "cut":
      return element("rect", { ...square, fill, ...stroke, "stroke-dasharray": "2 2" });
    case "missing":
      return (
        element("rect", { ...square, fill, ...stroke }) +
        text(x, y + 0.32 * size, "?", { size: 0.9 * size, fill: line, bold: true, anchor: "middle" })
      );
  }
}

/** A numbered cross where a check fails; a numbered line of text describes the fault. */
export function faultMark(x: number, y: number, number: number): string {
  const label = String(number);
  const width = 18 + 7 * label.length;
  return (
    element("rect", { x, y: y - 8, width, height: 16, rx: 8, fill: FAULT }) +
    text(x + width / 2, y + 4, `✗ ${label}`, { size: 11, fill: PAPER, bold: true, anchor: "middle" })
  );
}
