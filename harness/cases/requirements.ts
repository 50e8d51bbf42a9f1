/** Checks that vectors and code cover the requirements of the specification. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagePath } from "../files/package-root.ts";
import { readYamlFile } from "../files/yaml-file.ts";
import { sha256Hex } from "../json/canonical-json.ts";
import { codeByRequirement, hasSources, INDEX_PAGE, specIndex } from "./spec-index.ts";
import { lintSpecPage, loadRequirements, type Requirement, readSpecPage, SPEC_PAGES } from "./specification.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

/** The entry of a requirement; see `schemas/requirements.schema.json`. */
interface Check {
  readonly text: string;
  readonly "checked-by": "vectors" | "positive" | "negative" | "harness";
  readonly because?: string;
  /** The reason why no code names it. */
  readonly "not-in-code"?: string;
}

/** The hash in `vectors/requirements.yaml`, which reveals a changed text. */
export function textHash({ text }: Pick<Requirement, "text">): string {
  return sha256Hex(text).slice(0, 16);
}

/** Returns the problems, one line each: a requirement without vectors, a changed text, an unknown id. */
export async function checkRequirements(cases: readonly VectorCase[], folder: string): Promise<string[]> {
  const stated = loadRequirements();
  const file = await readYamlFile<{ requirements: Record<string, Check> }>(
    join(folder, "requirements.yaml"),
    "requirements",
  );
  const checks = new Map(Object.entries(file.requirements));
  const problems = SPEC_PAGES.flatMap((page) => lintSpecPage(readSpecPage(page), page));
  for (const id of checks.keys()) {
    if (!stated.has(id)) problems.push(`vectors/requirements.yaml: ${id} is not a requirement of the specification`);
  }
  const used = new Set(cases.flatMap(({ requirements }) => requirements));
  for (const id of used) {
    if (!stated.has(id)) problems.push(`${id}: named by a vector, but not a requirement of the specification`);
  }
  if (hasSources()) problems.push(...checkIndex(cases), ...checkCode(stated, checks));
  for (const [id, requirement] of stated) {
    const check = checks.get(id);
    if (check === undefined)
      problems.push(`${id}: missing in vectors/requirements.yaml (text: ${textHash(requirement)})`);
    else problems.push(...checkOne(id, requirement, check, cases));
  }
  return problems;
}

function checkIndex(cases: readonly VectorCase[]): string[] {
  const page = packagePath(INDEX_PAGE);
  if (existsSync(page) && readFileSync(page, "utf8") === specIndex(cases)) return [];
  return [`${INDEX_PAGE}: differs from the vectors and the code; \`npx proofhouse vectors index\` writes it`];
}

/** Every requirement on proofs and the runtime must be named in the code, or have a reason in `not-in-code`. */
function checkCode(stated: ReadonlyMap<string, Requirement>, checks: ReadonlyMap<string, Check>): string[] {
  const code = codeByRequirement();
  return [...stated.keys()].flatMap((id) => {
    const reason = checks.get(id)?.["not-in-code"];
    if (!/^(?:PROOF|RUNTIME)-/.test(id)) return [];
    if (code.has(id) === (reason === undefined)) return [];
    return code.has(id)
      ? [`${id}: has not-in-code, but ${code.get(id)?.[0]} names it`]
      : [`${id}: no code of reference/ names it, and vectors/requirements.yaml has no reason in not-in-code`];
  });
}

function checkOne(id: string, requirement: Requirement, check: Check, cases: readonly VectorCase[]): string[] {
  const problems: string[] = [];
  if (check.text !== textHash(requirement)) {
    problems.push(`${id}: its text has changed; review its vectors, then set text: ${textHash(requirement)}`);
  }
  const own = cases.filter(({ requirements }) => requirements.includes(id));
  const positive = own.some(({ expect }) => expectsResult(expect));
  const negative = own.some(({ expect }) => !expectsResult(expect));
  const by = check["checked-by"];
  if ((by === "vectors" || by === "positive") && !positive) problems.push(`${id}: no vector expects a result`);
  if ((by === "vectors" || by === "negative") && !negative) problems.push(`${id}: no vector expects a rejection`);
  if (by === "harness" && !hasTest(id)) problems.push(`${id}: no title of a test begins with it`);
  return problems;
}

/** Whether the title of a test begins with the id. An installed package contains no tests, so this returns true there. */
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
