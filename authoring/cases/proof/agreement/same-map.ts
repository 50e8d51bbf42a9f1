/**
 * The same maps through every backend of keys and values. A map of 32-byte keys to 32-byte values, none of them zero, reads alike
 * in all of them, before and after the same writes. `ssz` has no absence; a leaf of zeros represents it.
 *
 * The expected values come from the map. The root after the writes has to be the root of the final map in the same backend.
 */

import type { Kind, VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { quantity, randomNode } from "../../kit/binary/pruned.ts";
import { ask, type Draft, stated, vectorFile } from "../../kit/draft.ts";
import { keyAt, ENCODINGS as SPARSE_ENCODINGS, ZERO } from "../sparse/trees.ts";
import { ENCODINGS as SSZ_ENCODINGS } from "../ssz/trees.ts";

const SOURCE = "authoring/cases/proof/agreement/same-map.ts";
const CONFIRMED_BY = [
  "test/confirm/sparse/sparse.ts",
  "test/confirm/ssz/ssz.ts",
  "test/confirm/patricia/patricia.ts",
  "test/confirm/radix/radix.ts",
];

/** The depth of the trees with a fixed depth: a key is the first bits of its index, then zeros. */
const DEPTH = 5;

interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly present: readonly number[];
  readonly asked: readonly number[];
  readonly inserted: readonly number[];
  readonly overwritten: readonly number[];
  readonly deleted: readonly number[];
}

const SCENARIOS: readonly Scenario[] = [
  {
    id: "empty",
    about: "an empty map that two keys are written to",
    present: [],
    asked: [0, 9],
    inserted: [9, 30],
    overwritten: [],
    deleted: [],
  },
  {
    id: "one-key",
    about: "a map of one key, which is deleted",
    present: [13],
    asked: [13, 12, 0, 31],
    inserted: [],
    overwritten: [],
    deleted: [13],
  },
  {
    id: "neighbours",
    about: "keys that part at the last bit: one is deleted, its neighbour stays",
    present: [6, 7, 24],
    asked: [6, 7, 5, 24],
    inserted: [],
    overwritten: [24],
    deleted: [6],
  },
  {
    id: "many",
    about: "a map of many keys, some overwritten, some deleted, some new",
    present: [0, 1, 2, 5, 8, 13, 21, 28, 29, 30, 31],
    asked: [0, 3, 4, 13, 14, 31],
    inserted: [3, 17],
    overwritten: [0, 30],
    deleted: [1, 28, 29, 31],
  },
  {
    id: "all-replaced",
    about: "a map whose keys are all deleted while others are written",
    present: [4, 10, 11, 20],
    asked: [4, 10, 22],
    inserted: [22, 23],
    overwritten: [],
    deleted: [4, 10, 11, 20],
  },
];

const earlierValueOf = (index: number): string => randomNode(292, index);
const laterValueOf = (index: number): string => randomNode(293, index);

/** How a backend expresses a map. */
interface View {
  readonly name: string;
  readonly params: JsonObject;
  readonly encodings: readonly string[];
  readonly hasDeletes: boolean;
  readonly hasAbsence: boolean;
  key(index: number): string;
}

const VIEWS: readonly View[] = [
  {
    name: "sparse",
    params: { backend: "sparse", options: { depth: DEPTH } },
    encodings: SPARSE_ENCODINGS,
    hasDeletes: true,
    hasAbsence: true,
    key: (index) => keyAt(index, DEPTH),
  },
  {
    name: "ssz",
    params: { backend: "ssz" },
    encodings: SSZ_ENCODINGS,
    hasDeletes: false,
    hasAbsence: false,
    key: (index) => quantity(2n ** BigInt(DEPTH) + BigInt(index)),
  },
  ...[false, true].map((secure) => ({
    name: secure ? "patricia-secure" : "patricia",
    params: { backend: "patricia", options: { secure } },
    encodings: ["witness", "preorder"],
    hasDeletes: true,
    hasAbsence: true,
    key: (index: number) => keyAt(index, DEPTH),
  })),
  {
    name: "radix",
    params: { backend: "radix" },
    encodings: ["kmm", "nodes"],
    hasDeletes: true,
    hasAbsence: true,
    key: (index) => keyAt(index, DEPTH),
  },
];

