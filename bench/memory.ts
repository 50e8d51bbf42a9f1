/** The most memory that verifying a proof takes, beside the proof: heap and array buffers of a process of its own. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { packagePath } from "../harness/files/package-root.ts";
import type { Bench } from "./comparison.ts";

const MIB = 2 ** 20;

/** What one bottom takes in a proof, but for a few bytes: itself and its two bits, count or index. */
const BYTES_A_BOTTOM = { compact: 32.25, offsets64: 40, explicit: 48 };

export const peakMemory = (proofMiB: number): Bench[] =>
  Object.entries(BYTES_A_BOTTOM).map(([encoding, bytesABottom]) => ({
    name: `memory, ${encoding}`,
    unit: "MiB",
    sides: ["peak while verifying", "size of the proof"],
    target: { kind: "at-most", ratio: 4 },
    async measure() {
      const bottoms = Math.floor((proofMiB * MIB) / bytesABottom);
      const program = packagePath("dist", "bench", "peak-memory.js");
      const args = ["--expose-gc", program, encoding, "balanced", `${bottoms}`];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const { proofBytes, peakBytes } = JSON.parse(stdout) as { proofBytes: number; peakBytes: number };
      return { ours: [peakBytes / MIB], theirs: [proofBytes / MIB] };
    },
  }));
