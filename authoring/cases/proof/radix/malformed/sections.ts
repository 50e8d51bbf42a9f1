/** Malformed `kmm` proofs: sections with false lengths, and labels that end too early or too late. */
import type { VectorFile } from "../../../../../harness/cases/vector.ts";
import { type Broken, brokenDrafts, brokenFile } from "../broken.ts";
import { HONEST, PROVEN, SECTIONS } from "../kmm-subject.ts";
import { flip, joinSections, leafTerminal, pack, SECTION_NAMES, type SectionName, type Sections } from "../proofs.ts";
import { EMPTY, valueAt } from "../trees.ts";

const SOURCE = "authoring/cases/proof/radix/malformed/sections.ts";

const { root, proof } = PROVEN;
const bytesIn = (name: SectionName): number => SECTIONS[name].length / 2;

/** The proof cut short and made longer at every section. */
function lengthFaults(): Broken[] {
  const bytes = proof.length / 2 - 1;
  const begins = SECTION_NAMES.map((_, index) =>
    SECTION_NAMES.slice(0, index).reduce((sum, name) => sum + 4 + bytesIn(name), 0),
  );
  const cuts = [
    ...begins.flatMap((begin) => [begin, begin + 1, begin + 3, begin + 4]),
    bytes - 33,
    bytes - 32,
    bytes - 31,
    bytes - 1,
  ];
  return [
    ...[...new Set(cuts)]
      .sort((a, b) => a - b)
      .map(
        (length): Broken => ({
          id: `cut-to-${length}`,
          about: `${length} bytes of ${bytes}`,
          flag: "truncated",
          proof: proof.slice(0, 2 + 2 * length),
        }),
      ),
    ...[1, 4, 32, 36].map(
      (count): Broken => ({
        id: `extra-${count}`,
        about: `${count} zero byte(s) behind the last section`,
        flag: "trailing-bytes",
        proof: `${proof}${"00".repeat(count)}`,
      }),
    ),
    { id: "twice", about: "the whole proof twice", flag: "trailing-bytes", proof: `${proof}${proof.slice(2)}` },
    {
      id: "fifth-section",
      about: "an empty fifth section",
      flag: "trailing-bytes",
      proof: `${proof}00000000`,
    },
  ];
}

/** Each section a byte shorter and longer, with a true and with a false length. */
function sectionFaults(): Broken[] {
  return SECTION_NAMES.flatMap((name): Broken[] => {
    const bytes = bytesIn(name);
    const edit = (id: string, about: string, flag: string, content: string): Broken => ({
      id: `${name}-${id}`,
      about: `the section of ${name} ${about}`,
      flag,
      proof: joinSections({ ...SECTIONS, [name]: content }),
    });
    const say = (id: string, about: string, said: number): Broken => ({
      id: `${name}-length-${id}`,
      about: `the length of the ${name}: ${about}`,
      flag: "lying-count",
      proof: joinSections(SECTIONS, { [name]: said }),
    });
    const unit = name === "hashes" ? 32 : name === "lengths" ? 2 : 1;
    const content = SECTIONS[name];
    return [
      edit("last-byte-cut", "without its last byte, its length right", "truncated", content.slice(0, -2)),
      edit("first-byte-cut", "without its first byte, its length right", "truncated", content.slice(2)),
      edit("byte-more", "with a zero byte behind it, its length right", "trailing-bytes", `${content}00`),
      edit("byte-before", "with a zero byte before it, its length right", "trailing-bytes", `00${content}`),
      ...(unit > 1
        ? [
            edit("item-cut", `without its last ${unit} bytes`, "truncated", content.slice(0, -2 * unit)),
            edit("item-more", `with ${unit} bytes more`, "trailing-bytes", `${content}${"11".repeat(unit)}`),
          ]
        : []),
      edit("left-out", "empty", "truncated", ""),
      say("zero", "0", 0),
      say("one-less", "one less than it has", bytes - 1),
      say("one-more", "one more than it has", bytes + 1),
      say("largest", "2^32 − 1", 2 ** 32 - 1),
      say("wraps", "so large that its end is back at its beginning in 32 bits", 2 ** 32 - 4),
      say("sign-bit", "2^31 more than it has", bytes + 2 ** 31),
      say("2-to-24", "2^24 more than it has", bytes + 2 ** 24),
      { ...say("big-endian", "in big-endian order", bytes * 2 ** 24), id: `${name}-length-big-endian` },
    ];
  });
}

