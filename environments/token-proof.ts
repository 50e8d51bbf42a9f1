/** Accounts and transfers as in sheth, over `proof.*`: the host authenticates the reads and hashes the writes. */
import { blockDataCopy, blockDataSize, savePostStateRoot } from "./host/eth2";
import { get, root, set } from "./host/proof";
import { allocate } from "./memory/allocate";
import { applyTransactions } from "./token/transactions";

const ABSENT = 1;

const postStateRoot: usize = memory.data(32);

function read(key: usize, account: usize): void {
  if (get(key, account) === ABSENT) memory.fill(account, 0, 32);
}

export function main(): void {
  const length = blockDataSize();
  const data = allocate(length);
  blockDataCopy(data, 0, length);
  applyTransactions(data, data + length, read, set);
  root(postStateRoot);
  savePostStateRoot(postStateRoot);
}
