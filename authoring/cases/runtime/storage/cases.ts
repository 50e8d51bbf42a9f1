/**
 * Scripts over a state: their programs, and their outcomes over a plain map.
 * The proof methods compute the roots and proofs from whole maps, without an executor.
 */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { ask } from "../../kit/draft.ts";
import { type HostCase, logged, loggedMemory } from "../host/cases.ts";
import { type Code, drop, host, log, logMemory } from "../host/program.ts";

/** Keys and values are 32 bytes each, in hex without 0x. In `ssz` a key is the generalized index. */
export type Step =
  /** Reads, and logs the value. */
  | { readonly get: string }
  /** Reads without logging, for reads that trap. */
  | { readonly peek: string }
  | { readonly set: readonly [string, string] }
  | { readonly delete: string }
  | { readonly do: "root" | "save" | "checkpoint" | "commit" | "revert" };

/** A backend, its encoding, and the map under the pre-state root. */
export interface Store {
  readonly backend: string;
  readonly encoding: string;
  readonly options?: JsonObject;
  /** The values may have any length. */
  readonly entries: readonly (readonly [key: string, value: string])[];
}

const WORDS = 0x1000;
const OUT = 0x100;
const ROOT = 0x140;
const ZERO = "00".repeat(32);

export function wireKey({ backend }: Store, key: string): string {
  return backend === "ssz" ? `0x${BigInt(`0x${key}`).toString(16)}` : `0x${key}`;
}

function paramsOf({ backend, encoding, options }: Store): JsonObject {
  return { backend, encoding, ...(options === undefined ? {} : { options }) };
}

export function stateOf(store: Store, held: JsonObject): JsonObject {
  return { ...paramsOf(store), ...held };
}

export function entriesJson(store: Store, entries: Store["entries"] = store.entries): Json {
  return entries.map(([key, value]) => [wireKey(store, key), `0x${value}`]);
}

/** For an encoding that cannot prove no keys, one of the same backend that can. */
const WHOLE: Readonly<Record<string, string>> = { helpers: "compact", eip1186: "witness" };

/** The root of a whole map, in hex without 0x. */
export function rootOf(store: Store, entries: Store["entries"] = store.entries): string {
  const whole = { ...store, encoding: WHOLE[store.encoding] ?? store.encoding };
  const { root } = ask("proof/prove", { ...paramsOf(whole), entries: entriesJson(store, entries), keys: [] });
  return (root as string).slice(2);
}

/** A proof of these keys and deletions of the store. */
export function prove(store: Store, keys: readonly string[], deletes: readonly string[] = []): Json {
  const named = (list: readonly string[]): Json => list.map((key) => wireKey(store, key));
  const besides = deletes.length === 0 ? {} : { deletes: named(deletes) };
  const params = { ...paramsOf(store), entries: entriesJson(store), keys: named(keys), ...besides };
  return ask("proof/prove", params).proof;
}

type Written = ReadonlyMap<string, string | null>;

/** The outcome of a script over a map. */
interface Model {
  readonly log: (readonly [string, string])[];
  readonly reads: Map<string, string | null>;
  written: Map<string, string | null>;
  readonly frames: Map<string, string | null>[];
  /** The writes that were not undone, for each request of a root. */
  readonly moments: Written[];
  /** Every key that was written, including undone writes. */
  readonly touched: Set<string>;
  saved: string;
  /** The 32 bytes of memory that reads write to. */
  out: string;
}

function finalEntries(store: Store, written: Written): Store["entries"] {
  const final = new Map(store.entries);
  for (const [key, value] of written) {
    if (value !== null) final.set(key, value);
    else if (store.backend === "ssz") final.set(key, ZERO);
    else final.delete(key);
  }
  return [...final];
}

function runModel(store: Store, steps: readonly Step[]): Model {
  const model: Model = {
    log: [],
    reads: new Map(),
    written: new Map(),
    frames: [],
    moments: [],
    touched: new Set(),
    saved: rootOf(store),
    out: ZERO,
  };
  for (const step of steps) runStep(store, model, step);
  return model;
}

