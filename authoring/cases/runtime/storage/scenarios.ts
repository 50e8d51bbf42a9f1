/** Vectors of recordings and of the executions that replay them, over every backend. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, hostFile } from "../host/cases.ts";
import { recordAndReplay, type Scenario, type Step, type Store } from "./cases.ts";
import { stateFaults } from "./faults.ts";
import { value, word, ZERO } from "./samples.ts";
import { recordedValues } from "./stored-values.ts";

/** The keys of a script, independent of their form in a backend. */
interface Keys {
  readonly present: string;
  /** The only key that remains below its node when `present` is deleted. */
  readonly sibling: string;
  /** Present, in another subtree. */
  readonly other: string;
  /** Present, beside `other`. */
  readonly cousin: string;
  /** Absent, below the same node as `present`. */
  readonly absent: string;
  /** Absent, in another subtree. */
  readonly far: string;
}

const BYTE_KEYS: Keys = {
  present: word("10"),
  sibling: word("10", "01"),
  other: word("80"),
  cousin: word("8f"),
  absent: word("10", "f0"),
  far: word("fe"),
};

const GINDICES: Keys = {
  present: word("", "08"),
  sibling: word("", "09"),
  other: word("", "0e"),
  cousin: word("", "0f"),
  absent: word("", "0a"),
  far: word("", "0b"),
};

function entriesOf({ present, sibling, other, cousin }: Keys): [string, string][] {
  return [
    [present, value(0x11)],
    [sibling, value(0x22)],
    [other, value(0x33)],
    [cousin, value(0x44)],
  ];
}

const BYTE_ENTRIES = entriesOf(BYTE_KEYS);
const SSZ_ENTRIES: [string, string][] = [
  ...entriesOf(GINDICES),
  [GINDICES.absent, ZERO],
  [GINDICES.far, ZERO],
  [word("", "06"), value(0x55)],
];

const STORES: readonly (readonly [name: string, store: Store, keys: Keys])[] = [
  ["sparse-compact", { backend: "sparse", encoding: "compact", entries: BYTE_ENTRIES }, BYTE_KEYS],
  ["patricia-witness", { backend: "patricia", encoding: "witness", entries: BYTE_ENTRIES }, BYTE_KEYS],
  [
    "patricia-secure",
    { backend: "patricia", encoding: "preorder", options: { secure: true }, entries: BYTE_ENTRIES },
    BYTE_KEYS,
  ],
  ["radix-kmm", { backend: "radix", encoding: "kmm", entries: BYTE_ENTRIES }, BYTE_KEYS],
  ["radix-nodes", { backend: "radix", encoding: "nodes", entries: BYTE_ENTRIES }, BYTE_KEYS],
  ["ssz-compact", { backend: "ssz", encoding: "compact", entries: SSZ_ENTRIES }, GINDICES],
  ["ssz-explicit", { backend: "ssz", encoding: "explicit", entries: SSZ_ENTRIES }, GINDICES],
];

/** Stores whose encoding names claims. It can hold neither a deletion nor a proof of no keys. */
const NAMING_STORES: typeof STORES = [
  ["patricia-eip1186", { backend: "patricia", encoding: "eip1186", entries: BYTE_ENTRIES }, BYTE_KEYS],
  ["ssz-helpers", { backend: "ssz", encoding: "helpers", entries: SSZ_ENTRIES }, GINDICES],
];

const root: Step = { do: "root" };
const save: Step = { do: "save" };
const checkpoint: Step = { do: "checkpoint" };
const commit: Step = { do: "commit" };
const revert: Step = { do: "revert" };

