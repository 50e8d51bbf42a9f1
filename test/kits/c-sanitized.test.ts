/**
 * The C kit under the address and undefined-behaviour sanitizers: no line makes it read or write out of bounds. Every allocation
 * is its own chunk here, so that the sanitizers detect an overrun of one byte.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { writeSkeleton } from "../../workbench/init/skeleton.ts";
import { inCiAlone } from "../sample.ts";
import { CONVERSATION } from "./hostile-lines.ts";

const FLAGS = [
  "-O1 -g -pedantic -Wall -Wextra -Werror",
  "-fsanitize=address,undefined -fno-sanitize-recover=all -DPH_CHUNK_BYTES=1",
].join(" ");
const LINES = CONVERSATION.filter(([, line]) => !line.includes('"shutdown"')).map(([, line]) => Buffer.from(line));
const MUTATED = 3_000;
const SEED = 20261201;
const LINE_FEED = 0x0a;

/** A line with pieces removed, repeated or overwritten. It has no line feed, which would split it. */
const mutatedLine = fc
  .record({
    line: fc.constantFrom(...LINES),
    edits: fc.array(
      fc.record({
        offset: fc.nat(4_000),
        cut: fc.nat(40),
        put: fc.uint8Array({ maxLength: 12 }),
        times: fc.constantFrom(1, 1, 1, 2, 200),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ line, edits }) =>
    edits
      .reduce((text, { offset, cut, put, times }) => {
        const start = text.length === 0 ? 0 : offset % text.length;
        const pieces = Array.from({ length: times }, () => Buffer.from(put));
        return Buffer.concat([text.subarray(0, start), ...pieces, text.subarray(start + cut)]);
      }, line)
      .filter((byte) => byte !== LINE_FEED),
  );

describe("the C kit with sanitizers", inCiAlone, () => {
  const folder = mkdtempSync(join(tmpdir(), "proofhouse-sanitized-"));
  const path = join(folder, "adapter");
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(() => {
    writeSkeleton("c", path);
    const { status, stderr } = spawnSync("make", [`CFLAGS=${FLAGS}`], { cwd: path, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  });

  /** Sends the lines. Output: the number of responses; each one is a line of JSON. */
  function answered(lines: readonly Uint8Array[]): number {
    const input = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
    const { status, stdout, stderr } = spawnSync(join(path, "bin", "adapter"), { input, maxBuffer: 2 ** 28 });
    assert.equal(stderr.toString(), "");
    assert.equal(status, 0);
    const answers = stdout.toString().trimEnd().split("\n");
    for (const answer of answers) assert.equal(JSON.parse(answer).jsonrpc, "2.0");
    return answers.length;
  }

  test("answers every hostile line", () => {
    assert.equal(answered(LINES), LINES.length);
  });

  test(`answers ${MUTATED} broken lines of seed ${SEED}`, () => {
    const lines = fc.sample(mutatedLine, { numRuns: MUTATED, seed: SEED });
    assert.equal(answered(lines), MUTATED);
  });

  test("answers a line nested 100,000 levels deep, and a line of 16 MiB", () => {
    const deep = Buffer.from("[".repeat(100_000));
    const long = Buffer.from(
      `{"jsonrpc":"2.0","id":1,"method":"proof/root","params":{"proof":"${"0".repeat(2 ** 24)}"}}`,
    );
    assert.equal(answered([deep, long]), 2);
  });
});
