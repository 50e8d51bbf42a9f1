/** Results of `eth_getProof` in the forms of clients, and writes to a state. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keccak } from "../patricia/nodes.ts";
import type { Json } from "../values.ts";
import {
  type AccountObject,
  call,
  classOf,
  EMPTY_CODE_HASH,
  EMPTY_ROOT,
  prove,
  proveObjects,
  throwsClass,
} from "./worlds.ts";

const word = (digits: string): string => `0x${digits.padStart(64, "0")}`;
const slotOf = (digits: string): string => digits.padStart(64, "0");
const strict = { profile: "strict" };

/** In ascending order. The last account is absent, and the one before it has no code and no storage. */
const [A, B, C] = ["0a", "0b", "ff"].map((byte) => byte.repeat(20)) as [string, string, string];
const ENTRIES: Json = [
  [`0x${A}00`, "0x09"],
  [`0x${A}01`, "0xabcdef"],
  [`0x${A}04`, "0x6001"],
  [`0x${A}${slotOf("0")}`, word("2a")],
  [`0x${A}${slotOf("1")}`, word("beef")],
  [`0x${B}01`, "0x64"],
];
const KEYS = [
  `0x${A}${slotOf("0")}`,
  `0x${A}${slotOf("1")}`,
  `0x${A}${slotOf("2")}`,
  `0x${B}${slotOf("0")}`,
  `0x${C}${slotOf("0")}`,
];
const VALUES = [word("2a"), word("beef"), null, null, null];

const { root } = prove({ entries: ENTRIES });

/** The objects of all three accounts, changed. */
function changed(change: (accounts: AccountObject[]) => void): Json {
  const { accounts } = proveObjects({ entries: ENTRIES, keys: KEYS }).proof;
  change(accounts);
  return { accounts: accounts as unknown as Json };
}

const request = (change: (accounts: AccountObject[]) => void) => ({
  encoding: "eip1186",
  root,
  proof: changed(change),
  keys: KEYS,
});

const at = <Item>(list: Item[], index: number): Item => list[index] as Item;
const upper = (text: string): string => `0x${text.slice(2).toUpperCase()}`;

function accepts(change: (accounts: AccountObject[]) => void): void {
  for (const profile of ["strict", "lenient"]) {
    assert.deepEqual(call("get", { ...request(change), options: { profile } }), { values: VALUES });
  }
}

function rejects(expected: string, change: (accounts: AccountObject[]) => void): void {
  for (const profile of ["strict", "lenient"])
    throwsClass(expected, "get", { ...request(change), options: { profile } });
}

