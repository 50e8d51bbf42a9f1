//! Cases that the library does not support, and why.

use serde_json::{json, Value};

const NO_BRANCH_VALUES: &str = "the library's branches hold no values, so that no key is a prefix of another";
const AT_MOST_64_NIBBLES: &str = "the library's paths have at most 64 nibbles";
const ONLY_ITS_KEY: &str = "the library reads only the key of a list";
const ONLY_ITS_PATH: &str = "the library accepts only the nodes of one path, in order";
const LONG_HASHED: &str = "the library is strict: a node of fewer than 32 bytes is never referenced by its hash";
const SHORT_EMBEDDED: &str =
    "the library is strict: no node of 32 bytes or more is embedded, and only a branch is below an embedded extension";
const KNOWN_FLAGS: &str = "the library is strict: a prefix has no flag above 3";

/// Globs over the cases below `proof/patricia/eip1186/`.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("absence/beside-a-value-*", NO_BRANCH_VALUES),
    ("embedded/{beside,with}-a-value-*", NO_BRANCH_VALUES),
    ("forged-nodes/mixed-{untouched*,*-{3,4,5,6,7},flip-{3,4,5,6,7}-*}", NO_BRANCH_VALUES),
    ("lookalikes/branch-value-*", NO_BRANCH_VALUES),
    ("published-roots/{dogs,puppy,foo,small-values,testy}-*", NO_BRANCH_VALUES),
    ("reads/*", NO_BRANCH_VALUES),
    ("shapes/{empty-key-*,prefix-*,prefixes-*,mixed-lengths-*,value-of-its-parent-*}", NO_BRANCH_VALUES),
    ("sizes/branch-value-*", NO_BRANCH_VALUES),
    ("item-forms/*", NO_BRANCH_VALUES),
    ("node-shapes/{branch-of-value,branch-of-value-root}-get", NO_BRANCH_VALUES),
    ("order-and-claims/{reversed-path,descending-keys,repeated-key,repeated-key-apart,repeated-key-without-nodes,nodes-of-both-keys,all-nodes-in-one-list}-get", NO_BRANCH_VALUES),
    ("lists/set-{other-keys,with-foreign-list,with-empty-list}", NO_BRANCH_VALUES),
    ("prove-inputs/{descending,shuffled,last-entry-*,same-entry-twice,repeated,keys-descending,all}", NO_BRANCH_VALUES),
    ("prove-inputs/{present-and-absent,prefix-and-longer,absent-alone,two-absent-below-one}", NO_BRANCH_VALUES),
    ("prove-inputs/value-empty*", NO_BRANCH_VALUES),
    ("sizes/key-{54,55,56,255,256}-bytes-*", AT_MOST_64_NIBBLES),
    ("long-paths/*", AT_MOST_64_NIBBLES),
    ("shared/shared-get", ONLY_ITS_KEY),
    ("nested/nested-empty-extensions-get", SHORT_EMBEDDED),
    ("absence/child-left-out-*", ONLY_ITS_KEY),
    ("parting/parting-at-each-of-64", ONLY_ITS_KEY),
    ("requests/{hashed-twice,secure-by-hash,plain-as-secure,secure-as-plain}", ONLY_ITS_KEY),
    ("node-shapes/{extension-above-leaf,extension-above-empty-leaf,branch-of-one,branches-of-one}-get", ONLY_ITS_KEY),
    ("prefix-bytes/first-byte-2[1-9a-f]-get", ONLY_ITS_KEY),
    ("prefix-forms/{leaf-padding-1,leaf-padding-8,leaf-padding-15}-get", ONLY_ITS_KEY),
    ("lists/set-{keys-of-nobody,foreign-list-first}", ONLY_ITS_PATH),
    ("forged-roots/root-{empty,is-node-*}", ONLY_ITS_PATH),
    ("lookalikes/{leaf-*,root-leaf-*,value-*,nibbles-or-bytes*,embedded-node-as-item*}", ONLY_ITS_PATH),
    ("malformed-rlp/{trailing-zero,trailing-empty-string,trailing-itself}-child", ONLY_ITS_PATH),
    ("node-places/{embedded-leaf-32,embedded-leaf-33}-get", ONLY_ITS_PATH),
    ("node-shapes/{empty-extension,empty-extension-child,empty-extension-embedded,empty-extensions,extension-above-extension,three-extensions,branch-of-nothing-embedded,branch-of-one-embedded}-get", ONLY_ITS_PATH),
    ("order-and-claims/{nodes-of-the-other-key,path-of-another-key}-get", ONLY_ITS_PATH),
    ("prefix-forms/{empty-leaf-padding-1,extension-padding-1,empty-leaf-padding-8,extension-padding-8,empty-leaf-padding-15,extension-padding-15}-get", ONLY_ITS_PATH),
    ("malformed-nodes/{items-0,items-1,items-16,items-18,leaf-value-list,leaf-value-node,leaf-value-empty-list,extension-child-empty,extension-child-1-byte,extension-child-string-of-node,extension-child-empty-list,extension-child-list-of-one,extension-child-list-of-three,extension-child-no-prefix,extension-child-prefix-list,extension-child-leaf-of-list,extension-child-short-branch,branch-value-list,branch-value-empty-list,branch-value-node,byte,empty-trie-as}-child", LONG_HASHED),
    ("malformed-rlp/{cut-to-its-head,cut-in-its-head,nothing,value-byte-with-length,value-zero-with-length,value-7f-with-length,value-empty-long-form,value-cut-in-its-head}-child", LONG_HASHED),
    ("node-places/{hashed-leaf-5,hashed-leaf-30,hashed-leaf-31,hashed-branch-short,hashed-extension-short,hashed-and-embedded}-get", LONG_HASHED),
    ("node-shapes/branch-of-nothing-hashed-get", LONG_HASHED),
    ("node-places/{embedded-leaf-55,embedded-branch-long,embedded-extension-long,embedded-branch-below-extension,embedded-all}-get", SHORT_EMBEDDED),
    ("node-shapes/{extension-above-embedded-leaf,extension-above-embedded-extension}-get", SHORT_EMBEDDED),
    ("prefix-bytes/first-byte-{6,a,e}?-get", KNOWN_FLAGS),
    ("prefix-forms/flag-*-get", KNOWN_FLAGS),
];

pub fn unsupported() -> Vec<Value> {
    let skip =
        |(cases, reason): &(&str, &str)| json!({"match": format!("proof/patricia/eip1186/{cases}"), "reason": reason});
    UNSUPPORTED.iter().map(skip).collect()
}
