/** Malformed `offsets64` and `offsets16` bytes: wrong counts, counts that wrap, and counts beyond the proof. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../draft.ts";
import { type Broken, brokenCases, lengthFaults, littleEndian, type Subject, type SuiteOf } from "./broken.ts";
import { randomNode, replaceAt } from "./pruned.ts";

type OffsetEncoding = "offsets64" | "offsets16";

interface Parts {
  readonly tag: string;
  readonly count: bigint;
  readonly offsets: readonly bigint[];
  readonly bottoms: readonly string[];
}

const layout = { offsets64: { width: 8, tag: "" }, offsets16: { width: 2, tag: "01" } } as const;

function join(encoding: OffsetEncoding, { tag, count, offsets, bottoms }: Parts): string {
  const { width } = layout[encoding];
  const counts = [count, ...offsets].map((value) => littleEndian(value, width));
  return `0x${tag}${counts.join("")}${bottoms.map((bottom) => bottom.slice(2)).join("")}`;
}

function partsOf(encoding: OffsetEncoding, { proof, pruned: { bottoms } }: Subject): Parts {
  const { width, tag } = layout[encoding];
  const digits = (proof as string).slice(2 + tag.length);
  const counts = (digits.match(new RegExp(`.{${2 * width}}`, "g")) as string[]).slice(0, bottoms.length);
  const [count, ...offsets] = counts.map((text) => BigInt(`0x${(text.match(/../g) as string[]).reverse().join("")}`));
  return { tag, count, offsets, bottoms };
}

function countFaults(encoding: OffsetEncoding, honest: Parts): Broken[] {
  const { width } = layout[encoding];
  const bits = 8 * width;
  const m = honest.count;
  const declare = (id: string, about: string, count: bigint): Broken => ({
    id: `count-${id}`,
    about: `the count says ${about}`,
    flag: "lying-count",
    proof: join(encoding, { ...honest, count }),
  });
  const wraps: Broken[] =
    encoding === "offsets16"
      ? []
      : [
          declare("wraps-32-bits", "2^32 more than there are: equal modulo 2^32", m + 2n ** 32n),
          declare("wraps-length-64", "2^61 more: its byte length (40 each) is equal modulo 2^64", m + 2n ** 61n),
          declare("wraps-length-32", "2^29 more: its byte length is equal modulo 2^32", m + 2n ** 29n),
          declare("sign-bit", "2^63 more: negative where counts are signed", m + 2n ** 63n),
          declare("2-to-53-plus", "2^53 + 1, which a double rounds", 2n ** 53n + 1n),
        ];
  return [
    declare("zero", "0", 0n),
    declare("one", "1", 1n),
    declare("one-less", "one less than there are", m - 1n),
    declare("one-more", "one more than there are", m + 1n),
    declare("largest", `2^${bits} − 1`, 2n ** BigInt(bits) - 1n),
    ...wraps,
    {
      id: "count-zero-alone",
      about: "a count of 0 and nothing else",
      flag: "lying-count",
      proof: join(encoding, { ...honest, count: 0n, offsets: [], bottoms: [] }),
    },
    {
      id: "count-big-endian",
      about: "the count in big-endian order",
      flag: "lying-count",
      proof: join(encoding, { ...honest, count: m << BigInt(bits - 8) }),
    },
  ];
}

function offsetFaults(encoding: OffsetEncoding, honest: Parts): Broken[] {
  const { width } = layout[encoding];
  const bits = 8 * width;
  const largest = 2n ** BigInt(bits) - 1n;
  const set = (index: number, id: string, about: string, value: bigint): Broken => ({
    id: `offset-${index}-${id}`,
    about: `offset ${index} says ${about}`,
    flag: "lying-offset",
    proof: join(encoding, { ...honest, offsets: replaceAt(honest.offsets, index, value) }),
  });
  const wraps = (index: number, value: bigint): Broken[] =>
    encoding === "offsets16"
      ? []
      : [
          set(index, "plus-2-to-32", "2^32 more: equal modulo 2^32", value + 2n ** 32n),
          set(index, "plus-2-to-61", "2^61 more: its length in bytes of 8 is equal modulo 2^64", value + 2n ** 61n),
          set(index, "plus-2-to-59", "2^59 more: its length in nodes of 32 is equal modulo 2^64", value + 2n ** 59n),
          set(index, "plus-2-to-27", "2^27 more: its length in nodes of 32 is equal modulo 2^32", value + 2n ** 27n),
        ];
  return honest.offsets.flatMap((value, index) => [
    set(index, "zero", "0", 0n),
    set(index, "one-more", "one more than it is", value + 1n),
    ...(value > 1n ? [set(index, "one-less", "one less than it is", value - 1n)] : []),
    set(index, "all-of-them", "as many as the whole proof has", honest.count),
    set(index, "60000", "60 000", 60000n),
    set(index, "largest", `2^${bits} − 1`, largest),
    ...wraps(index, value),
  ]);
}

function listFaults(encoding: OffsetEncoding, honest: Parts): Broken[] {
  const { offsets, bottoms } = honest;
  const made = randomNode(61);
  return [
    {
      id: "offset-missing",
      about: "the last offset left out",
      flag: "truncated",
      proof: join(encoding, { ...honest, offsets: offsets.slice(0, -1) }),
    },
    {
      id: "offsets-missing",
      about: "all offsets left out",
      flag: "truncated",
      proof: join(encoding, { ...honest, offsets: [] }),
    },
    {
      id: "offset-surplus",
      about: "one offset too many",
      flag: "trailing-bytes",
      proof: join(encoding, { ...honest, offsets: [...offsets, 1n] }),
    },
    {
      id: "offset-surplus-first",
      about: "one offset too many, at the front",
      flag: "trailing-bytes",
      proof: join(encoding, { ...honest, offsets: [1n, ...offsets] }),
    },
    {
      id: "bottom-surplus",
      about: "a bottom that the count does not cover",
      flag: "trailing-bytes",
      proof: join(encoding, { ...honest, bottoms: [...bottoms, made] }),
    },
    {
      id: "bottom-missing",
      about: "the last bottom left out",
      flag: "truncated",
      proof: join(encoding, { ...honest, bottoms: bottoms.slice(0, -1) }),
    },
    {
      id: "offsets-and-bottoms-exchanged",
      about: "the bottoms before the offsets",
      flag: "lying-offset",
      proof: `0x${honest.tag}${littleEndian(honest.count, layout[encoding].width)}${bottoms.map((node) => node.slice(2)).join("")}${offsets.map((offset) => littleEndian(offset, layout[encoding].width)).join("")}`,
    },
  ];
}

function tagFaults(honest: Parts): Broken[] {
  const tagged = (id: string, about: string, tag: string): Broken => ({
    id: `tag-${id}`,
    about,
    flag: "wrong-tag",
    proof: join("offsets16", { ...honest, tag }),
  });
  return [
    tagged("0", "tag 0x00, which is another proof type", "00"),
    tagged("2", "tag 0x02, which is another proof type", "02"),
    tagged("255", "tag 0xff", "ff"),
    tagged("missing", "no tag", ""),
    tagged("twice", "the tag twice", "0101"),
  ];
}

/** The ids of the requirements of an encoding. */
export interface OffsetRequirements {
  readonly layout: readonly string[];
  readonly length: readonly string[];
  readonly counts: readonly string[];
  readonly leftCounts: readonly string[];
  readonly tag: readonly string[];
}

