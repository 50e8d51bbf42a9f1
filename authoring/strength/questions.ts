/** A vector as a question to a reference that is loaded: is the answer the one that the vector expects? */
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
  /** Whether it executes code, and is asked of each engine by itself. */
  readonly executes: boolean;
  /** Most times that the code of a mutant may run: far more than the vector needs, so that only a loop without an end gets there. */
  readonly hitLimit: number;
}

/** A loaded reference. Each engine answers alone, without the other to fall back on. */
export interface LoadedReference {
  readonly callMethod: typeof import("../../reference/wire/dispatch.ts").callMethod;
  readonly engines: readonly Engine[];
  /** Hashes are not counted, as on stdio: how many a program computes is then no fault. */
  readonly ignoresHashes?: boolean;
}

const LEAST_HITS = 3_000_000;
const HITS_PER_CHARACTER = 60;

/** `vector` with its recipes expanded. */
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

/** Whether every answer is as expected, and within the case's budget. */
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

/** Each loaded reference has error classes of its own, so that `instanceof` says nothing. */
function outcomeOf(error: unknown): Outcome {
  const { class: errorClass, details = {} } = (error ?? {}) as { class?: unknown; details?: JsonObject };
  if (typeof errorClass === "string") return { kind: "error", class: errorClass, message: "", details };
  return { kind: "crash", exitCode: null, signal: null, message: String(error) };
}
