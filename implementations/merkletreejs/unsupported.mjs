/** Cases that the library's interface cannot express, and why. */
const REASONS = {
  "the library returns only claimed leaves": ["unclaimed-keys/**"],
  "a multiproof claims only leaves, which are all on one level": [
    "honest/{eight-leaves-levels,right-comb-ends,uneven-20,uneven-33-all,uneven-100,uneven-1000}-get",
    "honest/eight-leaves-{inner,levels}-prove",
    "prove-inputs/{inner-key,inner-keys-both,root-key}",
    "read-order/{levels,uneven}-reversed",
    "typed/state-together-get",
  ],
  "the library builds a tree from a list of leaves: all are on one level, and none is missing": [
    "edge-gindices/*-prove",
    "honest/{left-comb,right-comb,uneven}-*-prove",
    "prove-inputs/{entries-reversed,entry-0,gap-*,inner-key-of-uneven,nested-entries-*,no-entries,three-levels}",
    "accounts/*-prove",
    "typed/{nested-containers,basic-list,composite-list,bitlist,union-container,state-together,beyond-length-member}-prove",
    "proof/agreement/same-facts/{present,absent-*,mixed,two-far-apart}-ssz-helpers-prove",
  ],
  "the library's indices are numbers of 53 bits": [
    "{wide-gindices,deep}/**",
    "accounts/*-get",
    "edge-gindices/2-to-{53-exactly,53-plus-1,54-minus-1,54-exactly,54-plus-1}-get",
    "malformed/{deep-claims-without-helpers,claim-1025-bits}-get",
    "misplaced-nodes/claim-alias-{53,63,64,128,256}-bits-get",
    "prove-inputs/key-alias-64-bits",
  ],
};

export const UNSUPPORTED = Object.entries(REASONS).flatMap(([reason, globs]) =>
  globs.map((glob) => ({ match: glob.startsWith("proof/") ? glob : `proof/ssz/helpers/${glob}`, reason })),
);
