// An implementation that returns the requested keys for every `proof/get`, and misbehaves in the mode of its argument.
// Most modes are triggered by the key 0xbad0; such a request may also name the mode in `misbehave`.
import { spawn } from "node:child_process";
import { closeSync, writeFileSync, writeSync } from "node:fs";

const [mode, argument] = process.argv.slice(2);
const BAD = "0xbad0";

const INITIALIZED = {
  protocol: 1,
  implementation: { name: "misbehave", version: "1", language: "JavaScript" },
  capabilities: { proof: { sparse: { encodings: ["compact"], operations: ["get"] } } },
};

const write = (text) => process.stdout.write(text);
const message = (id, members) => `${JSON.stringify({ jsonrpc: "2.0", id, ...members })}\n`;
const answer = ({ id, params }) => write(message(id, { result: { values: params.keys } }));
const raw = (id, result) => write(`{"jsonrpc":"2.0","id":${id},"result":${result}}\n`);
const isBad = ({ params }) => params.keys[0] === BAD;

/** Starts a process that outlives this one, and writes its id to the file named by the argument. */
function leaveBehind(options) {
  const forever = 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000);';
  const child = spawn(process.execPath, ["-e", forever], { stdio: ["ignore", "pipe", "ignore"], ...options });
  return new Promise((resolve) => {
    child.stdout.once("data", () => {
      writeFileSync(argument, String(child.pid));
      child.stdout.destroy();
      child.unref();
      resolve();
    });
  });
}

/** The reaction of a mode to the bad case. All other cases are answered. */
const onBad = {
  "exit-3": () => process.exit(3),
  "kill-itself": () => process.kill(process.pid, "SIGKILL"),
  "starts-once": () => process.exit(8),
  hang: () => {},
  "block-for-ever": () => {
    for (;;);
  },
  late: (request) => setTimeout(() => answer(request), Number(argument)),
  twice: (request) => {
    answer(request);
    answer(request);
  },
  "unknown-id": (request) => {
    raw(999_999, '{"values":[]}');
    answer(request);
  },
  garbage: () => write("Segmentation fault? No, but not JSON either\n"),
  "half-line": () => {
    writeSync(1, '{"jsonrpc":"2.0","id":');
    process.exit(0);
  },
  "bad-utf8": ({ id }) =>
    write(
      Buffer.concat([Buffer.from(`{"jsonrpc":"2.0","id":${id},"x":"`), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n')]),
    ),
  "duplicate-member": ({ id }) => raw(id, '{"values":[],"values":[]}'),
  "duplicate-id": ({ id }) => write(`{"jsonrpc":"2.0","id":${id},"id":${id + 1},"result":{"values":[]}}\n`),
  fraction: ({ id }) => raw(id, '{"values":[1.0]}'),
  exponent: ({ id }) => raw(id, '{"values":[1e2]}'),
  "minus-zero": ({ id }) => raw(id, '{"values":[-0]}'),
  "endless-line": () => {
    const part = Buffer.alloc(1 << 20, 0x20);
    let left = 100;
    const more = () => {
      while (left-- > 0) if (!process.stdout.write(part)) return process.stdout.once("drain", more);
    };
    more();
  },
  "flood-stdout": () => {
    const lines = Buffer.from(message(0, { result: {} }).repeat(1000));
    const more = () => {
      while (process.stdout.write(lines));
      process.stdout.once("drain", more);
    };
    more();
  },
  "flood-stderr": (request) => {
    const part = Buffer.alloc(1 << 20, 0x2e);
    for (let left = 50; left > 0; left--) for (let at = 0; at < part.length; ) at += writeAll(2, part.subarray(at));
    writeAll(2, Buffer.from("the end\xff", "latin1"));
    answer(request);
  },
  // Answers, and exits on the next request.
  "answer-then-break": (request) => {
    process.stdin.removeAllListeners("data");
    process.stdin.once("data", () => process.exit(4));
    answer(request);
  },
  babble: (request) => {
    answer(request);
    setTimeout(() => write("ready to serve\n"), 50);
  },
  mutter: (request) => {
    writeSync(2, `about ${request.id}\n`);
    answer(request);
  },
  "mutter-and-exit": () => {
    writeSync(2, "out of cheese\n");
    process.exit(1);
  },
  "not-found": ({ id }) => write(message(id, { error: { code: -32601, message: "Method not found" } })),
  "result-and-error": ({ id }) =>
    write(message(id, { result: { values: [] }, error: { code: -32000, message: "", data: { class: "internal" } } })),
  "wrong-result": ({ id }) => raw(id, '{"values":["0x00","0xZZ"]}'),
  "unknown-class": ({ id }) =>
    write(message(id, { error: { code: -32000, message: "", data: { class: "bad-luck" } } })),
  internal: ({ id }) => {
    writeSync(2, "assertion failed\n");
    write(message(id, { error: { code: -32000, message: "oops", data: { class: "internal", details: { line: 7 } } } }));
  },
  batch: ({ id }) => write(`[{"jsonrpc":"2.0","id":${id},"result":{"values":[]}}]\n`),
  "close-stdout": () => {
    process.stdout.end();
    setInterval(() => {}, 1000);
  },
  "answer-then-exit": (request) => {
    writeSync(1, message(request.id, { result: { values: request.params.keys } }));
    process.exit(4);
  },
  "leave-and-exit": async () => {
    await leaveBehind({ detached: true });
    process.exit(5);
  },
};

function writeAll(descriptor, part) {
  try {
    return writeSync(descriptor, part);
  } catch (error) {
    if (error.code !== "EAGAIN") throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return 0;
  }
}

/** The reaction of a mode to every `proof/get`. */
const buffered = [];
const onEach = {
  reversed: (request) => {
    buffered.push(request);
    if (buffered.length < Number(argument)) return;
    for (const earlier of buffered.splice(0).reverse()) answer(earlier);
  },
  "exit-always": () => process.exit(3),
  // Exits on several requests at once, and answers each alone.
  "no-pipelining": (request) => {
    buffered.push(request);
    if (buffered.length > 4) {
      writeSync(2, "too many\n");
      process.exit(6);
    }
    setTimeout(() => answer(buffered.shift()), 5);
  },
  "no-pipelining-hangs": (request) => {
    buffered.push(request);
    if (buffered.length > 4) for (;;);
    setTimeout(() => answer(buffered.shift()), 5);
  },
  "mutter-each": (request) => {
    writeSync(2, `about ${request.params.keys[0]}\n`);
    answer(request);
  },
  // Answers one after the other, each in time.
  slow: (request) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(argument));
    writeSync(1, message(request.id, { result: { values: request.params.keys } }));
  },
};

