import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inCiAlone } from "../sample.ts";

const fromDist = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Runs a program with options of Node, and parses its output. */
async function run(program: string, nodeOptions: readonly string[], args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, fromDist(program), ...args]);
  return JSON.parse(stdout);
}

/** With a small young generation, garbage is collected early and hardly counts. */
const LITTLE_GARBAGE = ["--expose-gc", "--max-semi-space-size=1"];

// Nothing is hashed, so the measured memory is that of the reference, and a few MB of Node itself.
for (const [encoding, most] of [
  ["compact", 3],
  ["offsets64", 3],
  ["explicit", 4],
] as const) {
  test(`verifying a ${encoding} proof of 200 000 nodes needs at most ${most} times its size`, async () => {
    const args = [encoding, "balanced", "200000", "--bare"];
    const seen = (await run("bench/peak-memory.js", LITTLE_GARBAGE, args)) as { proofBytes: number; peakBytes: number };
    assert.ok(seen.proofBytes > 6_000_000, `${seen.proofBytes} bytes of proof`);
    assert.ok(seen.peakBytes > seen.proofBytes, "the peak includes the proof");
    assert.ok(seen.peakBytes <= most * seen.proofBytes, `${seen.peakBytes} bytes for ${seen.proofBytes} of proof`);
  });
}

test("no operation needs more stack for a deeper tree", inCiAlone, async () => {
  const outcomes = (await run("test/bench/programs/little-stack.js", ["--stack-size=90"], [])) as Record<
    string,
    string
  >;
  const { "a walk by recursion": recursion, ...others } = outcomes;
  assert.equal(recursion, "RangeError", "the stack is too small for a recursive walk");
  const failed = Object.entries(others).filter(([, outcome]) => outcome !== "done");
  assert.deepEqual(failed, []);
  assert.equal(Object.keys(others).length, 8 * 9 + (9 + 8), "eight encodings of binary trees, and two of radix trees");
});

test("a proof of a million inner nodes without an end is rejected with the same stack", async () => {
  const script = `
    const { ssz } = await import(process.argv[1]);
    const proof = new Uint8Array(2 ** 17);
    try {
      ssz.root({ encoding: "compact", isStrict: false }, proof);
    } catch (error) {
      console.log(JSON.stringify(error.class));
    }`;
  const url = new URL("../../reference/proofs/ssz/ssz.js", import.meta.url).href;
  const args = ["--stack-size=90", "--input-type=module", "-e", script, url];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.equal(stdout, '"malformed"\n');
});
