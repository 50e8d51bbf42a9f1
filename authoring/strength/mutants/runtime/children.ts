/** Mutants of children and of the calls between modules. Each passes every honest case of its suite and fails some vector of it. */
import type { Edit } from "../mutant.ts";

const CHILDREN = "runtime/host/children";
const EXECUTION = "runtime/host/execution";
const TABLE = "runtime/host/table";

export const CHILD_MUTANTS: readonly Edit[] = [
  {
    name: "slots-without-end",
    about: "accepts every slot number",
    file: CHILDREN,
    find: "if (slot > MAX_SLOT)",
    replace: "if (false)",
  },
  {
    name: "slot-reused",
    about: "replaces the child in a slot that is in use",
    file: CHILDREN,
    find: "if (children.has(slot))",
    replace: "if (false)",
  },
  {
    name: "bad-child-invalid",
    about: "reports invalid-module for the request when a child is not a valid module",
    file: CHILDREN,
    find: "if (error instanceof ModuleError)",
    replace: "if (false)",
  },
  {
    name: "children-offered-all",
    about: "offers the functions of environments to children",
    file: TABLE,
    find: "found?.roles.includes(role) &&",
    replace: "found !== undefined &&",
  },
  {
    name: "any-type-exposed",
    about: "exposes and calls exported functions of every type",
    file: CHILDREN,
    find: 'return type !== undefined && type.params.length === 0 && type.results.length === 1 && type.results[0] === "i32";',
    replace: "return type !== undefined;",
  },
  {
    name: "everything-exposed",
    about: "lets children call every export of the environment",
    file: CHILDREN,
    find: "!execution.exposed.has(name)",
    replace: "!isCallable(execution.environment, name)",
  },
  {
    name: "argument-read-late",
    about: "reads the argument when the callee requests it",
    file: CHILDREN,
    find: "argument: call.read(arg, argLength)",
    replace: "argument: call.caller.memory().subarray(arg, arg + argLength)",
  },
  {
    name: "argument-not-cut",
    about: "copies the whole argument, whatever the length of the range",
    file: CHILDREN,
    find: "call.write(start, bytes.subarray(0, length));",
    replace: "call.write(start, bytes);",
  },
  {
    name: "argument-room-unchecked",
    about: "checks only the part of the range that the argument fills",
    file: CHILDREN,
    find: "call.checkRange(start, length);\n    call.write(start, bytes.subarray(0, length));",
    replace: "call.write(start, bytes.subarray(0, length));",
  },
  {
    name: "answer-not-cut",
    about: "copies the whole answer, whatever the length of the return area",
    file: CHILDREN,
    find: "bytes.subarray(0, running.answerLength)",
    replace: "bytes",
  },
  {
    name: "answer-copied-late",
    about: "copies the answer when the call returns",
    file: EXECUTION,
    find: "this.#calls.push(running);\n        const result = callee.call(name, []);",
    replace: `const shadow = running.caller.memory().slice();
        this.#calls.push({ ...running, caller: { memory: () => shadow } });
        const result = callee.call(name, []);
        const end = running.answerStart + running.answerLength;
        running.caller.memory().set(shadow.subarray(running.answerStart, end), running.answerStart);`,
  },
  {
    name: "answer-room-unchecked",
    about: "checks the return area only when the callee answers",
    file: CHILDREN,
    find: "call.checkRange(ret, retLength);",
    replace: "",
  },
  {
    name: "outermost-call",
    about: "returns the argument of the outermost call",
    file: EXECUTION,
    find: "return this.#calls.at(-1);",
    replace: "return this.#calls.at(0);",
  },
  {
    name: "one-call-deeper",
    about: "allows 65 nested calls",
    file: EXECUTION,
    find: "if (this.#calls.length >= MAX_CALL_DEPTH)",
    replace: "if (this.#calls.length > MAX_CALL_DEPTH)",
  },
  {
    name: "one-call-less",
    about: "allows only 63 nested calls",
    file: EXECUTION,
    find: "if (this.#calls.length >= MAX_CALL_DEPTH)",
    replace: "if (this.#calls.length >= MAX_CALL_DEPTH - 1)",
  },
  {
    name: "no-text-as-text",
    about: "decodes a name that is not UTF-8 with replacement characters",
    file: CHILDREN,
    find: "fatal: true",
    replace: "fatal: false",
  },
  {
    name: "order-mark-dropped",
    about: "drops the byte order mark at the beginning of a name",
    file: CHILDREN,
    find: "ignoreBOM: true",
    replace: "ignoreBOM: false",
  },
  {
    name: "parameters-unchecked",
    about: "calls functions by name whatever their parameters are",
    file: CHILDREN,
    find: "type.params.length === 0 && ",
    replace: "",
  },
  {
    name: "any-result",
    about: "calls functions by name whatever their result type is",
    file: CHILDREN,
    find: ' && type.results[0] === "i32"',
    replace: "",
  },
  {
    name: "back-ranges-unchecked",
    about: "looks up the exposed function before it checks the ranges of the call",
    file: CHILDREN,
    find: "checkCall(call, args);\n    const name",
    replace: "const name",
  },
];
