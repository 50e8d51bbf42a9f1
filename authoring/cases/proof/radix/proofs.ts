/** Takes proofs apart and joins changed parts, valid or not; writes the preimages of nodes. */
import { blake3 } from "@noble/hashes/blake3.js";

/** Hex digits without `0x`. */
export type Digits = string;

export function hashOf(preimage: Digits): Digits {
  return Buffer.from(blake3(Buffer.from(preimage, "hex"))).toString("hex");
}

/** The four sections of a `kmm` proof. */
export interface Sections {
  readonly labels: Digits;
  readonly lengths: Digits;
  readonly terminals: Digits;
  readonly hashes: Digits;
}

export const SECTION_NAMES = ["labels", "lengths", "terminals", "hashes"] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** The contents of a `kmm` proof. */
export interface Kmm {
  /** One character per bit. */
  readonly labels: string;
  readonly lengths: readonly number[];
  readonly terminals: readonly Digits[];
  readonly hashes: readonly Digits[];
}

/** `value` as `width` little-endian bytes. */
export function littleEndian(value: number, width: number): Digits {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, width).toString("hex");
}

/** Bits packed most significant bit first, and zero-padded to a byte. */
export function pack(bits: string): Digits {
  const octets = bits.match(/.{1,8}/g) ?? [];
  return octets.map((octet) => Number.parseInt(octet.padEnd(8, "0"), 2).toString(16).padStart(2, "0")).join("");
}

export function bitsOf(digits: Digits): string {
  return (digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16).toString(2).padStart(8, "0")).join("");
}

/** `digits` with one bit inverted. */
export function flip(digits: Digits, bit: number): Digits {
  const bits = bitsOf(digits);
  return pack(`${bits.slice(0, bit)}${bits[bit] === "0" ? "1" : "0"}${bits.slice(bit + 1)}`);
}

/** Lengths to write instead of the real lengths of sections, in bytes. */
export type Said = Partial<Readonly<Record<SectionName, number>>>;

export function joinSections(sections: Sections, said: Said = {}): string {
  const parts = SECTION_NAMES.map((name) => {
    return littleEndian(said[name] ?? sections[name].length / 2, 4) + sections[name];
  });
  return `0x${parts.join("")}`;
}

export function sectionsOf(proof: string): Sections {
  const bytes = Buffer.from(proof.slice(2), "hex");
  let at = 0;
  const sections = SECTION_NAMES.map((name) => {
    const begin = at + 4;
    at = begin + bytes.readUInt32LE(at);
    return [name, bytes.subarray(begin, at).toString("hex")];
  });
  return Object.fromEntries(sections) as unknown as Sections;
}

export function kmmSections({ labels, lengths, terminals, hashes }: Kmm): Sections {
  return {
    labels: pack(labels),
    lengths: lengths.map((length) => littleEndian(length, 2)).join(""),
    terminals: terminals.join(""),
    hashes: hashes.join(""),
  };
}

export function joinKmm(kmm: Kmm): string {
  return joinSections(kmmSections(kmm));
}

/** Parses an honest proof. */
export function kmmOf(proof: string): Kmm {
  const sections = sectionsOf(proof);
  const bits = bitsOf(sections.labels);
  const lengths = (sections.lengths.match(/..../g) ?? []).map((text) => Buffer.from(text, "hex").readUInt16LE());
  const terminals: Digits[] = [];
  let [label, internal, terminal] = [0, 0, 0];
  const take = (bytes: number): void => {
    terminals.push(sections.terminals.slice(terminal, terminal + 2 * bytes));
    terminal += 2 * bytes;
  };
  /** The bit at which the prefix of each unvisited open node begins. */
  const pending = bits === "" ? [] : [0];
  for (let start = pending.pop(); start !== undefined; start = pending.pop()) {
    if (bits[label] === "0") {
      label += 1;
      const length = Buffer.from(sections.terminals.slice(terminal, terminal + 4), "hex").readUInt16LE();
      take(2 + length + 32);
      continue;
    }
    const open = [...bits.slice(label + 1, label + 3)].filter((bit) => bit === "1").length;
    label += 3;
    const branch: number = start + lengths[internal];
    internal += 1;
    if (open === 0) take(Math.ceil(branch / 8));
    for (let child = 0; child < open; child++) pending.push(branch + 1);
  }
  return { labels: bits.slice(0, label), lengths, terminals, hashes: sections.hashes.match(/.{64}/g) ?? [] };
}

/** A leaf as a terminal of `kmm`. Key and value are digits. */
export function leafTerminal(key: Digits, value: Digits, length = key.length / 2): Digits {
  return littleEndian(length, 2) + key + value;
}

/** The preimage of a leaf. */
export function leafNode(key: Digits, value: Digits): Digits {
  return `00${key}${value}`;
}

/** The preimage of an internal node; its prefix is one character per bit. */
export function internalNode(prefix: string, left: Digits, right: Digits, length = prefix.length): Digits {
  return `01${length.toString(16).padStart(4, "0")}${pack(prefix)}${left}${right}`;
}

/** The items of an honest `nodes` proof. */
export function itemsOf(proof: string): Digits[] {
  const bytes = Buffer.from(proof.slice(2), "hex");
  const items: Digits[] = [];
  for (let at = 4; at < bytes.length; at += 4 + bytes.readUInt32LE(at)) {
    items.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at)).toString("hex"));
  }
  return items;
}

export function joinItems(items: readonly Digits[], count = items.length): string {
  return `0x${littleEndian(count, 4)}${items.map((item) => littleEndian(item.length / 2, 4) + item).join("")}`;
}

/** A `nodes` proof of these nodes, in canonical order. */
export function nodesProof(items: readonly Digits[]): string {
  return joinItems(items.toSorted());
}

/** The items of an honest proof from the root down, each after its parent. */
export function fromTheRoot(root: string, items: readonly Digits[]): Digits[] {
  const byHash = new Map(items.map((item) => [hashOf(item), item]));
  const ordered: Digits[] = [];
  const pending = [root.slice(2)];
  for (let hash = pending.pop(); hash !== undefined; hash = pending.pop()) {
    const item = byHash.get(hash);
    if (item === undefined) continue;
    ordered.push(item);
    if (item.startsWith("01")) pending.push(item.slice(-64), item.slice(-128, -64));
  }
  return ordered;
}
