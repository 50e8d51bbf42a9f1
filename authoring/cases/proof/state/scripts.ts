/** Scripts: reads, writes, roots and checkpoints in any order. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, flagsOf, NAIVE, prove } from "./scenarios.ts";
import { checkpoint, get, revert, root, type Script, set } from "./steps.ts";
import {
  ABSENT_AT_BRANCH,
  ALICE,
  ALONE,
  BALANCE,
  BOB,
  CAROL,
  CODE,
  CODE_HASH,
  DAVE,
  ERIN,
  NONCE,
  ONLY,
  OTHER_TWIN,
  STORAGE_ROOT,
  small,
  TWIN,
} from "./world.ts";
import { CHECKPOINTS, WRITES } from "./write-scripts.ts";

const SOURCE = "authoring/cases/proof/state/scripts.ts";

const KEYS = [ALICE, BOB + TWIN, BOB + OTHER_TWIN, CAROL, ERIN + ONLY, DAVE, ABSENT_AT_BRANCH];

const READS: readonly Script[] = [
  { id: "nothing", about: "no steps", steps: [] },
  { id: "root-alone", about: "the root as it is", steps: [root] },
  {
    id: "every-kind-of-key",
    about: "an account, its fields and a slot",
    steps: ["", NONCE, BALANCE, STORAGE_ROOT, CODE_HASH, TWIN].map((what) => get(BOB + what)),
  },
  {
    id: "absent",
    about: "an absent account, its fields and a slot",
    steps: ["", NONCE, CODE, TWIN].map((what) => get(ABSENT_AT_BRANCH + what)),
  },
  {
    id: "uncovered",
    about: "a slot that the proof does not reach",
    steps: [get(BOB + ALONE)],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "code-not-there",
    about: "a code that is not in the proof",
    steps: [get(BOB + CODE)],
    flag: "missing-is-empty",
    classes: ["incomplete"],
  },
];

const LATE: readonly Script[] = [
  {
    id: "uncovered-kept",
    about: "a field of an account that the proof does not reach, written and read without a root",
    steps: [set(DAVE + NONCE, "0x05"), get(DAVE + NONCE)],
    keys: [ALICE],
  },
  {
    id: "uncovered-fields-kept",
    about: "the fields of an account that the proof does not reach, written and read, and the hash of the code",
    steps: [
      set(DAVE + NONCE, "0x05"),
      set(DAVE + BALANCE, "0x06"),
      set(DAVE + CODE, "0x6001"),
      ...[NONCE, BALANCE, CODE, CODE_HASH].map((what) => get(DAVE + what)),
    ],
    keys: [ALICE],
  },
  {
    id: "uncovered-account-of-fields",
    about: "an account that the proof does not reach, all of whose fields are written: its storage is not known",
    steps: [set(DAVE + NONCE, "0x05"), set(DAVE + BALANCE, "0x06"), set(DAVE + CODE, "0x6001"), get(DAVE)],
    keys: [ALICE],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-zero-kept",
    about: "zero written to a slot that the proof does not reach, and read without a root",
    steps: [set(DAVE + ALONE, small(0)), get(DAVE + ALONE), set(BOB + ALONE, null), get(BOB + ALONE)],
    keys: [BOB],
  },
  {
    id: "uncovered-zero-root",
    about: "a root after zero was written to a slot of an account that the proof does not reach",
    steps: [set(DAVE + ALONE, small(0)), root],
    keys: [ALICE],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-slot-kept",
    about: "a slot of an account of whose storage nothing is open, written and read without a root",
    steps: [set(BOB + TWIN, small(5)), get(BOB + TWIN), get(BOB + NONCE)],
    keys: [BOB],
  },
  {
    id: "uncovered-root",
    about: "a root after a write that the proof does not reach",
    steps: [set(DAVE + NONCE, "0x05"), root],
    keys: [ALICE],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-slot-root",
    about: "a root after a slot that the proof does not reach",
    steps: [set(BOB + TWIN, small(5)), root],
    keys: [BOB],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-slot-storage-root",
    about: "a storage root after a slot that the proof does not reach",
    steps: [set(BOB + TWIN, small(5)), get(BOB + STORAGE_ROOT)],
    keys: [BOB],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-slot-account",
    about: "an account after a slot that the proof does not reach",
    steps: [set(BOB + TWIN, small(5)), get(BOB)],
    keys: [BOB],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-other-field",
    about: "a field beside a written one, of an account that the proof does not reach",
    steps: [set(DAVE + NONCE, "0x05"), get(DAVE + BALANCE)],
    keys: [ALICE],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-reverted",
    about: "a write that the proof does not reach taken back before the root",
    steps: [checkpoint, set(DAVE + NONCE, "0x05"), set(BOB + TWIN, small(5)), revert, root],
    keys: [BOB],
  },
  {
    id: "uncovered-account-reverted",
    about: "a slot of an account that the proof does not reach taken back before the root",
    steps: [checkpoint, set(DAVE + ALONE, small(5)), revert, get(ALICE + NONCE), root],
    keys: [ALICE],
  },
  {
    id: "uncovered-slot-reverted",
    about: "a slot that the proof does not reach taken back, and a field of its account kept",
    steps: [set(BOB + NONCE, "0x05"), checkpoint, set(BOB + ALONE, small(5)), revert, get(BOB), root],
    keys: [BOB + TWIN],
  },
  {
    id: "uncovered-storage-reverted",
    about: "a slot in a storage of which nothing is open taken back, and a field of its account kept",
    steps: [set(BOB + NONCE, "0x05"), checkpoint, set(BOB + ALONE, small(5)), revert, get(BOB), root],
    keys: [BOB],
  },
  {
    id: "uncovered-slot-deleted",
    about: "a slot that the proof does not reach written, and then its account deleted",
    steps: [set(BOB + TWIN, small(5)), set(BOB, null), root],
    keys: [BOB, CAROL],
  },
  {
    id: "uncovered-deleted-read",
    about: "an account that the proof does not reach deleted and read without a root",
    steps: [set(DAVE, null), get(DAVE), get(DAVE + ALONE)],
    keys: [ALICE],
  },
].map((script) => ({ ...script, flag: "late-nodes" }));

const BAD: readonly Script[] = [
  {
    id: "get-short-key",
    about: "a read at a key of 19 bytes",
    steps: [get(ALICE.slice(0, -2))],
    flag: "bad-key",
    classes: ["invalid-argument"],
  },
  {
    id: "bad-step-after-uncovered",
    about: "a bad step after one that the proof does not reach: steps come first",
    steps: [get(BOB + ALONE), set(ALICE, "0x05")],
    flag: "error-precedence",
    classes: ["invalid-argument"],
  },
  {
    id: "unknown-step",
    about: "a step that there is not",
    steps: [{ delete: ALICE }],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
  {
    id: "two-in-one",
    about: "two steps in one",
    steps: [{ root: true, commit: true }],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
  {
    id: "root-false",
    about: "a step that is false",
    steps: [{ root: false }],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
];

function caseOf(encoding: EncodingName, { id, about, steps, keys = KEYS, flag, classes }: Script): Draft {
  const params = { ...baseOf(encoding), ...prove({ keys }, encoding), steps } as unknown as JsonObject;
  const text = { id, about, ...flagsOf(flag), call: "proof/transact", params };
  return classes === undefined
    ? accepted({ kind: "completeness", ...text })
    : rejected({ kind: "soundness", ...text }, ...classes);
}

export function scriptFiles(encoding: EncodingName): VectorFile[] {
  const scripts = [
    ...READS,
    ...WRITES,
    ...CHECKPOINTS.map((script) => ({ ...script, flag: "checkpoints" })),
    ...LATE,
    ...BAD,
  ];
  const about = "Scripts of reads, writes, roots and checkpoints.";
  const requirements = [
    "PROOF-STATE-047",
    "PROOF-STATE-115",
    "PROOF-STATE-116",
    "PROOF-STATE-138",
    "PROOF-STATE-139",
    "PROOF-STATE-140",
    "PROOF-STATE-141",
    "PROOF-STATE-142",
    "PROOF-STATE-143",
    "PROOF-STATE-144",
    "PROOF-STATE-145",
  ];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: `proof/state/${encoding}`, theme: "transact", about, requirements },
      scripts.map((script) => caseOf(encoding, script)),
    ),
  ];
}
