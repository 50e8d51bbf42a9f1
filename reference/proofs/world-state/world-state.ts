/**
 * `state`: the world state of Ethereum, a Merkle Patricia trie of accounts with a trie of storage for each account.
 *
 * Source: Ethereum yellow paper, section 4.1; EIP-1186.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import type { EncodedProof, ProofBackend, ProofContext } from "../backend.ts";
import type { Node } from "../hexary-trie/node.ts";
import { EMPTY_ROOT, trieDepth } from "../hexary-trie/open-trie.ts";
import { runScript } from "../transact.ts";
import { DraftState, type Write, writeBatch } from "./draft-state.ts";
import { checkSize, type Decoded, decodeProof, encodingOf, FORMS } from "./encodings.ts";
import { badWrite, type DeletedKey, type KeyReader, keyReader, type ReadKey, type StateKey, toValue } from "./keys.ts";
import { lookUp, storageOf } from "./look-up.ts";
import { checkCanonicalState, EMPTY_STATE, type OpenState } from "./open-state.ts";

export const state: ProofBackend = {
  name: "state",
  keyForm: "bytes",
  encodings: FORMS,
  /** Req: PROOF-STATE-051. */
  options: [],
  deletes: true,

  /**
   * Computes the root that a proof implies.
   *
   * Req:    PROOF-STATE-080, PROOF-STATE-108, PROOF-STATE-109, PROOF-STATE-110, PROOF-STATE-111.
   * Errors: unsupported for a witness, which does not identify the root node; errors of `open`.
   */
  root(context, proof) {
    const decoded = decodeProof(encodingOf(context.encoding), proof);
    const top = decoded.namedTop();
    const root = top === undefined ? EMPTY_ROOT : context.hasher.keccak256(top);
    verify(context, root, decoded, keyReader(context.hasher), top);
    return root;
  },

  /**
   * Reads values through a proof.
   *
   * Req:    PROOF-GEN-003, PROOF-STATE-004, PROOF-STATE-005, PROOF-STATE-006, PROOF-STATE-007, PROOF-STATE-106, PROOF-STATE-146, PROOF-STATE-147.
   * Output: `values[i]` is the value of `keys[i]`, or `null` when the key is proven absent.
   * Errors: invalid-argument; errors of `open`; then incomplete for the first key that the proof does not decide.
   * Cost:   the cost of `open`, and a hash for each address and slot of the keys.
   */
  get(context, root, proof, keys) {
    const toKey = keyReader(context.hasher);
    const asked = keys.map(toKey);
    const { opened } = open(context, root, proof, toKey);
    return asked.map((key) => lookUp(opened, key));
  },

  /**
   * Builds the smallest proof of some keys of a whole state.
   *
   * Req:    PROOF-STATE-042, PROOF-STATE-043, PROOF-STATE-044, PROOF-STATE-118, PROOF-STATE-119, PROOF-STATE-120, PROOF-STATE-122, PROOF-STATE-123.
   * Errors: invalid-argument; limit-exceeded.
   * Cost:   a hash for each hashed node of all tries, each code, and each address and slot.
   */
  prove(context, entries, keys, deletes) {
    const encoding = encodingOf(context.encoding);
    const toKey = keyReader(context.hasher);
    const writes = entries.map(([key, value]) => writeOf(toKey(key), value));
    const asked = keys.map((key) => toReadKey(toKey(key)));
    const deleted = deletes.map((key) => toDeletedKey(toKey(key)));
    encoding.checkAsked(asked, deleted);
    const whole = writeBatch(EMPTY_STATE, writes, context.hasher);
    return { root: whole.accounts.root, proof: checkSize(encoding, encoding.prove(whole, asked, deleted)) };
  },

  /**
   * Writes a batch.
   *
   * Req:    PROOF-STATE-040, PROOF-STATE-041, PROOF-STATE-045, PROOF-STATE-046, PROOF-STATE-137.
   * Output: the new root, and the proof of the new nodes and the old open nodes.
   * Errors: invalid-argument; errors of `openToWrite`; incomplete; limit-exceeded.
   */
  update(context, root, proof, writes) {
    const encoding = encodingOf(context.encoding);
    const toKey = keyReader(context.hasher);
    const batch = writes.map(([key, value]) => writeOf(toKey(key), value));
    const { decoded, opened } = openToWrite(context, root, proof, toKey);
    const written = writeBatch(opened, batch, context.hasher);
    const claimed = [...decoded.claimed(toKey), ...batch.map(({ key }) => key)];
    return { root: written.accounts.root, proof: checkSize(encoding, encoding.encode(written, claimed)) };
  },

  /** Req: PROOF-STATE-047, PROOF-STATE-144, PROOF-STATE-145. Errors: invalid-argument; errors of `openToWrite` and of the steps. */
  transact(context, root, proof, steps) {
    const { hasher } = context;
    const toKey = keyReader(hasher);
    const hash = (message: Uint8Array): Bytes32 => hasher.keccak256(message);
    return runScript(steps, { toKey, toValue }, () => {
      return new DraftState(openToWrite(context, root, proof, toKey).opened, { node: hash, code: hash });
    });
  },

  /** Req: PROOF-GEN-007. Errors: those of `open`. */
  cost(context, root, proof) {
    const { decoded, opened } = open(context, root, proof, keyReader(context.hasher));
    const { hashes, size, nodes } = decoded;
    return { hashes, bytes: size, nodes, depth: deepest(opened) };
  },
};

