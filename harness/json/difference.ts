/** Where two JSON values differ. */
import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../runners/lane.ts";

export interface Difference {
  /** JSON pointer of the place, "" for the whole. */
  readonly pointer: string;
  /** What is there; nothing when the other value has more members or items. */
  readonly expected: Json | undefined;
  readonly actual: Json | undefined;
}

/** The first place, as deep as possible, where two values differ that are known to differ. */
export function firstDifference(expected: Json, actual: Json, pointer = ""): Difference {
  if (isContainer(expected) && isContainer(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const [a, b] = [expected, actual] as unknown as Record<string, Json>[];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!Object.hasOwn(a, name)) return { pointer: at, expected: undefined, actual: b[name] };
      if (!Object.hasOwn(b, name)) return { pointer: at, expected: a[name], actual: undefined };
      if (!isDeepStrictEqual(a[name], b[name])) return firstDifference(a[name], b[name], at);
    }
  }
  return { pointer, expected, actual };
}

function isContainer(value: Json): boolean {
  return typeof value === "object" && value !== null;
}
