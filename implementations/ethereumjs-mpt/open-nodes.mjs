/** What the library finds in a partial trie. */
import { BranchMPTNode, ExtensionMPTNode } from "@ethereumjs/mpt";

/** The RLP of every node that the library finds from the root, without those that lie in their parents. */
export async function listOpenNodes(trie) {
  const nodes = [];
  const ahead = [trie.root()];
  while (ahead.length > 0) {
    const reference = ahead.pop();
    const node = await lookUp(trie, reference);
    if (node === undefined) continue;
    if (!Array.isArray(reference)) nodes.push(node.serialize());
    if (node instanceof BranchMPTNode) ahead.push(...node.getChildren().map(([, child]) => child));
    if (node instanceof ExtensionMPTNode) ahead.push(node.value());
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