describe("objects of eth_getProof", () => {
  it("PROOF-STATE-036, PROOF-STATE-108 are written in one form", () => {
    const [a, b, c] = proveObjects({ entries: ENTRIES, keys: KEYS.toReversed() }).proof.accounts;
    assert.deepEqual([a?.address, b?.address, c?.address], [`0x${A}`, `0x${B}`, `0x${C}`]);
    assert.deepEqual([a?.nonce, a?.balance, a?.codeHash], ["0x9", "0xabcdef", `0x${keccak("6001")}`]);
    assert.deepEqual(
      a?.storageProof.map(({ key, value }) => [key, value]),
      [
        [word("0"), "0x2a"],
        [word("1"), "0xbeef"],
        [word("2"), "0x0"],
      ],
    );
    assert.deepEqual(b?.storageProof, [{ key: word("0"), value: "0x0", proof: [] }]);
    assert.deepEqual([c?.nonce, c?.balance, c?.storageHash], ["0x0", "0x0", `0x${EMPTY_ROOT}`]);
    assert.equal(c?.codeHash, `0x${EMPTY_CODE_HASH}`);
    assert.deepEqual(call("root", { encoding: "eip1186", proof: changed(() => {}), options: strict }), { root });
  });

  it("PROOF-STATE-030, PROOF-STATE-031, PROOF-STATE-032 are read as clients write them", () => {
    accepts(() => {});
    accepts((all) => {
      for (const account of all) {
        account.address = upper(account.address);
        account.accountProof = account.accountProof.map(upper);
        account.balance = upper(account.balance);
        account.codeHash = upper(account.codeHash);
      }
    });
    accepts((all) => {
      const [first, second] = at(all, 0).storageProof;
      Object.assign(first ?? {}, { key: "0x", value: word("2A") });
      Object.assign(second ?? {}, { key: "0x01", value: "0x0BeEf" });
      at(all, 0).nonce = `0x${"0".repeat(500)}9`;
      at(all, 1).nonce = "0x";
      at(all, 2).balance = "0x000";
    });
    accepts((all) => {
      for (const account of all.slice(1)) at(account.storageProof, 0).proof = ["0x80"];
      Object.assign(at(all, 2), { codeHash: word("0"), storageHash: word("0"), type: null, height: [] });
      Object.assign(at(at(all, 2).storageProof, 0), { exclusion: true });
    });
    accepts((all) => {
      all.splice(0, 3, ...all.map((account) => Object.fromEntries(Object.entries(account).reverse()) as AccountObject));
    });
    const empty = proveObjects({ entries: [], keys: [`0x${A}`] });
    at(empty.proof.accounts, 0).accountProof = ["0x80"];
    const read = { encoding: "eip1186", proof: empty.proof as unknown as Json, options: strict };
    assert.deepEqual(call("root", read), { root: `0x${EMPTY_ROOT}` });
    assert.equal(empty.root, `0x${EMPTY_ROOT}`);
  });

  it("PROOF-STATE-030, PROOF-STATE-031 have their form", () => {
    for (const name of ["address", "accountProof", "balance", "codeHash", "nonce", "storageHash", "storageProof"]) {
      for (const value of [undefined, null, 1, "0xg", "", {}, [1]]) {
        rejects("malformed", (all) => {
          const { [name]: _, ...others } = at(all, 0) as unknown as { [name: string]: Json };
          all[0] = (value === undefined ? others : { ...others, [name]: value }) as unknown as AccountObject;
        });
      }
    }
    for (const name of ["key", "value", "proof"]) {
      for (const value of [undefined, null, 1, "2a", ["0x0"]]) {
        rejects("malformed", (all) => Object.assign(at(at(all, 0).storageProof, 0), { [name]: value }));
      }
    }
    rejects("malformed", (all) => Object.assign(at(all, 0), { nonce: `0x1${"0".repeat(64)}` }));
    rejects("malformed", (all) => Object.assign(at(all, 0), { nonce: "0X9" }));
    rejects("malformed", (all) => Object.assign(at(all, 0), { address: `0x${A}00` }));
    rejects("malformed", (all) => Object.assign(at(all, 0), { codeHash: "0x0" }));
    rejects("malformed", (all) => all.splice(0));
    const { accounts } = changed(() => {}) as { accounts: Json };
    throwsClass("malformed", "get", { ...request(() => {}), proof: { accounts, more: 1 } });
    throwsClass("invalid-argument", "get", { ...request(() => {}), proof: "0x" });
  });

  it("PROOF-STATE-033, PROOF-STATE-096, PROOF-STATE-098, PROOF-STATE-099 must claim what their nodes prove, whatever the request", () => {
    const lies: ((all: AccountObject[]) => void)[] = [0, 1, 2].flatMap((i) => [
      (all) => Object.assign(at(all, i), { nonce: "0x8" }),
      (all) => Object.assign(at(all, i), { balance: "0x65" }),
      (all) => Object.assign(at(all, i), { storageHash: word("1") }),
      (all) => Object.assign(at(all, i), { codeHash: word("1") }),
      (all) => Object.assign(at(at(all, i).storageProof, 0), { value: "0x2b" }),
    ]);
    lies.push(
      (all) => Object.assign(at(all, 1), { codeHash: word("0") }),
      (all) => Object.assign(at(all, 1), { storageHash: word("0") }),
      (all) => Object.assign(at(at(all, 0).storageProof, 0), { key: "0x7", value: "0x1", proof: [] }),
    );
    for (const lie of lies.slice(0, -1)) {
      rejects("invalid-proof", lie);
      throwsClass("invalid-proof", "get", { ...request(lie), keys: [] });
      throwsClass("invalid-proof", "cost", { encoding: "eip1186", root, proof: changed(lie) });
      throwsClass("invalid-proof", "root", { encoding: "eip1186", proof: changed(lie) });
      throwsClass("invalid-proof", "update", { encoding: "eip1186", root, proof: changed(lie), writes: [] });
    }
    // The other claims are removed, so that no other list opens the end of the cut list.
    const cut = (all: AccountObject[]): void => {
      all.splice(1);
      at(all, 0).storageProof.splice(1);
      at(at(all, 0).storageProof, 0).proof.pop();
    };
    rejects("incomplete", cut);
    throwsClass("incomplete", "get", { ...request(cut), keys: [] });
    throwsClass("invalid-proof", "get", { ...request(() => {}), root: word("1") });
    rejects("incomplete", (all) => {
      for (const account of all) account.accountProof = [];
      at(all, 0).storageProof = [];
    });
  });

  it("PROOF-STATE-034, PROOF-STATE-101, PROOF-STATE-102, PROOF-STATE-103, PROOF-STATE-105 are checked for order and lists only in the strict profile", () => {
    const faults: ((all: AccountObject[]) => void)[] = [
      (all) => all.reverse(),
      (all) => all.push(at(all, 2)),
      (all) => at(all, 0).storageProof.reverse(),
      (all) => at(all, 0).storageProof.push(at(at(all, 0).storageProof, 2)),
      (all) => at(all, 1).accountProof.reverse(),
      (all) => at(all, 1).accountProof.push(...at(at(all, 0).storageProof, 0).proof),
      (all) => at(at(all, 2).storageProof, 0).proof.push(at(at(all, 2).accountProof, 0)),
      (all) => at(at(all, 1).storageProof, 0).proof.push("0x80", "0x80"),
    ];
    for (const fault of faults) {
      assert.deepEqual(call("get", request(fault)), { values: VALUES });
      throwsClass("non-canonical", "get", { ...request(fault), options: strict });
    }
    const short = request((all) => Object.assign(at(at(all, 0).storageProof, 2), { proof: [] }));
    assert.deepEqual(call("get", short), { values: VALUES });
    throwsClass("incomplete", "get", { ...short, options: strict });
  });

  it("PROOF-STATE-035, PROOF-STATE-107, PROOF-STATE-111 hold no codes and no headers, and begin with one root node", () => {
    const keys = [`0x${B}04`, `0x${C}04`, `0x${A}03`];
    const values = ["0x", null, `0x${keccak("6001")}`];
    assert.deepEqual(call("get", { ...request(() => {}), keys, options: strict }), { values });
    throwsClass("incomplete", "get", { ...request(() => {}), keys: [`0x${A}04`] });
    throwsClass("incomplete", "get", { ...request(() => {}), keys: [`0x${"11".repeat(32)}${"00".repeat(8)}`] });
    const withoutOne = changed((all) => Object.assign(at(all, 1), { accountProof: [] }));
    throwsClass("malformed", "root", { encoding: "eip1186", proof: withoutOne });
  });
});

