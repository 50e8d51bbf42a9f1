/**
 * docs/findings.md and its pages agree with the manifests, the expectation files and the vectors. A page becomes outdated when a
 * library is updated, when it fails new vectors, or when a known failure is moved to another finding.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { loadVectors } from "../../harness/cases/load.ts";
import { matchId } from "../../harness/cases/select.ts";
import { packagePath } from "../../harness/files/package-root.ts";
import { readYamlFile } from "../../harness/files/yaml-file.ts";
import type { KnownFailure } from "../../harness/run/expectations.ts";
import { type LoadedManifest, loadManifest } from "../../harness/subject/manifest.ts";

/** The worst severity first. */
const SEVERITIES = ["forgery", "crash", "refusal", "malleability"];

/** The fields of a finding, in this order. */
const FIELDS = ["Input", "Result", "Expected", "Impact", "Where", "Note", "Public as", "Withheld", "Workaround"];

const HEAD = /^# (?<title>.+)\n\n(?:\S.*\n)+\n(?<reading>(?:\S.*\n)+)\n(?<table>(?:\|.*\n)+)\n(?=## )/;
const TABLE_HEAD =
  /^\| Id \| Failure \| Severity \| Vectors \(below `(?<below>proof\/\S+\/)`\) \|\n\|---\|---\|---\|---\|\n/;

interface Finding {
  readonly id: string;
  readonly severity: string;
  /** The cell in the column of the vectors. */
  readonly vectors: string;
}

interface Page {
  readonly title: string;
  /** The folder of vectors that contains the globs. */
  readonly below: string;
  readonly findings: readonly Finding[];
  /** By id, the names of the fields in the order of the page. */
  readonly sections: ReadonlyMap<string, readonly string[]>;
}

/** Our own second implementation has no page of findings, because it is not a published library. */
const OWN = "radix-from-the-text";

const folders = readdirSync(packagePath("implementations")).filter(
  (name) => name !== OWN && existsSync(packagePath("implementations", name, "proofhouse.yaml")),
);
const index = readFileSync(packagePath("docs", "findings.md"), "utf8");

function cellsOf(row: string): string[] {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function readPage(folder: string): Page {
  const text = readFileSync(packagePath("docs", "findings", `${folder}.md`), "utf8");
  const { title = "", reading = "", table = "" } = HEAD.exec(text)?.groups ?? {};
  assert.ok(title, "expected a title, what is under test, how to read the examples, and a table, a paragraph each");
  assert.ok(reading.includes("[findings.md](../findings.md)"), `the second paragraph leads to the index: ${reading}`);
  const { below } = TABLE_HEAD.exec(table)?.groups ?? {};
  assert.ok(below, `the head of the table is another: ${table.slice(0, 100)}`);
  const findings = table
    .trimEnd()
    .split("\n")
    .slice(2)
    .map((row) => {
      const [link = "", , severity = "", vectors = "", ...more] = cellsOf(row);
      const [, id = ""] = /^\[([A-Z]+-[0-9]+)\]/.exec(link) ?? [];
      assert.equal(link, `[${id}](#${id.toLowerCase()})`);
      assert.deepEqual(more, [], row);
      return { id, severity, vectors };
    });
  const sections = text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [id = "", ...lines] = section.trimEnd().split("\n");
      return [id, lines.slice(1).map((line) => /^- ([A-Z][a-z ]+): \S/.exec(line)?.[1] ?? line)] as const;
    });
  return { title, below, findings, sections: new Map(sections) };
}

/** Expands the braces of a glob: `{a,b{c,d}}` becomes `a`, `bc` and `bd`. */
function alternativesOf(glob: string): string[] {
  const [group, list] = /\{([^{}]*)\}/.exec(glob) ?? [];
  if (group === undefined || list === undefined) return [glob];
  return list.split(",").flatMap((item) => alternativesOf(glob.replace(group, item)));
}

/** Returns the cell of the index for a page: its worst severity, and whether it concerns only some callers. */
function worstOf(findings: readonly Finding[]): string {
  const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.severity.includes(severity))) ?? "";
  const concerned = findings.filter((finding) => finding.severity.includes(worst));
  return concerned.every(({ severity }) => severity.includes(`${worst}, for a`)) ? `${worst}, for some callers` : worst;
}

