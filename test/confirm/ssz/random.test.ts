import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pmtConfirms } from "./pmt.ts";
import { type Json, NaiveError, naiveCall } from "./ssz.ts";
import { caterpillar, Draws, type Entry, fullTree, randomTree } from "./trees.ts";

type Members = { [name: string]: Json };
type Proved = { root: string; proof: Json };

const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"];

function call(method: string, members: Members): Json {
  return naiveCall(`proof/${method}`, { backend: "ssz", ...members });
}

describe("persistent-merkle-tree", () => {
  const entries = randomTree(new Draws(9), 12);
  const key = (entries[5] as Entry)[0];

  it("does not confirm a wrong result", () => {
    for (const encoding of ["compact", "offsets16", "helpers"]) {
      const other = call("prove", { encoding, entries, keys: [(entries[0] as Entry)[0]] }) as Proved;
      const proved = call("prove", { encoding, entries, keys: [key] }) as Proved;
      const root = `0x${"00".repeat(32)}`;
      const confirms = (method: string, members: Members, result: Json) =>
        pmtConfirms(`proof/${method}`, { backend: "ssz", encoding, ...members }, result);
      assert.equal(confirms("prove", { entries, keys: [key] }, { ...proved, root }), false);
      assert.equal(confirms("prove", { entries, keys: [key] }, other), false);
      assert.equal(confirms("root", { proof: proved.proof }, { root }), false);
      assert.equal(confirms("get", { ...proved, keys: [key] }, { values: [root] }), false);
      assert.equal(confirms("get", { ...proved, root, keys: [] }, { values: [] }), false);
      const moved = { ...proved, from: encoding, to: encoding, ...(encoding === "helpers" ? { keys: [key] } : {}) };
      assert.equal(confirms("convert", moved, { proof: other.proof }), false);
    }
  });

  it("returns undefined for what it cannot express", () => {
    const proved = call("prove", { encoding: "offsets64", entries, keys: [key] });
    const members = { backend: "ssz", encoding: "offsets64", entries, keys: [key] };
    assert.equal(pmtConfirms("proof/prove", members, proved), undefined);
    assert.equal(pmtConfirms("proof/cost", { ...members, encoding: "compact" }, null), undefined);
  });
});

describe("random trees", () => {
  it("agree with persistent-merkle-tree and with themselves", () => {
    for (let seed = 1; seed <= 150; seed++) roundTrip(new Draws(seed));
  });

  it("reject every mutation of a proof with an error, and never crash", () => {
    for (let seed = 1; seed <= 40; seed++) mutate(new Draws(seed));
  });

  it("stay fast at depth 1000 and at 1000 bottom nodes", () => {
    for (const entries of [caterpillar(new Draws(3), 1000), fullTree(new Draws(4), 10)]) {
      const keys = [(entries.at(-1) as Entry)[0]];
      for (const encoding of ["compact", "offsets64", "offsets16", "helpers"]) {
        const start = performance.now();
        const { root, proof } = call("prove", { encoding, entries, keys }) as Proved;
        call("get", { encoding, root, proof, keys });
        // More than ten times the usual time, so that a busy machine passes and a change of complexity fails.
        assert.ok(performance.now() - start < 1000);
      }
    }
  });
});

function confirmed(method: string, members: Members, result: Json): void {
  const inLibrary = [members.encoding, members.from, members.to].every(
    (name) => name === undefined || ["compact", "offsets16", "helpers"].includes(name as string),
  );
  const verdict = pmtConfirms(`proof/${method}`, { backend: "ssz", ...members }, result);
  const expected = inLibrary ? true : undefined;
  assert.equal(verdict, expected, `${method} ${JSON.stringify(members).slice(0, 400)}`);
}

