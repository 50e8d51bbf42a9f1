/** Small maps, and the tree of a map built directly from the definition. */
import { blake3 } from "@noble/hashes/blake3.js";
import fc from "fast-check";
import { callMethod } from "../../../../reference/wire/dispatch.ts";

export type Entries = readonly (readonly [string, string])[];
export type Writes = readonly (readonly [string, string | null])[];

export interface Proven {
  readonly root: string;
  readonly proof: string;
}

export interface Cost {
  readonly hashes: number;
  readonly bytes: number;
  readonly nodes: number;
  readonly depth: number;
}

export const ENCODINGS = ["kmm", "nodes"] as const;
export const EMPTY = `0x${"00".repeat(32)}`;
export const encoding = fc.constantFrom(...ENCODINGS);
export const leafOf = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;
export const bitsOf = (key: string): string =>
  [...Buffer.from(key.slice(2), "hex")].map((byte) => byte.toString(2).padStart(8, "0")).join("");
const packed = (bits: string): Buffer =>
  Buffer.from((bits.match(/.{1,8}/g) ?? []).map((octet) => Number.parseInt(octet.padEnd(8, "0"), 2)));

export const call = <T>(method: string, params: object): T =>
  callMethod(`proof/${method}`, { backend: "radix", ...params }) as T;

export const prove = (
  name: string,
  entries: Entries,
  keys: readonly string[],
  deletes: readonly string[] = [],
): Proven => call("prove", { encoding: name, entries, keys, deletes });

export const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

export const isPrefix = (a: string, b: string): boolean => a !== b && b.startsWith(a);

/** The keys that are not a prefix of an earlier one, nor begin with one. */
export function prefixFree(keys: readonly string[]): string[] {
  const kept: string[] = [];
  for (const key of keys) if (!kept.some((other) => isPrefix(other, key) || isPrefix(key, other))) kept.push(key);
  return kept;
}

/** Keys of few different bytes, so that they share bits, are prefixes of one another and part at every bit of a byte. */
const octet = fc.constantFrom(0x00, 0x01, 0x03, 0x10, 0x13, 0x80, 0x81, 0xff);
const key = fc.array(octet, { minLength: 1, maxLength: 3 }).map((bytes) => `0x${Buffer.from(bytes).toString("hex")}`);

export const map = fc.uniqueArray(key, { maxLength: 12 }).chain((drawn) => {
  const present = prefixFree(drawn);
  const asked = fc.array(present.length === 0 ? key : fc.oneof(fc.constantFrom(...present), key), { maxLength: 5 });
  const value = fc.nat({ max: 3 }).map((n) => leafOf(n));
  return fc.record({
    entries: fc
      .tuple(...present.map(() => value))
      .map((values): Entries => present.map((name, i) => [name, values[i]])),
    asked,
    others: asked,
    writes: asked.chain((keys) =>
      fc.tuple(...keys.map((name) => fc.tuple(fc.constant(name), fc.option(value)))),
    ) as fc.Arbitrary<Writes>,
  });
});

/** The entries after the writes. */
export function written(entries: Entries, writes: Writes): Entries {
  const after = new Map<string, string | null>([...entries, ...writes]);
  return [...after].filter((entry): entry is [string, string] => entry[1] !== null);
}

export function hasPrefixes(entries: Entries): boolean {
  const keys = entries.map(([name]) => name);
  return keys.some((a) => keys.some((b) => isPrefix(a, b)));
}

/** A node of the tree: its hash and its preimage. */
export interface Model {
  readonly hash: Buffer;
  readonly preimage: Buffer;
  readonly children: readonly Model[];
}

/** Builds the tree directly from the definition. */
export function modelOf(entries: readonly (readonly [bits: string, value: string])[], start = 0): Model {
  const node = (preimage: Buffer, children: readonly Model[]): Model => {
    return { hash: Buffer.from(blake3(preimage)), preimage, children };
  };
  const [[first, value]] = entries;
  if (entries.length === 1) {
    return node(Buffer.concat([Buffer.of(0), packed(first), Buffer.from(value.slice(2), "hex")]), []);
  }
  let branch = start;
  while (entries.every(([bits]) => bits[branch] === first[branch])) branch += 1;
  const children = ["0", "1"].map((side) => {
    return modelOf(
      entries.filter(([bits]) => bits[branch] === side),
      branch + 1,
    );
  });
  const length = Buffer.of(1, (branch - start) >> 8, (branch - start) & 0xff);
  const prefix = packed(first.slice(start, branch));
  return node(Buffer.concat([length, prefix, ...children.map(({ hash }) => hash)]), children);
}

export const modelRoot = (entries: Entries): string => {
  if (entries.length === 0) return EMPTY;
  return `0x${modelOf(entries.map(([name, value]) => [bitsOf(name), value])).hash.toString("hex")}`;
};

/** The items of a `nodes` proof. */
export function itemsOf(proof: string): Buffer[] {
  const bytes = Buffer.from(proof.slice(2), "hex");
  const items: Buffer[] = [];
  for (let at = 4; at < bytes.length; at += 4 + bytes.readUInt32LE(at)) {
    items.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at)));
  }
  return items;
}

export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

export const nodesProof = (items: readonly Buffer[]): string =>
  `0x${Buffer.concat([u32(items.length), ...items.flatMap((item) => [u32(item.length), item])]).toString("hex")}`;

/** The four sections of a `kmm` proof. */
export function sectionsOf(proof: string): Buffer[] {
  const bytes = Buffer.from(proof.slice(2), "hex");
  const sections: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32LE(at)) {
    sections.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at)));
  }
  return sections;
}
