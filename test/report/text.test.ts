import assert from "node:assert/strict";
import { describe, test } from "node:test";
import picocolors from "picocolors";
import { shorten } from "../../harness/json/shorten.ts";
import type { ImplementationRun } from "../../harness/run/run-cases.ts";
import { hexDifference } from "../../report/text/hex-difference.ts";
import { columnsOf, PLAIN, table, wrap } from "../../report/text/layout.ts";
import { commonFolder, matrixTable } from "../../report/text/matrix.ts";
import { mutantText } from "../../report/text/mutants.ts";
import { paragraph, printable, printableLines } from "../../report/text/printable.ts";
import { runText } from "../../report/text/run.ts";
import { memberLines, messageText, valueText } from "../../report/text/value.ts";
import { named, node, sampleCase, sampleRecord, sampleRun } from "./sample-run.ts";

const same = (text: string): string => text;
const diff = (a: string, b: string, columns = 68) => hexDifference(a, b, columns, same, same);

describe("printable text", () => {
  test("contains control characters, direction marks and lone surrogates as escapes", () => {
    assert.equal(
      printable("a\u001b[2J\u009b\u202e\ud800\u{e0001}\r\nb"),
      "a\\x1b[2J\\x9b\\u202e\\ud800\\u{e0001}\\r\\nb",
    );
    assert.equal(printable("Zürich ✓ 東京 👍"), "Zürich ✓ 東京 👍");
  });

  test("keeps line feeds, except in a paragraph", () => {
    assert.deepEqual(printableLines("a\r\n\tb\n\u0007\n\n"), ["a", "    b", "\\x07"]);
    assert.equal(paragraph("  a\n b\t c\n"), "a b c");
  });

  test("is shortened, with the number of omitted characters", () => {
    assert.equal(shorten("abcdef", 4), "abcd… (2 more characters)");
    assert.equal(shorten("ab👍", 3), "ab… (2 more characters)", "a surrogate pair is not split");
    assert.ok(printable("x".repeat(1e7)).length < 2100);
  });
});

describe("a table", () => {
  test("does not widen a column for the last cell of a shorter row", () => {
    const cells = (...texts: string[]) => texts.map((text) => ({ text }));
    assert.deepEqual(table([cells("a", "1", "x"), cells("b", "far too long"), cells("c", "10", "y")]), [
      "a   1  x",
      "b  far too long",
      "c  10  y",
    ]);
  });
});

describe("a run whose implementation declares unknown capabilities", () => {
  test("lists each unknown name with the nearest known one", () => {
    const initialized = {
      protocol: 1,
      implementation: { name: "acme", version: "1", language: "C" },
      capabilities: {
        proof: {
          ssz: { encodings: ["compact", "compat"], operations: ["root", "gte"] },
          state: { encodings: ["witness"], operations: ["get", "merge"] },
          sprase: { encodings: ["compact"], operations: ["root"] },
        },
        runtime: { operations: ["validate", "run"] },
      },
    } as const;
    const context = { flags: {}, reproduce: () => "" };
    const shown = (run: ImplementationRun): string =>
      runText(named(run), context, PLAIN, { maxFailures: 10, showAll: "" }).join("\n");
    const text = shown(sampleRun({ initialized }));
    for (const line of [
      '! encoding of ssz "compat"; did you mean compact?',
      '! operation of ssz "gte"; did you mean get?',
      '! operation of state "merge"',
      '! backend "sprase"; did you mean sparse?',
      '! operation of runtime "run"',
    ]) {
      assert.ok(text.includes(line), `${line} in\n${text}`);
    }
    assert.equal(text.split("\n").filter((line) => line.startsWith("  ! ")).length, 5);
    const { proof } = { proof: { ssz: { encodings: ["compact"], operations: ["root"] } } };
    const honest = { ...initialized, capabilities: { proof } };
    assert.ok(!shown(sampleRun({ initialized: honest })).includes("unknown"));
  });
});

