/** Roots that the draft of EIP-8297 publishes (ethereum/execution-specs, `tests/binary_trie/vectors`). */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { ask, type Draft, stated, vectorFile } from "../../kit/draft.ts";
import { joinItems, joinKmm } from "./proofs.ts";
import { baseOf, EMPTY, type EncodingName, NAIVE, type Text } from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/published.ts";

interface Published {
  readonly name: string;
  /** In the order of the writes. */
  readonly writes: readonly (readonly [string, string])[];
  readonly root: string;
}

const value = (byte: string): string => `0x${byte.repeat(32)}`;
/** A key of 34 bytes. */
const long = (first: string, rest: string, last = rest): string => `0x${first}${rest.repeat(32)}${last}`;

const PUBLISHED: readonly Published[] = [
  { name: "empty", writes: [], root: EMPTY },
  {
    name: "single-leaf",
    writes: [[long("00", "00"), value("01")]],
    root: "0x4b60a28dce9f3529d103a26e00fadb98514cbd16ce03b7df752426addef9bbc7",
  },
  {
    name: "single-leaf-one-byte-key",
    writes: [["0xab", value("01")]],
    root: "0x2ebeea9f8e2e4bbf6e4ff1b4cf8afbb641d4dfaf9a05469dea3787bbc35188d5",
  },
  {
    name: "two-leaves-diverge-first-bit",
    writes: [
      [long("00", "11"), value("01")],
      [long("80", "11"), value("02")],
    ],
    root: "0x57210f2156bafa91dc33b7528fcfdb50660b902494b80a00347b28949df72816",
  },
  {
    name: "two-leaves-diverge-last-bit",
    writes: [
      [long("22", "22", "00"), value("01")],
      [long("22", "22", "01"), value("02")],
    ],
    root: "0x606cacfcbf218928a25e67e40c8fa9cdf44d15cbc39be41da210cc86db128be9",
  },
  {
    name: "three-leaves-shared-prefix",
    writes: [
      [long("f0", "00"), value("01")],
      [long("f1", "00"), value("02")],
      [long("0f", "00"), value("03")],
    ],
    root: "0x50ca5b44506c7aeac67017eef1be8977c69d8d1074b3c870ce9fc6ef0aa18163",
  },
  {
    name: "overwrite-takes-last-value",
    writes: [
      [long("42", "42"), value("01")],
      [long("42", "42"), value("02")],
    ],
    root: "0xe6817b5d8351669a295e51a0ae8459ace26faeb8904b8d9c7e3a00b9f343e0eb",
  },
];

/** A case whose result has the published root and the proof of the reference. */
function withRoot(root: string, text: Omit<Draft, "expect">): Draft {
  const { proof, root: computed } = ask(text.call, text.params);
  if (computed !== root) throw new Error(`${text.id}: ${computed} is not the published root ${root}`);
  return stated(text, { root, proof });
}

function casesOf(encoding: EncodingName, { name, writes, root }: Published): Draft[] {
  const base = baseOf(encoding);
  const values = new Map(writes);
  const keys = [...values.keys()];
  const { proof } = ask("proof/prove", { ...base, entries: writes, keys });
  const empty = encoding === "kmm" ? joinKmm({ labels: "", lengths: [], terminals: [], hashes: [] }) : joinItems([]);
  const text = (call: string, about: string, params: Draft["params"]): Text & { kind: "completeness" } => ({
    id: `${name}-${call}`,
    about: `${name.replaceAll("-", " ")}: ${about}`,
    kind: "completeness",
    call: `proof/${call}`,
    params: { ...base, ...params },
  });
  const steps = writes.map((set) => ({ set }));
  return [
    withRoot(root, text("prove", "built as a whole", { entries: writes, keys })),
    ...(encoding === "kmm" ? [stated(text("root", "the root that the proof implies", { proof }), { root })] : []),
    stated(text("get", "every value read", { root, proof, keys }), {
      values: keys.map((key) => values.get(key) ?? null),
    }),
    withRoot(root, text("update", "written to the empty tree as one batch", { root: EMPTY, proof: empty, writes })),
    stated(
      text("transact", "written to the empty tree one after the other", {
        root: EMPTY,
        proof: empty,
        steps: [...steps, { root: true }],
      }),
      { results: [...steps.map(() => true), root] },
    ),
  ];
}

export function publishedFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/radix/${encoding}`,
        theme: "published-roots",
        about: "Maps whose roots the draft of EIP-8297 publishes, proven whole and written step by step.",
        requirements: ["PROOF-RADIX-002", "PROOF-RADIX-030", "PROOF-RADIX-032", "PROOF-RADIX-034"],
      },
      PUBLISHED.flatMap((published) => casesOf(encoding, published)),
    ),
  ];
}