test("docs/findings has exactly one page for each implementation", () => {
  assert.deepEqual(readdirSync(packagePath("docs", "findings")), folders.map((folder) => `${folder}.md`).sort());
});

test("docs/findings.md lists the severities, the worst first", () => {
  const table = /^\| Severity \| Means \|\n.*\n((?:\|.*\n)+)/m.exec(index)?.[1] ?? "";
  assert.deepEqual(
    table
      .trimEnd()
      .split("\n")
      .map((row) => cellsOf(row)[0]),
    SEVERITIES,
  );
});

test("docs/findings.md has exactly one row for each implementation", () => {
  const linked = [...index.matchAll(/\]\(findings\/([^)]+)\.md\) \|$/gm)].map(([, folder]) => folder);
  assert.deepEqual(linked.sort(), [...folders].sort());
});

const ids = (await loadVectors()).cases.map(({ id }) => id);

for (const folder of folders) {
  describe(`docs/findings/${folder}.md`, () => {
    let page: Page;
    let library: LoadedManifest["library"];
    let known: readonly KnownFailure[];

    before(async () => {
      page = readPage(folder);
      const manifest = await loadManifest(packagePath("implementations", folder));
      library = manifest.library;
      const path = packagePath("implementations", folder, "expectations.yaml");
      known = (await readYamlFile<{ expectations: KnownFailure[] }>(path, "expectations")).expectations;
    });

    test("names the version under test, as the index does", () => {
      const title = `${library?.name} ${library?.version}`;
      assert.equal(page.title, title);
      const row = index.split("\n").find((line) => line.endsWith(`](findings/${folder}.md) |`)) ?? "";
      const [version, , , worst, link] = cellsOf(row);
      const [prefix] = page.findings.map(({ id }) => id.replace(/-.*/, ""));
      assert.deepEqual([version, worst, link], [title, worstOf(page.findings), `[${prefix}](findings/${folder}.md)`]);
    });

    test("has a section for each row, numbered in order, with the fields in one order", () => {
      const [prefix] = page.findings.map(({ id }) => id.replace(/-.*/, ""));
      const numbered = page.findings.map((_, index) => `${prefix}-${index + 1}`);
      assert.deepEqual(
        page.findings.map(({ id }) => id),
        numbered,
      );
      assert.deepEqual([...page.sections.keys()], numbered);
      for (const [id, names] of page.sections) {
        assert.deepEqual(
          names,
          FIELDS.filter((name) => names.includes(name)),
          id,
        );
      }
    });

    test("shows a forgery only with its source, or says that it is withheld", () => {
      for (const { id, severity } of page.findings.filter((finding) => finding.severity.includes("forgery"))) {
        const names = page.sections.get(id) ?? [];
        assert.ok(names.includes("Public as") || names.includes("Withheld"), `${id}: ${severity}`);
      }
    });

    test("is the target of every link of a known failure, with the anchor of a finding", () => {
      const targets = new Set(page.findings.map(({ id }) => `docs/findings/${folder}.md#${id.toLowerCase()}`));
      for (const { case: id, link } of known) assert.ok(targets.has(link), `${id}: ${link}`);
    });

    test("lists for each finding the known failures that link to it, by globs without unused parts", () => {
      for (const { id, vectors } of page.findings) {
        const globs = [...vectors.matchAll(/`([^`]+)`/g)].map(([, glob]) => `${page.below}${glob}`);
        assert.equal(globs.length === 0, vectors.startsWith("none: "), `${id}: globs, or "none: " and why: ${vectors}`);
        const idle = globs.flatMap(alternativesOf).filter((glob) => !ids.some(matchId(glob)));
        assert.deepEqual(idle, [], `${id}: matches no case`);
        const matched = globs.flatMap((glob) => ids.filter(matchId(glob)));
        const linked = known.filter(({ link }) => link.endsWith(`#${id.toLowerCase()}`)).map((failure) => failure.case);
        const unlisted = linked.filter((failure) => !matched.includes(failure));
        const unlinked = matched.filter((failure) => !linked.includes(failure));
        assert.deepEqual({ unlisted, unlinked }, { unlisted: [], unlinked: [] });
        assert.equal(matched.length, new Set(matched).size, `${id}: two globs match one case`);
      }
    });
  });
}
