/** Every flip, and the files that are flipped line by line. */
import type { VectorCase } from "../../harness/cases/vector.ts";
import type { Flip } from "./flip.ts";
import { BINARY_FLIPS } from "./flips-binary.ts";
import { CORE_FLIPS } from "./flips-core.ts";
import { DRAFT_FLIPS } from "./flips-draft.ts";
import { HEXARY_TRIE_FLIPS } from "./flips-hexary-trie.ts";
import { PATRICIA_FLIPS } from "./flips-patricia.ts";
import { PRUNED_TREE_FLIPS } from "./flips-pruned-tree.ts";
import { RADIX_PROOF_FLIPS } from "./flips-radix-proofs.ts";
import { RADIX_WRITE_FLIPS } from "./flips-radix-writes.ts";
import { DECODE_FLIPS } from "./flips-runtime-decode.ts";
import { RUNTIME_ENGINE_FLIPS } from "./flips-runtime-engines.ts";
import { RUNTIME_EXECUTOR_FLIPS } from "./flips-runtime-executors.ts";
import { RUNTIME_HOST_FLIPS } from "./flips-runtime-host.ts";
import { INSTRUCTION_FLIPS } from "./flips-runtime-instructions.ts";
import { METER_FLIPS } from "./flips-runtime-meter.ts";
import { VALIDATE_FLIPS } from "./flips-runtime-validate.ts";
import { SPARSE_FLIPS } from "./flips-sparse.ts";
import { SSZ_FLIPS } from "./flips-ssz.ts";
import { STATE_READING_FLIPS } from "./flips-state-reading.ts";
import { STATE_WRITING_FLIPS } from "./flips-state-writing.ts";
import { WIRE_FLIPS } from "./flips-wire.ts";

export const ALL_FLIPS: readonly Flip[] = [
  ...CORE_FLIPS,
  ...HEXARY_TRIE_FLIPS,
  ...DRAFT_FLIPS,
  ...PATRICIA_FLIPS,
  ...RADIX_PROOF_FLIPS,
  ...RADIX_WRITE_FLIPS,
  ...STATE_READING_FLIPS,
  ...STATE_WRITING_FLIPS,
  ...DECODE_FLIPS,
  ...INSTRUCTION_FLIPS,
  ...VALIDATE_FLIPS,
  ...METER_FLIPS,
  ...RUNTIME_HOST_FLIPS,
  ...RUNTIME_EXECUTOR_FLIPS,
  ...RUNTIME_ENGINE_FLIPS,
  ...BINARY_FLIPS,
  ...PRUNED_TREE_FLIPS,
  ...SSZ_FLIPS,
  ...SPARSE_FLIPS,
  ...WIRE_FLIPS,
];

/**
 * The files of which every condition has a flip, and the parts of the suite that have to notice it, in the order in which they are
 * asked. A part is a backend (`patricia`), a suite (`runtime/meter`), or an area (`runtime`), which is all of its suites.
 */
