/** Keys of 256 bits that first differ late, in every order: comparing fewer than 32 bytes, or signed bytes, confuses them. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, vectorFile } from "../../kit/draft.ts";
import { DEEP_KEY, honestScenario, partingAt } from "./honest.ts";
import { baseOf, type EncodingName, NAIVE, prove, valueAt } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/key-order.ts";

const fresh = (index: number): string => randomNode(291, index);

/** One key, and for each of its bytes another key that first differs from it at the first bit of that byte. */
const BY_BYTE = [DEEP_KEY, ...Array.from({ length: 32 }, (_, byte) => partingAt(8 * byte))].toSorted();
/** Four keys: two of them differ in the last bit, the others in the last bytes. */
const LATE = [DEEP_KEY, partingAt(255), partingAt(248), partingAt(232)].toSorted();

/** Every third item, then those between, so that they are in no order. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return [1, 0, 2].flatMap((from) => items.filter((_, index) => index % 3 === from));
}

const entriesOf = (keys: readonly string[]): Json[] => keys.map((key, index) => [key, valueAt(index)]);

function proveDrafts(encoding: EncodingName): Draft[] {
  const entries = entriesOf(BY_BYTE);
  const built = (id: string, about: string, flag: string, params: JsonObject): Draft =>
    accepted({
      id: `prove-${id}`,
      about: `prove: ${about}`,
      kind: "completeness",
      flags: [flag],
      call: "proof/prove",
      params: { ...baseOf(encoding, 256), ...params },
    });
  const repeated = [[DEEP_KEY, fresh(0)], ...entries.toReversed(), [partingAt(255), fresh(1)], [DEEP_KEY, fresh(2)]];
  return [
    built("ascending", "33 entries that part at each byte", "entries-are-a-map", { entries, keys: [] }),
    built("descending", "33 entries that part at each byte, in descending order", "entries-are-a-map", {
      entries: entries.toReversed(),
      keys: [],
    }),
    built("shuffled", "33 entries that part at each byte, in no order", "entries-are-a-map", {
      entries: shuffled(entries),
      keys: [],
    }),
    built("repeated", "keys that part at the last bit, given twice", "entries-are-a-map", {
      entries: repeated,
      keys: [],
    }),
    built(
      "keys-descending",
      "one leaf, and keys that part from it at each byte, in descending order",
      "keys-are-a-set",
      {
        entries: entriesOf([DEEP_KEY]),
        keys: BY_BYTE.toReversed(),
      },
    ),
    built("keys-shuffled", "one leaf, and keys that part from it at each byte, in no order", "keys-are-a-set", {
      entries: entriesOf([DEEP_KEY]),
      keys: shuffled(BY_BYTE),
    }),
  ];
}

/** Writes into the empty tree, and over a proof of two leaves that differ in the last bit. */
function writeDrafts(encoding: EncodingName): Draft[] {
  const empty = prove(honestScenario("empty-deep"), encoding);
  const scenario = honestScenario("deep-last-bit");
  const pair = prove({ ...scenario, keys: [DEEP_KEY, partingAt(255)] }, encoding);
  const write = (id: string, about: string, of: JsonObject, writes: readonly Json[]): Draft =>
    accepted({
      id: `update-${id}`,
      about: `update: ${about}`,
      kind: "completeness",
      flags: ["writes-are-a-map"],
      call: "proof/update",
      params: { ...baseOf(encoding, 256), ...of, writes },
    });
  const run = (id: string, about: string, of: JsonObject, steps: readonly Json[], flag = "writes-are-a-map"): Draft =>
    accepted({
      id: `transact-${id}`,
      about: `transact: ${about}`,
      kind: "completeness",
      flags: [flag],
      call: "proof/transact",
      params: { ...baseOf(encoding, 256), ...of, steps },
    });
  const late = LATE.map((key, index) => [key, fresh(index)]);
  const set = (key: string, value: Json): Json => ({ set: [key, value] });
  const get = (key: string): Json => ({ get: key });
  const [root, checkpoint, commit, revert] = ["root", "checkpoint", "commit", "revert"].map((name) => ({
    [name]: true,
  }));
  const last = partingAt(255);
  return [
    write("descending", "leaves that part late, in descending order", empty, late.toReversed()),
    write("shuffled", "leaves that part late, in no order", empty, shuffled(late)),
    write("twice", "two leaves that part at the last bit, each written twice", pair, [
      [last, fresh(4)],
      [DEEP_KEY, fresh(5)],
      [last, fresh(6)],
      [DEEP_KEY, fresh(7)],
    ]),
    write("one-deleted", "of two leaves that part at the last bit one deleted, and the other one written", pair, [
      [last, fresh(4)],
      [DEEP_KEY, null],
    ]),
    run("by-byte", "leaves that part at each byte written into the empty tree, in descending order", empty, [
      ...BY_BYTE.toReversed().map((key, index) => set(key, fresh(index))),
      root,
      get(BY_BYTE[0]),
      get(BY_BYTE[32]),
    ]),
    run("last-bit", "two leaves that part at the last bit, written and read", pair, [
      set(last, fresh(4)),
      get(DEEP_KEY),
      get(last),
      set(DEEP_KEY, fresh(5)),
      get(last),
      get(DEEP_KEY),
      root,
    ]),
    run(
      "last-bit-reverted",
      "two leaves that part at the last bit, one of them reverted",
      pair,
      [
        set(DEEP_KEY, fresh(5)),
        checkpoint,
        set(last, null),
        root,
        revert,
        get(DEEP_KEY),
        get(last),
        root,
        checkpoint,
        set(last, fresh(6)),
        commit,
        root,
      ],
      "checkpoints",
    ),
    run("last-bit-absent", "one of two leaves that part at the last bit deleted, and both read", pair, [
      set(flipBit(last, 255), null),
      get(DEEP_KEY),
      get(last),
      root,
    ]),
  ];
}

export function keyOrderFiles(encoding: EncodingName): VectorFile[] {
  const about = "Keys that part late, in every order: entries, keys and writes.";
  const requirements = [
    "PROOF-SPARSE-005",
    "PROOF-SPARSE-032",
    "PROOF-SPARSE-007",
    "PROOF-SPARSE-008",
    "PROOF-SPARSE-045",
  ];
  return [
    vectorFile(SOURCE, [NAIVE], { suite: `proof/sparse/${encoding}`, theme: "key-order", about, requirements }, [
      ...proveDrafts(encoding),
      ...writeDrafts(encoding),
    ]),
  ];
}
