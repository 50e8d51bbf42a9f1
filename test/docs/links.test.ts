/** Every link of every page leads to a file, and to a heading or an anchor in it. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import GithubSlugger from "github-slugger";
import { PACKAGE_ROOT } from "../../harness/files/package-root.ts";

const IGNORED = new Set(["node_modules", "dist", "target", ".git"]);

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !IGNORED.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return pagesBelow(path);
      return entry.isFile() && entry.name.endsWith(".md") ? [path] : [];
    });
}

/** Without fenced code, which may hold anything. */
function prose(markdown: string): string {
  return markdown.replaceAll(/^ *```.*?^ *```$/gms, "");
}

function anchorsOf(markdown: string): Set<string> {
  const slugger = new GithubSlugger();
  const headings = [...prose(markdown).matchAll(/^#{1,6} (.*)$/gm)].map(([, title]) => {
    const words = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/<[^>]*>|`|\*\*/g, "");
    return slugger.slug(words.trim());
  });
  const explicit = [...markdown.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id);
  return new Set([...headings, ...explicit]);
}

/** Where a link of `page` leads, when that is nowhere. */
function brokenLinks(page: string, markdown: string): string[] {
  const text = prose(markdown).replaceAll(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, target]) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path, anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    const here = relative(PACKAGE_ROOT, page);
    if (!existsSync(file)) return [`${here}: ${target}: no such file`];
    if (anchor === undefined) return [];
    if (!statSync(file).isFile()) return [`${here}: ${target}: an anchor in a folder`];
    const there = file === page ? markdown : readFileSync(file, "utf8");
    return anchorsOf(there).has(anchor) ? [] : [`${here}: ${target}: no such anchor`];
  });
}

test("every link in every page leads somewhere", () => {
  const pages = pagesBelow(PACKAGE_ROOT);
  assert.ok(pages.length > 30, `${pages.length} pages`);
  assert.deepEqual(
    pages.flatMap((page) => brokenLinks(page, readFileSync(page, "utf8"))),
    [],
  );
});

test("a link to no file, and one to no anchor, are found", () => {
  const page = join(PACKAGE_ROOT, "README.md");
  const text =
    "[a](gone.md) [b](#gone) [c](CONFORMANCE.md#gone) [d](CONFORMANCE.md) `[e](gone.md)`\n\n# Here\n\n[f](#here)";
  assert.deepEqual(
    brokenLinks(page, text).map((line) => line.replace(/^[^:]*: /, "")),
    ["gone.md: no such file", "#gone: no such anchor", "CONFORMANCE.md#gone: no such anchor"],
  );
});
