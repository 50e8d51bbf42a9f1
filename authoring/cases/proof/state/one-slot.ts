/** A state of one account with one slot. One of its tries is built by hand. */
import { leaf, type Made, trieOf } from "../patricia/nodes.ts";
import { type Digits, keccak, list, type Nibbles, string } from "../patricia/rlp.ts";
import type { EncodingName } from "./scenarios.ts";
import { ALICE, ALONE, EMPTY_CODE_HASH, NONCE } from "./world.ts";

export type Where = "account" | "storage";

export const OWN_KEYS = [ALICE + NONCE, ALICE + ALONE];

const accountOf = (storageRoot: string): Digits =>
  list([string("05"), string("0a"), string(storageRoot.slice(2)), string(EMPTY_CODE_HASH.slice(2))]);

/** Input: `of` builds the trie with the value at the path; `word` is the RLP of the slot's word, and `stated` the claim of it. */
export function stateOfOneSlot(
  encoding: EncodingName,
  where: Where,
  of: (path: Nibbles, value: Digits) => Made,
  word: Digits = "07",
  stated = "0x7",
): { readonly root: string; readonly proof: object } {
  const madeIn = (here: Where, path: Nibbles, value: Digits): { root: string; nodes: Digits[] } =>
    trieOf(here === where ? of(path, value) : leaf(path, value));
  const all = (nodes: readonly Digits[]): string[] => nodes.map((node) => `0x${node}`);
  const storage = madeIn("storage", keccak(ALONE), word);
  const { root, nodes } = madeIn("account", keccak(ALICE.slice(2)), accountOf(storage.root));
  if (encoding === "witness") {
    return { root, proof: { state: all([...nodes, ...storage.nodes]).toSorted(), codes: [], headers: [] } };
  }
  const account = {
    address: ALICE,
    accountProof: all(nodes),
    balance: "0xa",
    codeHash: EMPTY_CODE_HASH,
    nonce: "0x5",
    storageHash: storage.root,
    storageProof: [{ key: `0x${ALONE}`, value: stated, proof: all(storage.nodes) }],
  };
  return { root, proof: { accounts: [account] } };
}