function readingScenarios({ present, absent, other, far }: Keys): Scenario[] {
  return [
    { id: "read", about: "A value is read.", steps: [{ get: present }] },
    {
      id: "read-absent",
      about: "Two keys that are not there are read.",
      steps: [{ get: absent }, { get: far }],
      flags: ["recorded-reads"],
    },
    {
      id: "read-in-order",
      about: "Reads are recorded in the order in which they came first, and once.",
      steps: [{ get: other }, { get: absent }, { get: present }, { get: absent }, { get: other }],
      flags: ["recorded-reads"],
    },
    { id: "read-then-root", about: "The root of what was only read.", steps: [{ get: present }, root, save] },
    {
      id: "write-over",
      about: "A value is written over another, and read back: that is no read of the map.",
      steps: [{ set: [present, value(0x77)] }, { get: present }, save],
      flags: ["recorded-reads"],
    },
    {
      id: "insert",
      about: "A key that is not there is written, and one elsewhere.",
      steps: [{ set: [absent, value(0x77)] }, root, { set: [far, value(0x78)] }, save],
    },
    {
      id: "write-same",
      about: "A value is written that was there already: it is a write.",
      steps: [{ get: present }, { set: [present, value(0x11)] }, save],
      flags: ["recorded-writes"],
    },
    {
      id: "write-twice",
      about: "Of two writes the later one stands.",
      steps: [{ set: [present, value(0x77)] }, { set: [present, value(0x78)] }, { get: present }, save],
      flags: ["recorded-writes"],
    },
    {
      id: "write-backwards",
      about: "Keys are written in descending order, and recorded in ascending.",
      steps: [{ set: [other, value(0x77)] }, { set: [present, value(0x78)] }, save],
      flags: ["recorded-writes"],
    },
    {
      id: "write-without-root",
      about: "Something is written, and no root asked for: it is recorded and proven all the same.",
      steps: [{ set: [other, value(0x77)] }],
      flags: ["recorded-writes"],
    },
    {
      id: "reverted-write",
      about: "A frame that is taken back keeps its reads and drops its writes.",
      steps: [
        { get: present },
        checkpoint,
        { get: other },
        { set: [present, value(0x77)] },
        { set: [far, value(0x78)] },
        { get: far },
        revert,
        { get: present },
        { get: far },
        save,
      ],
      flags: ["checkpoints", "recorded-reads"],
    },
    {
      id: "write-taken-back",
      about: "A write is taken back before a root is asked for, and another key is read.",
      steps: [{ get: present }, checkpoint, { set: [other, value(0x77)] }, revert, save],
      flags: ["checkpoints", "recorded-proof"],
    },
    {
      id: "nested-frames",
      about: "An inner frame is kept and the outer one taken back, then the other way round.",
      steps: [
        checkpoint,
        { set: [present, value(0x71)] },
        checkpoint,
        { set: [present, value(0x72)] },
        commit,
        { get: present },
        revert,
        { get: present },
        checkpoint,
        { set: [other, value(0x73)] },
        checkpoint,
        { set: [other, value(0x74)] },
        revert,
        { get: other },
        commit,
        root,
        save,
      ],
      flags: ["checkpoints"],
    },
    {
      id: "root-in-a-frame",
      about: "A root is asked for while something stands that is taken back later.",
      steps: [checkpoint, { set: [far, value(0x77)] }, root, revert, root, save],
      flags: ["checkpoints", "root-in-a-frame"],
    },
    {
      id: "frame-left-open",
      about: "A frame that is still open at the end is no different from one that was kept.",
      steps: [checkpoint, { set: [present, value(0x77)] }, save],
      flags: ["checkpoints"],
    },
    {
      id: "root-saves-nothing",
      about: "A root that is asked for is not saved by that.",
      steps: [{ set: [present, value(0x77)] }, root],
    },
  ];
}

