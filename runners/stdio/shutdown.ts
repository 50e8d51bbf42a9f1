/** The last exchange with a process: `shutdown`, and the processes that it leaves behind. Req: WIRE-007, WIRE-021. */
import type { Answer } from "../lane.ts";
import { within } from "./bounded-wait.ts";
import type { Child } from "./child.ts";
import { recordStray, type Session } from "./exchange.ts";
import { requestLine } from "./request.ts";
import { answerOf, readResponse } from "./response.ts";

/** The interval between two looks at the rest of a tree. */
const LOOK_AGAIN_MS = 25;

/**
 * Sends `shutdown` and waits `shutdownMs` for the response, the exit of the process and the exit of everything that it started.
 * Then it kills the processes that are still alive. Faults are recorded as notes, because every case already has its verdict.
 */
export async function shutDown(child: Child, { ids, events }: Session, shutdownMs: number): Promise<void> {
  const deadlineMs = performance.now() + shutdownMs;
  const id = ids.take();
  let reply: string | undefined;
  child.expectExit();
  child.listen({
    line: (text) => {
      const response = readResponse(text);
      if (response.id !== id) {
        if (response.id !== undefined) recordStray(events, response.id, ids, child);
        return;
      }
      reply ??= describeReply(answerOf("shutdown", response));
      // Some implementations exit only when their stdin ends.
      child.closeStdin();
    },
    broken: () => {},
    ready: () => {},
    ended: () => {},
  });
  child.write(requestLine(id, "shutdown", {}));
  if (!(await within(shutdownMs, child.exited))) {
    events.note("shutdown-ignored", `the process was alive ${shutdownMs} ms after shutdown and was killed`);
    await child.kill();
    return;
  }
  const survivors = await awaitSurvivors(child, deadlineMs);
  if (survivors.length > 0) {
    const which = survivors.length === 1 ? `process ${survivors[0]}` : `processes ${survivors.join(", ")}`;
    events.note(
      "process-left-behind",
      `the implementation left ${which} behind, killed ${shutdownMs} ms after shutdown`,
    );
  }
  const { message } = await child.endRest();
  if (reply === undefined) events.note("shutdown-ignored", `shutdown was not answered: the process ${message}`);
  else if (reply !== "") events.note("shutdown-ignored", `shutdown was answered with ${reply}`);
}

/** Returns the processes that are alive at the deadline, after the implementation itself has ended. */
async function awaitSurvivors(child: Child, deadlineMs: number): Promise<readonly number[]> {
  for (;;) {
    const survivors = child.survivors();
    const leftMs = deadlineMs - performance.now();
    if (survivors.length === 0 || leftMs <= 0) return survivors;
    await new Promise((resolve) => {
      setTimeout(resolve, Math.min(leftMs, LOOK_AGAIN_MS));
    });
  }
}

/** Returns the fault of the response to `shutdown`, or "" if there is none. */
function describeReply(answer: Answer): string {
  if (answer.kind === "error") return `the error ${answer.class}: ${answer.message}`;
  if (answer.kind === "protocol-fault") return `a protocol fault at "${answer.pointer}": ${answer.message}`;
  return "";
}
