/**
 * The parts of a request: parameters, keys, entries, writes and steps.
 *
 * Every reader of a part rejects another form as `invalid-argument`, and names its JSON pointer within the parameters.
 *
 * Req: PROOF-GEN-001, PROOF-GEN-011.
 */

import { ProofError } from "../core/errors.ts";
import type { HashFunctions } from "../core/hash.ts";
import type { KeyForm, RawKey, TransactStep } from "../proofs/backend.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Method } from "./methods.ts";
import { isObject, readArray, readBytes, readKey, show } from "./values.ts";

/** Functions and engines that replace the defaults. */
export interface Overrides {
  /** They replace the hash functions of noble. */
  readonly functions?: Partial<HashFunctions>;
  /** They replace V8 and the interpreter; the result of the first engine that can run the execution counts. */
  readonly engines?: readonly Engine[];
}

/** The parameters of a request, by name. */
export type Params = Readonly<Record<string, unknown>>;

/**
 * Checks that `params` is an object with the parameters of the method.
 *
 * Req:    PROOF-GEN-001.
 * Errors: invalid-argument for another type, an unknown parameter and a missing parameter.
 */
export function checkParameters(
  methodName: string,
  params: unknown,
  { required, optional }: Pick<Method, "required" | "optional">,
): asserts params is Params {
  if (!isObject(params)) throw new ProofError("invalid-argument", `params: ${show(params)} is not an object`);
  const known = [...required, ...optional];
  for (const name of Object.keys(params)) {
    if (!known.includes(name)) {
      throw new ProofError("invalid-argument", `${methodName} has no parameter "${name}"`, { parameter: name });
    }
  }
  for (const name of required) {
    if (!Object.hasOwn(params, name)) {
      throw new ProofError("invalid-argument", `${methodName} needs the parameter "${name}"`, { parameter: name });
    }
  }
}

/** Req: PROOF-GEN-011. Errors: unsupported. */
export function refuseMethod(methodName: string): never {
  throw new ProofError("unsupported", `unknown method "${methodName}"`, { method: methodName });
}

/** Reads every item of a list with `read`. Errors: invalid-argument. */
export function readList<Item>(value: unknown, place: string, read: (item: unknown, place: string) => Item): Item[] {
  return readArray(value, place, "invalid-argument").map((item, index) => read(item, `${place}/${index}`));
}

function readPair(form: KeyForm, value: unknown, place: string): readonly [RawKey, unknown] {
  const pair = readArray(value, place, "invalid-argument");
  if (pair.length !== 2) throw new ProofError("invalid-argument", `${place} is not a key and a value`);
  return [readKey(form, pair[0], `${place}/0`), pair[1]];
}

/** Reads a key and its value. Errors: invalid-argument. */
export function readEntry(form: KeyForm, value: unknown, place: string): readonly [RawKey, Uint8Array] {
  const [key, held] = readPair(form, value, place);
  return [key, readBytes(held, `${place}/1`, "invalid-argument")];
}

/** Reads a key and the value that is written to it; `null` deletes. Errors: invalid-argument. */
export function readWrite(form: KeyForm, value: unknown, place: string): readonly [RawKey, Uint8Array | null] {
  const [key, written] = readPair(form, value, place);
  return [key, written === null ? null : readBytes(written, `${place}/1`, "invalid-argument")];
}

/** Reads a step of `transact`. Errors: invalid-argument. */
export function readStep(form: KeyForm, value: unknown, place: string): TransactStep {
  const members = isObject(value) ? Object.entries(value) : [];
  const [[kind, argument] = []] = members;
  if (members.length === 1) {
    if (kind === "get") return { kind, key: readKey(form, argument, `${place}/get`) };
    if (kind === "set") {
      const [key, written] = readWrite(form, argument, `${place}/set`);
      return { kind, key, value: written };
    }
    const isPlain = kind === "root" || kind === "checkpoint" || kind === "commit" || kind === "revert";
    if (isPlain && argument === true) return { kind };
  }
  throw new ProofError("invalid-argument", `${place}: ${show(value)} is not a step`, { pointer: place });
}
