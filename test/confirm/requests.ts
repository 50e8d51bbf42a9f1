/** The form of a request, for every naive backend. */
import { fail, isObject, type Json, parseBytes32 } from "./values.ts";

export type Params = { [name: string]: Json };

type Form = { required: string[]; optional: string[]; encodings: string[] };

const FORMS = new Map<string, Form>([
  ["proof/root", { required: ["proof"], optional: [], encodings: ["encoding"] }],
  ["proof/get", { required: ["root", "proof", "keys"], optional: [], encodings: ["encoding"] }],
  ["proof/prove", { required: ["entries", "keys"], optional: ["deletes"], encodings: ["encoding"] }],
  ["proof/convert", { required: ["root", "proof"], optional: ["keys"], encodings: ["from", "to"] }],
  ["proof/cost", { required: ["root", "proof"], optional: [], encodings: ["encoding"] }],
  ["proof/extract", { required: ["root", "proof", "keys"], optional: ["deletes"], encodings: ["encoding"] }],
  ["proof/update", { required: ["root", "proof", "writes"], optional: [], encodings: ["encoding"] }],
  ["proof/merge", { required: ["root", "proofs"], optional: [], encodings: ["encoding"] }],
  ["proof/transact", { required: ["root", "proof", "steps"], optional: [], encodings: ["encoding"] }],
]);

/** Returns the parameters of a request to `backend`, after a check that exactly the parameters of the method are present. */
export function requestTo(backend: string, encodings: readonly string[], method: string, params: Json): Params {
  const form = FORMS.get(method) ?? fail("unsupported", `method ${method}`);
  if (!isObject(params)) fail("invalid-argument", "the parameters are not an object");
  if (typeof params.backend !== "string") fail("invalid-argument", "backend is not a string");
  if (params.backend !== backend) fail("unsupported", `backend ${params.backend}`);

  const legal = ["backend", "options", ...form.encodings, ...form.required, ...form.optional];
  for (const name of Object.keys(params)) {
    if (!legal.includes(name)) fail("invalid-argument", `${name} is no parameter of ${method}`);
  }
  for (const name of [...form.encodings, ...form.required]) {
    if (!Object.hasOwn(params, name)) fail("invalid-argument", `${method} needs ${name}`);
  }
  for (const name of form.encodings) {
    const encoding = params[name];
    if (typeof encoding !== "string") fail("invalid-argument", `${name} is not a string`);
    if (!encodings.includes(encoding)) fail("unsupported", `encoding ${encoding}`);
  }
  return params;
}

/** Returns the options. Every backend has `profile`; `others` are those of this backend. */
export function optionsOf({ options = {} }: Params, others: readonly string[]): Params {
  if (!isObject(options)) fail("invalid-argument", "options is not an object");
  for (const [name, value] of Object.entries(options)) {
    if (others.includes(name)) continue;
    if (name !== "profile") fail("invalid-argument", `there is no option ${name}`);
    if (value !== "strict" && value !== "lenient") fail("invalid-argument", "profile is neither strict nor lenient");
  }
  return options;
}

export function rootParameter({ root }: Params): Buffer {
  return parseBytes32(root) ?? fail("invalid-argument", "root is not 32 bytes of lower-case hex");
}

export type Step<Key, Value> =
  | { name: "get"; key: Key }
  | { name: "set"; write: [key: Key, value: Value] }
  | { name: "root" | "checkpoint" | "commit" | "revert" };

/** Returns the steps of `transact`; `keyOf` and `writeOf` read the keys and writes of a backend. */
export function stepsParameter<Key, Value>(
  { steps }: Params,
  keyOf: (key: Json) => Key,
  writeOf: (write: Json) => [key: Key, value: Value],
): Step<Key, Value>[] {
  if (!Array.isArray(steps)) fail("invalid-argument", "steps is not an array");
  return steps.map((step) => {
    if (!isObject(step)) fail("invalid-argument", "a step is not an object");
    const members = Object.entries(step);
    const [member] = members;
    if (member === undefined || members.length > 1) fail("invalid-argument", "a step has not exactly one member");
    const [name, value] = member;
    switch (name) {
      case "get":
        return { name, key: keyOf(value) };
      case "set":
        return { name, write: writeOf(value) };
      case "root":
      case "checkpoint":
      case "commit":
      case "revert":
        if (value !== true) fail("invalid-argument", `${name} takes nothing but true`);
        return { name };
      default:
        return fail("invalid-argument", `${name} is no step`);
    }
  });
}

type Log<Key, Value> = [key: Key, value: Value][];

/** The reads of a backend while steps run: a key and the root, after all writes of `log`. */
type Script<Key, Value> = {
  readAfter: (log: Log<Key, Value>, key: Key) => Json;
  rootAfter: (log: Log<Key, Value>) => Json;
};

/** Runs steps over a log of writes. */
export function resultsAfter<Key, Value>(steps: Step<Key, Value>[], script: Script<Key, Value>): Json {
  const log: Log<Key, Value> = [];
  // The length of the log at each open checkpoint.
  const checkpoints: number[] = [];
  const take = (step: Step<Key, Value>): Json => {
    switch (step.name) {
      case "get":
        return script.readAfter(log, step.key);
      case "set":
        log.push(step.write);
        return true;
      case "root":
        return script.rootAfter(log);
      case "checkpoint":
        checkpoints.push(log.length);
        return true;
      case "commit":
        if (checkpoints.pop() === undefined) fail("invalid-argument", "commit without a checkpoint");
        return true;
      case "revert":
        log.length = checkpoints.pop() ?? fail("invalid-argument", "revert without a checkpoint");
        return true;
    }
  };
  return steps.map(take);
}

/** The reads of a backend where a key reads as the last write to it. */
type MapScript<Key, Value> = Pick<Script<Key, Value>, "rootAfter"> & {
  isSame: (a: Key, b: Key) => boolean;
  /** Reads a key from the proof. */
  read: (key: Key) => Value;
  onWire: (value: Value) => Json;
};

export function resultsOf<Key, Value>(steps: Step<Key, Value>[], script: MapScript<Key, Value>): Json {
  const { isSame, read, onWire, rootAfter } = script;
  const readAfter = (log: Log<Key, Value>, key: Key): Json => {
    const last = log.findLast(([written]) => isSame(written, key));
    return onWire(last === undefined ? read(key) : last[1]);
  };
  return resultsAfter(steps, { readAfter, rootAfter });
}
