/** Bytes of modules as hex, with long repetitions stated once. */
import type { Json } from "../../../../runners/lane.ts";

/** Hex without `0x`, or hex and the number of its repetitions. */
export type Piece = string | { readonly bytes: string; readonly count: number };

export type Bytes = readonly Piece[];

export function lengthOf(bytes: Bytes): number {
  return bytes.reduce(
    (sum, piece) => sum + (typeof piece === "string" ? piece.length / 2 : (piece.bytes.length / 2) * piece.count),
    0,
  );
}

export function times(bytes: string, count: number): Piece {
  return { bytes, count };
}

/** The form in a vector: plain hex, or a recipe. */
export function toJson(bytes: Bytes): Json {
  const parts: Json[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push(`0x${plain}`);
    plain = "";
  };
  for (const piece of bytes) {
    if (typeof piece === "string") plain += piece;
    else if (piece.bytes.length * piece.count <= 64) plain += piece.bytes.repeat(piece.count);
    else {
      flush();
      parts.push({ repeat: { bytes: `0x${piece.bytes}`, count: piece.count } });
    }
  }
  flush();
  if (parts.length === 0) return "0x";
  return parts.length === 1 ? parts[0] : { concat: parts };
}

const byte = (value: number): string => value.toString(16).padStart(2, "0");

/** An unsigned LEB128 integer, padded to `width` bytes. */
export function unsigned(value: number | bigint, width = 1): string {
  let rest = BigInt(value);
  let text = "";
  for (let length = 1; ; length++) {
    const low = Number(rest % 128n);
    rest /= 128n;
    const isLast = rest === 0n && length >= width;
    text += byte(isLast ? low : low + 0x80);
    if (isLast) return text;
  }
}

/** A signed LEB128 integer, padded to `width` bytes. */
export function signed(value: number | bigint, width = 1): string {
  let rest = BigInt(value);
  let text = "";
  for (let length = 1; ; length++) {
    const low = Number(BigInt.asUintN(7, rest));
    rest = (rest - BigInt(low)) / 128n;
    const isNegative = (low & 0x40) !== 0;
    const isLast = length >= width && ((rest === 0n && !isNegative) || (rest === -1n && isNegative));
    text += byte(isLast ? low : low + 0x80);
    if (isLast) return text;
  }
}

export function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("hex");
}

/** A name: its length and its bytes. */
export function name(text: string): string {
  return unsigned(utf8(text).length / 2) + utf8(text);
}

/** A list: its length and its items. */
export function list(...items: readonly Bytes[]): Bytes {
  return [unsigned(items.length), ...items.flat()];
}

/** A list of `count` equal items. */
export function listOf(count: number, item: string): Bytes {
  return [unsigned(count), times(item, count)];
}

/** Bytes with their length before them. */
export function sized(bytes: Bytes): Bytes {
  return [unsigned(lengthOf(bytes)), ...bytes];
}
