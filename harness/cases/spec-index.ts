/** The index of the specification: the vectors and the code that name each requirement. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagePath } from "../files/package-root.ts";
import { linkTo, loadRequirements, type Requirement } from "./specification.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

export const INDEX_PAGE = "docs/spec/index.md";
/** Folders whose comments name requirements. */
const CODE = ["reference", "runners", "harness"];
const ID = /\b(?:WIRE|PROOF|RUNTIME)(?:-[A-Z]+)?-[0-9]{3}\b/g;

const HEAD = `# Index of requirements

Every requirement, the number of vectors that name it and expect a result or a rejection, the folders of these vectors, and the code that names it.
\`npx proofhouse vectors list --requirement ID\` prints the vectors.
\`npx proofhouse vectors index\` writes this page; \`npx proofhouse vectors lint\` compares it.

| Requirement | Results | Rejections | Vectors | Code |
|---|---|---|---|---|
`;

/** Returns the page. */
export function specIndex(cases: readonly VectorCase[]): string {
  const code = codeByRequirement();
  const rows = [...loadRequirements()].map(([id, requirement]) => row(id, requirement, cases, code.get(id) ?? []));
  return `${HEAD}${rows.join("")}`;
}

function row(id: string, requirement: Requirement, cases: readonly VectorCase[], code: readonly string[]): string {
  const own = cases.filter(({ requirements }) => requirements.includes(id));
  const results = own.filter(({ expect }) => expectsResult(expect)).length;
  const folders = [...new Set(own.map(({ suite }) => suite))].sort();
  const link = (path: string): string => `[${path}](../../${path})`;
  const cells = [
    `[${id}](${linkTo(id, requirement).replace("docs/spec/", "")})`,
    String(results),
    String(own.length - results),
    folders.map((suite) => `[${suite}](../../vectors/${suite})`).join(", "),
    code.map(link).join(", "),
  ];
  return `| ${cells.join(" | ")} |\n`;
}

/** Returns the source files that name each requirement, sorted by path. */
export function codeByRequirement(): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const folder of CODE) {
    for (const path of sourcesBelow(folder)) {
      const ids = readFileSync(packagePath(path), "utf8").match(ID) ?? [];
      for (const id of new Set(ids)) found.set(id, [...(found.get(id) ?? []), path]);
    }
  }
  return found;
}

/** An installed package contains no sources. */
export function hasSources(): boolean {
  return existsSync(packagePath(CODE[0]));
}

function sourcesBelow(folder: string): string[] {
  const names = readdirSync(packagePath(folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name).replaceAll("\\", "/"))
    .sort();
}
