/** Compares every node with the trie of ethereumjs, and roots with those that the Ethereum tests publish. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { createMerkleProof, createMPT, type MerklePatriciaTrie } from "@ethereumjs/mpt";
import { publishedPath } from "../../published.ts";
import { Draws } from "../ssz/trees.ts";
import type { Json } from "../values.ts";
import { call, EMPTY_ROOT, type Proved, prove, wire } from "./nodes.ts";

const bytesOf = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits.slice(2), "hex"));
const wired = (bytes: Uint8Array): string => wire(Buffer.from(bytes).toString("hex"));

/** Keys of some lengths from few digits, so that many are prefixes of others or part at different nibbles. */
function drawnKey(draws: Draws, lengths: readonly number[]): string {
  const length = lengths[draws.below(lengths.length)] as number;
  return wire(Array.from({ length }, () => ["00", "01", "10", "11", "1f"][draws.below(5)]).join(""));
}

function drawnValue(draws: Draws): string {
  return wire("7f".repeat(1 + draws.below(draws.below(2) === 0 ? 3 : 60)));
}

/** Builds a new trie without deletions, because version 10.1.3 loses the value of a branch that a deletion leaves with one child. */
async function trieOf(contents: Map<string, string>, secure: boolean): Promise<MerklePatriciaTrie> {
  const trie = await createMPT({ useKeyHashing: secure });
  for (const [key, value] of contents) await trie.put(bytesOf(key), bytesOf(value));
  return trie;
}

async function agree(trie: MerklePatriciaTrie, contents: Map<string, string>, asked: string[], secure: boolean) {
  const proved = prove({ entries: [...contents] as Json, keys: asked, encoding: "eip1186", options: { secure } });
  assert.equal(proved.root, wired(trie.root()));
  const { proofs } = proved.proof as unknown as { proofs: { key: string; nodes: string[] }[] };
  assert.ok(proofs.length > 0);
  for (const { key, nodes } of proofs) {
    const theirs = contents.size === 0 ? [] : await createMerkleProof(trie, bytesOf(key));
    // The library also lists embedded nodes as items of their own.
    const hashed = theirs.filter((node, i) => i === 0 || node.length >= 32);
    assert.deepEqual(nodes, hashed.map(wired));
  }
}

describe("the trie of ethereumjs", () => {
  for (const secure of [false, true]) {
    it(`has the same root and the same paths after every write${secure ? ", with hashed keys" : ""}`, async () => {
      for (let seed = 1; seed <= 40; seed++) {
        const draws = new Draws(seed + (secure ? 1000 : 0));
        const lengths = [[1, 2, 3], [4], [32]][seed % 3] as number[];
        const contents = new Map<string, string>();
        let known: Proved = { root: EMPTY_ROOT, proof: "0xc0" };
        for (let turn = 0; turn < 30; turn++) {
          const present = [...contents.keys()];
          const deletes = present.length > 0 && draws.below(3) === 0;
          const key = deletes ? (present[draws.below(present.length)] as string) : drawnKey(draws, lengths);
          const value = deletes ? null : drawnValue(draws);
          if (value === null) contents.delete(key);
          else contents.set(key, value);
          // Written one after the other to the empty trie, all nodes stay open.
          known = call("update", { ...known, writes: [[key, value]], options: { secure } }) as Proved;
          const trie = await trieOf(contents, secure);
          assert.equal(known.root, wired(trie.root()));
          if (turn % 5 !== 4) continue;
          const asked = [...contents.keys(), ...Array.from({ length: 6 }, () => drawnKey(draws, lengths))];
          await agree(trie, contents, asked, secure);
          const whole = prove({ entries: [...contents] as Json, keys: [...contents.keys()], options: { secure } });
          assert.deepEqual(known, whole);
        }
      }
    });
  }
});

/** Roots that github.com/ethereum/tests publishes in TrieTests. */
const PUBLISHED: [root: string, map: { [key: string]: string }][] = [
  ["d23786fb4a010da3ce639d66d5e904a11dbc02746d1ce25029e53290cabf28ab", { A: "a".repeat(50) }],
  [
    "8aad789dff2f538bca5d8ea56e8abe10f4c7ba3a5dea95fea4cd6e7c3a1168d3",
    { doe: "reindeer", dog: "puppy", dogglesworth: "cat" },
  ],
  [
    "5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84",
    { do: "verb", horse: "stallion", doge: "coin", dog: "puppy" },
  ],
  ["17beaa1648bafa633cda809c90c04af50fc8aed3cb40d16efbddee6fdf63c4c3", { foo: "bar", food: "bass" }],
  ["3f67c7a47520f79faa29255d2d3c084a7a6df0453116ed7232ff10277a8be68b", { be: "e", dog: "puppy", bed: "d" }],
];

/** A string in the form of the files: hexadecimal after `0x`, otherwise text. */
const published = (text: string): string => (text.startsWith("0x") ? text : wire(Buffer.from(text).toString("hex")));

function checkPublished(root: string, writes: [key: string, value: string | null][], name: string): void {
  const onWire = writes.map(([key, value]) => [published(key), value === null ? null : published(value)] as const);
  const contents = new Map<string, string>();
  let known: Proved = { root: EMPTY_ROOT, proof: "0xc0" };
  for (const [key, value] of onWire) {
    if (value === null) contents.delete(key);
    else contents.set(key, value);
    known = call("update", { ...known, writes: [[key, value]] }) as Proved;
  }
  assert.equal(known.root, root, name);
  assert.deepEqual(prove({ entries: [...contents] as Json, keys: [...contents.keys()] }), known, name);
  const atOnce = call("update", { root: EMPTY_ROOT, proof: "0xc0", writes: onWire.map((write) => [...write]) });
  assert.deepEqual(atOnce, known, name);
}

describe("published roots", () => {
  it("PROOF-PATRICIA-090 are those of the maps that are printed with them", () => {
    for (const [root, map] of PUBLISHED) checkPublished(wire(root), Object.entries(map), root);
  });

  const folder = publishedPath("trie-tests/");
  const skip = existsSync(folder) ? false : "the published TrieTests are not beside the project";

  it("PROOF-PATRICIA-090 are those of every available file of TrieTests", { skip }, () => {
    let checked = 0;
    for (const name of ["trietest.json", "trieanyorder.json"]) {
      const cases = JSON.parse(readFileSync(`${folder}${name}`, "utf8"));
      for (const [title, { in: given, root }] of Object.entries(
        cases as { [title: string]: { in: object; root: string } },
      )) {
        const writes = Array.isArray(given) ? given : Object.entries(given);
        checkPublished(root, writes, `${name} ${title}`);
        checked += 1;
      }
    }
    assert.ok(checked >= 11, `${checked} cases`);
  });
});
