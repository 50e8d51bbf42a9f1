/**
 * `eip1186`: results of `eth_getProof` as clients send them.
 *
 * Req:    PROOF-STATE-030, PROOF-STATE-036.
 * Source: EIP-1186.
 */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { EncodedProof, Json, ProofForm } from "../backend.ts";
import { withoutLeadingZeros } from "./account.ts";
import { allNodes, type Claim, type SlotClaim } from "./claims.ts";
import { items, type Located, looseBytes, looseWord, member } from "./client-json.ts";

export const EIP1186_FORM = { accounts: ["json"] } as const satisfies ProofForm;

/** Accepts the forms of clients in both profiles. Req: PROOF-STATE-030, PROOF-STATE-088, PROOF-STATE-104. Errors: malformed. */
export function decodeClaims(proof: EncodedProof): Claim[] {
  const { accounts } = proof as unknown as { readonly accounts: readonly Json[] };
  if (accounts.length === 0) throw new ProofError("malformed", "an eip1186 proof has at least one account");
  return accounts.map((value, index) => decodeClaim({ value, pointer: `/accounts/${index}` }));
}

function decodeClaim(result: Located): Claim {
  return {
    address: looseBytes(member(result, "address"), 20),
    nodes: decodeNodes(member(result, "accountProof")),
    account: {
      nonce: withoutLeadingZeros(looseWord(member(result, "nonce"))),
      balance: withoutLeadingZeros(looseWord(member(result, "balance"))),
      storageRoot: looseBytes(member(result, "storageHash"), 32) as Bytes32,
      codeHash: looseBytes(member(result, "codeHash"), 32) as Bytes32,
    },
    slots: items(member(result, "storageProof")).map(decodeSlot),
  };
}

function decodeSlot(entry: Located): SlotClaim {
  return {
    slot: looseWord(member(entry, "key")),
    word: looseWord(member(entry, "value")),
    nodes: decodeNodes(member(entry, "proof")),
  };
}

const EMPTY_STRING_RLP = 0x80;

/** Req: PROOF-STATE-032, PROOF-STATE-095. */
function decodeNodes(list: Located): Uint8Array[] {
  const nodes = items(list).map((node) => looseBytes(node));
  const isEmptyTrie = nodes.length === 1 && nodes[0].length === 1 && nodes[0][0] === EMPTY_STRING_RLP;
  return isEmptyTrie ? [] : nodes;
}

/** Req: PROOF-STATE-036. */
export function encodeClaims(claims: readonly Claim[]): EncodedProof {
  return {
    accounts: claims.map(({ address, nodes, account, slots }) => ({
      address: toHex(address),
      accountProof: nodes.map(toHex),
      balance: toQuantity(account.balance),
      codeHash: toHex(account.codeHash),
      nonce: toQuantity(account.nonce),
      storageHash: toHex(account.storageRoot),
      storageProof: slots.map((slot) => ({
        key: toHex(slot.slot),
        value: toQuantity(slot.word),
        proof: slot.nodes.map(toHex),
      })),
    })),
  };
}

function toQuantity(bytes: Uint8Array): string {
  const digits = toHex(bytes).slice(2).replace(/^0+/, "");
  return `0x${digits === "" ? "0" : digits}`;
}

/**
 * Returns the root node that a proof names, `undefined` in a proof without account nodes, which is a proof of the empty trie.
 *
 * Req:    PROOF-STATE-108, PROOF-STATE-109, PROOF-STATE-111.
 * Errors: malformed when accounts begin with different nodes.
 */
export function namedTop(claims: readonly Claim[]): Uint8Array | undefined {
  const tops = claims.map(({ nodes: [top] }): Uint8Array | undefined => top);
  const [first] = tops;
  const other = tops.findIndex((top) =>
    top === undefined || first === undefined ? top !== first : !equalBytes(top, first),
  );
  if (other === -1) return first;
  throw new ProofError("malformed", `/accounts/${other} begins with another node than /accounts/0`, { index: other });
}

/** Req: PROOF-GEN-007. */
export function claimsSize(claims: readonly Claim[]): number {
  const nodes = allNodes(claims).reduce((sum, { length }) => sum + length, 0);
  return nodes + claims.reduce((sum, { slots }) => sum + 20 + 32 * slots.length, 0);
}
