/** The token over `proof.*` and in place has the same roots and deposits as a plain map. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { patricia } from "../../reference/proofs/patricia/patricia.ts";
import { radix } from "../../reference/proofs/radix/radix.ts";
import { sparse } from "../../reference/proofs/sparse/sparse.ts";
import { runs } from "../long-work.ts";
import { INTERPRETER, V8 } from "./engines.ts";
import {
  type Account,
  type Accounts,
  accountValue,
  apply,
  encode,
  keyOf,
  MAX,
  type Transaction,
} from "./token-model.ts";
import {
  chainProof,
  proveEntries,
  proveOwners,
  recordAndReplay,
  recordedProof,
  rootIn,
  rootOf,
  runInPlace,
  runOverProof,
} from "./token-runs.ts";

const OWNERS = [0, 1, 2, 3, 4];

const encoded = (...transactions: readonly Transaction[]): Uint8Array => {
  return new Uint8Array(Buffer.concat(transactions.map(encode)));
};

const account = (balance: bigint, nonce = 0n): Account => ({ nonce, balance });

/**
 * Most nonces are right and most amounts are covered.
 * Otherwise nearly every block would end at its first transaction.
 */
const plan = fc.record({
  kind: fc.constantFrom("transfer", "credit", "withdrawal") as fc.Arbitrary<Transaction["kind"]>,
  from: fc.constantFrom(...OWNERS),
  to: fc.constantFrom(...OWNERS),
  amount: fc.oneof({ weight: 40, arbitrary: fc.bigInt(1n, 30n) }, fc.constantFrom(0n, 1000n, MAX)),
  nonceError: fc.oneof({ weight: 40, arbitrary: fc.constant(0n) }, fc.constantFrom(1n, 2n ** 32n)),
});
type Plan = typeof plan extends fc.Arbitrary<infer Of> ? Of : never;

const states = fc.uniqueArray(fc.constantFrom(...OWNERS, 5), { minLength: 3, maxLength: 6 }).chain((owners) => {
  const balances = fc.oneof({ weight: 29, arbitrary: fc.bigInt(90n, 200n) }, fc.constantFrom(1n, MAX));
  const nonces = fc.oneof({ weight: 29, arbitrary: fc.bigInt(0n, 3n) }, fc.constant(MAX));
  return fc
    .array(fc.tuple(balances, nonces), { minLength: owners.length, maxLength: owners.length })
    .map((numbers): Accounts => new Map(owners.map((owner, at) => [owner, account(...numbers[at])])));
});

/** Transactions with the current nonce of the sender, plus the error of the plan. */
function carriedOut(accounts: Accounts, plans: readonly Plan[]): Transaction[] {
  const nonces = new Map([...accounts].map(([owner, { nonce }]) => [owner, nonce]));
  return plans.map(({ kind, from, to, amount, nonceError }) => {
    if (kind === "credit") return { kind, to, amount };
    const nonce = nonces.get(from) ?? 0n;
    nonces.set(from, nonce + 1n);
    const stated = BigInt.asUintN(64, nonce + nonceError);
    return kind === "transfer" ? { kind, from, to, amount, nonce: stated } : { kind, from, amount, nonce: stated };
  });
}

test("random blocks have the outcome of a plain map, over `proof.*` and in place", () => {
  let accepted = 0;
  let created = 0;
  let tried = 0;
  fc.assert(
    fc.property(states, fc.array(plan, { maxLength: 6 }), (accounts, plans) => {
      tried++;
      const transactions = carriedOut(accounts, plans);
      const expected = apply(accounts, transactions);
      const proven = proveOwners(accounts, OWNERS);
      const ended = [
        runOverProof(V8, proven, encoded(...transactions)),
        runInPlace(V8, proven, encoded(...transactions)),
      ];
      for (const { root, deposits, error } of ended) {
        if (expected === undefined) {
          assert.equal(error?.class, "trap");
          continue;
        }
        assert.equal(error, undefined);
        assert.equal(root, rootOf(expected.accounts));
        assert.deepEqual(deposits, expected.deposits);
      }
      if (expected !== undefined && transactions.length > 1) accepted++;
      if (expected !== undefined && expected.accounts.size > accounts.size) created++;
    }),
    { seed: 20_264, ...runs(60, 1000) },
  );
  assert.ok(accepted >= tried / 5, `${accepted} blocks of several transactions were accepted`);
  assert.ok(created >= tried / 10, `${created} blocks made accounts`);
});

test("both engines agree on both environments, down to the gas", () => {
  const accounts: Accounts = new Map([[0, account(100n, 7n)]]);
  const transactions = encoded({ kind: "transfer", from: 0, to: 1, amount: 30n, nonce: 7n });
  const proven = proveOwners(accounts, [0, 1]);
  for (const environment of [runOverProof, runInPlace]) {
    const ended = environment(V8, proven, transactions);
    assert.equal(ended.error, undefined);
    assert.deepEqual(environment(INTERPRETER, proven, transactions), ended);
  }
});

