/** Nodes and proofs of `patricia` written out by hand, for the tests of the naive backend; shares no code with it. */
import assert from "node:assert/strict";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { naivePatriciaCall } from "./naive-patricia.ts";
import { type Json, NaiveError } from "./naive-values.ts";

export type Members = { [name: string]: Json };

/** A string in digits, a list, or what is encoded already. */
export type Nested = string | Nested[] | { encoded: string };

export const wire = (digits: string): string => `0x${digits}`;

export const keccak = (digits: string): string => Buffer.from(keccak_256(Buffer.from(digits, "hex"))).toString("hex");

export const EMPTY_ROOT = wire("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

/** RLP in digits. */
export function rlp(value: Nested): string {
  if (typeof value === "object" && !Array.isArray(value)) return value.encoded;
  if (typeof value === "string") {
    return value.length === 2 && value < "80" ? value : `${prefix(0x80, value.length / 2)}${value}`;
  }
  const payload = value.map(rlp).join("");
  return `${prefix(0xc0, payload.length / 2)}${payload}`;
}

function prefix(base: number, length: number): string {
  const hexOf = (number: number): string => number.toString(16).padStart(number > 0xff ? 4 : 2, "0");
  if (length < 56) return hexOf(base + length);
  return `${hexOf(base + 55 + hexOf(length).length / 2)}${hexOf(length)}`;
}

/** A branch with these children by nibble. */
export function branch(children: { [nibble: string]: Nested }, value = ""): Nested[] {
  return [...Array.from("0123456789abcdef", (nibble) => children[nibble] ?? ""), value];
}

/** The reference to a node by its hash, and the proof of nodes as a list in the order given. */
export const hashed = (node: Nested): string => keccak(rlp(node));
export const rootOf = (node: Nested): string => wire(hashed(node));
export const listOf = (...nodes: Nested[]): string => wire(rlp(nodes.map(rlp)));
export const witnessOf = (...nodes: Nested[]): string => wire(rlp(nodes.map(rlp).sort()));
export const pathsOf = (...claims: [key: string, nodes: Nested[]][]): Json => ({
  proofs: claims.map(([key, nodes]) => ({ key, nodes: nodes.map((node) => wire(rlp(node))) })),
});

export function call(method: string, members: Members): Json {
  const encoding: Members = method === "convert" ? {} : { encoding: "witness" };
  return naivePatriciaCall(`proof/${method}`, { backend: "patricia", ...encoding, ...members });
}

export type Proved = { root: string; proof: string };

export const prove = (members: Members): Proved => call("prove", { keys: [], ...members }) as Proved;

export function classOf(method: string, members: Members): string {
  try {
    return JSON.stringify(call(method, members));
  } catch (error) {
    if (error instanceof NaiveError) return error.class;
    throw error;
  }
}

export function throwsClass(expected: string, method: string, members: Members): void {
  assert.equal(classOf(method, members), expected, `${method} ${JSON.stringify(members).slice(0, 500)}`);
}

/** The nodes of a proof that is a list, each in wire form: headers of up to two length bytes are enough here. */
export function nodesIn(proof: string): string[] {
  const bytes = Buffer.from(proof.slice(2), "hex");
  const headerAt = (at: number): { start: number; end: number } => {
    const first = bytes[at] as number;
    if (first < 0x80) return { start: at, end: at + 1 };
    const short = first - (first < 0xc0 ? 0x80 : 0xc0);
    const width = Math.max(0, short - 55);
    const start = at + 1 + width;
    return { start, end: start + (width === 0 ? short : bytes.readUIntBE(at + 1, width)) };
  };
  const nodes: string[] = [];
  const list = headerAt(0);
  for (let at = list.start; at < list.end; ) {
    const { start, end } = headerAt(at);
    nodes.push(wire(bytes.subarray(start, end).toString("hex")));
    at = end;
  }
  return nodes;
}

/** The proof that is left when the node at that place is taken out. */
export function without(proof: string, index: number): string {
  const left = nodesIn(proof).filter((_, i) => i !== index);
  return wire(rlp(left.map((node) => node.slice(2))));
}