/** Each bit of the labels inverted, and faults after the last one. */
function labelFaults(): Broken[] {
  const { labels } = HONEST;
  const packed = pack(labels);
  const spare = 4 * packed.length - labels.length;
  if (spare === 0) throw new Error("the labels have no padding");
  const relabelled = (content: string): string => joinSections({ ...SECTIONS, labels: content });
  return [
    ...[...labels].map(
      (_, bit): Broken => ({
        id: `label-bit-${bit}`,
        about: `bit ${bit} of the labels inverted`,
        flag: "lying-shape",
        proof: relabelled(flip(packed, bit)),
        mayParse: true,
      }),
    ),
    ...Array.from(
      { length: spare },
      (_, index): Broken => ({
        id: `label-padding-${index}`,
        about: `bit ${index} of the labels' padding set`,
        flag: "padding-not-zero",
        proof: relabelled(flip(packed, labels.length + index)),
      }),
    ),
    {
      id: "label-padding-byte",
      about: "a whole byte of padding behind the labels",
      flag: "padding-not-zero",
      proof: relabelled(`${packed}00`),
    },
    {
      id: "label-padding-256-bytes",
      about: "256 bytes of padding behind the labels",
      flag: "padding-not-zero",
      proof: relabelled(`${packed}${"00".repeat(256)}`),
    },
    {
      id: "labels-end-in-a-node",
      about: "labels that end with the first bit of an internal node",
      flag: "truncated",
      proof: joinSections({
        labels: "ff",
        lengths: "0000".repeat(2),
        terminals: SECTIONS.terminals,
        hashes: SECTIONS.hashes,
      }),
    },
    {
      id: "labels-without-end",
      about: "labels that open two children for ever",
      flag: "deep-tree",
      kind: "dos",
      proof: joinSections({ labels: "ff".repeat(64), lengths: "0000".repeat(170), terminals: "", hashes: "" }),
    },
    {
      id: "labels-without-lengths",
      about: "labels of a thousand internal nodes, and nothing else",
      flag: "deep-tree",
      kind: "dos",
      proof: joinSections({ labels: "db6db6".repeat(128), lengths: "", terminals: "", hashes: "" }),
    },
  ];
}

/** Proofs without labels, which hold only a root, and not even a root for the empty tree. */
function unopenedFaults(): Broken[] {
  const hash = root.slice(2);
  const empty = { labels: "", lengths: "", terminals: "", hashes: "" };
  const of = (id: string, about: string, flag: string, sections: Partial<Sections>, against = root): Broken => ({
    id: `unopened-${id}`,
    about: `no labels, and ${about}`,
    flag,
    proof: joinSections({ ...empty, ...sections }),
    root: against,
    keys: [],
  });
  return [
    of("two-hashes", "two hashes", "trailing-bytes", { hashes: hash + hash }),
    of("31-bytes", "31 bytes of a hash", "bad-node-length", { hashes: hash.slice(2) }),
    of("33-bytes", "33 bytes of a hash", "bad-node-length", { hashes: `${hash}00` }),
    of("zero-hash", "a hash of zeros, the root of the empty tree", "zero-hash", { hashes: EMPTY.slice(2) }, EMPTY),
    of("lengths", "a prefix length beside the root", "trailing-bytes", { lengths: "0000", hashes: hash }),
    of("terminals", "a terminal beside the root", "trailing-bytes", {
      terminals: leafTerminal("13", valueAt(1).slice(2)),
      hashes: hash,
    }),
    of("lengths-alone", "a prefix length in the empty tree", "trailing-bytes", { lengths: "0000" }, EMPTY),
    of("terminals-alone", "a byte of a terminal in the empty tree", "trailing-bytes", { terminals: "00" }, EMPTY),
    {
      id: "unopened-label-byte",
      about: "a byte of labels, a leaf, and the root as hash",
      flag: "lying-shape",
      proof: joinSections({ ...empty, labels: "00", hashes: hash }),
      keys: [],
    },
    { id: "no-byte", about: "no byte at all", flag: "truncated", proof: "0x" },
    {
      id: "no-byte-empty-tree",
      about: "no byte at all, and the empty tree",
      flag: "empty-proof",
      proof: "0x",
      root: EMPTY,
      keys: [],
    },
    {
      id: "three-sections",
      about: "the empty tree in three empty sections",
      flag: "truncated",
      proof: "0x000000000000000000000000",
      root: EMPTY,
      keys: [],
    },
  ];
}

export function malformedSectionFiles(): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], broken: readonly Broken[]) =>
    brokenFile(SOURCE, "kmm", theme, about, requirements, brokenDrafts("kmm", PROVEN, broken));
  return [
    file(
      "malformed-sections",
      "Proofs cut short and made longer, as a whole and in each section, and sections whose lengths lie.",
      ["PROOF-RADIX-010", "PROOF-RADIX-055", "PROOF-GEN-006"],
      [...lengthFaults(), ...sectionFaults()],
    ),
    file(
      "malformed-labels",
      "Labels that lie, do not end or go on, and proofs without any.",
      [
        "PROOF-RADIX-010",
        "PROOF-RADIX-055",
        "PROOF-RADIX-056",
        "PROOF-RADIX-057",
        "PROOF-RADIX-058",
        "PROOF-RADIX-059",
        "PROOF-RADIX-053",
        "PROOF-GEN-006",
      ],
      [...labelFaults(), ...unopenedFaults()],
    ),
  ];
}
