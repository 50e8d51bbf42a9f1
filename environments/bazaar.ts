/**
 * Scout's bazaar: a list of messages that only grows. The state is stored nowhere, so every block contains it.
 *
 * The state root is the Keccak-256 of the serialized state. docs/environments.md specifies the bytes.
 */
import { keccak256 } from "./hash/keccak256";
import { blockDataCopy, blockDataSize, loadPreStateRoot, savePostStateRoot } from "./host/eth2";
import { allocate } from "./memory/allocate";
import { equal32 } from "./memory/equal-32";

/** A u64 and a text of 32 bytes. */
const MESSAGE: usize = 40;
const SIZE: usize = 4;

const expected: usize = memory.data(32);
const actual: usize = memory.data(32);

/** The end of the value whose length, u32-LE, is at `at`. Traps when the value ends beyond `end`. */
function endOf(at: usize, end: usize): usize {
  assert(end - at >= SIZE);
  const length: usize = load<u32>(at);
  assert(length <= end - at - SIZE);
  return at + SIZE + length;
}

/** The length of the list of messages at `at`. Traps when it is no multiple of a message. */
function lengthOfList(at: usize, end: usize): usize {
  const listEnd = endOf(at, end);
  const length = listEnd - at - SIZE;
  assert(length % MESSAGE === 0);
  return length;
}

export function main(): void {
  const dataLength = blockDataSize();
  const data = allocate(dataLength);
  blockDataCopy(data, 0, dataLength);
  const end = data + dataLength;
  assert(endOf(data, end) === end);
  const added = data + SIZE;
  const addedLength = lengthOfList(added, end);

  const state = added + SIZE + addedLength;
  assert(endOf(state, end) === end);
  const kept = state + SIZE;
  const keptLength = lengthOfList(kept, end);
  assert(kept + SIZE + keptLength === end);

  loadPreStateRoot(expected);
  keccak256(state, end - state, actual);
  assert(equal32(actual, expected));

  const length = keptLength + addedLength;
  const next = allocate(2 * SIZE + length);
  store<u32>(next, u32(SIZE + length));
  store<u32>(next, u32(length), SIZE);
  memory.copy(next + 2 * SIZE, kept + SIZE, keptLength);
  memory.copy(next + 2 * SIZE + keptLength, added + SIZE, addedLength);
  keccak256(next, 2 * SIZE + length, actual);
  savePostStateRoot(actual);
}
