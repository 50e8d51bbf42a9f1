/** Compares the naive backend with states built from the tries of ethereumjs, node by node, after every batch of random writes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createMerkleProof, createMPT, type MerklePatriciaTrie } from "@ethereumjs/mpt";
import { keccak, rlp } from "../patricia/nodes.ts";
import { Draws } from "../ssz/trees.ts";
import type { Json } from "../values.ts";
import {
  accountRlp,
  call,
  entriesOf,
  type Holder,
  type Proved,
  prove,
  proveObjects,
  valueIn,
  type WireWrite,
  type World,
  worldAfter,
} from "./worlds.ts";

const bytesOf = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, "hex"));
const digitsOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const ADDRESSES = Array.from({ length: 12 }, (_, i) => keccak(`a${i.toString(16)}`).slice(0, 40));
const SLOTS = Array.from({ length: 12 }, (_, i) => i.toString(16).padStart(64, "0"));

async function trieOf(contents: Iterable<readonly [string, string]>): Promise<MerklePatriciaTrie> {
  const trie = await createMPT({ useKeyHashing: true });
  for (const [key, value] of contents) await trie.put(bytesOf(key), bytesOf(value));
  return trie;
}

const storageOf = ({ slots }: Holder): Promise<MerklePatriciaTrie> =>
  trieOf([...slots].map(([slot, word]) => [slot, rlp(word.replace(/^(00)+/, ""))] as const));

async function accountsOf(world: World): Promise<MerklePatriciaTrie> {
  const accounts: [string, string][] = [];
  for (const [address, holder] of world) {
    accounts.push([address, accountRlp(holder, digitsOf((await storageOf(holder)).root()))]);
  }
  return trieOf(accounts);
}

/** Drops embedded nodes, which the library returns as items of their own as well. */
async function pathIn(trie: MerklePatriciaTrie, isEmpty: boolean, key: string): Promise<string[]> {
  const nodes = isEmpty ? [] : await createMerkleProof(trie, bytesOf(key));
  return nodes.filter((node, i) => i === 0 || node.length >= 32).map((node) => `0x${digitsOf(node)}`);
}

function drawnWrite(draws: Draws): WireWrite {
  const key = `0x${ADDRESSES[draws.below(ADDRESSES.length)]}`;
  const number = draws.below(3) === 0 ? "0x" : `0x${(1 + draws.below(255)).toString(16).padStart(2, "0")}`;
  switch (draws.below(8)) {
    case 0:
      return [key, null];
    case 1:
      return [`${key}0${draws.below(2)}`, number];
    case 2:
      return [`${key}04`, number];
    default: {
      const slot = `${key}${SLOTS[draws.below(SLOTS.length)]}`;
      if (draws.below(3) === 0) return [slot, draws.below(2) === 0 ? null : `0x${"00".repeat(32)}`];
      const word = draws.below(2) === 0 ? (1 + draws.below(255)).toString(16) : keccak(`0${draws.below(10)}`);
      return [slot, `0x${word.padStart(64, "0")}`];
    }
  }
}

describe("the tries of ethereumjs", () => {
  it("give the same roots and the same paths after every batch", async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const draws = new Draws(seed);
      let world: World = new Map();
      let known: Proved = prove({ entries: [] });
      for (let turn = 0; turn < 12; turn++) {
        const writes = Array.from({ length: 1 + draws.below(12) }, () => drawnWrite(draws));
        world = worldAfter(world, writes);
        known = call("update", { ...known, writes, options: { profile: "strict" } }) as unknown as Proved;
        const theirs = await accountsOf(world);
        assert.equal(known.root, `0x${digitsOf(theirs.root())}`);
        const codes = [...world.values()].map(({ code }) => `0x${code}`).filter((code) => code !== "0x");
        assert.deepEqual(known.proof.codes, [...new Set(codes)].sort());
        assert.deepEqual(prove({ entries: entriesOf(world) }).root, known.root);

        const keys = ADDRESSES.flatMap((address) => SLOTS.slice(0, 5).map((slot) => `0x${address}${slot}`));
        const fields = ADDRESSES.flatMap((address) => ["00", "01", "03", "04"].map((field) => `0x${address}${field}`));
        const asked = [...keys, ...fields];
        assert.deepEqual(call("get", { ...known, keys: asked }), { values: asked.map((key) => valueIn(world, key)) });

        const { proof } = proveObjects({ entries: entriesOf(world), keys });
        for (const { address, accountProof, storageHash, storageProof } of proof.accounts) {
          const digits = address.slice(2);
          assert.deepEqual(accountProof, await pathIn(theirs, world.size === 0, digits));
          const holder = world.get(digits) ?? { nonce: "", balance: "", code: "", slots: new Map() };
          const storage = await storageOf(holder);
          assert.equal(storageHash, `0x${digitsOf(storage.root())}`);
          for (const { key, proof } of storageProof) {
            assert.deepEqual(proof, await pathIn(storage, holder.slots.size === 0, key.slice(2)));
          }
        }
        const objects = { encoding: "eip1186", root: known.root, proof: proof as unknown as Json };
        const read = { ...objects, keys, options: { profile: "strict" } };
        assert.deepEqual(call("get", read), { values: keys.map((key) => valueIn(world, key)) });
      }
    }
  });
});
