import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "node:test";
import {
  type ListProcesses,
  listFromProc,
  listFromPs,
  MARK_VARIABLE,
  newMark,
  type ProcessEntry,
  ProcessTree,
} from "../../../runners/stdio/process-tree.ts";
import { assertDies } from "../misbehaving.ts";

const HAS_PROC = process.platform === "linux";
const HAS_PS = spawnSync("ps", ["-A"]).error === undefined;
/** No system uses such an id, so that the tests end no real process. */
const ROOT = 2 ** 30;

/** Starts a shell as a group leader with a mark; it prints the ids of what it starts. */
async function startShell(script: string, mark: string): Promise<{ child: ChildProcess; printed: number[] }> {
  const env = { ...process.env, [MARK_VARIABLE]: mark };
  const child = spawn("sh", ["-c", script], { detached: true, env, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  while (!output.endsWith("ready\n")) await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  return {
    child,
    printed: output
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 0),
  };
}

/** Lists the processes of an imaginary machine. */
function machine(entries: readonly Partial<ProcessEntry>[]): ListProcesses {
  const unmarked = { parent: 1, group: 0, startedAt: "then", isMarked: () => false };
  return () => entries.map((entry) => ({ pid: 0, ...unmarked, ...entry }));
}

describe("ProcessTree", () => {
  test("finds its processes by group, parent and mark, and no others", () => {
    const tree = new ProcessTree(
      ROOT,
      "mark",
      machine([
        { pid: ROOT, parent: process.pid, group: ROOT },
        { pid: ROOT + 1, group: ROOT },
        { pid: ROOT + 2, parent: ROOT + 3, group: ROOT + 2 },
        { pid: ROOT + 3, parent: ROOT + 1, group: ROOT + 3 },
        { pid: ROOT + 4, isMarked: () => true },
        { pid: ROOT + 5 },
        { pid: process.pid, isMarked: () => true },
      ]),
    );
    assert.deepEqual([...tree.survivors()].sort(), [ROOT, ROOT + 1, ROOT + 2, ROOT + 3, ROOT + 4]);
    tree.end();
  });

  test("ignores a reused id or group after the root has exited", () => {
    let entries: Partial<ProcessEntry>[] = [
      { pid: ROOT + 1, group: ROOT, startedAt: "early" },
      { pid: ROOT + 2, group: ROOT, startedAt: "early" },
    ];
    const tree = new ProcessTree(ROOT, "mark", (mark) => machine(entries)(mark));
    tree.rootHasExited();
    entries = [
      { pid: ROOT, group: ROOT, startedAt: "late" },
      { pid: ROOT + 1, group: ROOT, startedAt: "late" },
      { pid: ROOT + 2, group: ROOT, startedAt: "early" },
      { pid: ROOT + 3, group: ROOT, startedAt: "late" },
    ];
    assert.deepEqual(tree.survivors(), [ROOT + 2]);
    tree.end();
  });

  test("ends a group, even if the processes of the machine cannot be listed", async () => {
    const { child, printed } = await startShell("sleep 60 & echo $!; echo ready; wait", "unused");
    const failing = () => {
      throw new Error("no table");
    };
    new ProcessTree(child.pid as number, "unused", failing).end();
    await once(child, "close");
    for (const pid of printed) await assertDies(pid);
  });

  test("ends a process that has left the group and lost its parents", { skip: !HAS_PROC }, async () => {
    const mark = newMark();
    const { child, printed } = await startShell("(setsid sleep 60 & echo $!); echo ready; wait", mark);
    const tree = new ProcessTree(child.pid as number, mark);
    await once(child, "exit");
    tree.rootHasExited();
    assert.equal(tree.survivors().length, 1);
    tree.end();
    for (const pid of printed) await assertDies(pid);
    assert.deepEqual(tree.survivors(), []);
  });

  test("ends a process that has left the group and hidden its environment, while its parents are alive", {
    skip: !HAS_PROC,
  }, async () => {
    const mark = newMark();
    const { child, printed } = await startShell("env -i setsid sleep 60 & sleep 0.1; echo $!; echo ready; wait", mark);
    const tree = new ProcessTree(child.pid as number, mark);
    tree.end();
    for (const pid of printed) await assertDies(pid);
  });

  test("has distinct marks, which include the mark of an outer harness", () => {
    assert.notEqual(newMark(), newMark());
    process.env[MARK_VARIABLE] = "outer";
    try {
      assert.match(newMark(), /^outer,[0-9]+-/);
    } finally {
      delete process.env[MARK_VARIABLE];
    }
  });
});

describe("the list of processes", () => {
  const lists: readonly (readonly [string, ListProcesses, boolean])[] = [
    ["/proc", listFromProc, HAS_PROC],
    ["ps", listFromPs, HAS_PS],
  ];
  for (const [name, list, isThere] of lists) {
    test(`from ${name} shows parents, groups and start times, and no zombies`, {
      skip: !isThere,
    }, async () => {
      const { child } = await startShell("echo ready; sleep 60", "unused");
      const find = () => list("unused").find(({ pid }) => pid === child.pid);
      const entry = find();
      assert.equal(entry?.parent, process.pid);
      assert.equal(entry?.group, child.pid);
      assert.notEqual(entry?.startedAt, "");
      assert.equal(find()?.startedAt, entry?.startedAt);
      process.kill(-(child.pid as number), "SIGKILL");
      await once(child, "close");
      assert.equal(find(), undefined);
    });
  }

  test("from /proc shows which processes have the mark", { skip: !HAS_PROC }, async () => {
    const mark = newMark();
    const { child } = await startShell("echo ready; exec sleep 60", mark);
    const marked = listFromProc(mark).filter((entry) => entry.isMarked());
    assert.deepEqual(
      marked.map(({ pid }) => pid),
      [child.pid],
    );
    process.kill(-(child.pid as number), "SIGKILL");
    await once(child, "close");
  });
});
