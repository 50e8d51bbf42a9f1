import assert from "node:assert/strict";
import { test } from "node:test";
import { SessionEvents } from "../../../runners/stdio/session-events.ts";

test("a hundred events of a kind are recorded, then only their number, whatever comes between", () => {
  const events = new SessionEvents();
  for (let count = 0; count < 250; count++) {
    events.fault("unknown-id", `number ${count}`);
    if (count === 200) events.note("late-answer", "one of another kind");
  }
  const unknown = events.list.filter(({ kind }) => kind === "unknown-id");
  assert.equal(unknown.length, 101);
  assert.deepEqual(unknown[99], { severity: "fault", kind: "unknown-id", message: "number 99" });
  assert.deepEqual(unknown[100], { severity: "fault", kind: "unknown-id", message: "150 more like these" });
  assert.deepEqual(events.list.at(-1), { severity: "note", kind: "late-answer", message: "one of another kind" });
});
