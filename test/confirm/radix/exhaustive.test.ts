/** Compares the naive backend with the oracle: every map over a few keys of mixed lengths, and every proof of it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inCiAlone } from "../../sample.ts";
import { Draws } from "../ssz/trees.ts";
import { type Json, NaiveError } from "../values.ts";
import { allNodes, bitsOf, type Contents, closedPlaces, hasPrefixes, nodesProof, openFor, rootOf } from "./oracle.ts";
import { naiveRadixCall } from "./radix.ts";

type Members = { [name: string]: Json };
type Proved = { root: string; proof: string };

// 13 is a prefix of two others, which part at their last bit, and 80 is a prefix of one.
const UNIVERSE = ["10", "13", "1300", "1301", "80", "8070"];
const VALUES: Contents = new Map(UNIVERSE.map((key, i) => [key, `${i}`.repeat(64)]));
const wire = (digits: string): string => `0x${digits}`;

function subsetsOf(keys: string[]): string[][] {
  return Array.from({ length: 2 ** keys.length }, (_, chosen) => keys.filter((_, i) => (chosen >> i) & 1));
}

const mapOf = (keys: string[]): Contents => new Map(keys.map((key) => [key, VALUES.get(key) as string]));
const MAPS = subsetsOf(UNIVERSE)
  .map(mapOf)
  .filter((contents) => !hasPrefixes(contents));
const entriesOf = (contents: Contents): Json => [...contents].map(([key, value]) => [wire(key), wire(value)]);

function outcome(method: string, members: Members): { result: Json } | { error: string } {
  const encoding = method === "convert" ? {} : { encoding: "nodes" };
  try {
    return { result: naiveRadixCall(`proof/${method}`, { backend: "radix", ...encoding, ...members }) };
  } catch (error) {
    if (error instanceof NaiveError) return { error: error.class };
    throw error;
  }
}

function call(method: string, members: Members): Json {
  const found = outcome(method, members);
  assert.ok("result" in found, `${method} ${JSON.stringify(members)} ${JSON.stringify(found)}`);
  return found.result;
}

function convert(from: string, to: string, root: string, proof: string): string {
  return (call("convert", { from, to, root, proof }) as { proof: string }).proof;
}

describe("every map over six keys", inCiAlone, () => {
  it("PROOF-RADIX-002, PROOF-RADIX-003 has the root of the oracle, or is rejected for keys that are prefixes", () => {
    for (const keys of subsetsOf(UNIVERSE)) {
      const contents = mapOf(keys);
      const found = outcome("prove", { entries: (entriesOf(contents) as Json[]).toReversed(), keys: [] });
      if (hasPrefixes(contents)) assert.deepEqual(found, { error: "invalid-argument" });
      else assert.equal(((found as { result: Json }).result as Proved).root, wire(rootOf(contents)));
    }
    assert.equal(MAPS.length, 30);
  });

  it("PROOF-RADIX-075, PROOF-RADIX-078 has the smallest proof of every set of keys and deletes", () => {
    const draws = new Draws(1);
    for (const contents of MAPS) {
      for (const keys of subsetsOf(UNIVERSE)) {
        const deletes = UNIVERSE.filter(() => draws.below(3) === 0);
        for (const gone of [[], deletes]) {
          const asked = { keys: keys.map(wire), deletes: gone.map(wire) };
          const proved = call("prove", { entries: entriesOf(contents), ...asked });
          const expected = {
            root: wire(rootOf(contents)),
            proof: wire(nodesProof(openFor(contents, keys, gone))),
          };
          assert.deepEqual(proved, expected);
          holdsAgainst(contents, keys, gone, expected);
        }
      }
    }
  });

  it("PROOF-RADIX-033, PROOF-RADIX-083 accepts writes through every proof, as far as the proof reaches", () => {
    const draws = new Draws(2);
    const met = { written: 0, incomplete: 0, prefixes: 0 };
    for (const contents of MAPS) {
      for (const keys of subsetsOf(UNIVERSE)) {
        const open = openFor(contents, keys, []);
        for (let batch = 0; batch < 4; batch++) {
          const writes = Array.from({ length: 1 + draws.below(3) }, (): [string, string | null] => [
            UNIVERSE[draws.below(UNIVERSE.length)] as string,
            draws.below(2) === 0 ? null : draws.node().slice(2),
          ]);
          writesAgree(contents, nodesProof(open), closedPlaces(contents, open), writes, met);
        }
      }
    }
    for (const [outcome, count] of Object.entries(met)) assert.ok(count > 300, `${outcome}: ${count}`);
  });

  it("PROOF-RADIX-090, PROOF-RADIX-036 is merged from any two proofs, and extracted from the result", () => {
    const draws = new Draws(3);
    const some = (): string[] => UNIVERSE.filter(() => draws.below(4) === 0);
    for (const contents of MAPS) {
      for (let pair = 0; pair < 30; pair++) {
        const root = wire(rootOf(contents));
        const opens = [openFor(contents, some(), some()), openFor(contents, some(), some())];
        const proofs = opens.map((open) => wire(nodesProof(open)));
        const places = new Set(opens.flat().map(({ place }) => place));
        const union = allNodes(contents).filter(({ place }) => places.has(place));
        const merged = { proof: wire(nodesProof(union)) };
        assert.deepEqual(call("merge", { root, proofs }), merged);
        const inKmm = proofs.map((proof) => convert("nodes", "kmm", root, proof));
        const mergedInKmm = { proof: convert("nodes", "kmm", root, merged.proof) };
        assert.deepEqual(call("merge", { encoding: "kmm", root, proofs: inKmm }), mergedInKmm);

        const [keys, deletes] = [some(), some()];
        const needed = openFor(contents, keys, deletes);
        const extracted = outcome("extract", { root, ...merged, keys: keys.map(wire), deletes: deletes.map(wire) });
        assert.deepEqual(
          extracted,
          needed.every(({ place }) => places.has(place))
            ? { result: { proof: wire(nodesProof(needed)) } }
            : { error: "incomplete" },
        );
      }
    }
  });
});

/** Checks the reads and the size of a smallest proof, and that no part of it can be left out. */
function holdsAgainst(contents: Contents, keys: string[], deletes: string[], { root, proof }: Proved): void {
  const open = openFor(contents, keys, deletes);
  const closed = closedPlaces(contents, open);
  for (const key of UNIVERSE) {
    const isCovered = !closed.some((place) => bitsOf(key).startsWith(place));
    const value = contents.get(key);
    assert.deepEqual(
      outcome("get", { root, proof, keys: [wire(key)] }),
      isCovered ? { result: { values: [value === undefined ? null : wire(value)] } } : { error: "incomplete" },
    );
  }

  const leaves = open.filter(({ hashed }) => hashed.startsWith("00"));
  const inner = open.filter(({ hashed }) => hashed.startsWith("01"));
  const kmm = convert("nodes", "kmm", root, proof);
  assert.equal(convert("kmm", "nodes", root, kmm), proof);
  const closedOff = inner.filter(
    ({ place }) => !open.some((other) => other.place.length > place.length && other.place.startsWith(place)),
  );
  const terminals =
    leaves.reduce((sum, { hashed }) => sum + 2 + hashed.length / 2 - 1, 0) +
    closedOff.reduce((sum, { place, hashed }) => {
      return sum + Math.ceil((place.length + Number.parseInt(hashed.slice(2, 6), 16)) / 8);
    }, 0);
  const [i, l, h] = [inner.length, leaves.length, closed.length];
  assert.equal(kmm.length / 2 - 1, 16 + Math.ceil((3 * i + l) / 8) + 2 * i + terminals + 32 * h);
  const parents = ({ place }: { place: string }): number =>
    inner.filter((above) => above.place !== place && place.startsWith(above.place)).length;
  const depth = Math.max(0, ...open.map(parents));
  const counted = { hashes: i + l, nodes: i + l, depth };
  assert.deepEqual(call("cost", { encoding: "kmm", root, proof: kmm }), { ...counted, bytes: kmm.length / 2 - 1 });
  assert.deepEqual(call("cost", { root, proof }), { ...counted, bytes: proof.length / 2 - 1 });

  const writes = deletes.map((key) => [wire(key), null]);
  const left = new Map([...contents].filter(([key]) => !deletes.includes(key)));
  assert.equal((call("update", { root, proof, writes }) as Proved).root, wire(rootOf(left)));
  for (const node of open) {
    // Without the root node the proof is `invalid-proof`: no other node hashes to the root.
    if (node.place === "" && open.length > 1) continue;
    const without = wire(nodesProof(open.filter((other) => other !== node)));
    const lenient = { profile: "lenient" };
    const found = [
      outcome("get", { options: lenient, root, proof: without, keys: [...keys, ...deletes].map(wire) }),
      outcome("update", { options: lenient, root, proof: without, writes }),
    ];
    assert.ok(
      found.some((one) => "error" in one && one.error === "incomplete"),
      `${proof} does not need ${node.hashed}`,
    );
  }
}

