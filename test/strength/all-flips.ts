/** Every flip, and the files that are flipped line by line. */
import type { Flip } from "./flip.ts";
import { CORE_FLIPS } from "./flips-core.ts";
import { DRAFT_FLIPS } from "./flips-draft.ts";
import { HEXARY_TRIE_FLIPS } from "./flips-hexary-trie.ts";
import { PATRICIA_FLIPS } from "./flips-patricia.ts";
import { RADIX_PROOF_FLIPS } from "./flips-radix-proofs.ts";
import { RADIX_WRITE_FLIPS } from "./flips-radix-writes.ts";

export const ALL_FLIPS: readonly Flip[] = [
  ...CORE_FLIPS,
  ...HEXARY_TRIE_FLIPS,
  ...DRAFT_FLIPS,
  ...PATRICIA_FLIPS,
  ...RADIX_PROOF_FLIPS,
  ...RADIX_WRITE_FLIPS,
];

/** The files of which every condition has a flip, and the backends whose vectors have to notice it. */
export const FLIPPED_FILES: Readonly<Record<string, readonly string[]>> = {
  "core/rlp": ["patricia"],
  "core/nibbles": ["patricia"],
  "core/hash-map": ["patricia"],
  "proofs/hexary-trie/hex-prefix": ["patricia"],
  "proofs/hexary-trie/node": ["patricia"],
  "proofs/hexary-trie/open-trie": ["patricia", "state"],
  "proofs/hexary-trie/known-nodes": ["patricia"],
  "proofs/hexary-trie/canonical": ["patricia"],
  "proofs/hexary-trie/minimal": ["patricia"],
  "proofs/hexary-trie/draft": ["patricia"],
  "proofs/hexary-trie/draft-trie": ["patricia", "state"],
  "proofs/patricia/keys": ["patricia"],
  "proofs/patricia/node-list": ["patricia"],
  "proofs/patricia/eip1186": ["patricia"],
  "proofs/patricia/encodings": ["patricia"],
  "proofs/patricia/look-up": ["patricia"],
  "proofs/patricia/update": ["patricia"],
  "proofs/patricia/patricia": ["patricia"],
  "proofs/radix/keys": ["radix"],
  "proofs/radix/node": ["radix"],
  "proofs/radix/kmm": ["radix"],
  "proofs/radix/nodes": ["radix"],
  "proofs/radix/look-up": ["radix"],
  "proofs/radix/encodings": ["radix"],
  "proofs/radix/pieces": ["radix"],
  "proofs/radix/build": ["radix"],
  "proofs/radix/prove": ["radix"],
  "proofs/radix/update": ["radix"],
  "proofs/radix/radix": ["radix"],
};

export const ALL_BACKENDS: readonly string[] = [...new Set(Object.values(FLIPPED_FILES).flat())];

export function backendsOf({ file }: Flip): readonly string[] {
  const backends = FLIPPED_FILES[file];
  if (backends === undefined) throw new Error(`${file} is not among the files that are flipped`);
  return backends;
}
