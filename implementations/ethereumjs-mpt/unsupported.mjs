/** Cases that the library's interface cannot express, and why. */
const REASONS = {
  "the library has no strict profile": ["*/strict/**"],
  "the library's proofs cannot hold the extra nodes of deletions": [
    "witness/deletions/*-{prove,extract}",
    "witness/prove-inputs/deletes*",
    "witness/merge-and-extract/extract-{deletes,keys-and-deletes,uncovered-delete}",
  ],
  "the library requires that a list begins with the root node": [
    "eip1186/forged-roots/root-{empty,is-node-*}",
    "eip1186/item-forms/first-two-swapped-*",
    "eip1186/order-and-claims/reversed-path-*",
    "eip1186/lists/set-{with-foreign-list,foreign-list-first}",
  ],
  "the library reads every flag above 1 as that of a leaf": ["*/prefix-forms/flag-{4,5,8,9,12,13}-*"],
  "the adapter lists the nodes of an updated trie by path, and this trie has too many paths": [
    "*/shared/shared-update",
  ],
  "the library applies a write immediately, and requires the nodes of its path at that time": [
    "*/deletions/*-closed-transact",
    "*/transact/collapse-{reverted,undone}-then-root",
  ],
};

export const UNSUPPORTED = [
  ...Object.entries(REASONS).flatMap(([reason, globs]) =>
    globs.map((glob) => ({ match: `proof/patricia/${glob}`, reason })),
  ),
  {
    match: "proof/agreement/same-map/{empty,one-key}-patricia-*",
    reason: "the library does not prove absence in an empty trie: MPT-5, which has its own cases",
  },
];
