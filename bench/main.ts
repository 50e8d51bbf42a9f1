/**
 * The benches: `npm run bench`, or `node dist/bench/main.js [--smoke] [part of a name …]`. The smoke mode is fast: it uses
 * smaller sizes and lenient targets. The exit code is 1 if a target is missed.
 */
import { parseArgs } from "node:util";
import { interpreterBenches } from "./interpreter.ts";
import { peakMemory } from "./memory.ts";
import { meteringBenches } from "./metering.ts";
import { patriciaBenches } from "./patricia.ts";
import { proveSparse, proveSsz } from "./prove.ts";
import { radixBench } from "./radix.ts";
import { runBenches } from "./run-benches.ts";
import { startUp } from "./start-up.ts";
import { throughput } from "./throughput.ts";
import { validationBenches } from "./validation.ts";
import { verifyAgainstHashes, verifyAgainstLibrary } from "./verify.ts";

const { values, positionals } = parseArgs({
  options: { smoke: { type: "boolean", default: false } },
  allowPositionals: true,
});
const { smoke } = values;

const benches = [
  throughput,
  startUp,
  ...verifyAgainstHashes,
  ...verifyAgainstLibrary,
  proveSsz(smoke ? 14 : 16),
  proveSparse(smoke ? 2 ** 8 : 2 ** 10),
  ...patriciaBenches(smoke ? 12 : 16),
  radixBench(smoke ? 12 : 16),
  ...interpreterBenches(smoke),
  ...peakMemory(smoke ? 16 : 32),
  ...validationBenches,
  ...meteringBenches((smoke ? 256 : 1000) * 1024),
];

const chosen = benches.filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
if (chosen.length === 0) throw new Error(`no name of a bench contains ${positionals.join(" or ")}`);
const allMet = await runBenches(chosen, { isSmoke: smoke, print: console.log, printMiss: console.error });
process.exitCode = allMet ? 0 : 1;
