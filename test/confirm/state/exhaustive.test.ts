/**
 * Every state of two accounts with two slots each, every set of keys to prove and every set to delete. The tests try out that a
 * proof suffices, that every node of it is needed, and that deletions lack no node. CI runs every eighth state, `LONG=all` runs
 * all of them.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAll, isInDay, isLong } from "../../long-work.ts";
import { inCiAlone } from "../../sample.ts";
import { keccak } from "../patricia/nodes.ts";
import type { Json } from "../values.ts";
import {
  call,
  classOf,
  entriesOf,
  type Proved,
  prove,
  proveObjects,
  subsetsOf,
  valueIn,
  type WireWrite,
  type World,
  without,
  worldAfter,
} from "./worlds.ts";

const numbered = (length: number): string[] =>
  Array.from({ length: 4000 }, (_, i) => i.toString(16).padStart(2 * length, "0"));

/** The first numbers of `length` bytes whose hashes begin with these digits. */
const hashingTo = (length: number, digits: readonly string[]): string[] =>
  digits.map((begin) => numbered(length).find((key) => keccak(key).startsWith(begin)) ?? assert.fail(begin));

type Universe = { name: string; addresses: string[]; slots: string[]; others: string[] };

/** Sets of addresses and slots. The nodes that deletions need depend on where the paths part. */
const UNIVERSES: Universe[] = [
  { name: "apart at the root", addresses: ["1", "2"], slots: ["3", "4"], others: [] },
  { name: "below an extension, beside one that stays", addresses: ["12", "13"], slots: ["45", "46"], others: ["2"] },
].map(({ name, addresses, slots, others }) => ({
  name,
  addresses: hashingTo(20, addresses),
  slots: hashingTo(32, slots),
  others: hashingTo(20, others),
}));

const isMissing = (outcome: string): boolean => outcome === "incomplete" || outcome === "invalid-proof";
const strict = { profile: "strict" };
const word = (digit: string): string => `0x${digit.padStart(64, "0")}`;

