/**
 * The methods of the interface, from JSON parameters to JSON results, area by area.
 *
 * Req: WIRE-010, WIRE-011.
 */
import { callProofMethod, proofCapabilities } from "./proof-methods.ts";
import { type Means, refuseMethod } from "./request-parts.ts";
import { callRuntimeMethod, runtimeCapabilities } from "./runtime-methods.ts";

type Area = (methodName: string, params: unknown, means: Means) => unknown;

const AREAS: ReadonlyMap<string, Area> = new Map<string, Area>([
  ["proof", callProofMethod],
  ["runtime", callRuntimeMethod],
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
