/** One failure in full: the request, the expectation, the answer, and the command that repeats it. */

import { expectedOf } from "../../harness/cases/expand.ts";
import type { Flag } from "../../harness/cases/load.ts";
import { expectsResult, type VectorCase } from "../../harness/cases/vector.ts";
import { firstDifference } from "../../harness/json/difference.ts";
import type { CaseRecord } from "../../harness/run/run-cases.ts";
import type { Outcome } from "../../runners/lane.ts";
import { hexDifference, isHex } from "./hex-difference.ts";
import { breakAnywhere, labelled, type Style, wrap } from "./layout.ts";
import { paragraph, printable, printableLines } from "./printable.ts";
import { memberLines, messageText, valueText } from "./value.ts";

/** The data that the text of a failure needs besides its record. */
export interface FailureContext {
  readonly flags: Readonly<Record<string, Flag>>;
  /** Returns the command that runs only this case. */
  readonly reproduce: (vector: VectorCase) => string;
}

const LABEL_WIDTH = 10;
/** Columns left of the text: the indentation and the label. */
const MARGIN = LABEL_WIDTH + 2;

const STDERR_HEAD = 5;
const STDERR_TAIL = 7;
const STDERR_LINE_LENGTH = 300;

export function failureText(record: CaseRecord, { flags, reproduce }: FailureContext, style: Style): string[] {
  const { vector, verdict, outcome } = record;
  const { paint, width } = style;
  const room = width - MARGIN;
  const section = (label: string, lines: readonly string[]): string[] => labelled(label, lines, style, LABEL_WIDTH);
  return [
    `${paint.red(paint.bold(verdict.replace("-", " ").toUpperCase()))} ${paint.bold(vector.id)}`,
    ...section("about", wrap(paragraph(vector.about), room)),
    ...section("calls", callLines(vector, room)),
    ...(outcome === undefined ? [] : comparisonLines(vector, outcome, style)),
    ...(record.link === undefined ? [] : section("known", knownLines(record, room))),
    ...section("stderr", stderrLines(outcome?.stderr ?? "", room)),
    ...vector.flags.flatMap((name) => section("flag", wrap(flagText(name, flags[name]), room))),
    ...section("again", [paint.cyan(reproduce(vector))]),
  ];
}

/** The method of the call, and one line for each parameter. */
export function callLines({ call, params }: VectorCase, room: number): string[] {
  const words = ["backend", "encoding", "from", "to"].filter((name) => typeof params[name] === "string");
  const others = Object.entries(params).filter(([name]) => !words.includes(name));
  const names = words.map((name) => `${name} ${printable(String(params[name]), 40)}`);
  return [`${call}  ${names.join(", ")}`.trimEnd(), ...memberLines(Object.fromEntries(others), room)];
}

/** A flag with its type of bug and its effect. */
export function flagText(name: string, flag: Flag | undefined): string {
  return flag === undefined ? name : `${name} (${flag.bugType.replaceAll("-", " ")}): ${paragraph(flag.effect)}`;
}

/** The expectation, followed by the answer. */
export function comparisonLines(vector: VectorCase, outcome: Outcome, style: Style): string[] {
  const expected = expectedOf(vector);
  const room = style.width - MARGIN;
  const section = (label: string, lines: readonly string[]): string[] => labelled(label, lines, style, LABEL_WIDTH);
  const { paint } = style;
  if (!expectsResult(expected)) {
    const [preferred, ...others] = expected.error;
    const or = others.length === 0 ? "" : `, or ${others.join(" or ")}`;
    const details = expected.details === undefined ? "" : `, with ${valueText(expected.details, room)}`;
    return [
      ...section("expected", wrap(`to be rejected as ${preferred}${details}${or}`, room)),
      ...section("answered", wrap(answerText(outcome, room), room)),
    ];
  }
  if (outcome.kind !== "result") {
    return [
      ...section("expected", wrap(`accepted, with ${valueText(expected.result, room)}`, room)),
      ...section("answered", wrap(answerText(outcome, room), room)),
    ];
  }
  const { pointer, expected: wanted, actual } = firstDifference(expected.result, outcome.result);
  const place = printable(pointer === "" ? "the whole result" : pointer, 200);
  if (isHex(wanted) && isHex(actual)) {
    const lines = hexDifference(wanted, actual, room, paint.green, paint.red);
    const bytes = (hex: string): number => Math.ceil((hex.length - 2) / 2);
    const sizes =
      bytes(wanted) === bytes(actual)
        ? `of ${bytes(wanted)}`
        : `(${bytes(wanted)} bytes expected, ${bytes(actual)} answered)`;
    return [
      ...section("differs", [`${place}, from byte ${lines.byte} ${sizes}`]),
      ...section("expected", [lines.expected]),
      ...section("answered", [lines.actual]),
      ...section("", [paint.red(lines.carets)]),
    ];
  }
  return [
    ...section("differs", [place]),
    ...section("expected", [wanted === undefined ? "no value" : valueText(wanted, room - 12)]),
    ...section("answered", [actual === undefined ? "no value" : valueText(actual, room - 12)]),
  ];
}

/** The answer of the implementation on one line. */
export function answerText(outcome: Outcome, length: number): string {
  switch (outcome.kind) {
    case "result":
      return `accepted, with ${valueText(outcome.result, length)}`;
    case "error": {
      const details = Object.keys(outcome.details).length === 0 ? "" : `: ${valueText(outcome.details, length)}`;
      return `rejected as ${outcome.class}${outcome.message === "" ? details : `: ${messageText(outcome.message)}`}`;
    }
    case "crash":
      return `no answer: ${crashText(messageText(outcome.message))}`;
    case "timeout":
      return `no answer within ${outcome.timeoutMs} ms`;
    case "protocol-fault": {
      const place = outcome.pointer === "" ? "" : ` at ${printable(outcome.pointer, 200)}`;
      return `a message that breaks the protocol${place}: ${messageText(outcome.message)}`;
    }
    case "not-run":
      return `no answer: ${printable(outcome.reason, 500)}`;
  }
}

/** The stdio lane reports a crash as a predicate of the process, the in-process lane as an uncaught error. */
function crashText(message: string): string {
  return message.startsWith("uncaught ") ? message : `the process ${message}`;
}

function knownLines({ reason = "", link = "" }: CaseRecord, room: number): string[] {
  return [...wrap(printable(reason), room), printable(link)];
}

/** The first and last lines of stderr: some languages print the message first, others print it last. */
export function stderrLines(stderr: string, width = Number.POSITIVE_INFINITY): string[] {
  if (stderr.trim() === "") return [];
  const lines = printableLines(stderr, STDERR_LINE_LENGTH);
  const omitted = lines.length - STDERR_HEAD - STDERR_TAIL;
  const shown =
    omitted > 1
      ? [...lines.slice(0, STDERR_HEAD), `… ${omitted} more lines, see the JSON report …`, ...lines.slice(-STDERR_TAIL)]
      : lines;
  return shown.flatMap((line) => breakAnywhere(line, width - 2)).map((line) => `│ ${line}`.trimEnd());
}