function writesAgree(
  contents: Contents,
  digits: string,
  closed: string[],
  writes: [key: string, value: string | null][],
  met: { written: number; incomplete: number; prefixes: number },
): void {
  const root = wire(rootOf(contents));
  const after: Contents = new Map(contents);
  for (const [key, value] of writes) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  const onWire = writes.map(([key, value]) => [wire(key), value && wire(value)]);
  const found = outcome("update", { root, proof: wire(digits), writes: onWire });
  const kmm = convert("nodes", "kmm", root, wire(digits));
  const steps = [...onWire.map((write) => ({ set: write })), { root: true }];
  const transacted = outcome("transact", { encoding: "kmm", root, proof: kmm, steps });

  const entersClosed = writes.some(([key]) => closed.some((place) => bitsOf(key).startsWith(place)));
  const flipped = (place: string): string => place.slice(0, -1) + (place.endsWith("0") ? "1" : "0");
  const losesSibling = closed.some(
    (place) => place !== "" && ![...after.keys()].some((key) => bitsOf(key).startsWith(flipped(place))),
  );
  if (hasPrefixes(after)) {
    met.prefixes++;
    const either = entersClosed ? ["invalid-argument", "incomplete"] : ["invalid-argument"];
    assert.ok("error" in found && either.includes(found.error), JSON.stringify([found, writes, [...contents.keys()]]));
    assert.deepEqual(transacted, found);
  } else if (entersClosed || losesSibling) {
    met.incomplete++;
    assert.deepEqual([found, transacted], [{ error: "incomplete" }, { error: "incomplete" }]);
  } else {
    met.written++;
    const open = allNodes(after).filter(({ place }) => !closed.some((above) => place.startsWith(above)));
    const expected = { root: wire(rootOf(after)), proof: wire(nodesProof(open)) };
    assert.deepEqual(found, { result: expected });
    assert.deepEqual(transacted, { result: { results: [...writes.map(() => true), expected.root] } });
    assert.deepEqual(call("update", { encoding: "kmm", root, proof: kmm, writes: onWire }), {
      root: expected.root,
      proof: convert("nodes", "kmm", expected.root, expected.proof),
    });
  }
}
