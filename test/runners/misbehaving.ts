/** Shared by the tests of the stdio lane: lanes over a program that misbehaves on request, and their runs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Call, Lane, Outcome } from "../../runners/lane.ts";
import { createStdioLane, type StdioOptions } from "../../runners/stdio/stdio.ts";

/** Returns the path of a program in `test/runners/programs`. They run uncompiled. */
export function program(name: string): string {
  return fileURLToPath(new URL(`../../../test/runners/programs/${name}.mjs`, import.meta.url));
}

/** The key that triggers a misbehaviour. */
export const BAD = "0xbad0";
export const BAD_AT = 20;

export function laneOf(command: readonly string[], options: Partial<StdioOptions> = {}): Lane {
  return createStdioLane({ command, harnessVersion: "0.0.0", timeoutMs: 300, shutdownMs: 1500, ...options });
}

export function misbehaving(mode: string, options: Partial<StdioOptions> = {}, argument = ""): Lane {
  return laneOf([process.execPath, program("misbehave"), mode, argument], options);
}

const keyOf = (index: number) => `0x${index.toString(16).padStart(8, "0")}`;

export const get = (key: string): Call => ({ method: "proof/get", params: { keys: [key] } });

export const answered = (key: string): Outcome => ({ kind: "result", result: { values: [key] } });

export const right = (index: number): Outcome => answered(keyOf(index));

/** Calls with distinct keys, so that an answer to another call is noticed. The call at `badAt` triggers the misbehaviour. */
export function callsWithBad(count: number, badAt = BAD_AT): Call[] {
  return Array.from({ length: count }, (_, index) => get(index === badAt ? BAD : keyOf(index)));
}

/** A call that triggers the named misbehaviour. */
export const bad = (misbehave: string): Call => ({ method: "proof/get", params: { keys: [BAD], misbehave } });

export interface Finished {
  readonly outcomes: readonly Outcome[];
  readonly events: Lane["events"];
}

/** Starts the lane, runs the calls, and closes it. */
export async function finish(lane: Lane, calls: readonly Call[], signal?: AbortSignal): Promise<Finished> {
  const outcomes: Outcome[] = [];
  try {
    await lane.initialize();
    await lane.run(
      calls,
      (index, outcome) => {
        assert.equal(outcomes[index], undefined, `call ${index} is reported twice`);
        outcomes[index] = outcome;
      },
      signal,
    );
  } finally {
    await lane.close();
  }
  return { outcomes, events: lane.events };
}

export const kindsOf = (events: Lane["events"]) => events.map(({ severity, kind }) => `${severity} ${kind}`);

export const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

/** SIGKILL takes effect a moment after it is sent. */
export async function assertDies(pid: number): Promise<void> {
  assert.ok(pid > 1, `${pid} is not a process id`);
  for (let tries = 0; tries < 50 && isAlive(pid); tries++) await pause(10);
  assert.ok(!isAlive(pid), `process ${pid} is still alive`);
}
