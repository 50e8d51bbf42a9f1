/**
 * The time of `proofhouse check` with warm caches until `initialize` reaches the implementation, compared with a bare
 * `node -e 0`. This process measures both from the outside, beginning with the start of the program.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packagePath } from "../harness/files/package-root.ts";
import { type Bench, takeTurns } from "./comparison.ts";

export const startUp: Bench = {
  name: "start-up",
  unit: "ms",
  sides: ["check until initialize", "node -e 0"],
  target: { kind: "at-most", ratio: 4 },
  async measure(rounds) {
    const folder = mkdtempSync(join(tmpdir(), "proofhouse-bench-"));
    try {
      const pipe = join(folder, "read");
      if (spawnSync("mkfifo", [pipe]).status !== 0) throw new Error(`mkfifo ${pipe} failed`);
      const program = join(folder, "implementation");
      // A shell starts in a millisecond. It copies the request to the pipe and exits.
      writeFileSync(program, `#!/bin/sh\nread -r request\necho "$request" >${pipe}\n`);
      chmodSync(program, 0o755);
      return await takeTurns(
        rounds,
        () => checkMs(program, pipe),
        () => nodeMs(),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function checkMs(program: string, pipe: string): Promise<number> {
  // Opens the pipe for writing too, because opening it only for reading would block.
  const reader = await open(pipe, "r+");
  try {
    const startedAtMs = performance.now();
    const args = [packagePath("dist", "cli", "main.js"), "check", "--command", program];
    const child = spawn(process.execPath, args, { stdio: "ignore" });
    const exited = once(child, "exit");
    const first = reader.read(Buffer.alloc(4096)).then(({ buffer, bytesRead }) => {
      return { ms: performance.now() - startedAtMs, text: buffer.toString("utf8", 0, bytesRead) };
    });
    const early = exited.then(() => undefined);
    const seen = await Promise.race([first, early]);
    if (seen === undefined) {
      // Ends the pending read.
      await reader.write("\n");
      throw new Error("proofhouse check ended before it sent anything");
    }
    if (!seen.text.includes('"initialize"')) throw new Error(`expected initialize, got ${seen.text}`);
    await exited;
    return seen.ms;
  } finally {
    await reader.close();
  }
}

async function nodeMs(): Promise<number> {
  const startedAtMs = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - startedAtMs;
}
