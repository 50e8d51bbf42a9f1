/** The specification as data: CONFORMANCE.md, its pages in docs/spec, and the numbered requirements in them. */
import { readFileSync } from "node:fs";
import { packagePath } from "../files/package-root.ts";

export interface Requirement {
  /** The one sentence that the id stands for, Markdown as written. */
  readonly text: string;
  /** Lines below it that explain it. */
  readonly notes: readonly string[];
  /** The page that states it, from the project's root. */
  readonly page: string;
}

/** In the order in which they are read. */
export const SPEC_PAGES: readonly string[] = [
  ...["protocol", "proofs", "binary-trees", "ssz", "sparse", "patricia", "radix", "state"],
  ...["execution", "modules", "gas", "host-functions", "examples", "recipes", "published-bugs"],
].map((name) => `docs/spec/${name}.md`);

/** A requirement is a list item: an anchor, the id in bold, one sentence, and indented lines that explain it. */
const ITEM = /^- (?:<a id="([^"]*)"><\/a>)?\*\*([A-Z]+(?:-[A-Z0-9]+)*-[0-9]{3})\*\* (.*)$/;
const KEYWORD = /\b(?:MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/g;
/** A sentence that ends inside a line. Abbreviations of this kind are not used in the specification. */
const SENTENCE_END = /[a-z0-9)`"”*][.?!] +(?=[A-Z`"“(*\d])/;

export function readSpecPage(page: string): string {
  return readFileSync(packagePath(page), "utf8");
}

/** The requirements of a page, by id. Errors: an id that is stated twice. */
export function parseRequirements(markdown: string, page: string): Map<string, Requirement> {
  const found = new Map<string, Requirement>();
  const lines = markdown.split("\n");
  for (const [index, line] of lines.entries()) {
    const [, , id, text] = ITEM.exec(line) ?? [];
    if (id === undefined) continue;
    if (found.has(id)) throw new Error(`${page} states ${id} twice`);
    const after = lines.slice(index + 1);
    const end = after.findIndex((next) => !next.startsWith("  "));
    const notes = (end < 0 ? after : after.slice(0, end)).map((note) => note.trim());
    found.set(id, { text: text.trim(), notes, page });
  }
  return found;
}

/** Every requirement, by id, in the order of the pages. Errors: an id that two pages state. */
export function loadRequirements(): Map<string, Requirement> {
  const all = new Map<string, Requirement>();
  for (const page of SPEC_PAGES) {
    for (const [id, requirement] of parseRequirements(readSpecPage(page), page)) {
      const other = all.get(id);
      if (other !== undefined) throw new Error(`${page} states ${id}, which ${other.page} states too`);
      all.set(id, requirement);
    }
  }
  return all;
}

/** Where a requirement can be linked: `docs/spec/ssz.md#proof-ssz-001`. */
export function linkTo(id: string, { page }: Requirement): string {
  return `${page}#${id.toLowerCase()}`;
}

/** Faults in the form of a page, one line each: what keeps a rule from being cited, or from being one rule. */
export function lintSpecPage(markdown: string, page: string): string[] {
  const problems: string[] = [];
  let isCode = false;
  for (const [index, line] of markdown.split("\n").entries()) {
    const tell = (problem: string): void => void problems.push(`${page}:${index + 1}: ${problem}`);
    if (line.startsWith("```")) isCode = !isCode;
    if (isCode || line.startsWith("```")) continue;
    if (/\bchapters? [0-9]/i.test(line)) tell("refers to a chapter by its number; expected a link");
    const item = ITEM.exec(line);
    if (item === null) {
      const [keyword] = line.match(KEYWORD) ?? [];
      if (keyword !== undefined) tell(`${keyword} outside of the first line of a requirement`);
    } else for (const problem of lintItem(item)) tell(problem);
    if (!line.startsWith("|") && !line.startsWith("#") && SENTENCE_END.test(line.replace(ITEM, "$3")))
      tell("holds several sentences; expected one on a line");
  }
  return problems;
}

function lintItem([, anchor, id, text]: RegExpExecArray): string[] {
  const keywords = text.match(KEYWORD) ?? [];
  return [
    ...(anchor === id.toLowerCase() ? [] : [`${id}: expected the anchor <a id="${id.toLowerCase()}"></a>`]),
    ...(keywords.length === 1 ? [] : [`${id}: ${keywords.length} of MUST, SHOULD and MAY; expected one`]),
    ...(/[.:]$/.test(text.trim()) ? [] : [`${id}: expected a sentence that ends on its line`]),
  ];
}
