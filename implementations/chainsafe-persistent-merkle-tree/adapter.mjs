/**
 * Tests @chainsafe/persistent-merkle-tree as `ssz`. The adapter translates requests and repairs nothing: the library builds a
 * tree from a proof, hashes it and reads nodes, and its exceptions are its verdicts.
 */
import * as pmt from "@chainsafe/persistent-merkle-tree";
import { Rejection, serve } from "proofhouse/adapter";
import { readSszRequest, writeSszProof } from "proofhouse/adapter/ssz-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { PROVE, treeOf } from "./prover.mjs";

const { compactMulti, multi, single } = pmt.ProofType;

/** Converts a proof from the interface's format to the library's. */
const DECODE = {
  compact: (bytes) => {
    // A descriptor byte for every four leaves; the library checks whether descriptor and leaves fit together.
    const leavesOffset = Math.ceil(bytes.length / (1 + 4 * 32));
    const leaves = [];
    for (let offset = leavesOffset; offset < bytes.length; offset += 32)
      leaves.push(bytes.subarray(offset, offset + 32));
    return { type: compactMulti, descriptor: bytes.subarray(0, leavesOffset), leaves };
  },
  offsets16: (bytes) => pmt.deserializeProof(bytes),
  // The library lists claims in descending order; its witnesses have the order of the interface's helpers.
  helpers: ({ gindices, leaves, helpers: witnesses }) =>
    gindices.length === 1 && leaves.length === 1
      ? { type: single, gindex: gindices[0], leaf: leaves[0], witnesses }
      : { type: multi, gindices: gindices.toReversed(), leaves: leaves.toReversed(), witnesses },
};

/** The classes of the library's exceptions. Any other exception is `internal`, and so is a stack overflow. */
const PROOF_ERRORS = [[/^(?!Maximum call stack)/, "malformed"]];
const REQUEST_ERRORS = [
  [/^Invalid gindex/, "invalid-argument"],
  [/found leaf|Invalid tree navigation|LeafNode has no/, "incomplete"],
];

function attempt(classes, step) {
  try {
    return step();
  } catch (error) {
    const known = error instanceof Rejection ? undefined : classes.find(([message]) => message.test(error.message));
    throw known === undefined ? error : new Rejection(known[1], `${error.name}: ${error.message}`);
  }
}

/** Returns the tree of a proof and its root. Reading the root makes the library hash the tree. */
function open({ encoding, proof }) {
  return attempt(PROOF_ERRORS, () => {
    const tree = pmt.createNodeFromProof(DECODE[encoding](proof));
    return { tree, root: toHex(tree.root) };
  });
}

const OPERATIONS = {
  "proof/root": (request) => ({ root: open(request).root }),
  "proof/get": (request) => {
    const { tree, root } = open(request);
    if (root !== request.root) throw new Rejection("invalid-proof", `the proof's root is ${root}`);
    return { values: attempt(REQUEST_ERRORS, () => request.keys.map((key) => toHex(pmt.getNode(tree, key).root))) };
  },
  "proof/prove": ({ encoding, entries, keys }) =>
    attempt(REQUEST_ERRORS, () => {
      const tree = treeOf(entries);
      return { root: toHex(tree.root), proof: writeSszProof(PROVE[encoding](tree, keys)) };
    }),
};

await serve({
  initialize: {
    protocol: 1,
    implementation: { name: "@chainsafe/persistent-merkle-tree", version: "1.3.1", language: "JavaScript" },
    capabilities: { proof: { ssz: { encodings: Object.keys(DECODE), operations: ["root", "get", "prove"] } } },
  },
  call: (method, params) => {
    if (!(method in OPERATIONS) || !(params.encoding in DECODE))
      throw new Rejection("unsupported", `${method} or its encoding is not declared`);
    return OPERATIONS[method](readSszRequest(method, params));
  },
});
