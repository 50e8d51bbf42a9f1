// A scripted implementation: `node actor.mjs <script.json>`. The member of the script that is named like the first key of a
// request, or else the member "", selects the actions for the request: write the process id to a file, write to stderr,
// exit, write a raw line, answer with a result or an error. Without any of these it hangs.
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const script = JSON.parse(readFileSync(process.argv[2], "utf8"));
const initialized = {
  protocol: 1,
  implementation: { name: "actor", version: "1.0.0", language: "JavaScript", ...script.implementation },
  capabilities: { proof: { ssz: { encodings: ["compact"], operations: script.operations ?? ["get"] } } },
  ...(script.unsupported ? { unsupported: script.unsupported } : {}),
};

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

function act({ touch, stderr, exit, raw, result, error, message = "" }, id) {
  if (touch !== undefined) writeFileSync(touch, String(process.pid));
  if (stderr !== undefined) writeSync(2, stderr);
  if (exit !== undefined) process.exit(exit);
  if (raw !== undefined) process.stdout.write(raw);
  if (result !== undefined) send({ id, result });
  if (error !== undefined) send({ id, error: { code: -32000, message, data: { class: error } } });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method === "initialize") act(script.initialize ?? { result: initialized }, id);
  else if (method === "shutdown") {
    send({ id, result: {} });
    break;
  } else act(script[params.keys?.[0]] ?? script[""] ?? {}, id);
}
process.stdin.destroy();
