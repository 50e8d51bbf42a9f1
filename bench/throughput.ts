/**
 * Cases per second through the stdio lane and the judge, compared with a minimal pipelined driver: the same requests, the
 * same child that does nothing, 64 requests in flight, and only JSON.stringify and JSON.parse at both ends.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expandFor } from "../harness/cases/expand.ts";
import { loadVectors } from "../harness/cases/load.ts";
import type { VectorCase } from "../harness/cases/vector.ts";
import { packagePath } from "../harness/files/package-root.ts";
import { runImplementation, startLane } from "../harness/run/run-cases.ts";
import { createStdioLane } from "../runners/stdio/stdio.ts";
import { type Bench, takeTurns } from "./comparison.ts";

const COMMAND = [process.execPath, packagePath("bench", "programs", "no-op.mjs")] as const;
const WINDOW = 64;
/** Enough for at least a third of a second. */
const CASES = 30_000;
/** The overhead of the harness is most visible in cases with little JSON. */
const LONGEST_REQUEST = 4096;

const ROOT = `0x${"00".repeat(32)}`;

export const throughput: Bench = {
  name: "throughput",
  unit: "cases/s",
  sides: ["stdio lane and judge", "minimal driver"],
  target: { kind: "at-least", ratio: 0.5 },
  async measure(rounds) {
    const cases = await requests();
    return takeTurns(
      rounds,
      () => harnessRate(cases),
      () => driverRate(cases),
    );
  },
};

/** Repeats requests of the canonical vectors with expanded recipes. The expectations match the answer of the child. */
async function requests(): Promise<VectorCase[]> {
  const { cases } = await loadVectors();
  const expanded = cases
    .filter(({ call, params }) => (call === "proof/root" || call === "proof/get") && params.encoding === "compact")
    .map((vector) => ({
      ...vector,
      call: "proof/root",
      params: expandFor(vector, vector.params),
      expect: { result: { root: ROOT } },
    }))
    .filter(({ params }) => params.backend === "ssz" && JSON.stringify(params).length <= LONGEST_REQUEST);
  return Array.from({ length: CASES }, (_, index) => {
    const vector = expanded[index % expanded.length];
    return { ...vector, id: `${vector.id}-${index}` };
  });
}

const rateSince = (startedAtMs: number): number => (1000 * CASES) / (performance.now() - startedAtMs);

async function harnessRate(cases: readonly VectorCase[]): Promise<number> {
  const lane = createStdioLane({ command: COMMAND, window: WINDOW, harnessVersion: "0.0.0" });
  const started = await startLane(lane);
  const startedAtMs = performance.now();
  let rate = 0;
  const onProgress = (done: number): void => {
    if (done === CASES) rate = rateSince(startedAtMs);
  };
  const { records } = await runImplementation(lane, { cases, onProgress }, Promise.resolve(started));
  const passes = records.filter(({ verdict }) => verdict === "pass").length;
  if (passes !== CASES) throw new Error(`${passes} of ${CASES} cases passed; expected all`);
  return rate;
}

async function driverRate(cases: readonly VectorCase[]): Promise<number> {
  const [program, ...args] = COMMAND;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const startedAt = { ms: 0 };
  let sent = 0;
  let answered = 0;
  let rest = "";
  const fill = (): void => {
    let lines = "";
    while (sent < CASES && sent - answered < WINDOW) {
      const { call: method, params } = cases[sent];
      lines += `${JSON.stringify({ jsonrpc: "2.0", id: sent, method, params })}\n`;
      sent++;
    }
    if (lines !== "") child.stdin.write(lines);
  };
  const rate = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk: string) => {
      // The first answer shows that the child has started; the measurement begins then.
      if (startedAt.ms === 0) {
        startedAt.ms = performance.now();
        fill();
        return;
      }
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const { result } = JSON.parse(line) as { result: { root: string } };
        if (result.root !== ROOT) reject(new Error(`unexpected answer ${line}`));
        answered++;
      }
      if (answered === CASES) resolve(rateSince(startedAt.ms));
      else fill();
    });
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: -1, method: "initialize", params: {} })}\n`);
  });
  child.stdin.end();
  await once(child, "exit");
  return rate;
}