export function offsetsFiles(
  { suite, source, confirmedBy }: SuiteOf,
  encoding: OffsetEncoding,
  subject: Subject,
  ids: OffsetRequirements,
  /** The same proof with an unlimited depth of its nodes, so that only its counts are wrong. */
  deeper?: Subject,
): VectorFile[] {
  const parts = partsOf(encoding, subject);
  const proof = subject.proof as string;
  const headBytes = (proof.length - 2) / 2 - 32 * parts.bottoms.length;
  const file = (theme: string, about: string, requirements: readonly string[], cases: Draft[]): VectorFile =>
    vectorFile(source, confirmedBy, { suite, theme, about, requirements: [...new Set(requirements)] }, cases);
  const tags = encoding === "offsets16" ? tagFaults(parts) : [];
  const tagRequirement = encoding === "offsets16" ? ids.tag : [];
  const lists = [...lengthFaults(proof, headBytes), ...listFaults(encoding, parts), ...tags];
  return [
    file(
      "malformed",
      "Offset proofs cut short, made longer, and with offsets or bottoms missing.",
      [...ids.layout, ...ids.length, "PROOF-GEN-006", ...tagRequirement],
      brokenCases(subject, lists),
    ),
    file(
      "lying-counts",
      "Counts of bottoms that are not the number of bottoms, also modulo 2^32 and 2^64.",
      ids.counts,
      brokenCases(subject, countFaults(encoding, parts)),
    ),
    // A proof with a wrong left count may parse, so that only `get` has a defined outcome.
    file(
      "lying-offsets",
      "Left counts of 0, past the subtree, off by one, and equal to the right one modulo a power of two.",
      ids.leftCounts,
      [subject, ...(deeper === undefined ? [] : [deeper])].flatMap((of) =>
        brokenCases(
          of,
          offsetFaults(encoding, parts).map((fault) => (of === subject ? fault : { ...fault, id: `deep-${fault.id}` })),
        ).filter((draft) => draft.call === "proof/get" || outside(draft)),
      ),
    ),
  ];
}

/** Whether no subtree of the proof can have the left count, whatever the other counts are. */
function outside({ id }: Draft): boolean {
  return !id.includes("one-more") && !id.includes("one-less");
}
