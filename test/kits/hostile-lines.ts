/** Lines that the harness never sends, and the answer of every kit. */

/** An id, and the only member of the result, the code of an error, or the class of a rejection. */
export type Expected = readonly [id: number | null, outcome: string | number];

const LEAF = `0x80${"0a".repeat(32)}`;
const ROOT = { backend: "ssz", encoding: "compact", proof: LEAF };
const call = (id: number, params: object, method = "proof/root"): string =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });
const withOptions = (id: number, options: unknown): string => call(id, { ...ROOT, options });

export const CONVERSATION: readonly (readonly [about: string, line: string, expected: Expected])[] = [
  ["a valid request", call(1, ROOT), [1, "root"]],
  ["a line that is not JSON", "{", [null, -32700]],
  ["an empty line", "", [null, -32700]],
  ["two requests on a line", `${call(2, ROOT)}${call(3, ROOT)}`, [null, -32700]],
  ["a zero byte", "\u0000", [null, -32700]],
  ["JSON that is not an object", "7", [null, -32600]],
  ["null", "null", [null, -32600]],
  ["a list", "[]", [null, -32600]],
  ["no id", '{"jsonrpc":"2.0","method":"proof/root","params":{}}', [null, -32600]],
  ["an id that is a string", '{"jsonrpc":"2.0","id":"4","method":"proof/root","params":{}}', [null, -32600]],
  ["members with upper-case names", '{"ID":4,"METHOD":"proof/root","PARAMS":{}}', [null, -32600]],
  ["no method", '{"jsonrpc":"2.0","id":5,"params":{}}', [5, -32600]],
  ["a method that is a number", '{"jsonrpc":"2.0","id":6,"method":6,"params":{}}', [6, -32600]],
  ["no params", '{"jsonrpc":"2.0","id":7,"method":"proof/root"}', [7, -32600]],
  ["params that are null", '{"jsonrpc":"2.0","id":8,"method":"proof/root","params":null}', [8, -32600]],
  ["params that are a list", '{"jsonrpc":"2.0","id":9,"method":"proof/root","params":[]}', [9, -32600]],
  ["an unknown method", call(10, ROOT, "proof/guess"), [10, -32601]],
  ["a method without its area", call(11, ROOT, "root"), [11, -32601]],
  ["a method named like a member of JavaScript objects", call(12, ROOT, "constructor"), [12, -32601]],
  [
    "a known method that is not declared",
    call(13, { ...ROOT, root: LEAF, keys: [] }, "proof/get"),
    [13, "unsupported"],
  ],
  ["an unknown backend", call(14, { ...ROOT, backend: "oak" }), [14, "unsupported"]],
  [
    "a backend named like a member of JavaScript objects",
    call(15, { ...ROOT, backend: "constructor" }),
    [15, "unsupported"],
  ],
  ["a backend that is not a string", call(16, { ...ROOT, backend: 16 }), [16, "invalid-argument"]],
  ["an encoding that is not declared", call(17, { ...ROOT, encoding: "helpers" }), [17, "unsupported"]],
  ["no encoding", call(18, { backend: "ssz", proof: LEAF }), [18, "invalid-argument"]],
  ["an extra parameter", call(19, { ...ROOT, keys: [] }), [19, "invalid-argument"]],
  [
    "an extra parameter before an unknown backend",
    call(20, { ...ROOT, backend: "oak", keys: [] }),
    [20, "invalid-argument"],
  ],
  [
    "an unknown option before an unknown backend",
    call(40, { ...ROOT, backend: "oak", options: { speed: 1 } }),
    [40, "invalid-argument"],
  ],
  [
    "a repeated option, of which the last counts",
    `{"jsonrpc":"2.0","id":41,"method":"proof/root","params":{"backend":"ssz","encoding":"compact","proof":"${LEAF}","options":{"profile":"lax","profile":"strict"}}}`,
    [41, "root"],
  ],
  ["a byte order mark", `\ufeff${call(42, ROOT)}`, [null, -32700]],
  [
    "a proof nested 100 levels deep",
    `{"jsonrpc":"2.0","id":43,"method":"proof/root","params":{"backend":"ssz","encoding":"compact","proof":${"[".repeat(100)}${"]".repeat(100)}}}`,
    [43, "invalid-argument"],
  ],
  ["an unknown option", withOptions(21, { speed: 1 }), [21, "invalid-argument"]],
  ["an option of another backend", withOptions(22, { depth: 8 }), [22, "invalid-argument"]],
  ["an unknown profile", withOptions(23, { profile: "lax" }), [23, "invalid-argument"]],
  ["a profile that is a list", withOptions(24, { profile: ["strict"] }), [24, "invalid-argument"]],
  ["options that are a list", withOptions(25, []), [25, "invalid-argument"]],
  ["options that are null", withOptions(26, null), [26, "invalid-argument"]],
  ["the strict profile", withOptions(27, { profile: "strict" }), [27, "root"]],
  ["no proof", call(28, { backend: "ssz", encoding: "compact" }), [28, "invalid-argument"]],
  ["a proof that is a number", call(29, { ...ROOT, proof: 29 }), [29, "invalid-argument"]],
  ["upper-case hex", call(30, { ...ROOT, proof: "0xAA" }), [30, "invalid-argument"]],
  ["half a byte", call(31, { ...ROOT, proof: "0x8" }), [31, "invalid-argument"]],
  ["a line feed after hex", call(32, { ...ROOT, proof: `${LEAF}\n` }), [32, "invalid-argument"]],
  [
    "an integer of a thousand digits",
    `{"jsonrpc":"2.0","id":33,"method":"proof/root","params":{"backend":"ssz","encoding":"compact","proof":${"9".repeat(1_000)}}}`,
    [33, "invalid-argument"],
  ],
  ["an empty proof", call(34, { ...ROOT, proof: "0x" }), [34, "malformed"]],
  [
    "a repeated member, of which the last counts",
    `{"jsonrpc":"2.0","id":0,"id":35,"method":"proof/root","params":${JSON.stringify(ROOT)}}`,
    [35, "root"],
  ],
  ["a request between spaces, with a carriage return", ` ${call(36, ROOT)} \r`, [36, "root"]],
  ["a second initialize", call(37, {}, "initialize"), [37, "protocol"]],
  ["shutdown", call(38, {}, "shutdown"), [38, "done"]],
  ["a request after shutdown", call(39, ROOT), [39, "never"]],
];