const onInitialize = {
  "wrong-initialize": ({ id }) => raw(id, JSON.stringify({ ...INITIALIZED, protocol: 2 })),
  "wrong-initialize-id": () => raw(17, JSON.stringify(INITIALIZED)),
  "error-initialize": ({ id }) =>
    write(message(id, { error: { code: -32000, message: "no licence", data: { class: "internal" } } })),
  "silent-initialize": () => process.stderr.write("still thinking\n"),
  banner: ({ id }) => write(`${message(id, { result: INITIALIZED })}ready to serve\n`),
  // Starts only once; the file named by the argument records the start.
  "starts-once": ({ id }) => {
    try {
      writeFileSync(argument, "", { flag: "wx" });
    } catch {
      process.exit(7);
    }
    raw(id, JSON.stringify(INITIALIZED));
  },
  "read-no-more": ({ id }) => {
    raw(id, JSON.stringify(INITIALIZED));
    process.stdin.pause();
    setInterval(() => {}, 1000);
  },
  // Answers the next request as soon as it has read the id, and does not read the rest.
  "answer-early": ({ id }) => {
    raw(id, JSON.stringify(INITIALIZED));
    process.stdin.removeAllListeners("data");
    process.stdin.once("data", (chunk) => {
      process.stdin.pause();
      raw(/"id":([0-9]+)/.exec(chunk)[1], '{"values":[]}');
      setInterval(() => {}, 1000);
    });
  },
  "close-stdin": ({ id }) => {
    process.stdin.destroy();
    closeSync(0); // Node leaves the descriptor open.
    raw(id, JSON.stringify(INITIALIZED));
    setInterval(() => {}, 1000);
  },
  leave: async ({ id }) => {
    await leaveBehind({ detached: false });
    raw(id, JSON.stringify(INITIALIZED));
  },
  "leave-detached": async ({ id }) => {
    await leaveBehind({ detached: true });
    raw(id, JSON.stringify(INITIALIZED));
  },
};

const onShutdown = {
  "ignore-shutdown": () => {
    process.on("SIGTERM", () => {});
    setInterval(() => {}, 1000);
  },
  "unanswered-shutdown": () => process.exit(0),
};

function receive(request) {
  const { id, method } = request;
  if (method === "initialize") {
    const respond = onInitialize[mode] ?? (() => raw(id, JSON.stringify(INITIALIZED)));
    respond(request);
  } else if (method === "shutdown") {
    const leave = onShutdown[mode] ?? (() => process.stdout.write(message(id, { result: {} }), () => process.exit(0)));
    leave();
  } else if (mode in onEach) onEach[mode](request);
  else if (isBad(request)) (onBad[request.params.misbehave ?? mode] ?? answer)(request);
  else answer(request);
}

if (mode === "exit-at-once") {
  process.stderr.write("no such library\n");
  process.exit(9);
}
if (mode === "die-at-once") process.kill(process.pid, "SIGKILL");

let rest = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) receive(JSON.parse(line));
});
process.stdout.on("error", () => process.exit(0));