/** A verified proof. */
interface Opened {
  readonly decoded: Decoded;
  readonly opened: OpenState;
}

/**
 * Decodes and verifies a proof, before a method looks at a key.
 *
 * Req:    PROOF-GEN-002, PROOF-STATE-003, PROOF-STATE-010, PROOF-STATE-011, PROOF-STATE-076.
 * Errors: malformed, limit-exceeded, invalid-proof, incomplete; in the strict profile non-canonical.
 * Cost:   a hash for each different node, code and header; in `eip1186` one for each claimed account and slot.
 */
function open(context: ProofContext, root: Bytes32, proof: EncodedProof, toKey: KeyReader): Opened {
  return verify(context, root, decodeProof(encodingOf(context.encoding), proof), toKey);
}

/** Input: `top` as for `verifyNodes`. */
function verify(context: ProofContext, root: Bytes32, decoded: Decoded, toKey: KeyReader, top?: Uint8Array): Opened {
  const opened = decoded.verify(root, context.hasher, toKey, top);
  if (context.isStrict) {
    checkCanonicalState(opened);
    decoded.checkCanonical(opened, toKey);
  }
  return { decoded, opened };
}

/** Opens a proof for writes. Req: PROOF-STATE-012, PROOF-STATE-078. Errors: those of `open`; non-canonical in both profiles. */
function openToWrite(context: ProofContext, root: Bytes32, proof: EncodedProof, toKey: KeyReader): Opened {
  const opened = open(context, root, proof, toKey);
  // The strict profile has checked this already.
  if (!context.isStrict) checkCanonicalState(opened.opened);
  return opened;
}

/** Req: PROOF-STATE-122. Errors: invalid-argument. */
function toReadKey(key: StateKey): ReadKey {
  if (key.kind === "ancestor") throw badWrite(key, "entries do not determine blocks");
  return key;
}

/** Req: PROOF-STATE-043. Errors: invalid-argument. */
function toDeletedKey(key: StateKey): DeletedKey {
  if (key.kind === "account" || key.kind === "slot") return key;
  throw badWrite(key, "only accounts and slots can be deleted");
}

function writeOf(key: StateKey, value: Uint8Array | null): Write {
  // `toValue` has rejected ancestors.
  return { value: toValue(value, key), key: key as ReadKey };
}

function deepest(opened: OpenState): number {
  const below = new Map<Node, number>();
  return opened.held.reduce((depth, account) => {
    const { top } = storageOf(opened, account);
    return top instanceof Uint8Array ? depth : Math.max(depth, trieDepth({ top }, below));
  }, trieDepth(opened.accounts));
}
