/**
 * The expected radix proof, computed from the whole map by recursion on strings of "0" and "1". It shares no method with the
 * naive backend.
 *
 * A node is named by its path: the prefixes and branching bits above it, "" for the root.
 */
import { blake3 } from "@noble/hashes/blake3.js";

/** Values by key, both as hex digits without a prefix. */
export type Contents = Map<string, string>;

export type OracleNode = { place: string; hash: string; hashed: string; keys: string[]; sibling?: string };

export const EMPTY_ROOT = "00".repeat(32);

export const blake3Of = (digits: string): string => Buffer.from(blake3(Buffer.from(digits, "hex"))).toString("hex");

export const bitsOf = (key: string): string =>
  (key.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16).toString(2).padStart(8, "0")).join("");

const pack = (bits: string): string =>
  (bits.match(/.{1,8}/g) ?? [])
    .map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2).toString(16).padStart(2, "0"))
    .join("");

export const hasPrefixes = (contents: Contents): boolean =>
  [...contents.keys()].some((key) => [...contents.keys()].some((other) => other !== key && other.startsWith(key)));

/** Every node, the root first. The map must not be empty, and no key may be a prefix of another. */
function nodesBelow(contents: Contents, keys: string[], place: string, sibling?: string): OracleNode[] {
  const named = { place, keys, ...(sibling === undefined ? {} : { sibling }) };
  const [first, ...others] = keys as [string, ...string[]];
  if (others.length === 0) {
    const hashed = `00${first}${contents.get(first)}`;
    return [{ ...named, hashed, hash: blake3Of(hashed) }];
  }
  let path = place;
  while (
    keys.every((key) => bitsOf(key).startsWith(`${path}0`)) ||
    keys.every((key) => bitsOf(key).startsWith(`${path}1`))
  ) {
    path = bitsOf(first).slice(0, path.length + 1);
  }
  const [left, right] = [`${path}0`, `${path}1`].map((side, i, sides) => {
    const below = keys.filter((key) => bitsOf(key).startsWith(side));
    return nodesBelow(contents, below, side, sides[1 - i]);
  }) as [OracleNode[], OracleNode[]];
  const prefix = path.slice(place.length);
  const length = prefix.length.toString(16).padStart(4, "0");
  const hashed = `01${length}${pack(prefix)}${left[0]?.hash}${right[0]?.hash}`;
  return [{ ...named, hashed, hash: blake3Of(hashed) }, ...left, ...right];
}

export function allNodes(contents: Contents): OracleNode[] {
  return contents.size === 0 ? [] : nodesBelow(contents, [...contents.keys()], "");
}

export const rootOf = (contents: Contents): string => allNodes(contents)[0]?.hash ?? EMPTY_ROOT;

/** The open nodes of the smallest proof of the keys and deletes. */
export function openFor(contents: Contents, keys: string[], deletes: string[]): OracleNode[] {
  const isLed = ({ place }: OracleNode): boolean => [...keys, ...deletes].some((key) => bitsOf(key).startsWith(place));
  const isLeftAlone = ({ sibling, keys: below }: OracleNode): boolean =>
    sibling !== undefined &&
    !below.every((key) => deletes.includes(key)) &&
    [...contents.keys()].filter((key) => bitsOf(key).startsWith(sibling)).every((key) => deletes.includes(key));
  return allNodes(contents).filter((node) => isLed(node) || isLeftAlone(node));
}

/** The paths of the nodes that are known only by their hash when these are open. */
export function closedPlaces(contents: Contents, open: OracleNode[]): string[] {
  const isOpen = new Set(open.map(({ place }) => place));
  return allNodes(contents)
    .map(({ place }) => place)
    .filter((place) => !isOpen.has(place))
    .filter((place, _, closed) => !closed.some((above) => above !== place && place.startsWith(above)));
}

export function nodesProof(open: OracleNode[]): string {
  const u32 = (value: number): string => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes.toString("hex");
  };
  const items = open.map(({ hashed }) => hashed).sort();
  return u32(items.length) + items.map((item) => u32(item.length / 2) + item).join("");
}
