import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { quoteWord, splitCommandLine } from "../../cli/command-line.ts";
import { createProgressBar } from "../../cli/progress-bar.ts";
import { hasColors } from "../../cli/terminal.ts";

describe("a command line", () => {
  test("is split as a shell splits it", () => {
    const lines = [
      "node x.mjs --flag=1",
      "  a\tb   c ",
      `'single $x "q" \\' "double \\"q\\" \\$x \\n" end`,
      `joined'as 'one" word"\\ here`,
      `"" '' x`,
      "continued \\\nhere",
      `"kept \\\nhere"`,
      `a\\"b c\\'d`,
    ];
    for (const line of lines) {
      const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
      assert.deepEqual(
        splitCommandLine(line.replace(/^"" '' x$/, `x "" ''`)).length,
        stdout.split("\0").length - 1,
        line,
      );
      if (!line.startsWith('""')) assert.deepEqual(splitCommandLine(line), stdout.split("\0").slice(0, -1), line);
    }
  });

  test("is not expanded, and has no operators", () => {
    assert.deepEqual(splitCommandLine("a $HOME *.ts `b` | c > d; e & ~"), "a $HOME *.ts `b` | c > d; e & ~".split(" "));
  });

  test("is rejected if a quote is not closed, or if it names no program", () => {
    assert.throws(() => splitCommandLine('a "b'), /quote at character 3/);
    assert.throws(() => splitCommandLine("a 'b"), /quote at character 3/);
    assert.throws(() => splitCommandLine("a \\"), /ends with a backslash/);
    assert.throws(() => splitCommandLine(""), /expected a program/);
    assert.throws(() => splitCommandLine("'' x"), /expected a program/);
  });

  test("returns any quoted word unchanged", () => {
    for (const word of ["plain", "a b", "it's", '"', "\\", "$x", "", "a\nb", "é"]) {
      assert.deepEqual(splitCommandLine(`x ${quoteWord(word)}`), ["x", word]);
    }
  });
});

describe("on a terminal", () => {
  const keep = { NO_COLOR: process.env.NO_COLOR, TERM: process.env.TERM };
  const withEnv = (env: Record<string, string | undefined>, check: () => void): void => {
    for (const [name, value] of Object.entries({ ...keep, ...env })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    check();
  };

  test("colours are used, unless NO_COLOR is set or the terminal is dumb", () => {
    const colored = { NO_COLOR: undefined, TERM: "xterm" };
    withEnv(colored, () => assert.equal(hasColors({ isTTY: true }), true));
    withEnv(colored, () => assert.equal(hasColors({}), false));
    withEnv({ ...colored, NO_COLOR: "" }, () => assert.equal(hasColors({ isTTY: true }), true));
    withEnv({ ...colored, NO_COLOR: "1" }, () => assert.equal(hasColors({ isTTY: true }), false));
    withEnv({ ...colored, TERM: "dumb" }, () => assert.equal(hasColors({ isTTY: true }), false));
    withEnv({}, () => {});
  });

  test("progress is one line that is redrawn and finally erased", () => {
    withEnv({ TERM: "xterm" }, () => {
      let written = "";
      const write = (text: string): void => {
        written += text;
      };
      const stream = { isTTY: true, columns: 60, write };
      const bar = createProgressBar(stream as unknown as NodeJS.WriteStream);
      bar.show({ step: "preparing", name: "acme" });
      for (let done = 0; done <= 1000; done++)
        bar.show({ step: "running", name: "a".repeat(80), done, total: 1000, failed: 3 });
      bar.clear();
      assert.ok(!written.includes("\n"));
      assert.ok(written.endsWith("\r\u001b[2K"));
      const lines = written.split("\r\u001b[2K");
      assert.ok(lines.length < 20, "the line is not redrawn for each of a thousand cases");
      assert.ok(lines.every((line) => [...line].length < 60));
      assert.match(lines[1], /^╌{24} 0\/1000 3 failed, a+$/);
    });
    withEnv({}, () => {});
  });

  test("progress is not written to a pipe", () => {
    const stream = { write: () => assert.fail("progress was written") };
    createProgressBar(stream as unknown as NodeJS.WriteStream).show({ step: "preparing", name: "acme" });
  });
});
