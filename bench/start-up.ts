/**
 * How long `proofhouse check` takes until `initialize` has reached the implementation, its caches warm, against a bare
 * `node -e 0`. Both are timed by this process: from the start of the program to what can be seen of it from outside.
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
      // A shell is up in a millisecond. It tells that it has read the request, and ends.
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
  // For writing too, or opening would wait for the other end.
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
      // Sets the pending read free.
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
