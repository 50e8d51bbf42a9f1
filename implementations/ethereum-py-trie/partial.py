"""Partial tries of the library: a `HexaryTrie` over those nodes that there are."""

import rlp
from eth_hash.auto import keccak
from trie import HexaryTrie
from trie.exceptions import MissingTraversalNode


def open_trie(root, nodes):
    """Raises the library's exception for a root node that is not among them."""
    trie = HexaryTrie({keccak(node): node for node in nodes}, root)
    _ = trie.root_node
    return trie


def list_open_nodes(trie):
    """The RLP of every node that the library reaches from the root, without those that lie in their parents."""
    top = trie.root_node
    found, ahead = {rlp.encode(top.raw)} if top.raw else set(), [top]
    while ahead:
        node = ahead.pop()
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
            ahead.append(child)
    return list(found)
