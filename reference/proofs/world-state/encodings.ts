/** The two encodings behind one interface. */
import type { Bytes32 } from "../../core/bytes.ts";
import { sortedDistinct } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { checkLimit, MAX_PROOF_BYTES, MAX_TREE_NODES } from "../../core/limits.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { allNodes, type Claim, checkCanonicalClaims, checkStated, claimedKeys, claimKeys } from "./claims.ts";
import { claimsSize, decodeClaims, EIP1186_FORM, encodeClaims, namedTop } from "./eip1186.ts";
import { NO_HEADERS } from "./headers.ts";
import { type DeletedKey, isCodeKey, type KeyReader, type ReadKey } from "./keys.ts";
import { neededOf } from "./minimal.ts";
import { type OpenState, verifyState } from "./open-state.ts";
import {
  checkCanonicalWitness,
  decodeWitness,
  encodeWitness,
  verifyWitness,
  WITNESS_FORM,
  witnessOf,
  witnessSize,
} from "./witness.ts";

/** A parsed proof. */
export interface Decoded {
  /** The number of bytes, as `cost` counts them. */
  readonly size: number;
  /** The number of different nodes. */
  readonly nodes: number;
  /** The number of hash function calls of one verification. */
  readonly hashes: number;
  /** Returns the keys that the proof claims. */
  claimed(toKey: KeyReader): readonly ReadKey[];
  /**
   * Returns the root node that the proof names, `undefined` in a proof of the empty trie.
   *
   * Errors: unsupported when the encoding names none; malformed.
   */
  namedTop(): Uint8Array | undefined;
  /** Input: `top` as for `verifyNodes`. Errors: malformed; limit-exceeded; invalid-proof; incomplete. */
  verify(root: Bytes32, hasher: NodeHasher, toKey: KeyReader, top?: Uint8Array): OpenState;
  /** Req: PROOF-STATE-076. Input: the result of `verify`. Errors: non-canonical. */
  checkCanonical(state: OpenState, toKey: KeyReader): void;
}

export interface Encoding {
  readonly form: ProofForm;
  /** Errors: malformed; limit-exceeded. */
  decode(proof: EncodedProof): Decoded;
  /** Errors: invalid-argument for what the encoding cannot hold. */
  checkAsked(keys: readonly ReadKey[], deletes: readonly DeletedKey[]): void;
  /** Returns the smallest proof of some keys of a whole state. */
  prove(state: OpenState, keys: readonly ReadKey[], deletes: readonly DeletedKey[]): EncodedProof;
  /** Returns the proof of the open nodes; when the encoding claims keys, the proof of `claimed`. Errors: incomplete. */
  encode(state: OpenState, claimed: readonly ReadKey[]): EncodedProof;
}

const witness: Encoding = {
  form: WITNESS_FORM,
  decode(proof) {
    const given = decodeWitness(proof);
    const different = { ...given, state: differentNodes(given.state), codes: sortedDistinct(given.codes) };
    return {
      size: witnessSize(given),
      nodes: different.state.length,
      // Two headers of a chain are never equal.
      hashes: different.state.length + different.codes.length + given.headers.length,
      claimed: () => [],
      /** Req: PROOF-STATE-080. */
      namedTop() {
        throw new ProofError("unsupported", "a witness is a set of nodes and does not say which node is the root");
      },
      verify: (root, hasher) => verifyWitness(different, root, hasher),
      checkCanonical: (state) => checkCanonicalWitness(given, state),
    };
  },
  checkAsked() {},
  prove(state, keys, deletes) {
    const { nodes, codes } = neededOf(state, keys, deletes);
    return encodeWitness({
      state: sortedDistinct(nodes.map(({ rlp }) => rlp)),
      codes: sortedDistinct(codes),
      headers: [],
    });
  },
  encode: (state) => encodeWitness(witnessOf(state)),
};

const eip1186: Encoding = {
  form: EIP1186_FORM,
  decode(proof) {
    const claims: readonly Claim[] = decodeClaims(proof);
    const nodes = differentNodes(allNodes(claims));
    return {
      size: claimsSize(claims),
      nodes: nodes.length,
      hashes: nodes.length + claims.reduce((sum, { slots }) => sum + 1 + slots.length, 0),
      claimed: (toKey) => claimedKeys(claims, toKey),
      namedTop: () => namedTop(claims),
      /** Opens one set of all nodes, without codes and headers. Req: PROOF-STATE-003, PROOF-STATE-035, PROOF-STATE-105, PROOF-STATE-107. */
      verify(root, hasher, toKey, top) {
        const state = verifyState(nodes, root, hasher, new HashMap(), NO_HEADERS, top);
        checkStated(claims, state, toKey);
        return state;
      },
      checkCanonical(state, toKey) {
        checkCanonicalClaims(claims, claimKeys(state, claimedKeys(claims, toKey)));
      },
    };
  },
  /** Req: PROOF-STATE-127, PROOF-STATE-128, PROOF-STATE-129. */
  checkAsked(keys, deletes) {
    if (keys.length === 0) throw new ProofError("invalid-argument", "an eip1186 proof has at least one account");
    if (deletes.length > 0) {
      throw new ProofError(
        "invalid-argument",
        "an eip1186 proof cannot hold the nodes that deletions need besides the paths",
      );
    }
    const code = keys.find(isCodeKey);
    if (code === undefined) return;
    throw new ProofError("invalid-argument", "an eip1186 proof cannot hold a code", { key: code.address.name });
  },
  prove: (state, keys) => encodeClaims(claimKeys(state, keys)),
  /** Req: PROOF-STATE-036, PROOF-STATE-137. */
  encode: (state, claimed) => encodeClaims(claimKeys(state, claimed)),
};

/** Returns each node of a proof once. Errors: limit-exceeded. */
function differentNodes(listed: readonly Uint8Array[]): Uint8Array[] {
  checkLimit("nodes of the proof", listed.length, MAX_TREE_NODES);
  return sortedDistinct(listed);
}

/** The first encoding is canonical. */
const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ["witness", witness],
  ["eip1186", eip1186],
]);

/** The forms by which the wire checks a proof. Req: PROOF-STATE-020, PROOF-STATE-079. */
export const FORMS: ReadonlyMap<string, ProofForm> = new Map([...ENCODINGS].map(([name, { form }]) => [name, form]));

export function encodingOf(name: string): Encoding {
  const encoding = ENCODINGS.get(name);
  if (encoding !== undefined) return encoding;
  throw new ProofError("unsupported", `state has no encoding "${name}"`, { encoding: name });
}

/** Errors: malformed; limit-exceeded for more than 2^22 nodes or 64 MiB. */
export function decodeProof(encoding: Encoding, proof: EncodedProof): Decoded {
  const decoded = encoding.decode(proof);
  checkLimit("bytes of the proof", decoded.size, MAX_PROOF_BYTES);
  return decoded;
}

/** Errors: limit-exceeded. */
export function checkSize(encoding: Encoding, proof: EncodedProof): EncodedProof {
  decodeProof(encoding, proof);
  return proof;
}