function deletingScenarios({ present, sibling, other, cousin, absent, far }: Keys): Scenario[] {
  const deletion = ["deletes"];
  return [
    { id: "nothing", about: "Nothing is asked of the state.", steps: [] },
    {
      id: "delete",
      about: "A key is deleted and read again.",
      steps: [{ delete: present }, { get: present }, root, save],
      flags: deletion,
    },
    {
      id: "write-zero",
      about: "A value of zero deletes, and is read as absent.",
      steps: [{ set: [present, ZERO] }, { get: present }, save],
      flags: ["zero-deletes"],
    },
    {
      id: "delete-absent",
      about: "A key that is not there is deleted.",
      steps: [{ delete: absent }, { set: [far, ZERO] }, save],
      flags: ["delete-absent"],
    },
    {
      id: "delete-what-was-inserted",
      about: "A key that was not there is written, deleted and read.",
      steps: [{ set: [absent, value(0x77)] }, root, { delete: absent }, { get: absent }, save],
      flags: deletion,
    },
    {
      id: "delete-and-write-again",
      about: "A key is deleted, a root asked for, and the key is written again.",
      steps: [{ delete: present }, root, { set: [present, value(0x77)] }, { get: present }, save],
      flags: deletion,
    },
    {
      id: "delete-in-a-frame",
      about: "A root is asked for while a key is deleted, and the deletion taken back.",
      steps: [{ get: present }, checkpoint, { delete: other }, root, revert, { get: other }, save],
      flags: ["checkpoints", "root-in-a-frame", "deletes"],
    },
    {
      id: "delete-one-then-the-other",
      about:
        "Of two neighbours each is deleted in a frame of its own, so that each is needed where the other is not there.",
      steps: [checkpoint, { delete: present }, root, revert, checkpoint, { delete: sibling }, root, revert, save],
      flags: ["root-in-a-frame", "deletes"],
    },
    {
      id: "delete-here-then-there",
      about:
        "Keys with different neighbours are deleted in frames of their own; neither neighbour is asked for otherwise.",
      steps: [checkpoint, { delete: present }, root, revert, checkpoint, { delete: other }, root, revert, save],
      flags: ["root-in-a-frame", "deletes"],
    },
    {
      id: "delete-both",
      about: "Both of two neighbours are deleted together.",
      steps: [{ delete: present }, { delete: sibling }, save],
      flags: deletion,
    },
    {
      id: "delete-all",
      about: "Everything is deleted, one after the other, with a root each time.",
      steps: [
        { delete: present },
        root,
        { delete: sibling },
        root,
        { delete: other },
        root,
        { delete: cousin },
        root,
        save,
      ],
      flags: deletion,
    },
    {
      id: "delete-and-insert-beside",
      about: "A key is deleted where another one is inserted, so that nothing is left alone.",
      steps: [{ delete: present }, { set: [absent, value(0x77)] }, save],
      flags: deletion,
    },
  ];
}

export async function stateFiles(): Promise<VectorFile[]> {
  const [records, replays]: [HostCase[], HostCase[]] = [[], []];
  const add = (name: string, store: Store, scenario: Scenario): void => {
    const { record, replay } = recordAndReplay(store, { ...scenario, id: `${name}-${scenario.id}` });
    records.push(record);
    replays.push(replay);
  };
  for (const [name, store, keys] of STORES) {
    for (const scenario of [...readingScenarios(keys), ...deletingScenarios(keys)]) add(name, store, scenario);
  }
  for (const [name, store, keys] of NAMING_STORES) {
    for (const scenario of readingScenarios(keys)) add(name, store, scenario);
  }
  for (const { record, replay } of recordedValues()) {
    records.push(record);
    replays.push(replay);
  }
  const file = (
    suite: string,
    theme: string,
    about: string,
    requirements: readonly string[],
    cases: readonly HostCase[],
  ) => hostFile("storage/scenarios.ts", { suite, theme, about, requirements }, cases);
  const semantics = [
    "RUNTIME-HOST-061",
    "RUNTIME-HOST-062",
    "RUNTIME-HOST-063",
    "RUNTIME-HOST-064",
    "RUNTIME-HOST-123",
    "RUNTIME-HOST-124",
    "RUNTIME-HOST-125",
    "RUNTIME-HOST-126",
    "RUNTIME-HOST-127",
    "RUNTIME-HOST-128",
    "RUNTIME-HOST-129",
    "RUNTIME-HOST-130",
    "RUNTIME-HOST-131",
    "RUNTIME-HOST-133",
    "RUNTIME-STATE-010",
    "RUNTIME-STATE-034",
    "RUNTIME-STATE-035",
    "RUNTIME-STATE-038",
    "RUNTIME-STATE-039",
    "RUNTIME-STATE-040",
  ];
  return Promise.all([
    file(
      "runtime/record",
      "recordings",
      "What an execution over the whole map answers, and what it records.",
      [
        ...semantics,
        "RUNTIME-STATE-020",
        "RUNTIME-STATE-021",
        "RUNTIME-STATE-022",
        "RUNTIME-STATE-023",
        "RUNTIME-STATE-050",
        "RUNTIME-STATE-051",
        "RUNTIME-STATE-052",
        "RUNTIME-STATE-053",
        "RUNTIME-STATE-054",
      ],
      records,
    ),
    file(
      "runtime/stateless",
      "replays",
      "The same executions over the proofs that were recorded.",
      [...semantics, "RUNTIME-STATE-002", "RUNTIME-STATE-024", "RUNTIME-STATE-031"],
      replays,
    ),
    ...stateFaults().map(([suite, requirements, cases]) =>
      file(suite, "faults", "States that cannot be read or written, proofs that do not suffice.", requirements, cases),
    ),
  ]);
}