/** The whole map, for `prove`. */
function entriesOf({ key, hasAbsence }: View, map: ReadonlyMap<number, string>): Json {
  const indices = hasAbsence ? [...map.keys()] : Array.from({ length: 2 ** DEPTH }, (_, index) => index);
  return indices.map((index) => [key(index), map.get(index) ?? ZERO]);
}

function casesOf(scenario: Scenario): Draft[] {
  const { id, about, present, asked, inserted, overwritten, deleted } = scenario;
  const before = new Map(present.map((index) => [index, earlierValueOf(index)]));
  const after = new Map(before);
  for (const index of [...inserted, ...overwritten]) after.set(index, laterValueOf(index));
  for (const index of deleted) after.delete(index);
  const touched = [...inserted, ...overwritten, ...deleted];
  const everything = [...new Set([...asked, ...touched])].sort((a, b) => a - b);

  return VIEWS.flatMap((view) => {
    const absent = view.hasAbsence ? null : ZERO;
    const read = (map: ReadonlyMap<number, string>, indices: readonly number[]): Json =>
      indices.map((index) => map.get(index) ?? absent);
    return view.encodings.flatMap((encoding): Draft[] => {
      const base = { ...view.params, encoding };
      const whole = { ...base, entries: entriesOf(view, before), keys: everything.map(view.key) };
      const deletes = view.hasDeletes ? { deletes: deleted.map(view.key) } : {};
      const { root, proof } = ask("proof/prove", { ...whole, ...deletes });
      const later = ask("proof/prove", { ...base, entries: entriesOf(view, after), keys: everything.map(view.key) });
      const kind: Kind = "agreement";
      const text = (call: string, what: string): Pick<Draft, "id" | "about" | "kind" | "call"> => ({
        id: `${id}-${view.name}-${encoding}-${what}`,
        about: `${about}: ${what} through ${view.name}, ${encoding}`,
        kind,
        call,
      });
      const writes = [
        ...[...inserted, ...overwritten].map((index) => [view.key(index), laterValueOf(index)]),
        ...deleted.map((index) => [view.key(index), absent]),
      ];
      const sets: Json[] = writes.map((write) => ({ set: write as Json }));
      const gets: Json[] = everything.map((index) => ({ get: view.key(index) }));
      return [
        stated(
          { ...text("proof/get", "get"), params: { ...base, root, proof, keys: everything.map(view.key) } },
          { values: read(before, everything) },
        ),
        stated(
          {
            ...text("proof/transact", "write"),
            // The tree has many equal leaves of zeros, of which only some are written.
            ...(view.hasAbsence ? {} : { flags: ["equal-nodes"] }),
            params: { ...base, root, proof, steps: [...sets, ...gets, { root: true }] },
          },
          { results: [...sets.map(() => true), ...(read(after, everything) as Json[]), later.root] },
        ),
        stated(
          {
            ...text("proof/transact", "revert"),
            flags: ["checkpoints"],
            params: {
              ...base,
              root,
              proof,
              steps: [{ checkpoint: true }, ...sets, { revert: true }, ...gets, { root: true }],
            },
          },
          { results: [true, ...sets.map(() => true), true, ...(read(before, everything) as Json[]), root] },
        ),
      ];
    });
  });
}

export function agreementMapFiles(): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      CONFIRMED_BY,
      {
        suite: "proof/agreement",
        theme: "same-map",
        about: "The same maps through every backend, before and after the same writes.",
        requirements: ["PROOF-GEN-021", "PROOF-GEN-022"],
      },
      SCENARIOS.flatMap(casesOf),
    ),
  ];
}
