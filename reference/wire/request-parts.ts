/**
 * The parts that requests are made of: parameters, keys, entries, writes and steps.
 *
 * Req: PROOF-GEN-001.
 */

import { ProofError } from "../core/errors.ts";
import type { HashFunctions } from "../core/hash.ts";
import type { KeyForm, RawKey, TransactStep } from "../proofs/backend.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Method } from "./methods.ts";
import { isObject, readArray, readBytes, readKey, show } from "./values.ts";

/** What a call may be answered with besides what it says itself. */
export interface Means {
  /** In place of our own hash functions. */
  readonly functions?: Partial<HashFunctions>;
  /** In place of our own engines: the first one that can carry an execution out decides. */
  readonly engines?: readonly Engine[];
}

/** A request's parameters while they are read: every one must be known to the method. */
export type Params = Readonly<Record<string, unknown>>;

/** Errors: invalid-argument for what is no object, a parameter that the method does not have, and one that is missing. */
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

export function refuseMethod(methodName: string): never {
  throw new ProofError("unsupported", `there is no method "${methodName}"`, { method: methodName });
}

/** Reads a list. Errors of everything here: invalid-argument, with the place in the parameters. */
export function readList<Item>(value: unknown, place: string, read: (item: unknown, place: string) => Item): Item[] {
  return readArray(value, place, "invalid-argument").map((item, index) => read(item, `${place}/${index}`));
}

function readPair(form: KeyForm, value: unknown, place: string): readonly [RawKey, unknown] {
  const pair = readArray(value, place, "invalid-argument");
  if (pair.length !== 2) throw new ProofError("invalid-argument", `${place} is not a key and a value`);
  return [readKey(form, pair[0], `${place}/0`), pair[1]];
}

/** A key and what it holds. */
export function readEntry(form: KeyForm, value: unknown, place: string): readonly [RawKey, Uint8Array] {
  const [key, held] = readPair(form, value, place);
  return [key, readBytes(held, `${place}/1`, "invalid-argument")];
}

/** A key and what is written to it; `null` deletes. */
export function readWrite(form: KeyForm, value: unknown, place: string): readonly [RawKey, Uint8Array | null] {
  const [key, written] = readPair(form, value, place);
  return [key, written === null ? null : readBytes(written, `${place}/1`, "invalid-argument")];
}

/** A step of `transact`. */
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
