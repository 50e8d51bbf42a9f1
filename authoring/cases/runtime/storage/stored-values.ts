/** Cases of stored values and keys that an environment cannot read. */
import type { Json } from "../../../../runners/lane.ts";
import { type HostCase, logged, loggedMemory } from "../host/cases.ts";
import { failing, prove, recordAndReplay, rootOf, type Scenario, type Step, type Store } from "./cases.ts";
import { A, C, ENTRIES, FAR, PATRICIA, RADIX, SSZ, value, word, ZERO } from "./samples.ts";

const root: Step = { do: "root" };

export function storedValues(): HostCase[] {
  const odd: Store["entries"] = [...ENTRIES, [FAR, "0102"]];
  const long = { ...PATRICIA, entries: [...ENTRIES, [FAR, value(0x44) + value(0x45)]] as const };
  const short = { ...PATRICIA, entries: odd };
  const covered = (store: Store): Json => prove(store, [FAR]);
  const zero = (store: Store): Store => ({ ...store, entries: [...ENTRIES, [FAR, ZERO]] });
  const readZero = (name: string, store: Store): HostCase =>
    failing(
      store,
      covered(store),
      {
        id: `${name}-stored-zero`,
        about: "Thirty-two zero bytes that are stored read as absent.",
        steps: [{ get: FAR }],
        flags: ["zero-deletes"],
      },
      { log: [...logged(1), ...loggedMemory(ZERO)] },
    );
  const deleteZero = (name: string, store: Store): HostCase => ({
    ...failing(
      store,
      prove(store, [], [FAR]),
      {
        id: `${name}-delete-stored-zero`,
        about: "Thirty-two zero bytes that are stored are deleted: the root becomes that of the map without the key.",
        steps: [{ delete: FAR }, root],
        flags: ["zero-deletes"],
      },
      { log: loggedMemory(rootOf({ ...store, entries: ENTRIES })) },
    ),
  });
  const trap = (id: string, about: string, store: Store): HostCase =>
    failing(
      store,
      covered(store),
      { id, about, steps: [{ peek: FAR }], flags: ["value-length"] },
      { trap: "state-value" },
    );
  return [
    trap("short-value", "A stored value of two bytes.", short),
    trap("long-value", "A stored value of 64 bytes.", long),
    failing(
      short,
      covered(short),
      {
        id: "overwrite-short-value",
        about: "A stored value of two bytes is overwritten, and read back.",
        steps: [{ set: [FAR, value(0x77)] }, { get: FAR }, root],
        flags: ["value-length"],
      },
      {
        log: [
          ...logged(0),
          ...loggedMemory(value(0x77)),
          ...loggedMemory(rootOf({ ...short, entries: [...ENTRIES, [FAR, value(0x77)]] })),
        ],
      },
    ),
    readZero("patricia", zero(PATRICIA)),
    readZero("radix", zero(RADIX)),
    deleteZero("patricia", zero(PATRICIA)),
    deleteZero("radix", zero(RADIX)),
  ];
}

