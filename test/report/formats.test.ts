import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CaseRecord } from "../../harness/run/run-cases.ts";
import { junitReport } from "../../report/junit.ts";
import { escapeMarkdown, markdownReport } from "../../report/markdown.ts";
import { named, node, sampleCase, sampleRecord, sampleRun } from "./sample-run.ts";
import { type Element, scanXml } from "./xml-scanner.ts";

const record = (verdict: CaseRecord["verdict"], changes: Partial<CaseRecord> = {}): CaseRecord =>
  sampleRecord({ verdict, reason: "because", ...changes });

const CRASH = { kind: "crash", exitCode: 2, signal: null, message: "exited with status 2", stderr: "panic\n" } as const;
const NASTY = "\u001b[2J\u0000\uffff\ud800 ]]> <b> & \"x\" 'y' | `z` *b* _i_ [l](u) \u202e\n# h";

const ALL = [
  record("pass"),
  record("pass", { note: "rejected as malformed" }),
  record("fail", { outcome: { kind: "result", result: { values: [node("3")] } } }),
  record("crash", { outcome: CRASH }),
  record("over-budget"),
  record("known-failure", { link: "https://bugs.example/a_b", observed: "fail" }),
  record("unexpected-pass"),
  { vector: sampleCase(), verdict: "skip", reason: "64 bits only" } as const,
];

describe("the JUnit report", () => {
  test("has a test suite for each suite of an implementation, with correct totals", () => {
    const helpers = record("pass", { vector: sampleCase({ suite: "proof/ssz/helpers" }) });
    const root = scanXml(junitReport([named(sampleRun({ records: [...ALL, helpers] }))]));
    assert.deepEqual(
      root.children.map(({ attributes }) => attributes.name),
      ["acme: proof/ssz/compact", "acme: proof/ssz/helpers"],
    );
    const { name: _, ...counts } = root.children[0].attributes;
    assert.deepEqual(counts, { tests: "8", failures: "3", errors: "1", skipped: "2" });
    const { name: __, ...all } = root.attributes;
    assert.deepEqual(all, { tests: "9", failures: "3", errors: "1", skipped: "2" });
    const [properties, first] = root.children[0].children;
    const values = Object.fromEntries(properties.children.map(({ attributes }) => [attributes.name, attributes.value]));
    assert.deepEqual(values, { selected: "8", executed: "7", skipped: "1", undeclared: "0" });
    assert.deepEqual(first.attributes, { name: "proof/ssz/compact/reads/first", classname: "proof/ssz/compact" });
  });

  test("distinguishes failures, errors and skipped cases, and contains expectation and answer", () => {
    const [suite] = scanXml(junitReport([named(sampleRun({ records: ALL }))])).children;
    const cases = suite.children.slice(1);
    const kinds = cases.map(({ children }) => children.map(({ name }) => name).join());
    assert.deepEqual(kinds, ["", "system-out", "failure", "error", "failure", "skipped", "failure", "skipped"]);
    assert.match(cases[2].children[0].text, /differs +\/values\/0.*\n +expected +0x0+2\n +answered +0x0+3\n/);
    assert.match(cases[3].children[0].text, /answered +no answer: the process exited with status 2\nstderr:\npanic/);
    assert.equal(cases[5].children[0].attributes.message, "known failure: because (https://bugs.example/a_b)");
  });

  test("fails when the run fails without a failed case", () => {
    const fault = { severity: "fault", kind: "unknown-id", message: "id 7" } as const;
    const runs = [
      sampleRun({ status: "not-started", records: [], reason: "no such file", stderr: NASTY }),
      sampleRun({ status: "interrupted" }),
      sampleRun({ events: [fault] }),
      sampleRun({ problems: ["executed no case"] }),
    ];
    for (const run of runs) {
      const { attributes } = scanXml(junitReport([named(run)]));
      assert.equal(Number(attributes.failures) + Number(attributes.errors), 1, run.status);
    }
    const skipped = scanXml(junitReport([named(sampleRun({ status: "skipped", records: [], reason: "no Go" }))]));
    assert.deepEqual(
      [skipped.attributes.failures, skipped.attributes.errors, skipped.attributes.skipped],
      ["0", "0", "1"],
    );
  });

  test("is well-formed for any output of an implementation", () => {
    const outcome = { ...CRASH, message: NASTY, stderr: NASTY };
    const run = sampleRun({
      records: [record("crash", { reason: NASTY, outcome }), record("skip", { reason: NASTY })],
    });
    const document = junitReport([named(run, { name: NASTY })]);
    const texts = (element: Element): string[] => [element.text, ...element.children.flatMap(texts)];
    assert.ok(texts(scanXml(document)).some((text) => text.includes('\\x1b[2J\\x00\\uffff\\ud800 ]]> <b> & "x"')));
    assert.doesNotMatch(document, /(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});

describe("the Markdown report", () => {
  test("contains the verdict, the counts, the failures and the known failures", () => {
    const page = markdownReport([named(sampleRun({ records: ALL, problems: ["stale expectation: x"] }))]);
    assert.match(
      page,
      /^# Proofhouse report\n\n❌ \*\*4 of 7 executed cases failed; stale expectation: x\*\* \(exit code 1:/,
    );
    assert.match(page, /^\| acme \| proof\/ssz\/compact \| 7 \| 2 \| 4 \| 1 \| 1 \| 0 \|$/m);
    assert.match(page, /^- \*\*acme\*\* skips cases: 64 bits only$/m);
    assert.match(
      page,
      /^- \*\*crash\*\* `proof\/ssz\/compact\/reads\/first`: the node at 0x2\n {2}- because\n\n {8}expected/m,
    );
    assert.match(
      page,
      /^\| acme \| proof\/ssz\/compact\/reads\/first \| fail \| because \| <https:\/\/bugs\.example\/a_b> \|$/m,
    );
  });

  test("reports a run without failures", () => {
    assert.match(
      markdownReport([named(sampleRun())]),
      /^✅ \*\*the executed case ended as expected\*\* \(exit code 0: all good\)$/m,
    );
  });

  test("escapes Markdown, HTML and line feeds in the output of an implementation", () => {
    const escaped = escapeMarkdown(NASTY);
    assert.ok(!escaped.includes("\n"));
    assert.doesNotMatch(escaped.replaceAll(/\\[!-/:-@[-`{-~]/g, ""), /[|`*_[\]<]/);
    const run = sampleRun({
      records: [record("known-failure", { reason: NASTY, link: `javascript:alert(1)${NASTY}` })],
    });
    const rows = markdownReport([named(run)])
      .split("\n")
      .filter((line) => line.startsWith("| acme | proof/ssz/compact/reads"));
    assert.equal(rows.length, 1);
    assert.equal(rows[0].replaceAll("\\|", "").split("|").length, 7, "five columns");
    assert.ok(!rows[0].includes("<javascript"));
  });
});
