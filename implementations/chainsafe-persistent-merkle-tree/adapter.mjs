/**
 * `ssz` by @chainsafe/persistent-merkle-tree. It translates and repairs nothing: the library makes a tree of a proof,
 * hashes it and looks nodes up; what it throws on the way is its verdict.
 */
import * as pmt from "@chainsafe/persistent-merkle-tree";
import { Rejection, serve } from "proofhouse/adapter";
import { readSszRequest, writeSszProof } from "proofhouse/adapter/ssz-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { PROVE, treeOf } from "./prover.mjs";

const { compactMulti, multi, single } = pmt.ProofType;

/** From a proof in our form to one in the library's. */
const DECODE = {
  compact: (bytes) => {
    // A descriptor byte for every four leaves; whether descriptor and leaves fit together is for the library to say.
    const leavesAt = Math.ceil(bytes.length / (1 + 4 * 32));
    const leaves = [];
    for (let at = leavesAt; at < bytes.length; at += 32) leaves.push(bytes.subarray(at, at + 32));
    return { type: compactMulti, descriptor: bytes.subarray(0, leavesAt), leaves };
  },
  offsets16: (bytes) => pmt.deserializeProof(bytes),
  // The library lists claims from the highest gindex down; its witnesses are in the order of our helpers.
  helpers: ({ gindices, leaves, helpers: witnesses }) =>
    gindices.length === 1 && leaves.length === 1
      ? { type: single, gindex: gindices[0], leaf: leaves[0], witnesses }
      : { type: multi, gindices: gindices.toReversed(), leaves: leaves.toReversed(), witnesses },
};

/** What the library's exceptions mean. One that is not listed is no verdict but `internal`; so is running out of stack. */
const ON_PROOF = [[/^(?!Maximum call stack)/, "malformed"]];
const ON_REQUEST = [
  [/^Invalid gindex/, "invalid-argument"],
  [/found leaf|Invalid tree navigation|LeafNode has no/, "incomplete"],
];

function attempt(meanings, step) {
  try {
    return step();
  } catch (error) {
    const meaning = error instanceof Rejection ? undefined : meanings.find(([message]) => message.test(error.message));
    throw meaning === undefined ? error : new Rejection(meaning[1], `${error.name}: ${error.message}`);
  }
}

/** The tree that a proof stands for, and its root, at which the library hashes. */
function open({ encoding, proof }) {
  return attempt(ON_PROOF, () => {
    const tree = pmt.createNodeFromProof(DECODE[encoding](proof));
    return { tree, root: toHex(tree.root) };
  });
}

const OPERATIONS = {
  "proof/root": (request) => ({ root: open(request).root }),
  "proof/get": (request) => {
    const { tree, root } = open(request);
    if (root !== request.root) throw new Rejection("invalid-proof", `the proof's root is ${root}`);
    return { values: attempt(ON_REQUEST, () => request.keys.map((key) => toHex(pmt.getNode(tree, key).root))) };
  },
  "proof/prove": ({ encoding, entries, keys }) =>
    attempt(ON_REQUEST, () => {
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
    if (!(method in OPERATIONS) || !(params.encoding in DECODE)) throw new Rejection("unsupported", "not declared");
    return OPERATIONS[method](readSszRequest(method, params));
  },
});
