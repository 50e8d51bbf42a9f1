/** A minimal XML 1.0 parser, which checks that a document is well-formed and returns its elements. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const NAME = "[A-Za-z][A-Za-z0-9-]*";
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
/** Characters outside of the production `Char`. */
const NO_CHAR = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Returns the root element. Throws for a document that is not well-formed, and for syntax that our reports do not use. */
export function scanXml(document: string): Element {
  if (NO_CHAR.test(document)) throw new Error(`a character that XML does not allow: ${NO_CHAR.exec(document)?.[0]}`);
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const token = new RegExp(
    `<\\?xml [^?]*\\?>|<!--(?:(?!--)[^])*-->|</(${NAME})>|<(${NAME})((?: ${NAME}="[^"<]*")*)(/?)>|([^<]+)`,
    "uy",
  );
  while (token.lastIndex < document.length) {
    const start = token.lastIndex;
    const match = token.exec(document);
    if (match === null) throw new Error(`not well-formed: ${document.slice(start, start + 80)}`);
    const [, closed, opened, attributes = "", slash, text] = match;
    const current = open.at(-1) as Element;
    if (closed !== undefined) {
      if (current.name !== closed) throw new Error(`</${closed}> ends <${current.name}>`);
      open.pop();
    } else if (opened !== undefined) {
      const element: Element = { name: opened, attributes: readAttributes(attributes), children: [], text: "" };
      current.children.push(element);
      if (slash === "") open.push(element);
    } else if (text !== undefined) {
      if (text.includes("]]>")) throw new Error("]]> in text");
      current.text += unescapeText(text);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  if (root.children.length !== 1 || root.text.trim() !== "") throw new Error("not one root element");
  return root.children[0];
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(new RegExp(` (${NAME})="([^"]*)"`, "g"))) {
    if (Object.hasOwn(found, name)) throw new Error(`attribute ${name} twice`);
    if (/[\n\t]/.test(value)) throw new Error(`attribute ${name} would lose its line feeds`);
    found[name] = unescapeText(value);
  }
  return found;
}

function unescapeText(text: string): string {
  return text.replaceAll(/&[^;]*;?/g, (entity) => {
    if (!Object.hasOwn(ENTITIES, entity)) throw new Error(`unknown entity ${entity}`);
    return ENTITIES[entity];
  });
}
