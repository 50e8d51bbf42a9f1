import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AccountProof, SlotProof, Witness } from "../../../../authoring/cases/proof/state/scenarios.ts";
import { ProofError } from "../../../../reference/core/errors.ts";
import { classOf } from "../class-of.ts";
import {
  type AccountProofs,
  call,
  digest,
  EMPTY_ROOT,
  isZero,
  type Proven,
  rlpList,
  rlpString,
  rootOf,
  trieOf,
  valueIn,
  type Write,
  written,
} from "./state-model.ts";

// Equations of a state, checked with random writes.

const address = fc.integer({ min: 1, max: 24 }).map((n) => `0x${n.toString(16).padStart(2, "0").repeat(20)}`);
const slot = fc.integer({ min: 0, max: 24 }).map((n) => n.toString(16).padStart(64, "0"));
const word = fc
  .oneof(fc.constantFrom(0n, 1n, 0x7fn, 0x80n, 1n << 255n), fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }))
  .map((n) => `0x${n.toString(16).padStart(64, "0")}`);
const integer = fc.constantFrom("0x", "0x01", "0x7f", "0x80", "0x0100", "0xffffffffffffffff");
const code = fc.constantFrom("0x", "0x00", "0x6001", `0x${"5b".repeat(40)}`);

const fieldWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(address, integer).map(([of, value]): Write => [`${of}00`, value]),
  fc.tuple(address, integer).map(([of, value]): Write => [`${of}01`, value]),
  fc.tuple(address, code).map(([of, value]): Write => [`${of}04`, value]),
);
const slotWrite: fc.Arbitrary<Write> = fc.tuple(address, slot, word).map(([of, at, value]): Write => [of + at, value]);
const deletion: fc.Arbitrary<Write> = fc.oneof(
  address.map((of): Write => [of, null]),
  fc.tuple(address, slot).map(([of, at]): Write => [of + at, null]),
);
const entries = fc.array(fc.oneof(fieldWrite, slotWrite, slotWrite), { maxLength: 40 }) as fc.Arbitrary<
  readonly (readonly [string, string])[]
>;
const changes = fc.array(fc.oneof(fieldWrite, slotWrite, deletion), { maxLength: 10 });
const provable = fc.oneof(
  fc.tuple(address, fc.constantFrom("", "00", "01", "02", "03")).map(([of, field]) => of + field),
  fc.tuple(address, slot).map(([of, at]) => of + at),
);
const claimable = fc.array(provable, { minLength: 1, maxLength: 6 });
const keys = fc.array(
  fc.oneof(
    provable,
    address.map((of) => `${of}04`),
  ),
  { maxLength: 6 },
);

const prove = (made: readonly Write[], asked: readonly string[], deletes: readonly string[] = []): Proven =>
  call("prove", { encoding: "witness", entries: made, keys: asked, deletes });

const claim = (made: readonly Write[], asked: readonly string[]): Proven<AccountProofs> =>
  call("prove", { encoding: "eip1186", entries: made, keys: asked });

const STRICT = { options: { profile: "strict" } };

test("PROOF-STATE-120 an honest proof is always accepted, and its root is that of two levels of patricia", () => {
  fc.assert(
    fc.property(entries, keys, (made, asked) => {
      const state = written(new Map(), made);
      const { root, proof } = prove(made, asked);
      assert.equal(root, rootOf(state));
      const values = asked.map((key) => valueIn(state, key));
      assert.deepEqual(call("get", { encoding: "witness", root, proof, keys: asked, ...STRICT }), { values });
    }),
  );
});

test("PROOF-STATE-044, PROOF-STATE-108 an honest eip1186 proof is always accepted, and implies its root", () => {
  fc.assert(
    fc.property(entries, claimable, (made, asked) => {
      const state = written(new Map(), made);
      const { root, proof } = claim(made, asked);
      const values = asked.map((key) => valueIn(state, key));
      assert.deepEqual(call("get", { encoding: "eip1186", root, proof, keys: asked, ...STRICT }), { values });
      assert.deepEqual(call("root", { encoding: "eip1186", proof, ...STRICT }), { root });
    }),
  );
});

