// A harness that exits in the middle of a session. It prints the id of the process that it leaves behind.
import { execFileSync } from "node:child_process";

const { createStdioLane } = await import(new URL("../../../dist/runners/stdio/stdio.js", import.meta.url).href);
const [program, file] = process.argv.slice(2);

const lane = createStdioLane({ command: [process.execPath, program, "leave-detached", file], harnessVersion: "0.0.0" });
await lane.initialize();
const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
console.log(rows.find(([, parent, ...words]) => parent === String(process.pid) && words.includes(program))[0]);
process.exit(0);
