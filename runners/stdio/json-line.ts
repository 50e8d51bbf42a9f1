/**
 * Reads one line as JSON, more strictly than `JSON.parse`: no object repeats a member, and every number is an integer that is written
 * with digits only. Parsers differ in how they read the other forms.
 *
 * Req: WIRE-003, WIRE-016.
 */

import type { Json } from "../lane.ts";
import type { MessageFault } from "../messages.ts";

/** The value of a line, its fault, or both: a faulty line may still contain the id of its request. */
export interface JsonLine {
  readonly value?: Json;
  readonly fault?: MessageFault;
}

/** No message of the interface comes near. Without a bound, a line of brackets takes thirty times its size in memory. */
const MAX_DEPTH = 128;
const MAX_CONTAINERS_AND_MEMBERS = 1 << 20;
/** Up to this number of members, a search in a list is faster than a set. */
const FEW_MEMBERS = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** An open object or array of the scanner. */
interface Frame {
  readonly parent: Frame | undefined;
  readonly isObject: boolean;
  /** The name of the current member, with its escapes. */
  key: string;
  /** The index of the current item of an array. */
  index: number;
  names: string[] | undefined;
  nameSet: Set<string> | undefined;
}

/** Input: a line without its line feed. Never throws. */
export function readJsonLine(text: string): JsonLine {
  const found = scan(text);
  if (found?.isBeyondLimits) return { fault: { pointer: "", message: found.message } };
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return { fault: { pointer: "", message: `not JSON: ${(error as Error).message}` } };
  }
  return found === undefined ? { value } : { value, fault: { pointer: found.pointer, message: found.message } };
}

interface Found extends MessageFault {
  /** The line is too expensive to parse. */
  readonly isBeyondLimits: boolean;
}

/** Finds the faults that `JSON.parse` accepts. On text that is not JSON, the result has no meaning, but the scan ends. */
function scan(text: string): Found | undefined {
  const length = text.length;
  let frame: Frame | undefined;
  let depth = 0;
  let counted = 0;
  let expectsName = false;
  for (let index = 0; index < length; ) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      const end = stringEnd(text, index);
      if (end < 0) return undefined;
      if (expectsName && frame !== undefined) {
        expectsName = false;
        counted++;
        frame.key = text.slice(index + 1, end - 1);
        if (isRepeated(frame)) return foundAt(frame, `member ${text.slice(index, end)} is repeated`);
      }
      index = end;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = numberEnd(text, index);
      if (!isPlainInteger(text, index, end)) {
        return foundAt(frame, `${abridged(text.slice(index, end))} is not an integer in plain digits`);
      }
      index = end;
    } else {
      index++;
      if (code === 0x7b /* { */ || code === 0x5b /* [ */) {
        const isObject = code === 0x7b;
        frame = { parent: frame, isObject, key: "", index: 0, names: undefined, nameSet: undefined };
        expectsName = isObject;
        counted++;
        if (++depth > MAX_DEPTH) return beyond(`nested deeper than ${MAX_DEPTH} levels`);
      } else if (code === 0x7d /* } */ || code === 0x5d /* ] */) {
        frame = frame?.parent;
        expectsName = false;
        depth--;
      } else if (code === 0x2c /* , */ && frame !== undefined) {
        expectsName = frame.isObject;
        frame.index++;
      }
      if (counted > MAX_CONTAINERS_AND_MEMBERS) {
        return beyond(`more than ${MAX_CONTAINERS_AND_MEMBERS} objects, arrays and members`);
      }
    }
  }
  return undefined;
}

/** Returns the index after the closing quote of the string that opens at `start`, or -1. */
function stringEnd(text: string, start: number): number {
  // Most strings have either a few characters or thousands; `indexOf` is faster only for the long ones.
  const near = Math.min(text.length, start + 24);
  for (let index = start + 1; index < near; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index + 1;
    if (code === BACKSLASH) index++;
  }
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

function numberEnd(text: string, start: number): number {
  let index = start + 1;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index) | 0x20; // lower-cases E
    const isPart = (code >= ZERO && code <= NINE) || code === 0x65 || code === 0x2e || code === MINUS || code === 0x2b;
    if (!isPart) break;
  }
  return index;
}

function isPlainInteger(text: string, start: number, end: number): boolean {
  const isNegative = text.charCodeAt(start) === MINUS;
  const first = isNegative ? start + 1 : start;
  // `JSON.parse` returns minus zero as a number that prints as "0" but is not `Object.is(0)`.
  if (isNegative && text.charCodeAt(first) === ZERO) return false;
  for (let index = first; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return false;
  }
  return true;
}

function isRepeated(frame: Frame): boolean {
  const name = frame.key.includes("\\") ? unescaped(frame.key) : frame.key;
  if (frame.nameSet !== undefined) return frame.nameSet.size === frame.nameSet.add(name).size;
  if (frame.names === undefined) {
    frame.names = [name];
    return false;
  }
  if (frame.names.includes(name)) return true;
  frame.names.push(name);
  if (frame.names.length > FEW_MEMBERS) frame.nameSet = new Set(frame.names);
  return false;
}

function unescaped(written: string): string {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written; // The line is not JSON; `readJsonLine` rejects it.
  }
}

function foundAt(frame: Frame | undefined, message: string): Found {
  const parts: string[] = [];
  for (let open = frame; open !== undefined; open = open.parent) {
    parts.unshift(open.isObject ? unescaped(open.key).replaceAll("~", "~0").replaceAll("/", "~1") : String(open.index));
  }
  return { pointer: parts.map((part) => `/${part}`).join(""), message, isBeyondLimits: false };
}

function beyond(message: string): Found {
  return { pointer: "", message, isBeyondLimits: true };
}

function abridged(token: string): string {
  return token.length > 40 ? `${token.slice(0, 40)}…` : token;
}
