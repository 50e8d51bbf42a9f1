/** The specification as data: the pages in docs/spec, and the numbered requirements in them. */
import { readFileSync } from "node:fs";
import { packagePath } from "../files/package-root.ts";

export interface Requirement {
  /** The sentence of the requirement, in Markdown. */
  readonly text: string;
  /** The explanations below it, one line each. */
  readonly notes: readonly string[];
  /** The path of its page, relative to the root of the project. */
  readonly page: string;
}

/** In reading order. */
export const SPEC_PAGES: readonly string[] = [
  ...["protocol", "proofs", "binary-trees", "ssz", "sparse", "patricia", "radix", "state"],
  ...["execution", "modules", "gas", "host-functions", "examples", "recipes", "published-bugs"],
].map((name) => `docs/spec/${name}.md`);

/** A requirement is a list item: an anchor, the id in bold, one sentence, and indented lines that explain it. */
const ITEM = /^- (?:<a id="([^"]*)"><\/a>)?\*\*([A-Z]+(?:-[A-Z0-9]+)*-[0-9]{3})\*\* (.*)$/;
const KEYWORD = /\b(?:MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/g;
/** The end of a sentence inside a line. The specification uses no abbreviations that match. */
const SENTENCE_END = /[a-z0-9)`"”*][.?!] +(?=[A-Z`"“(*\d])/;

export function readSpecPage(page: string): string {
  return readFileSync(packagePath(page), "utf8");
}

/** Returns the requirements of a page by id. Errors: an id that occurs twice. */
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

/** Returns every requirement by id, in the order of the pages. Errors: an id on two pages. */
export function loadRequirements(): Map<string, Requirement> {
  const all = new Map<string, Requirement>();
  for (const page of SPEC_PAGES) {
    for (const [id, requirement] of parseRequirements(readSpecPage(page), page)) {
      const other = all.get(id);
      if (other !== undefined) throw new Error(`${page} states ${id}, and so does ${other.page}`);
      all.set(id, requirement);
    }
  }
  return all;
}

/** Returns the link to a requirement, for example `docs/spec/ssz.md#proof-ssz-001`. */
export function linkTo(id: string, { page }: Requirement): string {
  return `${page}#${id.toLowerCase()}`;
}

/** Returns faults in the form of a page, one line each. The form makes every rule citable and keeps it to one rule. */
export function lintSpecPage(markdown: string, page: string): string[] {
  const problems: string[] = [];
  let isCode = false;
  for (const [index, line] of markdown.split("\n").entries()) {
    const report = (problem: string): void => void problems.push(`${page}:${index + 1}: ${problem}`);
    if (line.startsWith("```")) isCode = !isCode;
    if (isCode || line.startsWith("```")) continue;
    if (/\bchapters? [0-9]/i.test(line)) report("refers to a chapter by its number; expected a link");
    const item = ITEM.exec(line);
    if (item === null) {
      const [keyword] = line.match(KEYWORD) ?? [];
      if (keyword !== undefined) report(`${keyword} outside of the first line of a requirement`);
    } else for (const problem of lintItem(item)) report(problem);
    if (!line.startsWith("|") && !line.startsWith("#") && SENTENCE_END.test(line.replace(ITEM, "$3")))
      report("has several sentences; expected one sentence on a line");
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
