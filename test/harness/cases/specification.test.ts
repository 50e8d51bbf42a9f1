/** The form of the specification: every requirement can be cited and states one rule. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import {
  lintSpecPage,
  loadRequirements,
  parseRequirements,
  readSpecPage,
  SPEC_PAGES,
} from "../../../harness/cases/specification.ts";
import { packagePath } from "../../../harness/files/package-root.ts";

const GOOD = `# Page

Text that explains.

- <a id="wire-001"></a>**WIRE-001** A reader MUST reject a proof of no bytes as \`malformed\`.
  An empty proof has no root.
- <a id="wire-002"></a>**WIRE-002** A reader MAY stop at the first fault.
`;

describe("a page of the specification", () => {
  test("contains requirements, each with its sentence and its explanations", () => {
    const found = parseRequirements(GOOD, "page.md");
    assert.deepEqual([...found.keys()], ["WIRE-001", "WIRE-002"]);
    assert.deepEqual(found.get("WIRE-001"), {
      text: "A reader MUST reject a proof of no bytes as `malformed`.",
      notes: ["An empty proof has no root."],
      page: "page.md",
    });
    assert.throws(() => parseRequirements(GOOD.replace("WIRE-002", "WIRE-001"), "page.md"), /states WIRE-001 twice/);
  });

  const faults: readonly (readonly [name: string, from: string, to: string, problem: RegExp])[] = [
    ["an id without its anchor", '<a id="wire-001"></a>', "", /:5: WIRE-001: expected the anchor/],
    ["the anchor of another id", 'id="wire-001"', 'id="wire-003"', /:5: WIRE-001: expected the anchor/],
    ["two rules in one", "MAY stop", "MAY stop and MUST say so", /:7: WIRE-002: 2 of MUST/],
    ["no rule", "MAY stop", "stops", /:7: WIRE-002: 0 of MUST/],
    ["a rule without an id", "has no root", "MUST NOT have a root", /:6: MUST NOT outside/],
    ["a sentence without an end", "first fault.", "first", /:7: WIRE-002: expected a sentence that ends/],
    ["the number of a chapter", "first fault", "fault of chapter 7", /:7: refers to a chapter/],
    ["two sentences on a line", "Text that explains.", "Text that explains. It is long.", /:3: has several sentences/],
  ];
  for (const [name, from, to, problem] of faults) {
    test(`is rejected with ${name}`, () => {
      assert.deepEqual(lintSpecPage(GOOD, "page.md"), []);
      const problems = lintSpecPage(GOOD.replace(from, to), "page.md");
      assert.ok(
        problems.some((line) => problem.test(line)),
        problems.join("\n"),
      );
    });
  }
});

test("every page of docs/spec is listed, and has the required form", () => {
  const there = readdirSync(packagePath("docs/spec")).map((name) => `docs/spec/${name}`);
  assert.deepEqual([...SPEC_PAGES, "docs/spec/index.md"].sort(), there.sort());
  assert.deepEqual(
    SPEC_PAGES.flatMap((page) => lintSpecPage(readSpecPage(page), page)),
    [],
  );
  assert.ok(loadRequirements().size > 200);
});