test("PROOF-STATE-005, PROOF-STATE-120 every node and code is needed, and a missing one is never absent, zero or empty", () => {
  fc.assert(
    fc.property(entries, keys, (made, asked) => {
      const { root, proof } = prove(made, asked);
      const { state, codes } = proof;
      const cut = [
        ...(asked.length > 0 ? state : []).map((node) => ({
          ...proof,
          state: state.filter((other) => other !== node),
        })),
        ...codes.map((one) => ({ ...proof, codes: codes.filter((other) => other !== one) })),
      ];
      for (const proof of cut) {
        const outcome = classOf(() => call("get", { encoding: "witness", root, proof, keys: asked }));
        assert.ok(["incomplete", "invalid-proof"].includes(outcome), outcome);
      }
    }),
  );
});

test("PROOF-STATE-133, PROOF-STATE-138 writes through a proof give the same root and values as a proof of the written state", () => {
  fc.assert(
    fc.property(entries, changes, (made, writes) => {
      const state = written(new Map(), made);
      const deletes = writes.flatMap(([key, value]) => (key.length !== 44 && isZero(value) ? [key] : []));
      const touched = writes.map(([key]) => key);
      // The proof holds every written path, and the nodes that any deletion needs, alone or together with others.
      const proofs = [deletes, ...deletes.map((key) => [key]), ...subsets(deletes)];
      const nodes = proofs.map((some) => prove(made, touched, some).proof);
      const proof: Witness = {
        state: [...new Set(nodes.flatMap((one) => one.state))].sort(),
        codes: [...new Set(nodes.flatMap((one) => one.codes))].sort(),
        headers: [],
      };
      const root = rootOf(state);
      const updated = call<Proven>("update", { encoding: "witness", root, proof, writes, ...STRICT });
      const after = written(state, writes);
      assert.equal(updated.root, rootOf(after));
      const values = touched.map((key) => valueIn(after, key));
      const again = { encoding: "witness", ...updated, keys: touched, ...STRICT };
      assert.deepEqual(call("get", again), { values });
      const steps = [...writes.map((write) => ({ set: write })), { root: true }, ...touched.map((get) => ({ get }))];
      const { results } = call<{ results: unknown[] }>("transact", { encoding: "witness", root, proof, steps });
      assert.deepEqual(results.slice(writes.length), [updated.root, ...values]);
    }),
  );
});

/** All sets without one item, and all prefixes of the list. */
const subsets = (all: readonly string[]): string[][] => [
  ...all.map((one) => all.filter((other) => other !== one)),
  ...all.map((_, length) => all.slice(0, length)),
];

test("PROOF-STATE-124 a proof of deletes is sufficient for a batch of deletions, and every node of it is needed", () => {
  fc.assert(
    fc.property(entries, fc.array(deletion, { minLength: 1, maxLength: 4 }), (made, writes) => {
      const deletes = writes.map(([key]) => key);
      const { root, proof } = prove(made, [], deletes);
      const update = (proof: Witness): Proven => call("update", { encoding: "witness", root, proof, writes });
      const after = written(written(new Map(), made), writes);
      assert.equal(update(proof).root, rootOf(after));
      for (const node of proof.state) {
        const cut = { ...proof, state: proof.state.filter((other) => other !== node) };
        const deleted = new Set(deletes.filter((key) => key.length === 42));
        // The slots of an account that is deleted too are proven, although the deletion does not read them.
        if (deletes.some((key) => key.length === 106 && deleted.has(key.slice(0, 42)))) continue;
        const outcome = classOf(() => update(cut));
        assert.ok(["incomplete", "invalid-proof"].includes(outcome), outcome);
      }
    }),
  );
});

