"""
A stub of py-trie: every trie has the root in STUB_ROOT, an empty root node, and the same value at every key. Writes have no
effect. The stub has only what the adapter uses, and computes nothing.
"""

import os
from types import SimpleNamespace

ACCEPTED = bytes.fromhex(os.environ["STUB_ROOT"][2:])
VALUE = b"stub"


class HexaryTrie:
    root_hash = ACCEPTED
    root_node = SimpleNamespace(raw=b"", sub_segments=())

    def __init__(self, *_):
        pass

    @classmethod
    def get_from_proof(cls, *_):
        return VALUE

    def get(self, _):
        return VALUE

    def get_proof(self, _):
        return ()

    def set(self, *_):
        pass

    def delete(self, _):
        pass
