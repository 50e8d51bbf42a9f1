/** The same map of 32-byte keys to 32-byte values through every backend that keeps one, before and after the same writes. */
import type { Json, JsonObject } from "../../runners/runner.ts";
import type { VectorFile } from "../vector.ts";
import { randomNode } from "./binary/pruned.ts";
import { ask, type Draft, stated, vectorFile } from "./draft.ts";

const SOURCE = "harness/generate/map-agreement.ts";
const CONFIRMED_BY = ["test/confirm/naive-sparse.ts", "test/confirm/naive-patricia.ts"];

/** A backend in one of its encodings, and how it is asked. */
interface View {
  readonly name: string;
  readonly request: JsonObject;
}

const patricia = (encoding: string): View[] => [
  { name: `patricia-${encoding}`, request: { backend: "patricia", encoding } },
  { name: `patricia-${encoding}-secure`, request: { backend: "patricia", encoding, options: { secure: true } } },
];

const VIEWS: readonly View[] = [
  ...["compact", "offsets64", "offsets16"].map((encoding) => ({
    name: `sparse-${encoding}`,
    request: { backend: "sparse", encoding },
  })),
  ...["witness", "preorder", "eip1186"].flatMap(patricia),
];

const key = (index: number): string => randomNode(370, index);
const value = (index: number): string => randomNode(371, index);

const PRESENT = [0, 1, 2, 3, 4, 5, 6, 7];
const ASKED = [6, 0, 9, 3, 8];

/** Writes, and what is left of the keys that are asked for. */
const WRITES: readonly (readonly [number, number | null])[] = [
  [3, 20],
  [9, 21],
  [0, null],
  [8, null],
];

const entries = PRESENT.map((index) => [key(index), value(index)]);
const keys = ASKED.map(key);
const before = ASKED.map((index) => (PRESENT.includes(index) ? value(index) : null));
const after = ASKED.map((index, place) => {
  const write = WRITES.find(([written]) => written === index);
  if (write === undefined) return before[place];
  return write[1] === null ? null : value(write[1]);
});
const writes = WRITES.map(([index, written]) => [key(index), written === null ? null : value(written)]);

function casesOf({ name, request }: View): Draft[] {
  // Every key is proven: deletions then find whatever they leave alone.
  const proven = ask("proof/prove", { ...request, entries, keys: [...keys, ...PRESENT.map(key)] });
  const { root, proof } = ask("proof/update", { ...request, ...proven, writes });
  const text = (call: string, about: string, params: JsonObject): Omit<Draft, "expect"> => ({
    id: `${name}-${call}${params.root === root ? "-after" : ""}`,
    about: `${about}, through ${name}`,
    kind: "agreement",
    call: `proof/${call}`,
    params: { ...request, ...params },
  });
  const steps = [...keys.map((get) => ({ get })), ...writes.map((set) => ({ set })), ...keys.map((get) => ({ get }))];
  return [
    stated(text("get", "present and absent keys", { ...proven, keys }), { values: before }),
    stated(text("get", "the same keys after writes and deletions", { root, proof, keys }), { values: after }),
    stated(text("transact", "the same keys before and after writes and deletions", { ...proven, steps }), {
      results: [...before, ...writes.map((): Json => true), ...after],
    }),
  ];
}

export function mapAgreementFiles(): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      CONFIRMED_BY,
      {
        suite: "proof/agreement",
        theme: "same-maps",
        about: "The same map through every backend that keeps one, in every encoding.",
        requirements: ["PROOF-GEN-010"],
      },
      VIEWS.flatMap(casesOf),
    ),
  ];
}
