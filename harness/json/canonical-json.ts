/** RFC 8785 canonical JSON, and the hash for content addresses. */
import { createHash } from "node:crypto";

/**
 * Returns `value` as canonical JSON: no white space, object members sorted by the UTF-16 units of their names. RFC 8785
 * defines strings and numbers by `JSON.stringify`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson((value as Record<string, unknown>)[name])}`);
  return `{${members.join(",")}}`;
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
