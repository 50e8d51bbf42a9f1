/** Reads and writes S-expressions, the syntax of the scripts of WebAssembly's test suite. */

export type Node = Atom | Text | List;

/** A keyword, number, name or reserved token. */
export interface Atom {
  readonly kind: "atom";
  readonly text: string;
}

/** A string, without its quotes and with its escapes. */
export interface Text {
  readonly kind: "string";
  readonly text: string;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Node[];
  /** Line of its first character, from 1. */
  readonly line: number;
}

const TOKEN = /"((?:[^"\\]|\\[\s\S])*)"|\(;|;;[^\n\r]*|[()]|[^\s"();]+|\s+/y;

/** Returns the top-level lists of a script. Errors: Error for a script that is not well-formed. */
export function parseScript(source: string): List[] {
  const top: Node[] = [];
  const open: { items: Node[]; line: number }[] = [];
  let line = 1;
  for (let at = 0; at < source.length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) throw new Error(`line ${line}: ${JSON.stringify(source.slice(at, at + 20))} is not a token`);
    const [token, string] = match;
    const next = token === "(;" ? endOfComment(source, at) : TOKEN.lastIndex;
    const items = open.at(-1)?.items ?? top;
    if (token === "(") open.push({ items: [], line });
    else if (token === ")") {
      const closed = open.pop();
      if (closed === undefined) throw new Error(`line ${line}: ) closes nothing`);
      (open.at(-1)?.items ?? top).push({ kind: "list", ...closed });
    } else if (string !== undefined) items.push({ kind: "string", text: string });
    else if (token !== "(;" && !token.startsWith(";;") && token.trim() !== "")
      items.push({ kind: "atom", text: token });
    line += source.slice(at, next).split("\n").length - 1;
    at = next;
  }
  if (open.length > 0) throw new Error(`line ${open[0].line}: ( is never closed`);
  return top.map((node) => (node.kind === "list" ? node : unexpected(node)));
}

/** Non-ASCII characters are escaped. */
export function print(node: Node): string {
  switch (node.kind) {
    case "atom":
      return node.text;
    case "string":
      return `"${node.text.replaceAll(/[^\0-\x7f]+/gu, escaped)}"`;
    case "list":
      return `(${node.items.map(print).join(" ")})`;
  }
}

function escaped(characters: string): string {
  return [...Buffer.from(characters)].map((byte) => `\\${byte.toString(16)}`).join("");
}

/** The first word of a list, undefined for anything else. */
export function headOf(node: Node | undefined): string | undefined {
  const first = node?.kind === "list" ? node.items[0] : undefined;
  return first?.kind === "atom" ? first.text : undefined;
}

/** The bytes of a string of the text format. */
export function bytesOf({ text }: Text): Uint8Array {
  const parts: Buffer[] = [];
  for (const [part] of text.matchAll(/\\u\{[0-9a-fA-F_]+\}|\\[0-9a-fA-F]{2}|\\.|[^\\]+/gs)) parts.push(decoded(part));
  return Uint8Array.from(Buffer.concat(parts));
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r" };

function decoded(part: string): Buffer {
  if (!part.startsWith("\\")) return Buffer.from(part);
  if (part.startsWith("\\u")) return Buffer.from(String.fromCodePoint(Number.parseInt(part.slice(3), 16)));
  if (part.length === 3) return Buffer.from(part.slice(1), "hex");
  return Buffer.from(ESCAPES[part[1]] ?? part[1]);
}

/** Comments nest. */
function endOfComment(source: string, start: number): number {
  let depth = 0;
  for (const { 0: mark, index } of source.slice(start).matchAll(/\(;|;\)/g)) {
    depth += mark === "(;" ? 1 : -1;
    if (depth === 0) return start + index + 2;
  }
  throw new Error("a comment is never closed");
}

function unexpected(node: Node): never {
  throw new Error(`${print(node)}: expected a list`);
}
