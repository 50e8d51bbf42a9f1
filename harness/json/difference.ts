/** The first difference between two JSON values. */
import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../runners/lane.ts";

export interface Difference {
  /** JSON pointer of the difference, "" for the whole value. */
  readonly pointer: string;
  /** The value at the pointer; undefined if it has no such member or item. */
  readonly expected: Json | undefined;
  readonly actual: Json | undefined;
}

/** Returns the first difference, as deep as possible. Input: two values that differ. */
export function firstDifference(expected: Json, actual: Json, pointer = ""): Difference {
  if (isContainer(expected) && isContainer(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const [a, b] = [expected, actual] as unknown as Record<string, Json>[];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const member = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!Object.hasOwn(a, name)) return { pointer: member, expected: undefined, actual: b[name] };
      if (!Object.hasOwn(b, name)) return { pointer: member, expected: a[name], actual: undefined };
      if (!isDeepStrictEqual(a[name], b[name])) return firstDifference(a[name], b[name], member);
    }
  }
  return { pointer, expected, actual };
}

function isContainer(value: Json): boolean {
  return typeof value === "object" && value !== null;
}
