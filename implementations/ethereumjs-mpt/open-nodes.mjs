/** Lists the known nodes of a partial trie. */
import { BranchMPTNode, ExtensionMPTNode } from "@ethereumjs/mpt";

/** Returns the RLP of every node that the library finds from the root, without nodes embedded in their parents. */
export async function listOpenNodes(trie) {
  const nodes = [];
  const pending = [trie.root()];
  while (pending.length > 0) {
    const reference = pending.pop();
    const node = await lookUp(trie, reference);
    if (node === undefined) continue;
    if (!Array.isArray(reference)) nodes.push(node.serialize());
    if (node instanceof BranchMPTNode) pending.push(...node.getChildren().map(([, child]) => child));
    if (node instanceof ExtensionMPTNode) pending.push(node.value());
  }
  return nodes;
}

async function lookUp(trie, reference) {
  try {
    return await trie.lookupNode(reference);
  } catch (error) {
    if (error.message === "Missing node in DB") return undefined;
    throw error;
  }
}
