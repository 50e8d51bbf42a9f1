/** The part of the state that a proof opens: a trie of accounts, the tries of their storage, and codes by their hash. */
import { type Bytes32, sortedDistinct } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { checkCanonicalNodes } from "../hexary-trie/canonical.ts";
import { verifyNodes } from "../hexary-trie/known-nodes.ts";
import {
  EMPTY_TRIE,
  type KnownNodes,
  type OpenTrie,
  type OpenTries,
  openTrie,
  openTries,
} from "../hexary-trie/open-trie.ts";
import { type Account, decodeAccount, decodeWord, isEmptyRoot } from "./account.ts";
import { type HeaderChain, NO_HEADERS } from "./headers.ts";

/** Code by its Keccak-256. */
export type Codes = HashMap<Uint8Array>;

export interface OpenState {
  readonly accounts: OpenTrie;
  /** The accounts in open nodes of the account trie. */
  readonly held: readonly Account[];
  /** The storage tries of `held` whose root nodes are open. */
  readonly storages: OpenTries;
  readonly codes: Codes;
  readonly headers: HeaderChain;
}

export const EMPTY_STATE: OpenState = {
  accounts: EMPTY_TRIE,
  held: [],
  storages: { tops: new HashMap(), items: [], embedded: [] },
  codes: new HashMap(),
  headers: NO_HEADERS,
};

/**
 * Opens the state of `root` as far as the nodes of a proof go.
 *
 * Req:    PROOF-STATE-003, PROOF-STATE-059, PROOF-STATE-060, PROOF-STATE-061.
 * Input:  `nodes` are different; `top` as for `verifyNodes`.
 * Errors: those of `verifyNodes`; malformed.
 * Cost:   a hash for each node except `top`.
 */
export function verifyState(
  nodes: readonly Uint8Array[],
  root: Bytes32,
  hasher: NodeHasher,
  codes: Codes,
  headers: HeaderChain,
  top?: Uint8Array,
): OpenState {
  const known: KnownNodes = new HashMap();
  const accounts = verifyNodes(nodes, root, hasher, top, known);
  return openBeneath(accounts, known, codes, headers);
}

/** Opens the state of `root` as far as nodes are known. Errors: those of `openTrie`; malformed. Cost: no hash. */
export function openState(root: Bytes32, known: KnownNodes, codes: Codes): OpenState {
  return openBeneath(openTrie(root, known), known, codes, NO_HEADERS);
}

/**
 * Opens the storage tries, and reads every value in both profiles.
 *
 * Req:    PROOF-STATE-054, PROOF-STATE-055, PROOF-STATE-056, PROOF-STATE-057, PROOF-STATE-058, PROOF-STATE-062.
 * Errors: malformed.
 */
function openBeneath(accounts: OpenTrie, known: KnownNodes, codes: Codes, headers: HeaderChain): OpenState {
  const held = valuesOf(accounts).map(decodeAccount);
  const roots = held.map(({ storageRoot }) => storageRoot).filter((storageRoot) => !isEmptyRoot(storageRoot));
  const storages = openTries(sortedDistinct(roots) as Bytes32[], known);
  for (const value of valuesOf(storages)) decodeWord(value);
  return { accounts, held, storages, codes, headers };
}

function valuesOf({ items, embedded }: Pick<OpenTrie, "items" | "embedded">): Uint8Array[] {
  const all = [items, embedded].flatMap((nodes) => nodes.map(({ value }) => value));
  return all.filter((value) => value !== null);
}

/** Req: PROOF-STATE-010. Errors: non-canonical. */
export function checkCanonicalState({ accounts, storages }: OpenState): void {
  checkCanonicalNodes(accounts);
  checkCanonicalNodes(storages);
}
