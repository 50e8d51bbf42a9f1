/** The declarations of a file and their ranges, collected while the instrumenter walks over the file. */
import type { Range } from "./edit.ts";

/** The used members of a node that Babel visits. */
export interface Node {
  readonly type: string;
  readonly start?: number | null;
  readonly end?: number | null;
  readonly id?: Node | null;
  readonly key?: Node;
  readonly name?: string;
  readonly value?: unknown;
  readonly callee?: Node;
  readonly init?: Node | null;
  readonly body?: Node;
}

export interface NodePath {
  readonly node: Node;
  readonly key: string | number | null;
  readonly listKey?: string;
  readonly parent: Node;
  readonly parentPath: NodePath | null;
}

interface Declaration extends Range {
  readonly name: string;
}

const NAMED_BY_ID = new Set(["FunctionDeclaration", "ClassDeclaration", "VariableDeclarator", "FunctionExpression"]);
const NAMED_BY_KEY = new Set([
  "ClassMethod",
  "ClassPrivateMethod",
  "ClassProperty",
  "ClassPrivateProperty",
  "ObjectMethod",
  "ObjectProperty",
]);
const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ClassMethod",
  "ClassPrivateMethod",
  "ObjectMethod",
]);

export class Declarations {
  readonly #declarations: Declaration[] = [];
  readonly functions: Range[] = [];

  visit({ node }: NodePath): void {
    const { type, start, end } = node;
    // Nodes that the instrumenter has added have no range.
    if (typeof start !== "number" || typeof end !== "number") return;
    const name = NAMED_BY_ID.has(type) ? nameOf(node.id) : NAMED_BY_KEY.has(type) ? nameOf(node.key) : undefined;
    if (name !== undefined) this.#declarations.push({ name, start, end });
    if (FUNCTIONS.has(type)) this.functions.push({ start, end });
  }

  /** The names of the declarations around a range, outermost first, joined by dots. */
  around(start: number, end: number): string {
    const around = this.#declarations.filter((one) => one.start <= start && one.end >= end);
    const names = around.sort((a, b) => a.start - b.start || b.end - a.end).map(({ name }) => name);
    return names.length === 0 ? "module" : names.join(".");
  }
}

function nameOf(node: Node | null | undefined): string | undefined {
  if (node === null || node === undefined) return undefined;
  if (typeof node.name === "string") return node.name;
  if (typeof node.value === "string" || typeof node.value === "number") return String(node.value);
  if (node.type === "PrivateName") return `#${(node.id as Node).name}`;
  return undefined;
}
