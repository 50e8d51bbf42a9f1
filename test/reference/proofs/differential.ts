/** Compares the reference with a naive implementation, which was written only from the specification. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { ProofError } from "../../../reference/core/errors.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";
import { type Json, NaiveError } from "../../confirm/values.ts";
import { isThorough } from "../../sample.ts";

export type Members = { [name: string]: Json };

/** A method of the interface, and its parameters. */
export type Call = readonly [method: string, params: Members];

export type Outcome = { readonly result: unknown } | { readonly error: string };

export const leafOf = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;

/** Damages bytes: inverts a bit, cuts off the end, or adds bytes after the end. */
export const damagedBytes: fc.Arbitrary<(bytes: string) => string> = fc.oneof(
  fc.nat().map((at) => (bytes: string) => {
    const changed = Buffer.from(bytes.slice(2), "hex");
    changed[(at >> 3) % changed.length] ^= 1 << (at & 7);
    return `0x${changed.toString("hex")}`;
  }),
  fc.integer({ min: 1, max: 40 }).map((count) => (bytes: string) => {
    return bytes.slice(0, Math.max(2, bytes.length - 2 * count));
  }),
  fc.integer({ min: 1, max: 33 }).map((count) => (bytes: string) => `${bytes}${"00".repeat(count)}`),
);

/** A step of a script with the keys and writes of a backend. */
export function stepOf(
  key: fc.Arbitrary<string>,
  written: fc.Arbitrary<readonly [string, string | null]>,
): fc.Arbitrary<object> {
  const plain = fc.constantFrom("root", "checkpoint", "commit", "revert").map((name) => ({ [name]: true }));
  return fc.oneof(
    key.map((get) => ({ get })),
    written.map((set) => ({ set })),
    plain,
  );
}

export function outcomeOf(run: () => unknown): Outcome {
  try {
    return { result: run() };
  } catch (error) {
    if (error instanceof ProofError || error instanceof NaiveError) return { error: error.class };
    throw error;
  }
}

/**
 * Sends the same calls to both. Results have to be equal to the byte, rejections in their class.
 *
 * Input: `outcomes` are all outcomes that have to occur, so that the requests are not all of one kind; `isLeftOpen` decides whether
 *        two different outcomes are both correct.
 */
export function assertAlike<Drawn>(
  request: fc.Arbitrary<Drawn>,
  callsOf: (drawn: Drawn) => readonly Call[],
  naive: (method: string, params: Json) => Json,
  outcomes: readonly string[],
  isLeftOpen: (call: Call, outcomes: readonly [Outcome, Outcome]) => boolean = () => false,
): void {
  const seen = new Set<string>();
  fc.assert(
    fc.property(request, (drawn) => {
      for (const [method, params] of callsOf(drawn)) {
        const outcome = outcomeOf(() => callMethod(method, params));
        const other = outcomeOf(() => naive(method, params));
        if (!isDeepStrictEqual(outcome, other) && !isLeftOpen([method, params], [outcome, other])) {
          assert.deepEqual(outcome, other, `${method} ${JSON.stringify(params)}`);
        }
        seen.add("error" in outcome ? outcome.error : "result");
      }
    }),
    { numRuns: isThorough ? 800 : 300 },
  );
  assert.deepEqual([...seen].sort(), outcomes);
}
