/**
 * Tests merkletreejs as `ssz` in the encoding `helpers`. The adapter translates requests and repairs nothing: the library
 * verifies and proves, and its exceptions on a proof are its verdicts.
 */
import { createHash } from "node:crypto";
import { MerkleTree } from "merkletreejs";
import { Rejection, serve } from "proofhouse/adapter";
import { readSszRequest } from "proofhouse/adapter/ssz-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { depthOf, toLeafIndices } from "./leaf-indices.mjs";
import { prove } from "./prover.mjs";
import { UNSUPPORTED } from "./unsupported.mjs";

/** Nodes are SHA-256 of the concatenation of their children. By default the library neither hashes leaves nor sorts pairs. */
const OPTIONS = [(bytes) => createHash("sha256").update(bytes).digest(), { complete: true }];

/**
 * The library verifies with a tree, of which it uses only the depth. If the depth is a power of two, it reads helpers in
 * descending order of generalized index, as the interface does; otherwise in another order. A verifier has no tree, so that the
 * adapter passes one of depth 1.
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

/** Returns the values of claimed keys once the library has verified the proof. It returns no other node. */
function get(request) {
  const { gindices, leaves } = request.proof;
  if (!isVerified(request)) throw new Rejection("invalid-proof", "the library rejects the proof");
  const values = request.keys.map((key) => {
    const claim = gindices.indexOf(key);
    if (key === 0n) throw new Rejection("invalid-argument", "generalized index 0 is invalid; the root has index 1");
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
    if (!(method in OPERATIONS) || params.encoding !== "helpers")
      throw new Rejection("unsupported", `${method} or its encoding is not declared`);
    return OPERATIONS[method](readSszRequest(method, params));
  },
});
