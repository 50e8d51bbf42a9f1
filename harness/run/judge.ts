/** Judges outcomes, in the same way for every lane. */
import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject, Outcome } from "../../runners/lane.ts";
import { expectsResult, type VectorCase } from "../cases/vector.ts";
import { firstDifference } from "../json/difference.ts";
import { shorten } from "../json/shorten.ts";

export const VERDICTS = [
  "pass",
  "fail",
  "skip",
  "crash",
  "timeout",
  "protocol-fault",
  "over-budget",
  "known-failure",
  "unexpected-pass",
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Verdicts that do not fail a run. */
const GOOD: ReadonlySet<Verdict> = new Set(["pass", "skip", "known-failure"]);

/** Whether a verdict makes the run fail. */
export function isFailure(verdict: Verdict): boolean {
  return !GOOD.has(verdict);
}

export interface Judgement {
  readonly verdict: Verdict;
  /** The reason for a verdict other than `pass`. */
  readonly reason?: string;
  /** A remark on style: the answer is right, but not the preferred one. */
  readonly note?: string;
}

/** The maximum length of a quoted message of an implementation. The record contains the whole answer. */
const KEPT_MESSAGE = 300;

/**
 * Judges one outcome.
 *
 * Req:   WIRE-012.
 * Input: `expected` with its recipes expanded.
 */
export function judge(expected: VectorCase["expect"], outcome: Outcome): Judgement {
  switch (outcome.kind) {
    case "crash":
      return { verdict: "crash", reason: outcome.message };
    case "timeout":
      return { verdict: "timeout", reason: `no answer within ${outcome.timeoutMs} ms` };
    case "protocol-fault": {
      const place = outcome.pointer === "" ? "" : ` at ${shorten(outcome.pointer, KEPT_MESSAGE)}`;
      const message = shorten(outcome.message, KEPT_MESSAGE);
      return { verdict: "protocol-fault", reason: `the answer breaks the protocol${place}: ${message}` };
    }
    case "not-run":
      return { verdict: "skip", reason: outcome.reason };
    case "result":
      return judgeResult(expected, outcome.result);
    case "error":
      return judgeError(expected, outcome.class, outcome.message, outcome.details);
  }
}

function judgeResult(expected: VectorCase["expect"], result: Json): Judgement {
  if (!expectsResult(expected)) {
    return { verdict: "fail", reason: `accepted; expected to be rejected as ${expected.error.join(" or ")}` };
  }
  if (isDeepStrictEqual(result, expected.result)) return { verdict: "pass" };
  const { pointer, expected: wanted, actual } = firstDifference(expected.result, result);
  const how = wanted === undefined ? ", which is not expected" : actual === undefined ? ", which is missing" : "";
  return { verdict: "fail", reason: `a different result at ${pointer}${how}` };
}

function judgeError(
  expected: VectorCase["expect"],
  errorClass: string,
  message: string,
  details: JsonObject,
): Judgement {
  const said = message === "" ? errorClass : `${errorClass}: ${shorten(message, KEPT_MESSAGE)}`;
  if (expectsResult(expected)) return { verdict: "fail", reason: `rejected (${said}); expected a result` };
  const { error: classes, details: wanted = {} } = expected;
  if (errorClass === classes[0]) {
    const other = Object.entries(wanted).find(([name, value]) => !isDeepStrictEqual(details[name], value));
    if (other === undefined) return { verdict: "pass" };
    const [name, value] = other;
    const answered = shorten(JSON.stringify(details[name]) ?? "no value", KEPT_MESSAGE);
    return {
      verdict: "fail",
      reason: `rejected (${said}) with ${answered} as details.${name}; expected ${JSON.stringify(value)}`,
    };
  }
  if (classes.includes(errorClass))
    return { verdict: "pass", note: `rejected as ${errorClass}; ${classes[0]} is preferred` };
  const wantedClasses = classes.join(" or ");
  if (errorClass === "internal" || errorClass === "unsupported") {
    return { verdict: "fail", reason: `answered ${said}; expected to be rejected as ${wantedClasses}` };
  }
  return { verdict: "fail", reason: `rejected as ${said}; expected ${wantedClasses}` };
}