for (const { name, addresses, slots, others } of UNIVERSES) {
  // A slot that is written alone makes its account.
  const writes: WireWrite[] = addresses.flatMap((address, i): WireWrite[] => [
    [`0x${address}0${i === 0 ? 1 : 4}`, "0x64"],
    ...slots.map((slot, j): WireWrite => [`0x${address}${slot}`, word(`${i + 1}${j + 1}`)]),
  ]);
  const standing: WireWrite[] = others.map((address) => [`0x${address}00`, "0x01"]);
  const fields = writes.map(([key]) => key);
  const deletable = fields.map((key) => (key.length === 44 ? key.slice(0, 42) : key));
  const allWorlds = subsetsOf(writes)
    .filter((some) =>
      some.every(([key]) => some.some(([field]) => field.length === 44 && key.startsWith(field.slice(0, 42)))),
    )
    .map((some) => worldAfter(new Map(), [...standing, ...some]));
  const worlds = allWorlds.filter((_, i) => isInDay(i, 8));
  const everything = [...fields, ...deletable, ...[...addresses, ...others].map((address) => `0x${address}04`)];
  const wholes = new Map<string, Proved>();
  /** The state with every node open, proven once. */
  const wholeOf = (world: World): Proved => {
    const entries = entriesOf(worldAfter(new Map(), (entriesOf(world) as WireWrite[]).sort()));
    const name = JSON.stringify(entries);
    const whole = wholes.get(name) ?? prove({ entries, keys: everything });
    wholes.set(name, whole);
    return whole;
  };
  const truths = (world: World, keys: readonly string[]): Json => ({ values: keys.map((key) => valueIn(world, key)) });

  describe(`two accounts ${name}`, isLong ? {} : inCiAlone, () => {
    it("have one root, whatever writes lead to them", () => {
      const roots = new Set<string>();
      for (const some of subsetsOf(writes)) {
        const entries = [...standing, ...some];
        const { root } = prove({ entries });
        assert.deepEqual(prove({ entries: entries.toReversed() }).root, root);
        assert.equal(prove({ entries: entriesOf(worldAfter(new Map(), entries)) }).root, root);
        roots.add(root);
      }
      // Fields and slots are independent, except that a slot makes its account with empty fields.
      assert.equal(roots.size, 8 * 8);
      // When the field of every present account is written, an account is absent or has one of four sets of slots.
      assert.equal(allWorlds.length, 5 * 5);
    });

    it("PROOF-STATE-120 are proven with no node that is not needed", () => {
      let spared = 0;
      for (const world of worlds) {
        const entries = entriesOf(world);
        for (const keys of subsetsOf(fields)) {
          const { root, proof } = prove({ entries, keys });
          assert.deepEqual(call("get", { root, proof, keys, options: strict }), truths(world, keys));
          for (const key of fields) {
            const outcome = classOf("get", { root, proof, keys: [key] });
            const isTrue = outcome === JSON.stringify(truths(world, [key]));
            assert.ok(isTrue || (outcome === "incomplete" && !keys.includes(key)), `${key}: ${outcome}`);
          }
          for (const i of proof.state.keys()) {
            assert.ok(isMissing(classOf("get", { root, proof: without(proof, i), keys })));
            spared += 1;
          }
          for (const i of proof.codes.keys()) {
            const less = { ...proof, codes: proof.codes.filter((_, at) => at !== i) };
            assert.equal(classOf("get", { root, proof: less, keys }), "incomplete");
          }
        }
      }
      assert.ok(spared > (isAll ? 1000 : 250), `${spared} nodes were taken out`);
    });

    it("PROOF-STATE-124 are deleted with no node that is not needed", () => {
      let joined = 0;
      for (const world of worlds) {
        const entries = entriesOf(world);
        for (const deletes of subsetsOf(deletable)) {
          const { root, proof } = prove({ entries, deletes });
          const nulls = deletes.map((key): WireWrite => [key, null]);
          const update = call("update", { root, proof, writes: nulls, options: strict }) as unknown as Proved;
          assert.equal(update.root, prove({ entries: entriesOf(worldAfter(world, nulls)) }).root);
          assert.deepEqual(call("update", { root, proof, writes: nulls.toReversed() }), update);
          if (proof.state.length > prove({ entries, keys: deletes }).proof.state.length) joined += 1;
          for (const i of proof.state.keys()) {
            const less = { root, proof: without(proof, i) };
            const outcomes = [
              classOf("update", { ...less, writes: nulls }),
              classOf("get", { ...less, keys: deletes }),
            ];
            assert.ok(outcomes.some(isMissing), `${deletes} without ${i}: ${outcomes}`);
          }
        }
      }
      assert.ok(joined > 0, "no deletion needed a node beside its path");
    });

    it("PROOF-STATE-045, PROOF-STATE-046, PROOF-STATE-047 are written to, in one batch, step by step, and whatever is open", () => {
      for (const world of worlds) {
        const entries = entriesOf(world);
        for (const asked of subsetsOf(deletable)) {
          for (const turn of [0, 1]) {
            // Every other key is changed: a slot by its word, an account by its nonce.
            const batch = asked.map((key, i): WireWrite => {
              if ((i + turn) % 2 === 0) return [key, i % 4 === 0 || key.length === 42 ? null : word("")];
              return key.length === 42 ? [`${key}00`, "0x07"] : [key, word("ff")];
            });
            if (asked.length % 2 === 0) batch.reverse();
            const deletes = batch.flatMap(([key, value]) => (value === null || value === word("") ? [key] : []));
            const { root, proof } = prove({ entries, keys: asked, deletes });
            const final = wholeOf(worldAfter(world, batch));
            const after = call("update", { root, proof, writes: batch }) as unknown as Proved;
            assert.equal(after.root, final.root);
            const values = call("get", { ...after, keys: asked, options: strict });
            assert.deepEqual(values, call("get", { ...final, keys: asked }));
            assert.ok(after.proof.state.every((node) => final.proof.state.includes(node)));

            const gets = asked.map((key) => ({ get: key }));
            const steps = [...batch.map((write) => ({ set: write })), ...gets, { root: true }];
            const { results } = call("transact", { root, proof, steps }) as { results: Json[] };
            assert.deepEqual(results.slice(batch.length, -1), (values as { values: Json[] }).values);
            assert.equal(results.at(-1), final.root);
            // When every node was open before, every node is open after.
            assert.deepEqual(call("update", { ...wholeOf(world), writes: batch }), final);
          }
        }
      }
    });

    it("PROOF-STATE-044, PROOF-STATE-046 are told alike by objects", () => {
      for (const world of worlds) {
        const entries = entriesOf(world);
        for (const keys of subsetsOf(deletable).slice(1)) {
          const { root, proof } = proveObjects({ entries, keys });
          const objects = { encoding: "eip1186", proof: proof as unknown as Json };
          assert.deepEqual(call("root", { ...objects, options: strict }), { root });
          const witness = prove({ entries, keys });
          assert.deepEqual(
            call("get", { ...objects, root, keys, options: strict }),
            call("get", { root, keys, proof: witness.proof }),
          );
          const nodes = proof.accounts.flatMap(({ accountProof, storageProof }) => [
            ...accountProof,
            ...storageProof.flatMap(({ proof }) => proof),
          ]);
          assert.deepEqual([...new Set(nodes)].sort(), witness.proof.state);
          // These writes delete nothing.
          const batch = keys.map((key): WireWrite => (key.length === 42 ? [`${key}00`, "0x07"] : [key, word("ff")]));
          assert.deepEqual(
            call("update", { ...objects, root, writes: batch }),
            proveObjects({ entries: entriesOf(worldAfter(world, batch)), keys }),
          );
        }
      }
    });
  });
}
