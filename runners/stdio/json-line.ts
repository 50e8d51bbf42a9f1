/**
 * Reads one line as JSON, more strictly than `JSON.parse`: no object names a member twice, and every number is an
 * integer written with digits alone. Both would otherwise be read in one way here and in another way elsewhere.
 */

import type { Json } from "../lane.ts";
import type { MessageFault } from "../messages.ts";

/** A line's value, what is wrong with it, or both: a line may be wrong and still say which request it answers. */
export interface JsonLine {
  readonly value?: Json;
  readonly fault?: MessageFault;
}

/** No message of the interface comes near; without a bound, a line of brackets costs thirty times its size in memory. */
const MAX_DEPTH = 128;
const MAX_CONTAINERS_AND_MEMBERS = 1 << 20;
/** Below this many members, looking through a list is faster than keeping a set. */
const FEW_MEMBERS = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Where the scanner is: one frame per open object or array. */
interface Frame {
  readonly parent: Frame | undefined;
  readonly isObject: boolean;
  /** The current member's name, as it is written. */
  key: string;
  /** The current item of an array. */
  index: number;
  names: string[] | undefined;
  nameSet: Set<string> | undefined;
}

/** Reads `text`, a line without its line feed. Never throws. */
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
  /** The line must not be parsed at all. */
  readonly isBeyondLimits: boolean;
}

/** Finds what `JSON.parse` lets pass. On text that is not JSON it finds anything or nothing, but always ends. */
function scan(text: string): Found | undefined {
  const length = text.length;
  let frame: Frame | undefined;
  let depth = 0;
  let counted = 0;
  let expectsName = false;
  for (let at = 0; at < length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end < 0) return undefined;
      if (expectsName && frame !== undefined) {
        expectsName = false;
        counted++;
        frame.key = text.slice(at + 1, end - 1);
        if (isRepeated(frame)) return foundAt(frame, `member ${text.slice(at, end)} is there twice`);
      }
      at = end;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = numberEnd(text, at);
      if (!isPlainInteger(text, at, end)) {
        return foundAt(frame, `${abridged(text.slice(at, end))} is not an integer written with digits alone`);
      }
      at = end;
    } else {
      at++;
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

/** The position behind the closing quote of the string that opens at `start`, or -1. */
function stringEnd(text: string, start: number): number {
  // Most strings are a few characters or thousands: a call to `indexOf` pays off for the long ones only.
  const near = Math.min(text.length, start + 24);
  for (let at = start + 1; at < near; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
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
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at) | 0x20; // lower-cases E
    const isPart = (code >= ZERO && code <= NINE) || code === 0x65 || code === 0x2e || code === MINUS || code === 0x2b;
    if (!isPart) break;
  }
  return at;
}

function isPlainInteger(text: string, start: number, end: number): boolean {
  const isNegative = text.charCodeAt(start) === MINUS;
  const first = isNegative ? start + 1 : start;
  // Minus zero would come out of `JSON.parse` as a number that prints as "0" and is not Object.is(0).
  if (isNegative && text.charCodeAt(first) === ZERO) return false;
  for (let at = first; at < end; at++) {
    const code = text.charCodeAt(at);
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
    return written; // The line is not JSON, and will be refused as such.
  }
}

function foundAt(frame: Frame | undefined, message: string): Found {
  const parts: string[] = [];
  for (let at = frame; at !== undefined; at = at.parent) {
    parts.unshift(at.isObject ? unescaped(at.key).replaceAll("~", "~0").replaceAll("/", "~1") : String(at.index));
  }
  return { pointer: parts.map((part) => `/${part}`).join(""), message, isBeyondLimits: false };
}

function beyond(message: string): Found {
  return { pointer: "", message, isBeyondLimits: true };
}

function abridged(token: string): string {
  return token.length > 40 ? `${token.slice(0, 40)}…` : token;
}