test("PROOF-STATE-047 a revert leaves no trace", () => {
  fc.assert(
    fc.property(entries, changes, changes, (made, kept, undone) => {
      const touched = [...kept, ...undone].map(([key]) => key);
      const all = [...new Set([...made, ...kept, ...undone].map(([key]) => key))];
      const { root, proof } = prove(made, all, deletable(all));
      const sets = (writes: readonly Write[]): object[] => writes.map((set) => ({ set }));
      const end = [{ root: true }, ...touched.map((get) => ({ get }))];
      const run = (steps: object[]): unknown[] =>
        call<{ results: unknown[] }>("transact", { encoding: "witness", root, proof, steps }).results.slice(
          -end.length,
        );
      const outcome = (steps: object[]): unknown => {
        try {
          return run(steps);
        } catch (error) {
          if (error instanceof ProofError) return error.class;
          throw error;
        }
      };
      const plain = outcome([...sets(kept), ...end]);
      const between = [{ checkpoint: true }, ...sets(undone), { revert: true }];
      assert.deepEqual(outcome([...sets(kept), ...between, ...end]), plain);
      const asked = outcome([
        ...sets(kept),
        { checkpoint: true },
        ...sets(undone),
        { root: true },
        { revert: true },
        ...end,
      ]);
      if (asked !== "incomplete") assert.deepEqual(asked, plain);
    }),
  );
});

const deletable = (all: readonly string[]): string[] => all.filter((key) => key.length === 106);

test("PROOF-STATE-137 an update through eip1186 returns the proof of the written state", () => {
  fc.assert(
    fc.property(entries, claimable, fc.array(fieldWrite, { maxLength: 4 }), (made, asked, writes) => {
      const of = new Set(asked.map((key) => key.slice(0, 42)));
      const own = writes.filter(([key]) => of.has(key.slice(0, 42)));
      const { root, proof } = claim(made, asked);
      const updated = call("update", { encoding: "eip1186", root, proof, writes: own, ...STRICT });
      assert.deepEqual(updated, claim([...made, ...own], asked));
    }),
  );
});

