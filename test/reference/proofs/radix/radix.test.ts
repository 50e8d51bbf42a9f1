import assert from "node:assert/strict";
import { test } from "node:test";
import { blake3 } from "@noble/hashes/blake3.js";
import fc from "fast-check";
import { classOf } from "../class-of.ts";
import {
  type Cost,
  call,
  EMPTY,
  ENCODINGS,
  type Entries,
  encoding,
  itemsOf,
  map,
  modelRoot,
  nodesProof,
  prove,
  sectionsOf,
  union,
} from "./model.ts";

// Equations of a radix tree, checked with small maps.

test("PROOF-RADIX-002 roots equal the published ones", () => {
  // execution-specs, tests/binary_trie/vectors.
  const [one, two, three] = [1, 2, 3].map((byte) => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`);
  const long = (first: string, rest: string, last = rest): string => `0x${first}${rest.repeat(32)}${last}`;
  const published: [Entries, string][] = [
    [[], EMPTY],
    [[[long("00", "00"), one]], "0x4b60a28dce9f3529d103a26e00fadb98514cbd16ce03b7df752426addef9bbc7"],
    [[["0xab", one]], "0x2ebeea9f8e2e4bbf6e4ff1b4cf8afbb641d4dfaf9a05469dea3787bbc35188d5"],
    [
      [
        [long("00", "11"), one],
        [long("80", "11"), two],
      ],
      "0x57210f2156bafa91dc33b7528fcfdb50660b902494b80a00347b28949df72816",
    ],
    [
      [
        [long("22", "22", "00"), one],
        [long("22", "22", "01"), two],
      ],
      "0x606cacfcbf218928a25e67e40c8fa9cdf44d15cbc39be41da210cc86db128be9",
    ],
    [
      [
        [long("f0", "00"), one],
        [long("f1", "00"), two],
        [long("0f", "00"), three],
      ],
      "0x50ca5b44506c7aeac67017eef1be8977c69d8d1074b3c870ce9fc6ef0aa18163",
    ],
    [
      [
        [long("42", "42"), one],
        [long("42", "42"), two],
      ],
      "0xe6817b5d8351669a295e51a0ae8459ace26faeb8904b8d9c7e3a00b9f343e0eb",
    ],
  ];
  for (const [entries, root] of published) {
    for (const name of ENCODINGS) assert.equal(prove(name, entries, []).root, root);
  }
});

test("PROOF-RADIX-002 the root equals that of the definition", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries }, name) => {
      assert.equal(prove(name, [...entries].reverse(), []).root, modelRoot(entries));
    }),
  );
});

test("PROOF-RADIX-012 the worked proofs are written byte for byte", () => {
  const value = (byte: string): string => byte.repeat(32);
  const entries: Entries = [
    ["0x10", `0x${value("0a")}`],
    ["0x13", `0x${value("0b")}`],
    ["0x80", `0x${value("0c")}`],
  ];
  const leaf10 = "3a34017e1eff38ecbf706ecff1d88f2ad17977460ff29562ee3007a801e4ba78";
  const leaf13 = "c1a49f182fa9b8b1742006896a964923d375f0b6563e608125e2230db0b6257f";
  const leaf80 = "57cbbc0d4cf9de1639f3343ae7f4e1695bf3ce5deb2e9b49ba8f10009639f87f";
  const root = "0x762428b9009351a9b14293f1e4661077248314410f6029ef862bf8cc4d846381";
  assert.deepEqual(prove("kmm", entries, ["0x13"]), {
    root,
    proof: `0x01000000d40400000000000500${"23000000"}010013${value("0b")}40000000${leaf10}${leaf80}`,
  });
  assert.deepEqual(prove("kmm", entries, ["0x18"]), {
    root,
    proof: `0x01000000d004000000000005000100000010${"60000000"}${leaf10}${leaf13}${leaf80}`,
  });
});

test("PROOF-RADIX-004, PROOF-RADIX-048 an honest proof is always accepted, for present and absent keys", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries, asked }, name) => {
      const proven = prove(name, entries, asked);
      const values = new Map(entries);
      assert.deepEqual(call("get", { encoding: name, ...proven, keys: asked, options: { profile: "strict" } }), {
        values: asked.map((one) => values.get(one) ?? null),
      });
      if (name === "kmm")
        assert.deepEqual(call("root", { encoding: name, proof: proven.proof }), { root: proven.root });
      else
        assert.equal(
          classOf(() => call("root", { encoding: name, proof: proven.proof })),
          "unsupported",
        );
    }),
  );
});

test("PROOF-RADIX-005 a key that a proof does not decide is incomplete, never absent", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries, asked, others }, name) => {
      const { root, proof } = prove(name, entries, asked);
      for (const one of others) {
        // The proof decides the key exactly when a proof that includes the key is the same.
        const isDecided = prove(name, entries, union(asked, [one])).proof === proof;
        const outcome = classOf(() => call("get", { encoding: name, root, proof, keys: [one] }));
        assert.equal(outcome, isDecided ? "none" : "incomplete");
      }
    }),
  );
});

test("PROOF-RADIX-075, PROOF-RADIX-078 no node can be left out of a proof", () => {
  fc.assert(
    fc.property(map, ({ entries, asked, others }) => {
      const { root, proof } = prove("nodes", entries, asked, others);
      const deletions = others.map((one) => [one, null]);
      const decides = (candidate: string): string => {
        const params = { encoding: "nodes", root, proof: candidate };
        return classOf(() => [
          call("get", { ...params, keys: asked }),
          call("update", { ...params, writes: deletions }),
        ]);
      };
      assert.equal(decides(proof), "none");
      const items = itemsOf(proof);
      for (const left of items) {
        const rest = items.filter((item) => item !== left);
        // Without an item the nodes below it are no longer open, so the rest proves less; without the root node it proves nothing.
        const outcome = decides(nodesProof(rest));
        assert.ok(outcome === "incomplete" || outcome === "invalid-proof", outcome);
        if (outcome === "invalid-proof") assert.equal(`0x${Buffer.from(blake3(left)).toString("hex")}`, root);
      }
    }),
  );
});

test("PROOF-RADIX-012, PROOF-RADIX-062 a kmm proof has the size of the formula, and takes one hash for each open node", () => {
  fc.assert(
    fc.property(map, ({ entries, asked, others }) => {
      const { root, proof } = prove("kmm", entries, asked, others);
      const items = itemsOf(prove("nodes", entries, asked, others).proof);
      const i = items.filter(([tag]) => tag === 1).length;
      const l = items.length - i;
      const [, , terminals, hashes] = sectionsOf(proof);
      const cost = call<Cost>("cost", { encoding: "kmm", root, proof });
      const bytes = 16 + Math.ceil((3 * i + l) / 8) + 2 * i + terminals.length + hashes.length;
      assert.deepEqual(cost, { hashes: i + l, bytes, nodes: i + l, depth: cost.depth });
      assert.equal(hashes.length / 32, items.length === 0 ? (entries.length === 0 ? 0 : 1) : i + 1 - l);
      assert.equal(bytes, proof.length / 2 - 1);
    }),
  );
});

test("PROOF-RADIX-090 merge opens every node that one of the proofs opens, whatever the order", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries, asked, others }, name) => {
      const [a, b] = [prove(name, entries, asked), prove(name, entries, others)];
      const expected = { proof: prove(name, entries, union(asked, others)).proof };
      assert.deepEqual(call("merge", { encoding: name, root: a.root, proofs: [a.proof, b.proof] }), expected);
      assert.deepEqual(call("merge", { encoding: name, root: a.root, proofs: [b.proof, a.proof, b.proof] }), expected);
    }),
  );
});

test("PROOF-RADIX-036 extract returns from a larger proof what prove returns from the map", () => {
  fc.assert(
    fc.property(map, encoding, fc.boolean(), ({ entries, asked, others }, name, isWhole) => {
      const keys = isWhole ? entries.map(([one]) => one) : [];
      const { root, proof } = prove(name, entries, union(keys, asked), others);
      const expected = { proof: prove(name, entries, asked, others).proof };
      assert.deepEqual(call("extract", { encoding: name, root, proof, keys: asked, deletes: others }), expected);
    }),
  );
});

test("PROOF-RADIX-094 conversions are inverse", () => {
  fc.assert(
    fc.property(map, encoding, encoding, ({ entries, asked, others }, from, to) => {
      const { root, proof } = prove(from, entries, asked, others);
      const there = call<{ proof: string }>("convert", { from, to, root, proof });
      assert.deepEqual(there, { proof: prove(to, entries, asked, others).proof });
      assert.deepEqual(call("convert", { from: to, to: from, root, ...there }), { proof });
    }),
  );
});

test("PROOF-GEN-013 a proof with one inverted bit is always rejected", () => {
  fc.assert(
    fc.property(map, encoding, fc.nat(), ({ entries, asked }, name, choice) => {
      const { root, proof } = prove(name, entries, asked);
      const bytes = Buffer.from(proof.slice(2), "hex");
      const bit = choice % (8 * bytes.length);
      bytes[bit >> 3] ^= 0x80 >> (bit & 7);
      const forged = `0x${bytes.toString("hex")}`;
      const outcome = classOf(() => call("get", { encoding: name, root, proof: forged, keys: asked }));
      // An item whose hash has changed is a node that is not open.
      const expected = name === "kmm" ? ["malformed", "invalid-proof"] : ["malformed", "invalid-proof", "incomplete"];
      assert.ok(expected.includes(outcome), outcome);
    }),
    { numRuns: 1000 },
  );
});

test("PROOF-RADIX-012 no other bytes are a kmm proof under the same root", () => {
  fc.assert(
    fc.property(
      map,
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 }),
      ({ entries, asked }, edits) => {
        const { root, proof } = prove("kmm", entries, asked);
        const bytes = Buffer.from(proof.slice(2), "hex");
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const edited = `0x${bytes.toString("hex")}`;
        fc.pre(edited !== proof);
        assert.notEqual(
          classOf(() => call("get", { encoding: "kmm", root, proof: edited, keys: [] })),
          "none",
        );
      },
    ),
    { numRuns: 1000 },
  );
});
