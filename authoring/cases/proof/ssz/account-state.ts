/**
 * The state of sheth: `Vector[Account, 2^256]`, every account at its address, nearly all of them zero accounts.
 *
 *   Account   pubkey Bytes48, nonce uint64, value uint64
 *   index     of an account: 2^256 + its address, 32 bytes read as a big-endian integer
 *
 *                account, level 256
 *              /                    \
 *          .                            .
 *        /   \                        /   \
 *   pubkey    nonce, level 258   value     zero
 *   /    \
 *  two chunks, level 259
 *
 * No SSZ library accepts a vector of 2^256 elements. This file hashes and encodes it by the formula, without the reference.
 * An address without an account has a zero account. Its root is not that of a zero subtree, because an account has three
 * levels on one side and two on the other.
 */

import { randomBytes } from "../../../../harness/cases/recipes.ts";
import type { Json } from "../../../../runners/lane.ts";
import { littleEndian } from "../../kit/binary/broken.ts";
import { compactHex, hashPair, quantity, randomNode } from "../../kit/binary/pruned.ts";
import { shortenRuns, uniform, ZEROS } from "../../kit/binary/uniform-runs.ts";
import type { EncodingName } from "./trees.ts";

export interface Account {
  readonly address: bigint;
  /** 48 bytes in hex. */
  readonly pubkey: string;
  readonly nonce: number;
  readonly value: number;
}

export type State = readonly Account[];

const ACCOUNT_LEVEL = 256;
const NOBODY = { pubkey: `0x${"00".repeat(48)}`, nonce: 0, value: 0 };

/** Account `index` of a seed; its address and its key come from the random stream. */
export function account(seed: number, nonce: number, value: number): Account {
  const pubkey = `0x${randomBytes(BigInt(seed) + 1n, 48).toString("hex")}`;
  return { address: BigInt(randomNode(seed)), pubkey, nonce, value };
}

/** The nodes of an account that a proof may name, by the index within the account. */
const MEMBERS = { whole: 1n, pubkey: 4n, "pubkey[0]": 8n, "pubkey[1]": 9n, nonce: 5n, value: 6n } as const;
export type Member = keyof typeof MEMBERS;

export function memberGindex(address: bigint, member: Member): bigint {
  const within = MEMBERS[member];
  const depth = BigInt(levelOf(within));
  return ((2n ** BigInt(ACCOUNT_LEVEL) + address - 1n) << depth) + within;
}

const levelOf = (gindex: bigint): number => gindex.toString(2).length - 1;

/** The node at `gindex` within an account. */
function accountNode({ pubkey, nonce, value }: Omit<Account, "address">, gindex: bigint): string {
  const leaves = new Map([
    [5n, `0x${littleEndian(nonce, 32)}`],
    [6n, `0x${littleEndian(value, 32)}`],
    [7n, ZEROS.node],
    [8n, pubkey.slice(0, 66)],
    [9n, `0x${pubkey.slice(66).padEnd(64, "0")}`],
  ]);
  const node = (at: bigint): string => leaves.get(at) ?? hashPair(node(2n * at), node(2n * at + 1n));
  return node(gindex);
}

/** Trees of zero accounts, up to the whole state. */
export const NOBODIES = uniform(accountNode(NOBODY, 1n), ACCOUNT_LEVEL);

/** The node at `gindex` of the state. */
export function stateNode(state: State, gindex: bigint): string {
  const below = levelOf(gindex) - ACCOUNT_LEVEL;
  if (below >= 0) {
    const index = gindex >> BigInt(below);
    const owner = state.find(({ address }) => memberGindex(address, "whole") === index) ?? NOBODY;
    return accountNode(owner, gindex - ((index - 1n) << BigInt(below)));
  }
  if (!state.some(({ address }) => isAncestor(gindex, memberGindex(address, "whole")))) return NOBODIES.roots[-below];
  return hashPair(stateNode(state, 2n * gindex), stateNode(state, 2n * gindex + 1n));
}

function isAncestor(gindex: bigint, below: bigint): boolean {
  return below.toString(2).startsWith(gindex.toString(2));
}

export const stateRoot = (state: State): string => stateNode(state, 1n);

/** The whole state as entries: every member of its accounts, and subtrees of zero accounts. */
export function stateEntries(state: State): Json {
  const members = [8n, 9n, 5n, 6n, 7n];
  const entries = state.flatMap((owner) =>
    members.map((within) => {
      const gindex = memberGindex(owner.address, "whole");
      const depth = BigInt(levelOf(within));
      return [quantity(((gindex - 1n) << depth) + within), accountNode(owner, within)];
    }),
  );
  return { sparse: { depth: ACCOUNT_LEVEL, node: NOBODIES.node, entries } };
}

/** A proof that opens exactly the nodes above `claims`: its shape in pre-order, and its bottom nodes. */
function open(claims: readonly bigint[]): { shape: string; bottoms: bigint[]; leftCounts: number[] } {
  let shape = "";
  const bottoms: bigint[] = [];
  const leftCounts: number[] = [];
  const visit = (gindex: bigint, below: readonly bigint[]): void => {
    if (below.length === 0 || below[0] === gindex) {
      shape += "1";
      bottoms.push(gindex);
      return;
    }
    shape += "0";
    const place = leftCounts.push(0) - 1;
    const before = bottoms.length;
    for (const side of [2n * gindex, 2n * gindex + 1n]) {
      visit(
        side,
        below.filter((claim) => isAncestor(side, claim)),
      );
      if (side === 2n * gindex) leftCounts[place] = bottoms.length - before;
    }
  };
  visit(1n, claims);
  return { shape, bottoms, leftCounts };
}

/**
 * The proof of `claims`, none below another, in an encoding that can hold the depth of the state. The composer of sheth
 * writes `offsets64`: the number of bottom nodes, the left count of every inner node in pre-order, the bottom nodes.
 */
export function stateProof(state: State, claims: readonly bigint[], encoding: EncodingName): Json {
  return shortenRuns(writeProof(state, claims, encoding), NOBODIES);
}

function writeProof(state: State, claims: readonly bigint[], encoding: EncodingName): Json {
  const { shape, bottoms, leftCounts } = open(claims);
  const nodes = bottoms.map((gindex) => stateNode(state, gindex));
  const counts = (width: number): string =>
    [bottoms.length, ...leftCounts].map((count) => littleEndian(count, width)).join("");
  const joined = nodes.map((node) => node.slice(2)).join("");
  switch (encoding) {
    case "compact":
      return compactHex({ shape, bottoms: nodes });
    case "offsets64":
      return `0x${counts(8)}${joined}`;
    case "offsets16":
      return `0x01${counts(2)}${joined}`;
    case "helpers": {
      const ascending = [...claims].sort((a, b) => (a < b ? -1 : 1));
      const helpers = bottoms.filter((gindex) => !claims.includes(gindex)).sort((a, b) => (a < b ? 1 : -1));
      const nodesAt = (gindices: readonly bigint[]): string[] => gindices.map((gindex) => stateNode(state, gindex));
      return { gindices: ascending.map(quantity), leaves: nodesAt(ascending), helpers: nodesAt(helpers) };
    }
    default:
      throw new Error(`${encoding} cannot hold a node 259 levels down`);
  }
}