function roundTrip(draws: Draws): void {
  const entries = randomTree(draws, 1 + draws.below(40));
  // Keys are entries or nodes above them, with repeats; an encoding that names claims gets no nested keys.
  const keys = Array.from({ length: draws.below(6) }, () => {
    const [gindex] = entries[draws.below(entries.length)] as Entry;
    const path = BigInt(gindex).toString(2);
    return `0x${BigInt(`0b${path.slice(0, draws.below(3) > 0 ? path.length : 1 + draws.below(path.length))}`).toString(16)}`;
  });
  const paths = keys.map((key) => BigInt(key).toString(2));
  const flat = keys.filter((_, i) => !paths.some((path) => path !== paths[i] && path.startsWith(paths[i] as string)));
  const everything = entries.map(([gindex]) => gindex);

  for (const encoding of ENCODINGS) {
    const requested = encoding !== "helpers" ? keys : flat.length > 0 ? flat : ["0x1"];
    const proved = call("prove", { encoding, entries, keys: requested }) as Proved;
    confirmed("prove", { encoding, entries, keys: requested }, proved);
    confirmed("root", { encoding, proof: proved.proof }, call("root", { encoding, proof: proved.proof }));
    const request = { encoding, ...proved, keys: requested };
    const values = call("get", request);
    confirmed("get", request, values);
    // The proof and the full tree have the same nodes.
    const whole = call("prove", { encoding: "compact", entries, keys: everything }) as Proved;
    assert.deepEqual(call("get", { encoding: "compact", ...whole, keys: requested }), values);
    for (const to of ENCODINGS) {
      const named: Members = to === "helpers" ? { keys: flat.length > 0 ? flat : ["0x1"] } : {};
      const request = { from: encoding, to, ...proved, ...named };
      const converted = call("convert", request) as { proof: Json };
      confirmed("convert", request, converted);
      if (to === "helpers") continue;
      const back = call("convert", { ...proved, from: to, to: "compact", proof: converted.proof });
      const direct = call("convert", { ...proved, from: encoding, to: "compact" });
      assert.deepEqual(back, direct);
    }
  }
}

function mutate(draws: Draws): void {
  const entries = randomTree(draws, 2 + draws.below(8));
  const keys = [(entries[draws.below(entries.length)] as Entry)[0]];
  const { root } = call("prove", { encoding: "compact", entries, keys }) as Proved;
  for (const encoding of ENCODINGS) {
    const { proof } = call("prove", { encoding, entries, keys }) as Proved;
    for (let i = 0; i < 40; i++) {
      for (const forged of typeof proof === "string"
        ? forgedBytes(draws, proof)
        : forgedObjects(draws, proof as Members)) {
        const members = { encoding, root, proof: forged, keys: [] };
        assert.throws(() => call("get", members), NaiveError, `${encoding} ${JSON.stringify(forged)}`);
      }
    }
  }
}

/** A flipped bit, a truncated proof, and a proof with trailing bytes. */
function forgedBytes(draws: Draws, proof: string): string[] {
  const bytes = Buffer.from(proof.slice(2), "hex");
  const index = draws.below(bytes.length);
  const changed = Buffer.from(bytes);
  changed[index] = (changed[index] as number) ^ (1 << draws.below(8));
  const cut = bytes.subarray(0, index);
  return [changed, cut, Buffer.concat([bytes, bytes.subarray(index)])].map((forged) => `0x${forged.toString("hex")}`);
}

/** A member with one item replaced, removed or repeated. */
function forgedObjects(draws: Draws, proof: Members): Members[] {
  const name = ["gindices", "leaves", "helpers"][draws.below(3)] as string;
  const items = proof[name] as string[];
  const index = draws.below(items.length);
  const other = name === "gindices" ? `0x${(1 + draws.below(64)).toString(16)}` : draws.node();
  const forged = [
    items.with(index, other),
    items.toSpliced(index, 1),
    items.toSpliced(index, 0, items[index] as string),
  ];
  return forged.filter((list) => list.join() !== items.join()).map((list) => ({ ...proof, [name]: list }));
}
