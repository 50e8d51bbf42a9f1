/**
 * The methods of the interface, from JSON parameters to JSON results, area by area.
 *
 * Req: WIRE-010, WIRE-011.
 */
import type { HashFunctions } from "../core/hash.ts";
import type { Engine } from "../runtime/engine.ts";
import { callProofMethod, proofCapabilities } from "./proof-methods.ts";
import { refuseMethod } from "./request-parts.ts";
import { callRuntimeMethod, runtimeCapabilities } from "./runtime-methods.ts";

/** What a call may be answered with besides what it says itself. */
export interface Means {
  /** In place of our own hash functions. */
  readonly functions?: Partial<HashFunctions>;
  /** In place of our own engines: the first one that can carry an execution out decides. */
  readonly engines?: readonly Engine[];
}

type Area = (methodName: string, params: unknown, means: Means) => unknown;

const AREAS: ReadonlyMap<string, Area> = new Map<string, Area>([
  ["proof", (methodName, params, { functions }) => callProofMethod(methodName, params, functions)],
  [
    "runtime",
    (methodName, params, { functions, engines }) => callRuntimeMethod(methodName, params, functions, engines),
  ],
]);

/** What can be done, as `initialize` declares it. */
export function capabilities(): { proof: ReturnType<typeof proofCapabilities>; runtime: { operations: string[] } } {
  return { proof: proofCapabilities(), runtime: runtimeCapabilities() };
}

/**
 * Answers one call.
 *
 * Input:  `methodName` as on the wire, say `proof/get`; `params` as parsed from JSON.
 * Output: the JSON result.
 * Errors: ProofError; first what is wrong with the request as a whole, then what the operation finds.
 */
export function callMethod(methodName: string, params: unknown, means: Means = {}): unknown {
  const area = AREAS.get(methodName.slice(0, Math.max(0, methodName.indexOf("/"))));
  return area === undefined ? refuseMethod(methodName) : area(methodName, params, means);
}
