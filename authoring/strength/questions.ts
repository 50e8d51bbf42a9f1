/** Runs a vector against a loaded reference: does it return what the vector expects? */
import { blake3 } from "@noble/hashes/blake3.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expandFor, expectedOf } from "../../harness/cases/expand.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";
import { budgetLines, withinBudget } from "../../harness/run/budget.ts";
import { judge, type Verdict } from "../../harness/run/judge.ts";
import type { HashFunction } from "../../reference/core/hash.ts";
import type { Engine } from "../../reference/runtime/engine.ts";
import type { Json, JsonObject, Outcome } from "../../runners/lane.ts";

export interface Question {
  readonly vector: VectorCase;
  readonly params: JsonObject;
  readonly expect: VectorCase["expect"];
  /** Whether it executes code, so that it runs on each engine separately. */
  readonly executes: boolean;
  /** The number of times that the code of a mutant may run: far more than the vector needs, so that only an endless loop exceeds it. */
  readonly hitLimit: number;
}

/** A loaded reference. Each engine runs alone, without the other as a fallback. */
export interface LoadedReference {
  readonly callMethod: typeof import("../../reference/wire/dispatch.ts").callMethod;
  readonly engines: readonly Engine[];
  /** Whether hashes are ignored, as on stdio, so that exceeding the budget of hashes is not a failure. */
  readonly ignoresHashes?: boolean;
}

const LEAST_HITS = 3_000_000;
const HITS_PER_CHARACTER = 60;

/** Expands the recipes of `vector`. */
export function toQuestion(vector: VectorCase): Question {
  const params = expandFor(vector, vector.params);
  return {
    vector,
    params,
    expect: expectedOf(vector),
    hitLimit: LEAST_HITS + HITS_PER_CHARACTER * JSON.stringify(params).length,
    executes: vector.call === "runtime/execute" || vector.call === "runtime/record",
  };
}

/** Whether every result is as expected and within the budget of the case. */
export function passes(question: Question, reference: LoadedReference): boolean {
  if (!question.executes) return verdictOf(question, reference, reference.engines) === "pass";
  return reference.engines.every((engine) => verdictOf(question, reference, [engine]) === "pass");
}

function verdictOf(
  { vector, params, expect }: Question,
  { callMethod, ignoresHashes = false }: LoadedReference,
  engines: readonly Engine[],
): Verdict {
  let hashes = 0;
  const counted =
    (hash: HashFunction): HashFunction =>
    (message) => {
      hashes += 1;
      return hash(message);
    };
  const functions = { sha256: counted(sha256), keccak256: counted(keccak_256), blake3: counted(blake3) };
  let outcome: Outcome;
  try {
    const result = callMethod(vector.call, params, { functions, engines }) as Json;
    outcome = { kind: "result", result, ...(ignoresHashes ? {} : { measured: { hashes } }) };
  } catch (error) {
    outcome = outcomeOf(error);
  }
  const judged = judge(expect, outcome);
  return judged.verdict === "pass" ? withinBudget(judged, budgetLines(vector.budget, outcome)).verdict : judged.verdict;
}

/** Each loaded reference has its own error classes, so that `instanceof` does not work. */
function outcomeOf(error: unknown): Outcome {
  const { class: errorClass, details = {} } = (error ?? {}) as { class?: unknown; details?: JsonObject };
  if (typeof errorClass === "string") return { kind: "error", class: errorClass, message: "", details };
  return { kind: "crash", exitCode: null, signal: null, message: String(error) };
}