export const FLIPPED_FILES: Readonly<Record<string, readonly string[]>> = {
  "core/rlp": ["patricia"],
  "core/nibbles": ["patricia"],
  "core/hash-map": ["patricia"],
  "proofs/writes": ["patricia", "radix"],
  "proofs/hexary-trie/hex-prefix": ["patricia"],
  "proofs/hexary-trie/node": ["patricia"],
  "proofs/hexary-trie/open-trie": ["patricia", "state"],
  "proofs/hexary-trie/known-nodes": ["patricia"],
  "proofs/hexary-trie/canonical": ["patricia", "state"],
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
  "proofs/world-state/keys": ["state"],
  "proofs/world-state/account": ["state"],
  "proofs/world-state/headers": ["state"],
  "proofs/world-state/client-json": ["state"],
  "proofs/world-state/claims": ["state"],
  "proofs/world-state/eip1186": ["state"],
  "proofs/world-state/witness": ["state"],
  "proofs/world-state/encodings": ["state"],
  "proofs/world-state/open-state": ["state"],
  "proofs/world-state/look-up": ["state"],
  "proofs/world-state/minimal": ["state"],
  "proofs/world-state/account-draft": ["state"],
  "proofs/world-state/draft-state": ["state"],
  "proofs/world-state/world-state": ["state"],
  "runtime/instructions": ["runtime/validate", "runtime/execute"],
  "runtime/module": ["runtime/validate"],
  "runtime/decode/bodies": ["runtime/validate"],
  "runtime/decode/cursor": ["runtime/validate", "runtime/execute"],
  "runtime/decode/entries": ["runtime/validate"],
  "runtime/decode/module": ["runtime/validate"],
  "runtime/decode/types": ["runtime/validate"],
  "runtime/validate/body": ["runtime/validate"],
  "runtime/validate/charge-points": ["runtime/validate"],
  "runtime/validate/definitions": ["runtime/validate"],
  "runtime/validate/operands": ["runtime/validate"],
  "runtime/validate/program": ["runtime/validate"],
  "runtime/validate/validate": ["runtime/validate"],
  "runtime/meter/body": ["runtime/meter"],
  "runtime/meter/instrument": ["runtime/meter"],
  "runtime/meter/steps": ["runtime/meter"],
  "runtime/meter/writer": ["runtime/meter"],
  "runtime/host/bignum": ["runtime/bignum"],
  "runtime/host/buffers": ["runtime/host"],
  "runtime/host/children": ["runtime/child"],
  "runtime/host/descriptor": ["runtime/child", "runtime/host"],
  "runtime/host/execution": ["runtime/child"],
  "runtime/host/host-call": ["runtime/host", "runtime/bignum"],
  "runtime/host/proof": ["runtime/stateless"],
  "runtime/host/roots-and-block": ["runtime/host"],
  "runtime/host/table": ["runtime/child", "runtime/validate"],
  "runtime/execute/modules": ["runtime/child"],
  "runtime/execute/run": ["runtime/host"],
  "runtime/execute/stateless": ["runtime/host", "runtime/stateless"],
  "runtime/storage/keys": ["runtime/stateless", "runtime/record"],
  "runtime/storage/recorder": ["runtime/record"],
  "runtime/storage/session-state": ["runtime/stateless"],
  "wire/runtime-methods": ["runtime/host", "runtime/validate"],
  "wire/runtime-values": ["runtime/host", "runtime/stateless", "runtime/record"],
  "runtime/interpreter/control-steps": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/engine": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/linear-memory": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/memory-steps": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/numeric-i32": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/numeric-i64": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/operand-steps": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/prepare": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/interpreter/thread": ["runtime/execute", "runtime/meter", "runtime/child"],
  "runtime/v8/compiled-modules": ["runtime/execute", "runtime/child"],
  "runtime/v8/engine": ["runtime/execute", "runtime/child"],
  "runtime/v8/traps": ["runtime/execute", "runtime/child"],
  "core/gindex": ["ssz"],
  "core/bits": ["ssz", "sparse"],
  "core/bytes": ["sparse", "ssz", "patricia", "radix"],
  "core/zero-nodes": ["sparse"],
  "core/limits": ["ssz", "sparse"],
  "proofs/transact": ["ssz", "sparse"],
  "proofs/pruned-tree/compact": ["ssz", "sparse"],
  "proofs/pruned-tree/encoding": ["ssz", "sparse"],
  "proofs/pruned-tree/from-bottoms": ["ssz"],
  "proofs/pruned-tree/merge": ["ssz", "sparse"],
  "proofs/pruned-tree/offsets": ["ssz", "sparse"],
  "proofs/pruned-tree/pruned-tree": ["ssz", "sparse"],
  "proofs/ssz/encodings": ["ssz"],
  "proofs/ssz/explicit": ["ssz"],
  "proofs/ssz/helpers": ["ssz"],
  "proofs/ssz/keys": ["ssz"],
  "proofs/ssz/look-up": ["ssz"],
  "proofs/ssz/prove": ["ssz"],
  "proofs/ssz/ssz": ["ssz"],
  "proofs/ssz/update": ["ssz"],
  "proofs/sparse/canonical": ["sparse"],
  "proofs/sparse/keys": ["sparse"],
  "proofs/sparse/look-up": ["sparse"],
  "proofs/sparse/prove": ["sparse"],
  "proofs/sparse/sparse": ["sparse"],
  "proofs/sparse/update": ["sparse"],
  "proofs/sparse/written-tree": ["sparse"],
  "wire/values": ["ssz", "sparse", "patricia", "state"],
  "wire/request-parts": ["ssz", "sparse"],
  "wire/proof-methods": ["ssz", "sparse", "patricia", "state"],
  "wire/dispatch": ["ssz"],
};

export const ALL_PARTS: readonly string[] = [...new Set(Object.values(FLIPPED_FILES).flat())];

export function partsOf({ file, part }: Flip): readonly string[] {
  if (part !== undefined) return [part];
  const parts = FLIPPED_FILES[file];
  if (parts === undefined) throw new Error(`${file} is not among the files that are flipped`);
  return parts;
}

/** Whether a vector belongs to the part. */
export function isOfPart({ suite, params }: VectorCase, part: string): boolean {
  return params.backend === part || suite === part || suite.startsWith(`${part}/`);
}
