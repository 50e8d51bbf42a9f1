/**
 * The same accounts and transactions as token-proof.ts, without host functions for the proof.
 * The block data begins with a multiproof, which the environment verifies, reads and updates in place.
 * Comparing the gas of both shows the value of the host functions.
 */
import { blockDataCopy, blockDataSize, loadPreStateRoot, savePostStateRoot } from "./host/eth2";
import { allocate } from "./memory/allocate";
import { postRoot } from "./token/post-root";
import { openProof } from "./token/pruned-tree";
import { expectLeaves, leafValue, touch } from "./token/touched-leaves";
import { applyTransactions } from "./token/transactions";

/** A transaction touches at most one account for each 56 of its bytes. */
const BYTES_PER_ACCOUNT = 56;

const preStateRoot: usize = memory.data(32);

function read(key: usize, account: usize): void {
  memory.copy(account, leafValue(touch(key)), 32);
}

function write(key: usize, account: usize): void {
  memory.copy(leafValue(touch(key)), account, 32);
}

export function main(): void {
  const length = blockDataSize();
  const data = allocate(length);
  const end = data + length;
  blockDataCopy(data, 0, length);
  loadPreStateRoot(preStateRoot);
  const transactions = openProof(data, end, preStateRoot);
  expectLeaves(u32(end - transactions) / BYTES_PER_ACCOUNT + 1);
  applyTransactions(transactions, end, read, write);
  savePostStateRoot(postRoot());
}