test("the proof of a recording is sufficient for both", () => {
  const accounts: Accounts = new Map(OWNERS.map((owner) => [owner, account(50n)]));
  const transactions: Transaction[] = [
    { kind: "transfer", from: 0, to: 6, amount: 50n, nonce: 0n },
    { kind: "withdrawal", from: 6, amount: 20n, nonce: 0n },
    { kind: "transfer", from: 1, to: 1, amount: 5n, nonce: 0n },
  ];
  const proven = recordedProof(V8, accounts, encoded(...transactions));
  const expected = apply(accounts, transactions);
  for (const environment of [runOverProof, runInPlace]) {
    const { root, deposits } = environment(V8, proven, encoded(...transactions));
    assert.equal(root, rootOf(expected?.accounts ?? new Map()));
    assert.deepEqual(deposits, expected?.deposits);
  }
});

for (const backend of [sparse, patricia, radix]) {
  test(`a recording over ${backend.name} replays and leads to the root of the accounts`, () => {
    const accounts: Accounts = new Map([0, 1, 2].map((owner) => [owner, account(50n)]));
    const transactions: Transaction[] = [
      { kind: "transfer", from: 0, to: 4, amount: 50n, nonce: 0n },
      { kind: "withdrawal", from: 4, amount: 50n, nonce: 0n },
    ];
    const { recorded, replayed } = recordAndReplay(backend, accounts, encoded(...transactions));
    assert.equal(recorded.root, rootIn(backend, apply(accounts, transactions)?.accounts ?? new Map()));
    assert.deepEqual(replayed, recorded);
  });
}

describe("an execution fails for", () => {
  const accounts: Accounts = new Map([
    [0, account(100n)],
    [1, account(100n)],
  ]);
  const transfer: Transaction = { kind: "transfer", from: 0, to: 1, amount: 1n, nonce: 0n };
  const proven = proveOwners(accounts, [0, 1]);

  for (const environment of [runOverProof, runInPlace]) {
    const name = environment === runInPlace ? "in place" : "over `proof.*`";

    test(`an account beyond the proof, ${name}`, () => {
      const { error } = environment(V8, proveOwners(accounts, [0]), encoded(transfer));
      assert.equal(error?.class, environment === runInPlace ? "trap" : "incomplete");
    });

    test(`a truncated transaction, and one of an unknown kind, ${name}`, () => {
      const whole = encoded(transfer);
      assert.equal(environment(V8, proven, whole).error, undefined);
      assert.equal(environment(V8, proven, new Uint8Array()).root, proven.root);
      for (const length of [1, 56, 112]) {
        assert.equal(environment(V8, proven, whole.subarray(0, length)).error?.class, "trap");
      }
      for (const kind of [0, 4, 255]) {
        const other = Uint8Array.from(whole);
        other[0] = kind;
        assert.equal(environment(V8, proven, other).error?.class, "trap");
      }
    });

    test(`a value that is not an account, ${name}`, () => {
      for (const at of [16, 24, 31]) {
        const value = accountValue(account(100n));
        value[at] = 1;
        const wrong = proveEntries([[keyOf(0), value]], [0, 1]);
        assert.equal(environment(V8, wrong, encoded(transfer)).error?.class, "trap");
      }
    });

    test(`another root than that of the proof, ${name}`, () => {
      const other = { ...proven, root: rootOf(new Map([[0, account(101n)]])) };
      assert.equal(
        environment(V8, other, encoded(transfer)).error?.class,
        environment === runInPlace ? "trap" : "invalid-proof",
      );
    });
  }

  test("a proof with wrong counts, in place", () => {
    const bottoms = Buffer.from(proven.proof).readBigUInt64LE(0);
    const left = Buffer.from(proven.proof).readBigUInt64LE(8);
    const lies: [number, bigint][] = [
      [0, 0n],
      [0, bottoms - 1n],
      [0, bottoms + 1n],
      [0, 2n ** 63n],
      [0, (2n ** 64n + 8n) / 40n],
      [8, 0n],
      [8, bottoms],
      // Truncated to 32 bits, these are the right counts.
      [0, bottoms + 2n ** 32n],
      [8, left + 2n ** 32n],
    ];
    for (const [at, lie] of lies) {
      const proof = Uint8Array.from(proven.proof);
      Buffer.from(proof.buffer).writeBigUInt64LE(lie, at);
      assert.equal(runInPlace(V8, { ...proven, proof }, encoded(transfer)).error?.class, "trap", `${lie} at ${at}`);
    }
    for (const length of [0, 7, 8, 47, proven.proof.length - 1]) {
      const proof = proven.proof.subarray(0, length);
      assert.equal(runInPlace(V8, { ...proven, proof }, new Uint8Array()).error?.class, "trap");
    }
  });

  test("a proof with a node below the leaves, in place", () => {
    assert.equal(runInPlace(V8, chainProof(256), new Uint8Array()).error, undefined);
    assert.equal(runInPlace(V8, chainProof(257), new Uint8Array()).error?.class, "trap");
  });
});