describe("two hex strings", () => {
  test("are printed in full if they fit, with a caret for every digit that differs", () => {
    assert.deepEqual(diff("0x0123", "0x0523"), { byte: 0, expected: "0x0123", actual: "0x0523", carets: "   ^" });
    const { byte, carets } = diff(node("0f1"), node("1f2"));
    assert.equal(byte, 30);
    assert.equal(carets.length, 66);
    assert.match(carets, /^ {63}\^ \^$/);
  });

  test("are cut around the first difference if they are long", () => {
    const [a, b] = [`0x${"ab".repeat(500)}cd${"ab".repeat(500)}`, `0x${"ab".repeat(500)}ce${"ab".repeat(500)}`];
    const { byte, expected, actual, carets } = diff(a, b);
    assert.equal(byte, 500);
    for (const line of [expected, actual]) {
      assert.ok(columnsOf(line) <= 68);
      assert.ok(line.startsWith(" …") && line.endsWith("…"));
    }
    const at = carets.indexOf("^");
    assert.deepEqual([[...expected][at], [...actual][at]], ["d", "e"]);
  });

  test("of different lengths are marked at the end of the shorter one", () => {
    assert.deepEqual(diff("0x0102", "0x01"), { byte: 1, expected: "0x0102", actual: "0x01", carets: "    ^^" });
    assert.equal(diff("0x", `0x${"00".repeat(99)}`).carets, "  ^^");
  });

  test("have coloured digits where they differ", () => {
    const { actual } = hexDifference("0x0123", "0x0553", 40, same, (text) => `<${text}>`);
    assert.equal(actual, "0x0<55>3");
  });
});

describe("texts of values", () => {
  test("long bytes are shortened to their ends and their length", () => {
    assert.equal(valueText(node("1"), 80), "0x00000000…00000001 (32 bytes)");
    assert.equal(valueText(["0x2", null, 3, true], 80), "[0x2, null, 3, true]");
    assert.equal(
      valueText(
        Array.from({ length: 1000 }, () => "0x00"),
        40,
      ),
      "[0x00, 0x00, 0x00, 0x00, … 996 more]",
    );
    assert.equal(valueText("not hex\u001b", 80), '"not hex\\\\x1b"');
  });

  test("recipes are described, not expanded", () => {
    const words = (value: Parameters<typeof valueText>[0]): string => valueText(value, 200);
    assert.equal(words({ random: { seed: 7, length: 1 } }), "1 random byte (seed 7)");
    assert.equal(words({ concat: ["0x80", { repeat: { bytes: "0x00", count: 32 } }] }), "0x80 ‖ 0x00 × 32");
    assert.equal(
      words({ nodes: { seed: 1, skip: 2, count: 3, reverse: true } }),
      "3 random nodes (seed 1, from number 2, reversed)",
    );
    assert.equal(
      words({ tree: { seed: 1, count: 9, shape: "left" } }),
      "all terminal nodes of a full tree: 9 nodes, shape left (seed 1)",
    );
    assert.equal(words({ path: { seed: 1, gindex: "0x9" } }), "the node at 0x9 and every sibling on its path (seed 1)");
    const node = `0x${"00".repeat(32)}`;
    assert.equal(
      words({ chain: [{ nodes: { seed: 1, count: 1 } }, { subtrees: { node, levels: [3, 1, 2] } }] }),
      "1 random node (seed 1), then 3 roots of subtrees whose leaves are all 0x00000000…00000000",
    );
    assert.equal(
      words({ sparse: { root: "0x4", depth: 9, node, entries: [["0x8", node]] } }),
      "1 node below 0x4, and 0x00000000…00000000 everywhere else at level 9",
    );
    assert.equal(words({ tree: 3 }), "{tree: 3}", "an invalid argument is not a recipe");
  });

  test("objects have one line for each member", () => {
    assert.deepEqual(memberLines({ root: "0x1", proof: { gindices: ["0x2"], leaves: [] } }, 60), [
      "root   0x1",
      "proof  gindices  [0x2]",
      "       leaves    []",
    ]);
  });

  test("long hex in a message is shortened", () => {
    assert.equal(
      messageText(`root ${node("1")} is not ${node("2")}`),
      "root 0x00000000…00000001 is not 0x00000000…00000002",
    );
  });
});

describe("layout", () => {
  test("lines break at blanks, and a long word is not split", () => {
    assert.deepEqual(wrap("aa bb cc  dd", 5), ["aa bb", "cc dd"]);
    assert.deepEqual(wrap("a 0123456789 b", 5), ["a", "0123456789", "b"]);
  });

  test("columns are aligned, whatever their colours", () => {
    const red = picocolors.createColors(true).red;
    const rows = [
      [{ text: "name" }, { text: "n" }],
      [
        { text: "x", paint: red },
        { text: "10", paint: red },
      ],
    ];
    assert.deepEqual(table(rows), ["name   n", "\u001b[31mx\u001b[39m     \u001b[31m10\u001b[39m"]);
  });
});

