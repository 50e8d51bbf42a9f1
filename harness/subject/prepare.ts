/** Checks the toolchain of an implementation and builds it. */
import { spawn } from "node:child_process";
import type { Command, LoadedManifest } from "./manifest.ts";

export type Readiness =
  | { readonly kind: "ready" }
  /** A toolchain is missing, which is not a failure. */
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string; readonly output: string };

/** The time limit for a build command. */
const BUILD_TIMEOUT_MS = 15 * 60_000;
const PROBE_TIMEOUT_MS = 60_000;

/** The maximum length of the kept output of a command. The end is kept, because it contains the error. */
const KEPT_OUTPUT = 64 * 1024;

export async function prepare(manifest: LoadedManifest, signal?: AbortSignal): Promise<Readiness> {
  for (const { command, reason } of manifest.needs ?? []) {
    const { problem } = await runCommand(command, manifest.folder, PROBE_TIMEOUT_MS, signal);
    if (problem !== undefined) return { kind: "skipped", reason: `${reason} (${command.join(" ")}: ${problem})` };
  }
  for (const command of manifest.build ?? []) {
    const { problem, output } = await runCommand(command, manifest.folder, BUILD_TIMEOUT_MS, signal);
    if (problem !== undefined)
      return { kind: "failed", reason: `build failed: ${command.join(" ")}: ${problem}`, output };
  }
  return { kind: "ready" };
}

async function runCommand(
  command: Command,
  cwd: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<{ problem?: string; output: string }> {
  return new Promise((resolve) => {
    const [file, ...args] = command;
    const child = spawn(file, args, { cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let output = "";
    let stopped: string | undefined;
    const stop = (why: string): void => {
      stopped = why;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has already exited.
      }
    };
    const timer = setTimeout(() => stop(`still running after ${timeoutMs / 1000} s`), timeoutMs);
    const onAbort = (): void => stop("interrupted");
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort);
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const finish = (problem?: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve(problem === undefined ? { output } : { problem, output });
    };
    child.on("error", (error: NodeJS.ErrnoException) => finish(error.code === "ENOENT" ? "not found" : error.message));
    child.on("close", (code, signalName) => {
      if (stopped !== undefined) finish(stopped);
      else finish(code === 0 ? undefined : signalName ? `ended by ${signalName}` : `exit status ${code}`);
    });
  });
}