describe("writes", () => {
  const all = [A, B, C].flatMap((address) => [`0x${address}`, `0x${address}04`]);
  const whole = { root, proof: prove({ entries: ENTRIES, keys: [...KEYS, ...all] }).proof as unknown as Json };
  const transact = (...steps: Json[]): Json => (call("transact", { ...whole, steps }) as { results: Json }).results;

  it("PROOF-STATE-114, PROOF-STATE-115, PROOF-STATE-138, PROOF-STATE-139 take effect one after the other", () => {
    const slot = `0x${A}${slotOf("0")}`;
    const reads = [{ get: `0x${A}00` }, { get: `0x${A}04` }, { get: slot }, { get: `0x${A}02` }, { get: `0x${A}` }];
    const gone = transact({ set: [slot, word("1")] }, { set: [`0x${A}`, null] }, ...reads);
    assert.deepEqual(gone, [true, true, null, null, null, null, null]);
    const remade = transact({ set: [`0x${A}`, null] }, { set: [`0x${A}01`, "0x"] }, ...reads.slice(0, 4));
    assert.deepEqual(remade, [true, true, "0x", "0x", null, `0x${EMPTY_ROOT}`]);
    const fromNothing = { set: [`0x${C}${slotOf("0")}`, word("1")] };
    const toNothing = { set: [`0x${C}${slotOf("0")}`, word("0")] };
    const [, nonce, , noNonce, same] = transact(
      fromNothing,
      { get: `0x${C}00` },
      toNothing,
      { get: `0x${C}00` },
      {
        root: true,
      },
    ) as Json[];
    assert.deepEqual([nonce, noNonce, same], ["0x", null, root]);
    const code = transact({ set: [`0x${B}04`, "0x60"] }, { get: `0x${B}03` }, { get: `0x${B}04` });
    assert.deepEqual(code, [true, `0x${keccak("60")}`, "0x60"]);
    const back = transact({ checkpoint: true }, { set: [slot, null] }, { get: slot }, { revert: true }, { root: true });
    assert.deepEqual(back, [true, true, null, true, root]);
    assert.equal(classOf("transact", { ...whole, steps: [{ commit: true }] }), "invalid-argument");
  });

  it("PROOF-STATE-135 keep the codes that accounts name", () => {
    const codesAfter = (...writes: Json[]): string[] =>
      (call("update", { ...whole, writes }) as unknown as { proof: { codes: string[] } }).proof.codes;
    assert.deepEqual(codesAfter(), ["0x6001"]);
    assert.deepEqual(codesAfter([`0x${A}04`, "0x"]), []);
    assert.deepEqual(codesAfter([`0x${A}`, null]), []);
    assert.deepEqual(codesAfter([`0x${B}04`, "0x60"]), ["0x60", "0x6001"]);
    assert.deepEqual(codesAfter([`0x${B}04`, "0x6001"], [`0x${A}`, null]), ["0x6001"]);
  });

  it("PROOF-STATE-045, PROOF-STATE-047 ask for no more than they need, and not before", () => {
    const account = { root, proof: prove({ entries: ENTRIES, keys: [`0x${A}`] }).proof as unknown as Json };
    const slot: Json = [`0x${A}${slotOf("0")}`, word("1")];
    throwsClass("incomplete", "update", { ...account, writes: [slot] });
    const renewed = call("update", { ...account, writes: [slot, [`0x${A}`, null], [`0x${A}00`, "0x01"], slot] });
    const { root: expected } = prove({
      entries: [[`0x${A}00`, "0x01"], slot, [`0x${B}01`, "0x64"]],
    });
    assert.equal((renewed as { root: string }).root, expected);
    const kept = { set: slot };
    const reads = [{ get: `0x${A}00` }, { get: `0x${A}03` }, { get: (slot as string[])[0] as string }];
    assert.deepEqual(call("transact", { ...account, steps: [kept, ...reads] }), {
      results: [true, "0x09", `0x${keccak("6001")}`, word("1")],
    });
    for (const step of [{ root: true }, { get: `0x${A}` }, { get: `0x${A}02` }, { get: `0x${A}${slotOf("1")}` }]) {
      throwsClass("incomplete", "transact", { ...account, steps: [kept, step] });
    }
    // A written value is known without its account.
    const [nonceOfB, codeHashOfB] = [`0x${B}00`, `0x${B}03`];
    const blind = [{ set: [nonceOfB, "0x07"] }, { set: [`0x${B}04`, "0x60"] }, { get: nonceOfB }, { get: codeHashOfB }];
    assert.deepEqual(call("transact", { ...account, steps: blind }), {
      results: [true, true, "0x07", `0x${keccak("60")}`],
    });
    throwsClass("incomplete", "transact", { ...account, steps: [...blind, { get: `0x${B}01` }] });
    throwsClass("incomplete", "transact", { ...account, steps: [...blind, { root: true }] });
    const nonce = { set: [`0x${A}00`, "0x"] };
    const { results } = call("transact", { ...account, steps: [nonce, { get: `0x${A}` }, { root: true }] }) as {
      results: Json[];
    };
    assert.notEqual(results[2], root);
    assert.match(results[1] as string, /^0xf84780/);
  });

  it("PROOF-STATE-137 keep the claims of objects and add the written keys", () => {
    const writes: Json = [
      [`0x${A}${slotOf("2")}`, word("7")],
      [`0x${C}01`, "0x05"],
    ];
    const before = proveObjects({ entries: ENTRIES, keys: [...KEYS.slice(1, 3), `0x${C}`] });
    const after = call("update", { encoding: "eip1186", root, proof: before.proof as unknown as Json, writes });
    const entries = [...(ENTRIES as Json[]), ...(writes as Json[])];
    assert.deepEqual(after, proveObjects({ entries, keys: [...KEYS.slice(1, 3), `0x${C}`] }));
  });
});
