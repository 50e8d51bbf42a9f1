/** Mutants of children and of the calls between them. Each passes every honest case of its suite, and some vector of it fails it. */
import type { Edit } from "../mutant.ts";

const CHILDREN = "runtime/host/children";
const EXECUTION = "runtime/host/execution";
const TABLE = "runtime/host/table";

export const CHILD_MUTANTS: readonly Edit[] = [
  {
    name: "slots-without-end",
    about: "has as many slots as there are numbers",
    file: CHILDREN,
    find: "if (slot > MAX_SLOT)",
    replace: "if (false)",
  },
  {
    name: "slot-reused",
    about: "loads a child over another one",
    file: CHILDREN,
    find: "if (children.has(slot))",
    replace: "if (false)",
  },
  {
    name: "bad-child-invalid",
    about: "answers that the environment is no module when a child is none",
    file: CHILDREN,
    find: "if (error instanceof ModuleError)",
    replace: "if (false)",
  },
  {
    name: "children-offered-all",
    about: "offers to children what environments have",
    file: TABLE,
    find: "found?.roles.includes(role) &&",
    replace: "found !== undefined &&",
  },
  {
    name: "any-type-exposed",
    about: "takes any exported function for one that can be called by name",
    file: CHILDREN,
    find: 'return type !== undefined && type.params.length === 0 && type.results.length === 1 && type.results[0] === "i32";',
    replace: "return type !== undefined;",
  },
  {
    name: "everything-exposed",
    about: "lets children call whatever the environment exports",
    file: CHILDREN,
    find: "!execution.exposed.has(name)",
    replace: "!isCallable(execution.environment, name)",
  },
  {
    name: "argument-read-late",
    about: "reads an argument when it is asked for",
    file: CHILDREN,
    find: "argument: call.read(arg, argLength)",
    replace: "argument: call.caller.memory().subarray(arg, arg + argLength)",
  },
  {
    name: "argument-not-cut",
    about: "copies the whole argument, whatever room there is",
    file: CHILDREN,
    find: "call.write(start, bytes.subarray(0, length));",
    replace: "call.write(start, bytes);",
  },
  {
    name: "argument-room-unchecked",
    about: "checks only as much room as the argument takes",
    file: CHILDREN,
    find: "call.checkRange(start, length);\n    call.write(start, bytes.subarray(0, length));",
    replace: "call.write(start, bytes.subarray(0, length));",
  },
  {
    name: "answer-not-cut",
    about: "copies the whole answer, whatever room there is",
    file: CHILDREN,
    find: "bytes.subarray(0, running.answerLength)",
    replace: "bytes",
  },
  {
    name: "answer-copied-late",
    about: "copies an answer when the call returns",
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
    about: "checks the room for an answer only when there is one",
    file: CHILDREN,
    find: "call.checkRange(ret, retLength);",
    replace: "",
  },
  {
    name: "outermost-call",
    about: "gives the argument of the first call that runs",
    file: EXECUTION,
    find: "return this.#calls.at(-1);",
    replace: "return this.#calls.at(0);",
  },
  {
    name: "one-call-deeper",
    about: "lets 65 calls nest",
    file: EXECUTION,
    find: "if (this.#calls.length >= MAX_CALL_DEPTH)",
    replace: "if (this.#calls.length > MAX_CALL_DEPTH)",
  },
  {
    name: "one-call-less",
    about: "lets 63 calls nest",
    file: EXECUTION,
    find: "if (this.#calls.length >= MAX_CALL_DEPTH)",
    replace: "if (this.#calls.length >= MAX_CALL_DEPTH - 1)",
  },
  {
    name: "no-text-as-text",
    about: "reads a name that is no UTF-8 as the character that stands in for what cannot be read",
    file: CHILDREN,
    find: "fatal: true",
    replace: "fatal: false",
  },
  {
    name: "order-mark-dropped",
    about: "drops the byte order mark that a name begins with",
    file: CHILDREN,
    find: "ignoreBOM: true",
    replace: "ignoreBOM: false",
  },
  {
    name: "parameters-unchecked",
    about: "calls functions by name whatever they take",
    file: CHILDREN,
    find: "type.params.length === 0 && ",
    replace: "",
  },
  {
    name: "any-result",
    about: "calls functions by name whatever they return",
    file: CHILDREN,
    find: ' && type.results[0] === "i32"',
    replace: "",
  },
  {
    name: "back-ranges-unchecked",
    about: "looks for an exposed function before it looks at the ranges of the call",
    file: CHILDREN,
    find: "checkCall(call, args);\n    const name",
    replace: "const name",
  },
];