const QUIRKS: Readonly<Record<string, (account: AccountProof) => unknown>> = {
  "upper case": (account) =>
    JSON.parse(JSON.stringify(account).replace(/(?<="0x)[0-9a-f]+/g, (hex) => hex.toUpperCase())),
  "members reversed, and more of them": (account) =>
    Object.fromEntries([...Object.entries(account), ["code", { deep: [1, null] }]].reverse()),
  "keys as quantities": (account) => ({ ...account, storageProof: account.storageProof.map(withKey(quantity)) }),
  "numbers padded": (account) => ({
    ...account,
    nonce: padded(account.nonce),
    balance: padded(account.balance),
    storageProof: account.storageProof.map((one) => ({ ...one, value: padded(one.value) })),
  }),
  "zero as no digits": (account) => ({
    ...account,
    nonce: account.nonce.replace(/^0x0$/, "0x"),
    balance: account.balance.replace(/^0x0$/, "0x"),
    storageProof: account.storageProof.map((one) => ({ ...one, value: one.value.replace(/^0x0$/, "0x") })),
  }),
  "the node of the empty trie": (account) => ({
    ...account,
    storageProof: account.storageProof.map((one) => ({ ...one, proof: one.proof.length === 0 ? ["0x80"] : one.proof })),
  }),
};

const quantity = (bytes: string): string => `0x${BigInt(bytes).toString(16)}`;
const padded = (number: string): string => `0x${number.slice(2).padStart(64, "0")}`;
const withKey = (form: (key: string) => string) => (one: SlotProof) => ({ ...one, key: form(one.key) });

test("PROOF-STATE-104 other forms of clients read alike, in both profiles", () => {
  fc.assert(
    fc.property(entries, claimable, fc.constantFrom(...Object.keys(QUIRKS)), (made, asked, quirk) => {
      const { root, proof } = claim(made, asked);
      const plain = call("get", { encoding: "eip1186", root, proof, keys: asked });
      const quirky = { accounts: proof.accounts.map(QUIRKS[quirk]) };
      assert.deepEqual(call("get", { encoding: "eip1186", root, proof: quirky, keys: asked, ...STRICT }), plain, quirk);
    }),
  );
});

test("PROOF-STATE-033 a claim that the nodes do not prove is rejected, whatever the request", () => {
  const LIES: readonly ((account: AccountProof) => unknown)[] = [
    (account) => ({ ...account, nonce: `${account.nonce}1` }),
    (account) => ({ ...account, balance: `${account.balance}1` }),
    (account) => ({ ...account, codeHash: digest(account.codeHash) }),
    (account) => ({ ...account, storageHash: digest(account.storageHash) }),
    ({ storageProof: [first, ...others], ...account }) => ({
      ...account,
      storageProof: first === undefined ? [] : [{ ...first, value: first.value === "0x0" ? "0x1" : "0x0" }, ...others],
      nonce: first === undefined ? `${account.nonce}1` : account.nonce,
    }),
  ];
  fc.assert(
    fc.property(entries, claimable, fc.constantFrom(...LIES), fc.nat(), (made, asked, lie, at) => {
      const { root, proof } = claim(made, asked);
      const liar = at % proof.accounts.length;
      const accounts = proof.accounts.map((account, index) => (index === liar ? lie(account) : account));
      assert.equal(
        classOf(() => call("get", { encoding: "eip1186", root, proof: { accounts }, keys: [] })),
        "invalid-proof",
      );
    }),
  );
});

test("PROOF-STATE-071, PROOF-STATE-070, PROOF-STATE-072 a chain of headers gives every ancestor of the block in the key", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 300 }), fc.nat(), (count, first, at) => {
      const hashes = [digest("0x01")];
      const headers = Array.from({ length: count }, (_, index) => {
        const stateRoot = index === count - 1 ? EMPTY_ROOT : digest("0x02");
        const number = first + index === 0 ? "0x" : `0x${toEven((first + index).toString(16))}`;
        const head = [hashes[index], digest("0x03"), "0x", stateRoot, "0x", "0x", "0x", "0x", number];
        const rlp = rlpList([...head, "0x", "0x", "0x", "0x", "0x", "0x"].map(rlpString));
        hashes.push(digest(rlp));
        return rlp;
      });
      const named = at % count;
      const proof: Witness = { state: [], codes: [], headers };
      const ask = (number: number): unknown => {
        const key = `${hashes[named + 1]}${number.toString(16).padStart(16, "0")}`;
        return call("get", { encoding: "witness", root: EMPTY_ROOT, proof, keys: [key], ...STRICT });
      };
      for (let number = Math.max(first - 1, 0); number <= first + named; number++) {
        assert.deepEqual(ask(number), { values: [hashes[number - first + 1]] });
      }
      assert.deepEqual(ask(first + named + 1), { values: [null] });
      if (first >= 2)
        assert.equal(
          classOf(() => ask(first - 2)),
          "incomplete",
        );
    }),
  );
});

test("PROOF-STATE-056 a value that is not an account is accepted or malformed when no key leads to it", () => {
  const [own, other] = ["11", "22"].map((byte) => `0x${byte.repeat(20)}`);
  const account = rlpList(["0x", "0x05", EMPTY_ROOT, digest("0x")].map(rlpString));
  const { root, nodes } = trieOf([
    [own, account],
    [other, "0xc0"],
  ]);
  const proof: Witness = { state: nodes, codes: [], headers: [] };
  const read = (key: string): string => classOf(() => call("get", { encoding: "witness", root, proof, keys: [key] }));
  assert.equal(read(other), "malformed");
  assert.ok(["none", "malformed"].includes(read(own)));
});

const toEven = (digits: string): string => (digits.length % 2 === 0 ? digits : `0${digits}`);

test("PROOF-STATE-091, PROOF-STATE-092 a number of a million digits is read or rejected at once", () => {
  const { root, proof } = claim([], [`0x${"11".repeat(20)}`]);
  const read = (balance: string): unknown => {
    const accounts = proof.accounts.map((account) => ({ ...account, balance }));
    return call("get", { encoding: "eip1186", root, proof: { accounts }, keys: [] });
  };
  const zeros = "0".repeat(1_000_000);
  assert.deepEqual(read(`0x${zeros}`), { values: [] });
  for (const text of [`0x${zeros}g`, `0x${"1".repeat(1_000_000)}`])
    assert.equal(
      classOf(() => read(text)),
      "malformed",
    );
});