/** Recordings over maps with such values, and the executions that replay them. */
export function recordedValues(): ReturnType<typeof recordAndReplay>[] {
  const withFar = (store: Store, held: string): Store => ({ ...store, entries: [...ENTRIES, [FAR, held]] });
  const save: Step = { do: "save" };
  const [checkpoint, revert]: Step[] = [{ do: "checkpoint" }, { do: "revert" }];
  const set: Step = { set: [FAR, value(0x77)] };
  const zeros = ([name, store]: readonly [string, Store]) => [
    recordAndReplay(withFar(store, ZERO), {
      id: `${name}-stored-zero-read`,
      about: "Thirty-two zero bytes that are stored are read, and recorded, as absent; nothing is written.",
      steps: [{ get: FAR }, root, save],
      flags: ["zero-deletes", "recorded-reads"],
    }),
    recordAndReplay(withFar(store, ZERO), {
      id: `${name}-stored-zero-deleted`,
      about: "Thirty-two zero bytes that are stored are deleted: the key is no longer there.",
      steps: [{ delete: FAR }, { get: FAR }, root, save],
      flags: ["zero-deletes"],
    }),
  ];
  return [
    recordAndReplay(withFar(PATRICIA, "0102"), {
      id: "patricia-short-value-overwritten",
      about: "A stored value of two bytes is overwritten and read back: what was written is no read of the map.",
      steps: [set, { get: FAR }, root, save],
      flags: ["value-length", "recorded-reads"],
    }),
    recordAndReplay(withFar(PATRICIA, "0102"), {
      id: "patricia-short-value-deleted",
      about: "A stored value of two bytes is deleted and read.",
      steps: [{ delete: FAR }, { get: FAR }, root, save],
      flags: ["value-length"],
    }),
    recordAndReplay(withFar(PATRICIA, "0102"), {
      id: "patricia-short-value-kept",
      about: "A stored value of two bytes is overwritten in a frame that is taken back, and stays.",
      steps: [checkpoint, set, { get: FAR }, revert, { get: A }, root, save],
      flags: ["value-length", "checkpoints"],
    }),
    ...[["patricia", PATRICIA] as const, ["radix", RADIX] as const].flatMap(zeros),
  ];
}

export function sszKeys(): HostCase[] {
  const at = (gindex: string): string => word("", gindex);
  const proof = prove(SSZ, [at("04")]);
  const trap = (id: string, about: string, steps: readonly Step[]): HostCase => {
    const one = failing(
      SSZ,
      proof,
      { id: `ssz-${id}`, about, steps, flags: ["key-of-no-leaf"] },
      { trap: "state-key" },
    );
    return one;
  };
  return [
    trap("read-zero", "Generalized index 0.", [{ peek: at("00") }]),
    trap("read-inner", "A node above the proof's bottoms: an environment has no use for it.", [{ peek: at("02") }]),
    trap("read-root", "The root itself, which is an inner node.", [{ peek: at("01") }]),
    trap("write-inner", "A write to a node above the proof's bottoms.", [{ set: [at("02"), value(0x77)] }]),
    trap("delete-zero-index", "A deletion at generalized index 0.", [{ delete: at("00") }]),
    failing(
      SSZ,
      proof,
      { id: "ssz-read-below", about: "A node below a bottom.", steps: [{ get: at("08") }], flags: ["uncovered-key"] },
      { error: "incomplete", details: { key: "0x8" } },
    ),
    failing(
      SSZ,
      proof,
      {
        id: "ssz-write-below",
        about: "A write below a bottom, which is asked for at once.",
        steps: [{ set: [at("0c"), value(1)] }],
        flags: ["uncovered-key"],
      },
      { error: "incomplete", details: { key: "0xc" } },
    ),
    failing(
      SSZ,
      prove(SSZ, [at("07")]),
      {
        id: "ssz-huge-index",
        about: "The largest index that 32 bytes hold.",
        steps: [{ get: "ff".repeat(32) }],
        flags: ["uncovered-key"],
      },
      { error: "incomplete", details: { key: `0x${"f".repeat(64)}` } },
    ),
  ];
}

export function prefixKeys(): HostCase[] {
  const store: Store = {
    ...RADIX,
    entries: [
      [`${A}55`, value(0x11)],
      [C, value(0x22)],
    ],
  };
  const covered = prove(store, [A, C]);
  const scenario = (id: string, about: string, steps: readonly Step[]): Scenario => ({
    id,
    about,
    steps,
    flags: ["prefix-keys"],
  });
  return [
    failing(
      store,
      covered,
      scenario("radix-read-prefix", "A key that is the beginning of one in the tree is absent.", [{ get: A }]),
      { log: [...logged(1), ...loggedMemory(ZERO)] },
    ),
    failing(
      store,
      covered,
      scenario("radix-write-prefix", "A key is written that is the beginning of one in the tree.", [
        { set: [A, value(0x77)] },
        root,
      ]),
      { trap: "state-key" },
    ),
  ].map((one) => ("trap" in one.expect ? { ...one, main: one.main.slice(0, -1) } : one));
}
