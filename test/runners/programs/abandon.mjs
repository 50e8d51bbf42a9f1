// A harness that exits in the middle of a run. Prints the id of the process that it leaves.
import { readdirSync, readFileSync } from "node:fs";

const { createStdioLane } = await import(new URL("../../../dist/runners/stdio.js", import.meta.url).href);
const [program, file] = process.argv.slice(2);

const lane = createStdioLane({ command: [process.execPath, program, "leave-detached", file], harnessVersion: "0.0.0" });
await lane.initialize();
const isChild = (pid) =>
  readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ")[1] === String(process.pid);
console.log(
  readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .find(isChild),
);
process.exit(0);
