/** Bounds what an implementation says: it may answer with a line of 64 MiB. */
import type { Json } from "../../runners/lane.ts";

/** `text` with at most `length` characters kept, and how many are left out. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  // A pair of surrogates is not cut in two.
  const end = /[\uD800-\uDBFF]/.test(text[length - 1]) ? length - 1 : length;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

/** `value` with every string in it shortened. */
export function shortenStrings<Value extends Json>(value: Value, length: number): Value {
  return shortenAny(value, length) as Value;
}

function shortenAny(value: Json, length: number): Json {
  if (typeof value === "string") return shorten(value, length);
  if (Array.isArray(value)) return value.map((item: Json) => shortenAny(item, length));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortenAny(member, length)]));
}