function runStep(store: Store, model: Model, step: Step): void {
  if ("get" in step) {
    const written = model.written.get(step.get);
    const stored = new Map(store.entries).get(step.get) ?? null;
    const held = stored === ZERO ? null : stored;
    if (written === undefined && !model.reads.has(step.get)) model.reads.set(step.get, held);
    const value = written === undefined ? held : written;
    if (value !== null) model.out = value;
    model.log.push(...logged(value === null ? 1 : 0), ...loggedMemory(model.out));
    return;
  }
  if ("peek" in step) throw new Error("a peek is for scripts that fail");
  if ("set" in step) {
    const [key, value] = step.set;
    model.touched.add(key);
    model.written.set(key, value === ZERO ? null : value);
    return;
  }
  if ("delete" in step) {
    model.touched.add(step.delete);
    model.written.set(step.delete, null);
    return;
  }
  if (step.do === "checkpoint") model.frames.push(new Map(model.written));
  if (step.do === "commit") model.frames.pop();
  if (step.do === "revert") model.written = model.frames.pop() ?? new Map();
  if (step.do !== "root" && step.do !== "save") return;
  model.moments.push(new Map(model.written));
  const root = rootOf(store, finalEntries(store, model.written));
  if (step.do === "save") model.saved = root;
  else model.log.push(...loggedMemory(root));
}

/** The program of a script, and the words in its memory. */
function programOf(steps: readonly Step[]): Pick<HostCase, "main" | "data"> {
  const words: string[] = [];
  const at = (word: string): number => {
    if (!words.includes(word)) words.push(word);
    return WORDS + 32 * words.indexOf(word);
  };
  const main = steps.flatMap((step): Code[] => {
    if ("get" in step) return [log(host("proof.get", at(step.get), OUT)), logMemory(OUT, 32)];
    if ("peek" in step) return [drop(host("proof.get", at(step.peek), OUT))];
    if ("set" in step) return [host("proof.set", at(step.set[0]), at(step.set[1]))];
    if ("delete" in step) return [host("proof.delete", at(step.delete))];
    if (step.do === "root") return [host("proof.root", ROOT), logMemory(ROOT, 32)];
    if (step.do === "save") return [host("proof.root", ROOT), host("eth2.savePostStateRoot", ROOT)];
    return [host(`proof.${step.do}`)];
  });
  return { main, ...(words.length === 0 ? {} : { data: [[WORDS, words.join("")] as const] }) };
}

/** The proof that a recording returns. Req: RUNTIME-STATE-023. */
function recordedProof(store: Store, { reads, written, moments, touched }: Model): Json {
  const all = [...moments, written];
  const asked = store.backend === "ssz" ? [...touched] : all.flatMap((moment) => [...moment.keys()]);
  const keys = new Set([...reads.keys(), ...asked]);
  const deletions = all.map((moment) => [...moment].filter(([, value]) => value === null).map(([key]) => key));
  const proofs = [prove(store, [...keys])];
  for (const deleted of store.backend === "ssz" ? [] : deletions) {
    if (deleted.length > 0) proofs.push(prove(store, [], deleted));
  }
  return ask("proof/merge", { ...paramsOf(store), root: `0x${rootOf(store)}`, proofs }).proof;
}

function keyValues(store: Store, map: ReadonlyMap<string, string | null>): Json {
  return [...map].map(([key, value]) => [wireKey(store, key), value === null ? null : `0x${value}`]);
}

export interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly steps: readonly Step[];
  readonly flags?: readonly string[];
}

/** A recording, and the execution that replays it. */
export function recordAndReplay(
  store: Store,
  { id, about, steps, flags }: Scenario,
): { record: HostCase; replay: HostCase } {
  const model = runModel(store, steps);
  const proof = recordedProof(store, model);
  const common = {
    id,
    about,
    ...programOf(steps),
    preStateRoot: rootOf(store),
    ...(flags === undefined ? {} : { flags }),
  };
  const outcome = { postStateRoot: model.saved, log: model.log };
  const sorted = new Map([...model.written].sort(([a], [b]) => (a < b ? -1 : 1)));
  const recorded = { reads: keyValues(store, model.reads), writes: keyValues(store, sorted), proof };
  return {
    record: {
      ...common,
      call: "runtime/record",
      state: stateOf(store, { entries: entriesJson(store) }),
      expect: { ...outcome, recorded },
    },
    replay: { ...common, state: stateOf(store, { proof }), expect: outcome },
  };
}

/** The program of a script over a proof, for scripts that fail. */
export function failing(
  store: Store,
  proof: Json,
  { id, about, steps, flags }: Scenario,
  expect: HostCase["expect"],
): HostCase {
  return {
    id,
    about,
    ...programOf(steps),
    preStateRoot: rootOf(store),
    state: stateOf(store, { proof }),
    ...(flags === undefined ? {} : { flags }),
    expect,
  };
}
