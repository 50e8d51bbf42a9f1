/** The numbered requirements of CONFORMANCE.md, and whether the vectors keep up with them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagePath } from "../files/package-root.ts";
import { readYamlFile } from "../files/yaml-file.ts";
import { sha256Hex } from "../json/canonical-json.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

export interface Requirement {
  /** One line of prose, Markdown as written. */
  readonly text: string;
}

/** How a requirement is checked; see `schemas/requirements.schema.json`. */
interface Check {
  readonly text: string;
  readonly "checked-by": "vectors" | "positive" | "negative" | "harness";
  readonly because?: string;
}

/** A requirement is a paragraph or list item that begins with its id in bold. */
const REQUIREMENT = /^(?:- )?\*\*([A-Z]+(?:-[A-Z0-9]+)*-[0-9]{3})\*\*\s+/;

/** Reads the requirements, by id, in the order of the document. */
export function parseRequirements(markdown: string): Map<string, Requirement> {
  const found = new Map<string, Requirement>();
  for (const block of markdown.split(/\n(?=- )|\n\s*\n/)) {
    const match = REQUIREMENT.exec(block.trim());
    if (match === null) continue;
    const text = block.trim().slice(match[0].length).replaceAll(/\s+/g, " ");
    if (found.has(match[1])) throw new Error(`CONFORMANCE.md states ${match[1]} twice`);
    found.set(match[1], { text });
  }
  return found;
}

export function loadRequirements(): Map<string, Requirement> {
  return parseRequirements(readFileSync(packagePath("CONFORMANCE.md"), "utf8"));
}

/** What `vectors/requirements.yaml` holds beside an id, so that a changed text is noticed. */
export function textHash({ text }: Requirement): string {
  return sha256Hex(text).slice(0, 16);
}

/** Problems, one line each: a requirement without vectors, a changed text, an unknown id. */
export async function checkRequirements(cases: readonly VectorCase[], folder: string): Promise<string[]> {
  const stated = loadRequirements();
  const file = await readYamlFile<{ requirements: Record<string, Check> }>(
    join(folder, "requirements.yaml"),
    "requirements",
  );
  const checks = new Map(Object.entries(file.requirements));
  const problems: string[] = [];
  for (const id of checks.keys()) {
    if (!stated.has(id)) problems.push(`vectors/requirements.yaml: ${id} is not in CONFORMANCE.md`);
  }
  const used = new Set(cases.flatMap(({ requirements }) => requirements));
  for (const id of used) {
    if (!stated.has(id)) problems.push(`${id}: named by a vector, but not in CONFORMANCE.md`);
  }
  for (const [id, requirement] of stated) {
    const check = checks.get(id);
    if (check === undefined)
      problems.push(`${id}: missing in vectors/requirements.yaml (text: ${textHash(requirement)})`);
    else problems.push(...checkOne(id, requirement, check, cases));
  }
  return problems;
}

function checkOne(id: string, requirement: Requirement, check: Check, cases: readonly VectorCase[]): string[] {
  const problems: string[] = [];
  if (check.text !== textHash(requirement)) {
    problems.push(`${id}: its text has changed; look at its vectors again, then set text: ${textHash(requirement)}`);
  }
  const own = cases.filter(({ requirements }) => requirements.includes(id));
  const positive = own.some(({ expect }) => expectsResult(expect));
  const negative = own.some(({ expect }) => !expectsResult(expect));
  const by = check["checked-by"];
  if ((by === "vectors" || by === "positive") && !positive) problems.push(`${id}: no vector expects a result`);
  if ((by === "vectors" || by === "negative") && !negative) problems.push(`${id}: no vector expects a rejection`);
  if (by === "harness" && !hasTest(id)) problems.push(`${id}: no test's title begins with it`);
  return problems;
}

/** Whether a test's title begins with the id. An installed package has no tests to look at. */
function hasTest(id: string): boolean {
  const folder = packagePath("test");
  if (!existsSync(folder)) return true;
  testSources ??= readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  return new RegExp(`\\b(?:test|it|describe)\\(\\s*["'\`](?:[A-Z]+-[A-Z0-9-]+, )*${id}\\b`).test(testSources);
}

let testSources: string | undefined;
