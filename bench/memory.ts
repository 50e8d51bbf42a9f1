/** The peak memory of verifying a proof, compared with the size of the proof: heap and array buffers of a process. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { packagePath } from "../harness/files/package-root.ts";
import type { Bench } from "./comparison.ts";

const MIB = 2 ** 20;

/** The bytes of one terminal node in a proof: the node and its two bits, count or index. */
const BYTES_PER_NODE = { compact: 32.25, offsets64: 40, explicit: 48 };

export const peakMemory = (proofMiB: number): Bench[] =>
  Object.entries(BYTES_PER_NODE).map(([encoding, bytesPerNode]) => ({
    name: `memory, ${encoding}`,
    unit: "MiB",
    sides: ["peak while verifying", "size of the proof"],
    target: { kind: "at-most", ratio: 4 },
    async measure() {
      const nodes = Math.floor((proofMiB * MIB) / bytesPerNode);
      const program = packagePath("dist", "bench", "peak-memory.js");
      const args = ["--expose-gc", program, encoding, "balanced", `${nodes}`];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const { proofBytes, peakBytes } = JSON.parse(stdout) as { proofBytes: number; peakBytes: number };
      return { ours: [peakBytes / MIB], theirs: [proofBytes / MIB] };
    },
  }));
