/** Replaces long values by recipes. Otherwise every proof of a trie with a value of 65 536 bytes contains all of them. */

import type { CaseText } from "../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../runners/lane.ts";

/** A shorter run of one byte takes less space without a recipe. */
const SHORTEST_RUN = 128;

/** Replaces every long run of equal bytes in the parameters and the result by a recipe. */
export function withRepeats(text: CaseText): CaseText {
  const { params, expect } = text;
  return {
    ...text,
    params: shortened(params) as JsonObject,
    expect: "result" in expect ? { result: shortened(expect.result) as JsonObject } : expect,
  };
}

function shortened(value: Json): Json {
  if (typeof value === "string") return value.length < 2 * SHORTEST_RUN ? value : shortenedBytes(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(shortened);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member as Json)]));
}

function shortenedBytes(text: string): Json {
  if (!text.startsWith("0x")) return text;
  const bytes = text.slice(2).match(/../g) ?? [];
  const parts: Json[] = [];
  let plain = "";
  for (let from = 0; from < bytes.length; ) {
    let to = from;
    while (bytes[to] === bytes[from]) to += 1;
    if (to - from < SHORTEST_RUN) {
      plain += bytes.slice(from, to).join("");
    } else {
      if (plain !== "") parts.push(`0x${plain}`);
      plain = "";
      parts.push({ repeat: { bytes: `0x${bytes[from]}`, count: to - from } });
    }
    from = to;
  }
  if (parts.length === 0) return text;
  if (plain !== "") parts.push(`0x${plain}`);
  return parts.length === 1 ? parts[0] : { concat: parts };
}
