/**
 * Recursive Length Prefix, read strictly: an item has exactly one encoding. A lax reader accepts several.
 *
 * A list is returned as it is encoded, and the caller decodes its items, so that no call recurses over a proof.
 *
 * Req:    PROOF-GEN-006, PROOF-GEN-019.
 * Source: Ethereum yellow paper, appendix B.
 */
import { ProofError } from "./errors.ts";

/** An item whose payload has not been decoded. */
export class RlpItem {
  readonly isList: boolean;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #payloadStart: number;
  readonly end: number;

  /** Input: the offsets in `bytes` where the item, its payload, and the next item begin. */
  constructor(isList: boolean, bytes: Uint8Array, start: number, payloadStart: number, end: number) {
    this.isList = isList;
    this.#bytes = bytes;
    this.#start = start;
    this.#payloadStart = payloadStart;
    this.end = end;
  }

  get isEmpty(): boolean {
    return this.#payloadStart === this.end;
  }

  /** The bytes of a string, or the encoded items of a list, one after the other. */
  get payload(): Uint8Array {
    return this.#bytes.subarray(this.#payloadStart, this.end);
  }

  /** The whole item, with its length. */
  get encoded(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.end);
  }
}

const STRING = 0x80;
const LIST = 0xc0;

/** The longest payload whose length is in the first byte of the item. */
const SHORT = 55;

/**
 * Decodes `bytes` as exactly one item.
 *
 * Req:    PROOF-GEN-006.
 * Input:  `what` names the item in messages.
 * Errors: malformed.
 */
export function decodeRlp(bytes: Uint8Array, what: string): RlpItem {
  const item = readItem(bytes, 0, what);
  if (item.end === bytes.length) return item;
  throw fault(what, item.end, `${bytes.length - item.end} bytes are left over`);
}

/** Decodes the payload of a list into its items. Errors: malformed. */
export function decodeItems(payload: Uint8Array, what: string): RlpItem[] {
  const items: RlpItem[] = [];
  for (let at = 0; at < payload.length; ) {
    const item = readItem(payload, at, what);
    items.push(item);
    at = item.end;
  }
  return items;
}

function readItem(bytes: Uint8Array, at: number, what: string): RlpItem {
  if (at >= bytes.length) throw fault(what, at, "an item is missing");
  const first = bytes[at];
  if (first < STRING) return new RlpItem(false, bytes, at, at, at + 1);
  const isList = first >= LIST;
  const code = first - (isList ? LIST : STRING);
  const lengthBytes = code <= SHORT ? 0 : code - SHORT;
  const length = code <= SHORT ? code : longLength(bytes, at + 1, lengthBytes, what);
  const head = 1 + lengthBytes;
  if (length > bytes.length - at - head) {
    throw fault(what, at, `an item of ${length} bytes has ${bytes.length - at - head}`);
  }
  if (!isList && length === 1 && bytes[at + head] < STRING) {
    throw fault(what, at, "a byte below 0x80 stands for itself and has no length");
  }
  return new RlpItem(isList, bytes, at, at + head, at + head + length);
}

/** Reads a big-endian length. Above 2^53 it is not exact, but longer than anything that could follow. */
function longLength(bytes: Uint8Array, at: number, lengthBytes: number, what: string): number {
  if (at + lengthBytes > bytes.length) throw fault(what, at, `a length of ${lengthBytes} bytes is cut off`);
  if (bytes[at] === 0) throw fault(what, at, "a length begins with a zero byte");
  let length = 0;
  for (let index = 0; index < lengthBytes; index++) length = 256 * length + bytes[at + index];
  if (length <= SHORT) throw fault(what, at, `a length of ${length} is written in the long form`);
  return length;
}

function fault(what: string, offset: number, reason: string): ProofError {
  return new ProofError("malformed", `${what}, byte ${offset}: ${reason}`, { offset });
}

export function encodeString(bytes: Uint8Array): Uint8Array {
  return bytes.length === 1 && bytes[0] < STRING ? bytes : withHead(STRING, [bytes], bytes.length);
}

/** Input: encoded items. */
export function encodeList(items: readonly Uint8Array[]): Uint8Array {
  return withHead(
    LIST,
    items,
    items.reduce((sum, { length }) => sum + length, 0),
  );
}

function withHead(kind: number, parts: readonly Uint8Array[], length: number): Uint8Array {
  const head = length <= SHORT ? [kind + length] : longHead(kind, length);
  const encoded = new Uint8Array(head.length + length);
  encoded.set(head, 0);
  let at = head.length;
  for (const part of parts) {
    encoded.set(part, at);
    at += part.length;
  }
  return encoded;
}

function longHead(kind: number, length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [kind + SHORT + bytes.length, ...bytes];
}