describe("the matrix", () => {
  const suites = ["compact", "convert", "explicit", "helpers", "offsets16", "offsets64"];
  const records = suites.map((suite) => sampleRecord({ vector: sampleCase({ suite: `proof/ssz/${suite}` }) }));
  const runs = [
    named(sampleRun({ records })),
    named(sampleRun({ records: [], undeclared: records.map(({ vector }) => vector) }), { name: "declares-nothing" }),
    named(sampleRun({ status: "skipped", records: [], selected: records.map(({ vector }) => vector) }), {
      name: "no-compiler",
    }),
    named(sampleRun({ records: records.map((record) => ({ ...record, verdict: "crash" as const })) }), {
      name: "crashes",
    }),
  ];

  test("is split into blocks that fit the width, each with every implementation", () => {
    for (const width of [60, 80, 120]) {
      const lines = matrixTable(runs, { ...PLAIN, width });
      assert.ok(lines.every((line) => columnsOf(line) <= width));
      const headers = lines.filter((line) => line.startsWith("proof/ssz/"));
      assert.equal(headers.join(" ").match(/compact|convert|explicit|helpers|offsets16|offsets64/g)?.length, 6);
      assert.equal(lines.filter((line) => line.startsWith("acme")).length, headers.length);
    }
  });

  test("has in each cell the counts of passed, failed, skipped and undeclared cases", () => {
    const lines = matrixTable(runs, { ...PLAIN, width: 120 });
    assert.match(lines[1], /^acme( +1\/1){6}$/);
    assert.match(lines[2], /^declares-nothing( +–){6}$/);
    assert.match(lines[3], /^no-compiler( +skipped){6}$/);
    assert.match(lines[4], /^crashes( +0\/1 ✗1){6}$/);
  });

  test("names the common folder of all suites once", () => {
    assert.equal(commonFolder(["proof/ssz/compact", "proof/sparse/compact"]), "proof/");
    assert.equal(commonFolder(["proof/ssz", "proof/ssz/compact"]), "proof/");
    assert.equal(commonFolder(["a/b", "c/d"]), "");
    assert.equal(commonFolder(["a/b"]), "");
  });
});

test("every line of the text of a run fits the terminal", () => {
  const vector = sampleCase({ about: "words ".repeat(60), flags: ["some-flag"] });
  const stderr = "long words and longer lines ".repeat(100);
  const outcome = { kind: "crash", exitCode: 1, signal: null, message: "exited with status 1", stderr } as const;
  const records = [sampleRecord({ vector, verdict: "crash", reason: "r", outcome })];
  const event = { severity: "note", kind: "late-answer", message: "late ".repeat(50) } as const;
  const run = sampleRun({ records, events: [event], problems: ["problem ".repeat(30)] });
  const flag = { bugType: "forgery", effect: "effect ".repeat(40), about: "a" };
  const context = { flags: { "some-flag": flag }, reproduce: () => "npx proofhouse check x" };
  for (const width of [80, 120]) {
    const lines = runText(named(run), context, { ...PLAIN, width }, { maxFailures: 10, showAll: "more" });
    assert.deepEqual(
      lines.filter((line) => columnsOf(line) > width),
      [],
    );
  }
});

test("mutants are listed with their killers, and survivors are printed in full", () => {
  const mutants = [
    {
      name: "gindex-zero",
      about: "Index 0 is read.",
      file: "reference/a.ts",
      status: "killed",
      killedBy: ["a/b/c", "d"],
      failedHonest: [],
    },
    {
      name: "lucky",
      about: "Nobody notices.",
      file: "reference/b.ts",
      status: "survived",
      killedBy: [],
      failedHonest: [],
    },
  ] as const;
  const text = mutantText(
    { mutants, unjudged: 0, isQuick: false, smoke: ["d"], smokeIsMinimal: true },
    false,
    PLAIN,
  ).join("\n");
  assert.match(text, /^gindex-zero +2 +a\/b\/c\nlucky +survived\n/m);
  assert.match(text, /✗ lucky survived: it fails no vector\n +Nobody notices\.\n +reference\/b\.ts\n/);
  assert.match(text, /smoke set: 1 vector to kill every mutant; no smaller set does\n +d\n/);
  assert.match(text, /✗ 1 of 2 mutants are killed; 1 survived, 0 fail honest cases$/);
  // After an interruption, unjudged mutants are not survivors, and the smallest set is unknown.
  const cut = mutantText({ mutants, unjudged: 3, isQuick: false, smoke: [], smokeIsMinimal: true }, false, PLAIN);
  assert.equal(cut.at(-1), "✗ interrupted: 2 of 5 mutants judged so far, 1 killed");
  assert.ok(!cut.some((line) => line.includes("smoke set")));
  // The quick mode stops at the first killer, so it has no counts and no smoke set.
  const quick = mutantText(
    { mutants, unjudged: 0, isQuick: true, smoke: [], smokeIsMinimal: false },
    false,
    PLAIN,
  ).join("\n");
  assert.match(quick, /^gindex-zero +killed +a\/b\/c\nlucky +survived\n/m);
  assert.doesNotMatch(quick, /smoke set/);
});
