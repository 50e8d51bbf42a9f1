/**
 * `witness` and `preorder`: an RLP list of byte strings, each the RLP of a node.
 *
 * Req: PROOF-PATRICIA-020, PROOF-PATRICIA-021.
 */
import { ProofError } from "../../core/errors.ts";
import { decodeItems, decodeRlp, encodeList, encodeString } from "../../core/rlp.ts";

/** Errors: malformed. */
export function decodeNodeList(proof: Uint8Array): Uint8Array[] {
  const list = decodeRlp(proof, "the proof");
  if (!list.isList) throw new ProofError("malformed", "the proof is an RLP string, not a list");
  return decodeItems(list.payload, "the proof").map((item, index) => {
    if (item.isList) throw new ProofError("malformed", `item ${index} of the proof is a list, not a string`, { index });
    return item.payload;
  });
}

export function encodeNodeList(nodes: readonly Uint8Array[]): Uint8Array {
  return encodeList(nodes.map(encodeString));
}
