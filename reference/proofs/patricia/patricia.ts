/**
 * `patricia`: the Merkle Patricia trie of Ethereum under Keccak-256, plain and secure.
 *
 * Source: Ethereum yellow paper, appendix D.
 */
import { type Bytes32, sortedDistinct } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import type { ConvertContext, EncodedProof, ProofContext, RawKey, SessionBackend } from "../backend.ts";
import { checkCanonicalNodes } from "../hexary-trie/canonical.ts";
import { knownIn, verifyNodes } from "../hexary-trie/known-nodes.ts";
import { pruneToPaths } from "../hexary-trie/minimal.ts";
import { EMPTY_ROOT, EMPTY_TRIE, type OpenTrie, openTrie, trieDepth } from "../hexary-trie/open-trie.ts";
import { runScript, type ScriptTerms, withTerms } from "../transact.ts";
import {
  checkCanonicalLists,
  decodeProof,
  type Encoding,
  encodeProof,
  encodingOf,
  FORMS,
  type NodeList,
  namedTop,
  proofSize,
} from "./encodings.ts";
import { type Key, type KeyReader, keyReader, toValue } from "./keys.ts";
import { lookUp } from "./look-up.ts";
import { OpenProof, type Write, writeBatch } from "./update.ts";

export const patricia: SessionBackend = {
  name: "patricia",
  keyForm: "bytes",
  encodings: FORMS,
  // The dispatcher rejects other options, and a `secure` that is not a boolean: PROOF-PATRICIA-040, PROOF-PATRICIA-041.
  options: ["secure"],
  deletes: true,

  /**
   * The root that a proof names: the hash of its first node.
   *
   * Req:    PROOF-PATRICIA-065, PROOF-PATRICIA-066, PROOF-PATRICIA-071, PROOF-PATRICIA-072.
   * Errors: those of `namedTop` and of `open`.
   */
  root(context, proof) {
    const encoding = encodingOf(context.encoding);
    const lists = decodeProof(encoding, proof);
    const top = namedTop(encoding, lists);
    const root = top === undefined ? EMPTY_ROOT : context.hasher.keccak256(top);
    verify(context, encoding, root, lists, top);
    return root;
  },

  /**
   * Reads values through a proof.
   *
   * Req:    PROOF-GEN-003, PROOF-PATRICIA-005, PROOF-PATRICIA-006, PROOF-PATRICIA-049, PROOF-PATRICIA-050.
   * Output: `values[i]` is the value of `keys[i]`, or `null` when `keys[i]` is proven absent.
   * Errors: those of `open`; then incomplete, for the first key that the proof does not decide.
   * Cost:   that of `open`; in a secure trie, one hash for each key.
   */
  get(context, root, proof, keys) {
    const asked = keys.map(keyReaderOf(context));
    const { trie } = open(context, encodingOf(context.encoding), root, proof);
    return asked.map((key) => lookUp(trie, key));
  },

  /**
   * Builds the smallest proof of some keys of a whole map.
   *
   * Req:    PROOF-PATRICIA-023, PROOF-PATRICIA-030, PROOF-PATRICIA-077, PROOF-PATRICIA-078, PROOF-PATRICIA-079, PROOF-PATRICIA-081,
   *         PROOF-PATRICIA-082.
   * Errors: invalid-argument; limit-exceeded.
   * Cost:   one hash for each hashed node of the whole trie; in a secure trie, one for each entry and each key.
   */
  prove(context, entries, keys, deletes) {
    const encoding = encodingOf(context.encoding);
    checkNamed(encoding, keys, deletes);
    const toKey = keyReaderOf(context);
    const writes = entries.map(([key, value]) => writeOf(toKey(key), value));
    const [asked, deleted] = [keys.map(toKey), deletes.map(toKey)];
    const whole = writeBatch(EMPTY_TRIE, writes, context.hasher);
    const proof = encodeProof(encoding, pruneToPaths(whole, asked, deleted), asked);
    return { root: whole.root, proof };
  },

  /**
   * Writes the open nodes of a proof in another encoding.
   *
   * Req:    PROOF-PATRICIA-023, PROOF-PATRICIA-038, PROOF-PATRICIA-073, PROOF-PATRICIA-096, PROOF-PATRICIA-097, PROOF-PATRICIA-098,
   *         PROOF-PATRICIA-099.
   * Errors: invalid-argument for keys that `to` does not use, or without keys that it needs; those of `open`; incomplete;
   *         limit-exceeded.
   */
  convert(context, from, to, root, proof, keys) {
    const target = encodingOf(to);
    const named = keys ?? [];
    if (target.namesKeys ? named.length === 0 : keys !== undefined) {
      const fault = target.namesKeys ? "keys are needed" : "keys are not used";
      throw new ProofError("invalid-argument", `${fault} to convert to ${to}`);
    }
    const asked = named.map(keyReaderOf(context));
    return encodeProof(target, open(context, encodingOf(from), root, proof).trie, asked);
  },

  /**
   * Writes a batch; the last write of a key counts.
   *
   * Req:    PROOF-PATRICIA-032, PROOF-PATRICIA-033, PROOF-PATRICIA-075, PROOF-PATRICIA-076, PROOF-PATRICIA-085.
   * Output: the new root, and the proof of the nodes that were open before and of the new nodes.
   * Errors: invalid-argument; those of `openToWrite`; incomplete; limit-exceeded.
   */
  update(context, root, proof, writes) {
    const toKey = keyReaderOf(context);
    const batch = writes.map(([key, value]) => writeOf(toKey(key), value));
    const opened = openToWrite(context, root, proof);
    const written = writeBatch(opened.trie, batch, context.hasher);
    const named = [...namedKeys(context, opened), ...batch.map(({ key }) => key)];
    return { root: written.root, proof: encodeProof(encodingOf(context.encoding), written, named) };
  },

  /**
   * Runs a script.
   *
   * Req:    PROOF-PATRICIA-035, PROOF-PATRICIA-091, PROOF-PATRICIA-092.
   * Errors: invalid-argument; those of `openToWrite` and of the script.
   */
  transact(context, root, proof, steps) {
    return runScript(steps, termsOf(context), () => {
      return new OpenProof(openToWrite(context, root, proof).trie, context.hasher);
    });
  },

  /** Errors: those of `openToWrite`. */
  open(context, root, proof) {
    return withTerms(termsOf(context), new OpenProof(openToWrite(context, root, proof).trie, context.hasher));
  },

  /**
   * Returns one proof of all nodes that the proofs open.
   *
   * Req:    PROOF-PATRICIA-036, PROOF-PATRICIA-075, PROOF-PATRICIA-076, PROOF-PATRICIA-093, PROOF-PATRICIA-094.
   * Errors: invalid-argument for an empty list of proofs; those of `open`; incomplete; limit-exceeded.
   */
  merge(context, root, proofs) {
    if (proofs.length === 0) throw new ProofError("invalid-argument", "there is no proof to merge");
    const encoding = encodingOf(context.encoding);
    const opened = proofs.map((proof) => open(context, encoding, root, proof));
    const union = openTrie(root, knownIn(opened.map(({ trie }) => trie)));
    const named = opened.flatMap((one) => namedKeys(context, one));
    return encodeProof(encoding, union, named);
  },

  /**
   * Takes the smallest proof of some keys out of a larger proof.
   *
   * Req:    PROOF-PATRICIA-023, PROOF-PATRICIA-037, PROOF-PATRICIA-081, PROOF-PATRICIA-082, PROOF-PATRICIA-095.
   * Errors: invalid-argument; those of `open`, or of `openToWrite` when `deletes` is not empty; incomplete.
   */
  extract(context, root, proof, keys, deletes) {
    const encoding = encodingOf(context.encoding);
    checkNamed(encoding, keys, deletes);
    const toKey = keyReaderOf(context);
    const [asked, deleted] = [keys.map(toKey), deletes.map(toKey)];
    const { trie } = deletes.length > 0 ? openToWrite(context, root, proof) : open(context, encoding, root, proof);
    return encodeProof(encoding, pruneToPaths(trie, asked, deleted), asked);
  },

  /** Req: PROOF-GEN-007. Errors: those of `open`. */
  cost(context, root, proof) {
    const { lists, different, trie } = open(context, encodingOf(context.encoding), root, proof);
    return { hashes: different, bytes: proofSize(proof, lists), nodes: different, depth: trieDepth(trie) };
  },
};

