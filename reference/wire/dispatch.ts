/**
 * The methods of the interface, from JSON parameters to JSON results.
 *
 * Req: WIRE-010, WIRE-011, PROOF-GEN-011.
 */
import { callProofMethod, proofCapabilities } from "./proof-methods.ts";
import { type Overrides, refuseMethod } from "./request-parts.ts";
import { callRuntimeMethod, runtimeCapabilities } from "./runtime-methods.ts";

type Area = (methodName: string, params: unknown, overrides: Overrides) => unknown;

const AREAS: ReadonlyMap<string, Area> = new Map<string, Area>([
  ["proof", callProofMethod],
  ["runtime", callRuntimeMethod],
]);

/** The capabilities that `initialize` declares. */
export function capabilities(): { proof: ReturnType<typeof proofCapabilities>; runtime: { operations: string[] } } {
  return { proof: proofCapabilities(), runtime: runtimeCapabilities() };
}

/**
 * Answers one call.
 *
 * Req:    WIRE-010, WIRE-011, PROOF-GEN-011.
 * Input:  `methodName` as on the wire, for example `proof/get`; `params` as parsed from JSON.
 * Output: the JSON result.
 * Errors: ProofError; errors of the request come before errors of the operation.
 */
export function callMethod(methodName: string, params: unknown, overrides: Overrides = {}): unknown {
  const area = AREAS.get(methodName.slice(0, Math.max(0, methodName.indexOf("/"))));
  return area === undefined ? refuseMethod(methodName) : area(methodName, params, overrides);
}
