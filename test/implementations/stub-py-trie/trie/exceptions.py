"""The exceptions that the adapter handles. The stub raises none."""


class MissingTrieNode(Exception):
    pass


class MissingTraversalNode(Exception):
    pass


class BadTrieProof(Exception):
    pass


class InvalidNode(Exception):
    pass


class ValidationError(Exception):
    pass
