/** The cases that cannot be said to the library, and why. */
const REASONS = {
  "the library has no strict profile": ["*/strict/**"],
  "the library's proofs have no place for what deletions need": [
    "witness/deletions/*-{prove,extract}",
    "witness/prove-inputs/deletes*",
    "witness/merge-and-extract/extract-{deletes,keys-and-deletes,uncovered-delete}",
  ],
  "the library's lists begin with the root node": [
    "eip1186/forged-roots/root-{empty,is-node-*}",
    "eip1186/item-forms/first-two-swapped-*",
    "eip1186/order-and-claims/reversed-path-*",
    "eip1186/lists/set-{with-foreign-list,foreign-list-first}",
  ],
  "to the library every flag above 1 is that of a leaf": ["*/prefix-forms/flag-{4,5,8,9,12,13}-*"],
  "the nodes of an updated trie are listed place by place, and here there are too many places": [
    "*/shared/shared-update",
  ],
  "the library writes at once, and needs then what it writes to": [
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
    reason: "the absence in an empty trie has no proof: MPT-5, with its own cases",
  },
];
