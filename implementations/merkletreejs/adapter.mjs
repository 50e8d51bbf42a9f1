/**
 * `ssz`, `helpers` by merkletreejs. It translates and repairs nothing: the library verifies and proves, and what it
 * throws on a proof is its verdict.
 */
import { createHash } from "node:crypto";
import { MerkleTree } from "merkletreejs";
import { Rejection, serve } from "proofhouse/adapter";
import { readSszRequest } from "proofhouse/adapter/ssz-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { depthOf, toLeafIndices } from "./leaf-indices.mjs";
import { prove } from "./prover.mjs";
import { UNSUPPORTED } from "./unsupported.mjs";

/** Nodes are SHA-256 of the plain concatenation: leaves are not hashed, pairs not sorted, unless the library is told to. */
const OPTIONS = [(bytes) => createHash("sha256").update(bytes).digest(), { complete: true }];

/**
 * The library verifies by a tree, of which it looks at the depth alone: at one that is a power of two it takes helpers
 * from the highest generalized index down, as ours are, at another one in another order. A verifier has no tree, so it
 * gets one of depth 1.
 */
const VERIFIER = new MerkleTree([Buffer.alloc(32), Buffer.alloc(32)], ...OPTIONS);

const toBuffers = (nodes) => nodes.map((node) => Buffer.from(node));

function isVerified({ root, proof: { gindices, leaves, helpers } }) {
  const depth = depthOf(gindices);
  const indices = toLeafIndices(gindices, depth);
  try {
    return VERIFIER.verifyMultiProof(root, indices, toBuffers(leaves), 2 ** depth, toBuffers(helpers));
  } catch (error) {
    throw new Rejection("malformed", `${error.name}: ${error.message}`);
  }
}

/** Answers for claimed keys, once the library has verified the proof. It tells of no other node. */
function get(request) {
  const { gindices, leaves } = request.proof;
  if (!isVerified(request)) throw new Rejection("invalid-proof", "the library does not verify it");
  const values = request.keys.map((key) => {
    const claim = gindices.indexOf(key);
    if (key === 0n) throw new Rejection("invalid-argument", "generalized index 0 is below 1, the root");
    if (claim < 0) throw new Rejection("incomplete", `0x${key.toString(16)} is not claimed`);
    return toHex(leaves[claim]);
  });
  return { values };
}

const OPERATIONS = { "proof/get": get, "proof/prove": (request) => prove(request, OPTIONS) };

await serve({
  initialize: {
    protocol: 1,
    implementation: { name: "merkletreejs", version: "0.6.0", language: "JavaScript" },
    capabilities: { proof: { ssz: { encodings: ["helpers"], operations: ["get", "prove"] } } },
    unsupported: UNSUPPORTED,
  },
  call: (method, params) => {
    if (!(method in OPERATIONS) || params.encoding !== "helpers") throw new Rejection("unsupported", "not declared");
    return OPERATIONS[method](readSszRequest(method, params));
  },
});