/** A proof that has been verified. */
interface Opened {
  readonly lists: readonly NodeList[];
  /** The number of different nodes in the lists. */
  readonly different: number;
  readonly trie: OpenTrie;
  /** The keys of the lists, if verification needed them. */
  readonly named: readonly Key[] | undefined;
}

/**
 * Verifies a proof, as every method does before it looks up a key.
 *
 * Req:    PROOF-GEN-002, PROOF-PATRICIA-004, PROOF-PATRICIA-010, PROOF-PATRICIA-011, PROOF-PATRICIA-059, PROOF-PATRICIA-062,
 *         PROOF-PATRICIA-063, PROOF-PATRICIA-070.
 * Errors: malformed, limit-exceeded, invalid-proof, incomplete; in the strict profile non-canonical.
 * Cost:   one hash for each different node of the proof; in the strict profile of a secure trie, also one for each key in the proof.
 */
function open(context: ConvertContext, encoding: Encoding, root: Bytes32, proof: EncodedProof): Opened {
  return verify(context, encoding, root, decodeProof(encoding, proof));
}

/** Input: `top` as for `verifyNodes`. */
function verify(
  context: ConvertContext,
  encoding: Encoding,
  root: Bytes32,
  lists: readonly NodeList[],
  top?: Uint8Array,
): Opened {
  const listed = lists.flatMap(({ nodes }) => nodes);
  checkLimit("nodes of the proof", listed.length, MAX_TREE_NODES);
  const nodes = sortedDistinct(listed);
  const opened = { lists, different: nodes.length, trie: verifyNodes(nodes, root, context.hasher, top) };
  if (!context.isStrict) return { ...opened, named: undefined };
  checkCanonicalNodes(opened.trie);
  const named = toKeys(context, lists);
  checkCanonicalLists(lists, encoding.list(opened.trie, named));
  return { ...opened, named };
}

