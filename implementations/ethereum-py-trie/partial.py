"""Partial tries of the library: a `HexaryTrie` over the nodes of a proof."""

import rlp
from eth_hash.auto import keccak
from trie import HexaryTrie
from trie.exceptions import MissingTraversalNode


def open_trie(root, nodes):
    """Raises the library's exception if the root node is missing."""
    trie = HexaryTrie({keccak(node): node for node in nodes}, root)
    _ = trie.root_node
    return trie


def list_open_nodes(trie):
    """Returns the RLP of every node that the library reaches from the root, without nodes embedded in their parents."""
    top = trie.root_node
    found, pending = {rlp.encode(top.raw)} if top.raw else set(), [top]
    while pending:
        node = pending.pop()
        for segment in node.sub_segments:
            try:
                child = trie.traverse_from(node, segment)
            except MissingTraversalNode:
                continue
            encoded = rlp.encode(child.raw)
            if encoded in found:
                continue
            if len(encoded) >= 32:
                found.add(encoded)
            pending.append(child)
    return list(found)
