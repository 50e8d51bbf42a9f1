/** All named mutants. */
import { BINARY_MUTANTS } from "./binary.ts";
import { HEXARY_TRIE_MUTANTS } from "./hexary-trie.ts";
import type { Edit, Mutant } from "./mutant.ts";
import { PATRICIA_MUTANTS } from "./patricia.ts";
import { RADIX_MUTANTS } from "./radix.ts";
import { CHILD_MUTANTS } from "./runtime/children.ts";
import { BIGNUM_MUTANTS, HOST_MUTANTS } from "./runtime/host.ts";
import { INTERPRETER_MUTANTS } from "./runtime/interpreter.ts";
import { METER_MUTANTS } from "./runtime/meter.ts";
import { RECORD_MUTANTS, STATELESS_MUTANTS } from "./runtime/state.ts";
import { VALIDATOR_MUTANTS } from "./runtime/validate.ts";
import { SPARSE_MUTANTS } from "./sparse.ts";
import { SSZ_ENCODING_MUTANTS } from "./ssz/encodings.ts";
import { SSZ_OPERATION_MUTANTS } from "./ssz/operations.ts";
import { SSZ_UPDATE_MUTANTS } from "./ssz/updates.ts";
import { STATE_READING_MUTANTS } from "./state.ts";
import { STATE_WRITING_MUTANTS } from "./state-writes.ts";
import { WRITE_MUTANTS } from "./writes.ts";

/** Faults that cannot occur in a state: its paths have 64 nibbles, and an empty value is neither an account nor a word. */
const OF_OTHER_KEYS = ["depth-cap", "empty-value-canonical"];

export const MUTANTS: readonly Mutant[] = [
  ...mutantsOf("ssz", [...BINARY_MUTANTS, ...SSZ_ENCODING_MUTANTS, ...SSZ_OPERATION_MUTANTS, ...SSZ_UPDATE_MUTANTS]),
  ...mutantsOf("sparse", [...BINARY_MUTANTS, ...WRITE_MUTANTS, ...SPARSE_MUTANTS]),
  ...mutantsOf("patricia", [...WRITE_MUTANTS, ...PATRICIA_MUTANTS]),
  ...mutantsOf("state", [
    ...WRITE_MUTANTS,
    ...HEXARY_TRIE_MUTANTS.filter(({ name }) => !OF_OTHER_KEYS.includes(name)),
    ...STATE_READING_MUTANTS,
    ...STATE_WRITING_MUTANTS,
  ]),
  ...mutantsOf("radix", [...WRITE_MUTANTS, ...RADIX_MUTANTS]),
  ...mutantsOf("runtime/validate", VALIDATOR_MUTANTS),
  ...mutantsOf("runtime/execute", INTERPRETER_MUTANTS),
  ...mutantsOf("runtime/meter", METER_MUTANTS),
  ...mutantsOf("runtime/host", HOST_MUTANTS),
  ...mutantsOf("runtime/bignum", BIGNUM_MUTANTS),
  ...mutantsOf("runtime/child", CHILD_MUTANTS),
  ...mutantsOf("runtime/stateless", STATELESS_MUTANTS),
  ...mutantsOf("runtime/record", RECORD_MUTANTS),
];

function mutantsOf(backend: string, edits: readonly Edit[]): Mutant[] {
  return edits.map((edit) => ({ ...edit, name: `${backend}/${edit.name}`, backend }));
}
