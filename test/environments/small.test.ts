/** hello, counter and bazaar, in both engines. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { toHex } from "../../reference/core/bytes.ts";
import { environmentCode } from "./built-modules.ts";
import { bytes, type Ended, run, runInBoth, V8 } from "./engines.ts";

const ZERO_ROOT = `0x${"00".repeat(32)}`;

function assertTraps({ error }: Ended): void {
  assert.equal(error?.class, "trap");
  assert.equal(error.details.reason, "unreachable");
}

test("hello keeps its state and pushes a deposit of zeros", () => {
  const root = `0x${"a7".repeat(32)}`;
  const { gas, ...rest } = runInBoth({ code: environmentCode("hello"), root, data: Uint8Array.of(1, 2) });
  assert.deepEqual(rest, { root, deposits: [`0x${"00".repeat(184)}`] });
  assert.ok(gas !== undefined && gas > 0n);
});

describe("counter", () => {
  const code = environmentCode("counter");
  const count = (root: string, data: string): Ended => runInBoth({ code, root, data: bytes(data) });
  const stateOf = (number: string): string => `0x${number}${"00".repeat(24)}`;

  test("adds the little-endian number in its block data", () => {
    assert.equal(count(ZERO_ROOT, "0x0100000000000000").root, stateOf("0100000000000000"));
    assert.equal(count(stateOf("ff00000000000000"), "0x0102000000000000").root, stateOf("0003000000000000"));
    assert.equal(count(stateOf("feffffffffffffff"), "0x0100000000000000").root, stateOf("ffffffffffffffff"));
  });

  test("traps when the sum overflows, by one or by the largest number", () => {
    assertTraps(count(stateOf("ffffffffffffffff"), "0x0100000000000000"));
    assertTraps(count(stateOf("ffffffffffffffff"), "0xffffffffffffffff"));
  });

  test("traps for data of another length, and for a state of another form", () => {
    for (const data of ["0x", "0x01000000000000", "0x010000000000000000"]) assertTraps(count(ZERO_ROOT, data));
    for (const at of [8, 16, 24, 31]) {
      const root = bytes(ZERO_ROOT);
      root[at] = 1;
      assertTraps(count(toHex(root), "0x0100000000000000"));
    }
  });
});

describe("bazaar", () => {
  const code = environmentCode("bazaar");
  const u32 = (value: number): Buffer => {
    const written = Buffer.alloc(4);
    written.writeUInt32LE(value);
    return written;
  };
  const listOf = (messages: Buffer): Buffer => Buffer.concat([u32(messages.length), messages]);
  const stateOf = (messages: Buffer): Buffer => {
    const list = listOf(messages);
    return Buffer.concat([u32(list.length), list]);
  };
  const dataOf = (added: Buffer, state: Buffer): Buffer => {
    const content = Buffer.concat([listOf(added), state]);
    return Buffer.concat([u32(content.length), content]);
  };
  const rootOf = (state: Buffer): string => toHex(keccak_256(new Uint8Array(state)));
  const messages = (count: number, from = 1): Buffer => {
    return Buffer.from(Array.from({ length: 40 * count }, (_, at) => (from + 7 * at) % 251));
  };
  const post = (root: string, data: Buffer): Ended => runInBoth({ code, root, data: new Uint8Array(data) });

  // Around the block size of Keccak-256, 136 bytes.
  // A state has 8 bytes and 40 for each message, so 10 messages fill three blocks.
  for (const [kept, added] of [
    [0, 0],
    [0, 1],
    [1, 2],
    [2, 1],
    [3, 0],
    [3, 1],
    [6, 14],
    [4, 6],
  ]) {
    test(`appends ${added} messages to ${kept}, under Keccak-256`, () => {
      const before = stateOf(messages(kept));
      const { root } = post(rootOf(before), dataOf(messages(added, 99), before));
      assert.equal(root, rootOf(stateOf(Buffer.concat([messages(kept), messages(added, 99)]))));
    });
  }

  test("grows its memory up to the maximum, and traps beyond it", () => {
    const inV8 = (before: Buffer, added: Buffer): Ended => {
      return run(V8, { code, root: rootOf(before), data: new Uint8Array(dataOf(added, before)) });
    };
    const [kept, added] = [messages(3000), messages(2000, 3)];
    assert.equal(inV8(stateOf(kept), added).root, rootOf(stateOf(Buffer.concat([kept, added]))));
    assertTraps(inV8(stateOf(messages(0)), Buffer.alloc(40 * 420_000)));
  });

  test("traps unless the state in the data hashes to the pre-state root", () => {
    const before = stateOf(messages(2));
    const forged = Buffer.from(before);
    forged[20] ^= 1;
    assertTraps(post(rootOf(before), dataOf(messages(1), forged)));
    assertTraps(post(ZERO_ROOT, dataOf(messages(1), before)));
  });

  test("traps for wrong lengths, and for partial messages", () => {
    const before = stateOf(messages(1));
    const root = rootOf(before);
    const data = dataOf(messages(1), before);
    assert.notEqual(post(root, data).root, undefined);
    assertTraps(post(root, data.subarray(0, -1)));
    assertTraps(post(root, Buffer.concat([data, Buffer.of(0)])));
    assertTraps(post(root, Buffer.alloc(0)));
    assertTraps(post(root, dataOf(messages(1).subarray(1), before)));
    for (const at of [0, 4, 48, 52]) {
      for (const lie of [0, 39, 41, 0x7fffffff, 0xffffffff]) {
        const lying = Buffer.from(data);
        if (lying.readUInt32LE(at) === lie) continue;
        lying.writeUInt32LE(lie, at);
        assertTraps(post(root, lying));
      }
    }
  });
});
