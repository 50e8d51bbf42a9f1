/** Shared by the generators of malformed bytes: an honest proof whose bytes are changed, with the cases that read and hash it. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected } from "../draft.ts";
import type { Pruned } from "./pruned.ts";

/** An honest proof that is broken in several ways. */
export interface Subject {
  readonly id: string;
  readonly about: string;
  /** Backend, encoding and options of its requests. */
  readonly base: JsonObject;
  readonly root: string;
  readonly proof: Json;
  readonly pruned: Pruned;
  readonly keys: readonly string[];
}

/** The suite, the source and the confirmers of the cases of a generator. */
export interface SuiteOf {
  readonly suite: string;
  readonly source: string;
  readonly confirmedBy: readonly string[];
}

/** A proof that a reader must reject. */
export interface Broken {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly proof: Json;
  readonly kind?: Draft["kind"];
  readonly classes?: readonly string[];
  /** The root that a wrong verifier would compute; the honest root by default. */
  readonly root?: string;
  readonly keys?: readonly string[];
}

const MALFORMED = ["malformed", "invalid-proof"];

/** In `get`, a verifier that hashes first may return invalid-proof. `root` has no root to compare with. */
export function brokenCases({ base, root, keys: asked }: Subject, broken: readonly Broken[]): Draft[] {
  return broken.flatMap(
    ({ id, about, flag, proof, kind = "soundness", classes = MALFORMED, root: against = root, keys = asked }) => {
      const text = { kind, flags: [flag] };
      return [
        rejected(
          { ...text, id: `${id}-get`, about, call: "proof/get", params: { ...base, root: against, proof, keys } },
          ...classes,
        ),
        rejected(
          { ...text, id: `${id}-root`, about: `root of: ${about}`, call: "proof/root", params: { ...base, proof } },
          ...classes.filter((name) => name !== "invalid-proof"),
        ),
      ];
    },
  );
}

/** The proof truncated and extended at every position where a reader may miscount. */
export function lengthFaults(proof: string, headBytes: number): Broken[] {
  const bytes = (proof.length - 2) / 2;
  const cut = (count: number): string => proof.slice(0, proof.length - 2 * count);
  const truncated = [1, 2, 3, 16, 31, 32, 33, 64].filter((count) => count < bytes - headBytes);
  return [
    { id: "empty", about: "no byte at all", flag: "truncated", proof: "0x" },
    ...truncated.map((count) => ({
      id: `cut-${count}`,
      about: `the last ${count} byte(s) cut off`,
      flag: "truncated",
      proof: cut(count),
    })),
    {
      id: "head-alone",
      about: "everything but the bottoms",
      flag: "truncated",
      proof: proof.slice(0, 2 + 2 * headBytes),
    },
    { id: "first-byte-alone", about: "the first byte and nothing else", flag: "truncated", proof: proof.slice(0, 4) },
    ...[1, 2, 8, 31, 32, 64].map((count) => ({
      id: `extra-${count}`,
      about: `${count} zero byte(s) after the end`,
      flag: "trailing-bytes",
      proof: `${proof}${"00".repeat(count)}`,
    })),
    { id: "extra-copy", about: "the whole proof twice", flag: "trailing-bytes", proof: `${proof}${proof.slice(2)}` },
  ];
}

/** Returns `value` as hex digits of `width` little-endian bytes. */
export function littleEndian(value: bigint | number, width: number): string {
  const bytes = BigInt.asUintN(8 * width, BigInt(value))
    .toString(16)
    .padStart(2 * width, "0")
    .match(/../g) as string[];
  return bytes.reverse().join("");
}
