// An implementation that does what a script tells it. `node actor.mjs <script.json>`, where the script maps
// `initialize`, a request's first key, or "" for any request, to what to do: see below.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const script = JSON.parse(readFileSync(process.argv[2], "utf8"));
const initialized = {
  protocol: 1,
  implementation: { name: "actor", version: "1.0.0", language: "JavaScript", ...script.implementation },
  capabilities: { proof: { ssz: { encodings: ["compact", "helpers"], operations: ["root", "get"], ...script.ssz } } },
  ...(script.unsupported ? { unsupported: script.unsupported } : {}),
};

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method === "initialize") {
    if (script.initialize?.exit !== undefined) {
      writeSync(2, script.initialize.stderr ?? "");
      process.exit(script.initialize.exit);
    }
    send({ id, result: initialized });
    continue;
  }
  if (method === "shutdown") {
    send({ id, result: {} });
    break;
  }
  const act = script[params.keys?.[0]] ?? script[""];
  if (act.stderr !== undefined) writeSync(2, act.stderr);
  if (act.exit !== undefined) process.exit(act.exit);
  if (act.raw !== undefined) process.stdout.write(act.raw);
  if (act.result !== undefined) send({ id, result: act.result });
  if (act.error !== undefined)
    send({ id, error: { code: -32000, message: "", data: { class: act.error }, ...act.more } });
  // Neither result nor error: it hangs.
}
process.stdin.destroy();
