/** Shortens texts of an implementation, which may answer with a line of 64 MiB. */
import type { Json } from "../../runners/lane.ts";

/** Keeps at most `length` characters of `text`, and appends the number of omitted ones. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  // Does not split a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text[length - 1]) ? length - 1 : length;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

/** Shortens every string in `value`. */
export function shortenStrings<Value extends Json>(value: Value, length: number): Value {
  return shortenAny(value, length) as Value;
}

function shortenAny(value: Json, length: number): Json {
  if (typeof value === "string") return shorten(value, length);
  if (Array.isArray(value)) return value.map((item: Json) => shortenAny(item, length));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortenAny(member, length)]));
}
