/** Nodes and proofs of `patricia` written by hand, for the tests of the naive backend, with which they share no code. */

import { keccak_256 } from "@noble/hashes/sha3.js";
import { classBy, throwsBy } from "../class-of.ts";
import type { Json } from "../values.ts";
import { naivePatriciaCall } from "./patricia.ts";

export type Members = { [name: string]: Json };

/** A string in digits, a list, or encoded RLP. */
export type Nested = string | Nested[] | { encoded: string };

export const wire = (digits: string): string => `0x${digits}`;

export const keccak = (digits: string): string => Buffer.from(keccak_256(Buffer.from(digits, "hex"))).toString("hex");

export const EMPTY_ROOT = wire("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

/** The RLP in digits. */
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

/** The hash of a node, by which its parent names it. */
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

export const classOf = classBy(call);
export const throwsClass = throwsBy(call);

/** The nodes of a proof that is a list, in wire form. Headers have at most two length bytes here. */
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

/** The proof without the node at an index. */
export function without(proof: string, index: number): string {
  const left = nodesIn(proof).filter((_, i) => i !== index);
  return wire(rlp(left.map((node) => node.slice(2))));
}

export const [V1, V2, V3] = ["a1", "b2", "c3"].map((byte) => byte.repeat(40)) as [string, string, string];

// The keys 1234, 1235 and 20: a branch, whose child 1 is an extension 23 above a branch of two leaves, and whose child 2 is a leaf.
export const LEAF1: Nested = ["20", V1];
export const LEAF2: Nested = ["20", V2];
export const LEAF3: Nested = ["30", V3];
export const INNER = branch({ 4: hashed(LEAF1), 5: hashed(LEAF2) });
export const EXTENSION: Nested = ["0023", hashed(INNER)];
export const TOP = branch({ 1: hashed(EXTENSION), 2: hashed(LEAF3) });
export const ROOT = rootOf(TOP);
export const ENTRIES: Json = [
  ["0x20", wire(V3)],
  ["0x1235", wire(V2)],
  ["0x1234", wire(V1)],
];
export const WHOLE = witnessOf(TOP, EXTENSION, INNER, LEAF1, LEAF2, LEAF3);
export const NOTHING = witnessOf(TOP);
export const STRICT: Json = { profile: "strict" };

/** Every method that reads a proof without writing to it, with the smallest request. */
export const READING: [method: string, members: (proof: Json) => Members][] = [
  ["get", (proof) => ({ proof, keys: [] })],
  ["cost", (proof) => ({ proof })],
  ["convert", (proof) => ({ proof, from: "witness", to: "preorder" })],
  ["merge", (proof) => ({ proofs: [proof] })],
  ["extract", (proof) => ({ proof, keys: [] })],
];
export const WRITING: typeof READING = [
  ["update", (proof) => ({ proof, writes: [] })],
  ["transact", (proof) => ({ proof, steps: [] })],
];
export const WITH_PROOF = [...READING, ...WRITING];
