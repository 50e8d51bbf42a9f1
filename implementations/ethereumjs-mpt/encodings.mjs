/** Converts the encodings of proofs to and from the library's lists of nodes. In `eip1186` a list begins with the root node. */
import { RLP } from "@ethereumjs/rlp";
import { Rejection } from "proofhouse/adapter";
import { writeClaims } from "proofhouse/adapter/patricia-request.js";
import { compareBytes, toHex } from "proofhouse/adapter/values.js";

function readWitness(proof) {
  let nodes;
  try {
    nodes = RLP.decode(proof);
  } catch (error) {
    throw new Rejection("malformed", `the proof is not RLP: ${error.message}`);
  }
  if (Array.isArray(nodes) && !nodes.some(Array.isArray)) return [nodes];
  throw new Rejection("malformed", "the proof is not a list of strings");
}

function writeWitness(lists) {
  const nodes = [...new Map(lists.flat().map((node) => [toHex(node), node])).values()];
  return toHex(RLP.encode(nodes.sort(compareBytes)));
}

export const ENCODINGS = {
  witness: { namesKeys: false, listsOf: readWitness, write: writeWitness },
  eip1186: {
    namesKeys: true,
    listsOf: (claims) => claims.map(({ nodes }) => nodes),
    write: (lists, keys) => writeClaims(lists.map((nodes, index) => ({ key: keys[index], nodes }))),
  },
};
