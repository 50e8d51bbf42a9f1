/** The implementation's side of the stdio lane: a method may return or reject by a promise. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { packagePath } from "../../../harness/files/package-root.ts";

const PROGRAM = `
import { Rejection, serve } from ${JSON.stringify(packagePath("dist", "kits", "javascript", "adapter", "adapter.js"))};
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
await serve({
  initialize: {},
  call: async (method) => {
    if (method === "proof/get") await soon();
    if (method === "proof/root") throw new Rejection("incomplete", "later");
    return { method };
  },
});
`;

function answersTo(methods: readonly string[]): unknown[] {
  const input = methods.map((method, id) => JSON.stringify({ jsonrpc: "2.0", id, method, params: {} })).join("\n");
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", PROGRAM], { input, encoding: "utf8" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("each request is answered with the result of its own promise", () => {
  assert.deepEqual(answersTo(["proof/get", "proof/root", "proof/prove", "shutdown"]), [
    { jsonrpc: "2.0", id: 0, result: { method: "proof/get" } },
    {
      jsonrpc: "2.0",
      id: 1,
      error: { code: -32000, message: "later", data: { class: "incomplete", details: {} } },
    },
    { jsonrpc: "2.0", id: 2, result: { method: "proof/prove" } },
    { jsonrpc: "2.0", id: 3, result: {} },
  ]);
});
