/** Proofs as lists of nodes: decoded, changed and encoded again. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Digits, list, string } from "./rlp.ts";

export const ENCODINGS = ["witness", "preorder", "eip1186"] as const;
export type EncodingName = (typeof ENCODINGS)[number];

/** The nodes in the order of the proof; in `eip1186` there is one list for each claim. */
export interface NodeList {
  readonly key?: string;
  readonly nodes: readonly Digits[];
}

/** Encodes the lists in the given order. */
export function writeLists(encoding: EncodingName, lists: readonly NodeList[]): Json {
  if (encoding !== "eip1186") return `0x${list(lists.flatMap(({ nodes }) => nodes.map(string)))}`;
  return { proofs: lists.map(({ key = "0x", nodes }) => ({ key, nodes: nodes.map((node) => `0x${node}`) })) };
}

/** Decodes an honest proof. */
export function listsOf(encoding: EncodingName, proof: Json): NodeList[] {
  if (encoding !== "eip1186") return [{ nodes: stringsOf((proof as string).slice(2)) }];
  const { proofs } = proof as { proofs: readonly { key: string; nodes: readonly string[] }[] };
  return proofs.map(({ key, nodes }) => ({ key, nodes: nodes.map((node) => node.slice(2)) }));
}

/** The different nodes of an honest proof. */
export function nodesOf(encoding: EncodingName, proof: Json): Digits[] {
  return [...new Set(listsOf(encoding, proof).flatMap(({ nodes }) => nodes))];
}

/** Edits each list of an honest proof, and sorts it again for `witness`. */
export function editProof(
  encoding: EncodingName,
  proof: Json,
  edit: (nodes: readonly Digits[]) => readonly Digits[],
): Json {
  return writeLists(
    encoding,
    listsOf(encoding, proof).map((given) => ({ ...given, nodes: inOrder(encoding, edit(given.nodes)) })),
  );
}

/** A proof of nodes in the order of the walk; in `eip1186` they are the path of the one key. */
export function proofOf(encoding: EncodingName, nodes: readonly Digits[], key: string): Json {
  return writeLists(encoding, [{ key, nodes: inOrder(encoding, nodes) }]);
}

function inOrder(encoding: EncodingName, nodes: readonly Digits[]): readonly Digits[] {
  return encoding === "witness" ? nodes.toSorted() : nodes;
}

/** The strings of a well-formed list. */
function stringsOf(rlp: Digits): Digits[] {
  return itemsOf(rlp).map(({ from, to }) => rlp.slice(from, to));
}

/** The beginning and end of a payload, as indices of digits. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The payloads of the items of a well-formed list. */
export function itemsOf(rlp: Digits): Span[] {
  const spans: Span[] = [];
  const whole = itemAt(rlp, 0);
  for (let offset = whole.from; offset < whole.to; offset = spans[spans.length - 1].to) spans.push(itemAt(rlp, offset));
  return spans;
}

function itemAt(rlp: Digits, offset: number): Span {
  const first = Number.parseInt(rlp.slice(offset, offset + 2), 16);
  if (first < 0x80) return { from: offset, to: offset + 2 };
  const code = first % 0x40;
  const lengthBytes = Math.max(0, code - 55);
  const from = offset + 2 + 2 * lengthBytes;
  const length = lengthBytes === 0 ? code : Number.parseInt(rlp.slice(offset + 2, from), 16);
  return { from, to: from + 2 * length };
}

/** The backend, encoding and options of a request, plain and lenient by default. */
export function baseOf(encoding: EncodingName, options: JsonObject = {}): JsonObject {
  return { backend: "patricia", encoding, ...optionsOf(options) };
}

export function optionsOf(options: JsonObject): JsonObject {
  return Object.keys(options).length === 0 ? {} : { options };
}