/**
 * Verifies a proof and requires canonical nodes, because a write into other nodes has no defined result.
 *
 * Req:    PROOF-PATRICIA-012, PROOF-PATRICIA-064.
 * Errors: those of `open`; non-canonical, in both profiles.
 */
function openToWrite(context: ProofContext, root: Bytes32, proof: EncodedProof): Opened {
  const opened = open(context, encodingOf(context.encoding), root, proof);
  // In the strict profile `open` has checked the nodes.
  if (!context.isStrict) checkCanonicalNodes(opened.trie);
  return opened;
}

function keyReaderOf({ hasher, secure = false }: ConvertContext): KeyReader {
  return keyReader(secure, hasher);
}

/** The keys in a proof. Cost: one hash for each key of a secure trie, unless verification has computed it. */
function namedKeys(context: ConvertContext, { lists, named }: Opened): readonly Key[] {
  return named ?? toKeys(context, lists);
}

function toKeys(context: ConvertContext, lists: readonly NodeList[]): Key[] {
  const toKey = keyReaderOf(context);
  return lists.flatMap(({ key }) => (key === undefined ? [] : [toKey(key)]));
}

function writeOf(key: Key, value: Uint8Array | null): Write {
  return { key, value: toValue(value, key) };
}

function termsOf(context: ProofContext): ScriptTerms<Key, Uint8Array | null> {
  return { toKey: keyReaderOf(context), toValue };
}

/**
 * Rejects a request that the encoding cannot express.
 *
 * Req:    PROOF-PATRICIA-073, PROOF-PATRICIA-074.
 * Errors: invalid-argument.
 */
function checkNamed(encoding: Encoding, keys: readonly RawKey[], deletes: readonly RawKey[]): void {
  if (!encoding.namesKeys) return;
  if (keys.length === 0)
    throw new ProofError("invalid-argument", "keys is empty; expected at least one key for eip1186");
  if (deletes.length === 0) return;
  throw new ProofError(
    "invalid-argument",
    "deletes is not empty; an eip1186 proof cannot hold the siblings that deletions need",
  );
}
