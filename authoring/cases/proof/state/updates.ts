/** Writes through proofs, in batches and step by step; deletions and the nodes that they need. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import type { Batch, Write } from "./batch.ts";
import { ALIKE, AS_A_MAP, PLAIN } from "./batches.ts";
import { COLLAPSES, type Collapse, DELETIONS, EMBEDDED, SPARED } from "./deletions.ts";
import { BAD_WRITES, UNCOVERED } from "./refused-writes.ts";
import { baseOf, type EncodingName, flagsOf, NAIVE, prove, proveAccounts, proveWitness } from "./scenarios.ts";
import { ALICE, BOB, CAROL, CODE, CODE_BYTES, DAVE, ENTRIES, ERIN, NONCE, small, TWIN } from "./world.ts";

const SOURCE = "authoring/cases/proof/state/updates.ts";

/** The keys that `eip1186` can claim: an account instead of its code. */
const claimable = (keys: readonly string[]): string[] =>
  keys.map((key) => (key.length === 44 && key.endsWith(CODE) ? key.slice(0, -2) : key));

const proofOf = (encoding: EncodingName, keys: readonly string[], entries = ENTRIES): object =>
  prove({ entries, keys: encoding === "witness" ? keys : claimable(keys) }, encoding);

function answered(text: Omit<Draft, "expect" | "kind">, classes: readonly string[] | undefined): Draft {
  return classes === undefined
    ? accepted({ kind: "completeness", ...text })
    : rejected({ kind: "soundness", ...text }, ...classes);
}

function updateOf(encoding: EncodingName, { id, about, entries, keys, writes, flag, classes }: Batch): Draft {
  const params = { ...baseOf(encoding), ...proofOf(encoding, keys, entries), writes } as unknown as JsonObject;
  return answered({ id, about: `write: ${about}`, ...flagsOf(flag), call: "proof/update", params }, classes);
}

/** The same batch as a script that reads each key at the end. */
function scriptOf(encoding: EncodingName, { id, about, entries, keys, writes, flag, classes }: Batch): Draft {
  const read = [...new Set(writes.map(([key]) => key))].map((get) => ({ get }));
  const steps = [...writes.map((set) => ({ set })), { root: true }, ...(classes === undefined ? read : [])];
  const params = { ...baseOf(encoding), ...proofOf(encoding, keys, entries), steps } as unknown as JsonObject;
  return answered(
    { id, about: `write step by step: ${about}`, ...flagsOf(flag), call: "proof/transact", params },
    classes,
  );
}

const nulls = (keys: readonly string[]): Write[] => keys.map((key) => [key, null]);

/** A deletion with the siblings that it needs and without them, as an update and as a script. */
function collapseOf(encoding: EncodingName, { id, about, deletes, siblings, writes = [] }: Collapse): Draft[] {
  const whole = proofOf(encoding, [...deletes, ...siblings]);
  const bare = proofOf(encoding, deletes);
  const flags = ["sibling-needed"];
  const all = [...nulls(deletes), ...writes];
  const of = (what: string, call: string, proof: object, own: object, classes?: readonly string[]): Draft => {
    const params = { ...baseOf(encoding), ...proof, ...own } as unknown as JsonObject;
    const text = {
      id: `${id}-${what}`,
      about: `${about}: ${what.replaceAll("-", " ")}`,
      flags,
      call: `proof/${call}`,
      params,
    };
    return answered(text, classes);
  };
  const steps = [...all.map((set) => ({ set })), { root: true }];
  const asked = { entries: ENTRIES, keys: [], deletes } as unknown as JsonObject;
  const needed =
    encoding === "witness"
      ? [of("prove", "prove", {}, asked), of("update-of-that", "update", proveWitness([], deletes), { writes: all })]
      : [];
  return [
    of("update", "update", whole, { writes: all }),
    of("update-without-sibling", "update", bare, { writes: all }, ["incomplete"]),
    of("script", "transact", whole, { steps }),
    of("script-without-sibling", "transact", bare, { steps }, ["incomplete"]),
    of("script-without-root", "transact", bare, { steps: steps.slice(0, -1) }),
    ...needed,
  ];
}

/** Proofs with `deletes`. */
function deletesOf(): Draft[] {
  const asked = (id: string, about: string, keys: readonly string[], deletes: readonly string[]): Draft =>
    accepted({
      id,
      about: `build a proof: ${about}`,
      kind: "completeness",
      flags: ["deletes"],
      call: "proof/prove",
      params: { ...baseOf("witness"), entries: ENTRIES, keys, deletes } as unknown as JsonObject,
    });
  const refuse = (id: string, about: string, deletes: readonly string[]): Draft =>
    rejected(
      {
        id,
        about: `build a proof: ${about}`,
        kind: "soundness",
        flags: ["deletes"],
        call: "proof/prove",
        params: { ...baseOf("witness"), entries: ENTRIES, keys: [ALICE], deletes } as unknown as JsonObject,
      },
      "invalid-argument",
    );
  return [
    asked("read-and-delete", "one account read, a slot of another one deleted", [ALICE], [BOB + TWIN]),
    asked(
      "account-and-its-slots",
      "an account deleted with its slots: the siblings of the slots are not needed",
      [],
      [BOB, BOB + TWIN],
    ),
    asked("account-alone", "an account deleted: its storage is not needed", [], [ERIN]),
    asked("absent", "what is absent deleted", [], [`${ALICE}${TWIN}`, `0x${"ee".repeat(20)}`]),
    asked("none", "an empty list of deletions", [ALICE], []),
    asked("code-and-delete", "a code read, and its account deleted", [DAVE + CODE], [DAVE]),
    refuse("field", "a field deleted", [ALICE + NONCE]),
    refuse("code", "a code deleted", [BOB + CODE]),
    refuse("ancestor", "a block deleted", [`0x${"77".repeat(40)}`]),
    refuse("short-key", "a key of 19 bytes deleted", [ALICE.slice(0, -2)]),
  ];
}

/** Updates through a witness with codes, extra codes and extra nodes. */
function besideNodes(): Draft[] {
  const written = (
    id: string,
    about: string,
    keys: readonly string[],
    writes: readonly Write[],
    change: (proof: JsonObject) => object = (proof) => proof,
  ): Draft => {
    const { root, proof } = proveWitness(keys);
    return accepted({
      id,
      about: `write: ${about}`,
      kind: "completeness",
      flags: ["codes-of-update"],
      call: "proof/update",
      params: {
        ...baseOf("witness"),
        root,
        proof: change(proof as unknown as JsonObject),
        writes,
      } as unknown as JsonObject,
    });
  };
  const both = [BOB + CODE, CAROL, ALICE];
  // The extension above ERIN: a child of the root node, which is open.
  const [, closed] = proveAccounts([ERIN]).proof.accounts[0].accountProof;
  return [
    written("code-stays", "a field: the code that was there stays", both, [[BOB + NONCE, "0x05"]]),
    written("code-of-deleted-shared", "an account deleted whose code another one has: the code stays", both, [
      [BOB, null],
    ]),
    written(
      "code-of-deleted",
      "an account deleted whose code no other one has: the code goes",
      [DAVE + CODE, ERIN],
      [[DAVE, null]],
    ),
    written("code-replaced-shared", "a code replaced that another account has: both are there", both, [
      [BOB + CODE, "0x00"],
    ]),
    written(
      "code-replaced",
      "a code replaced that no other account has: one is there",
      [DAVE + CODE],
      [[DAVE + CODE, "0x00"]],
    ),
    written(
      "code-replaced-by-empty",
      "a code replaced by the empty one: none is there",
      [DAVE + CODE],
      [[DAVE + CODE, "0x"]],
    ),
    written("code-given-to-another", "a code that is there given to another account: it is there once", both, [
      [ALICE + CODE, CODE_BYTES],
    ]),
    written(
      "code-overwritten",
      "a code written and written over: the first one is not there",
      [ALICE],
      [
        [ALICE + CODE, "0x01"],
        [ALICE + CODE, "0x02"],
      ],
    ),
    written(
      "code-then-deleted",
      "a code written, and then its account deleted: it is not there",
      [ALICE],
      [
        [ALICE + CODE, "0x01"],
        [ALICE, null],
      ],
    ),
    written(
      "code-overwritten-of-another",
      "a code that another account has written and written over: it is not there, as the proof did not have it",
      [ALICE, BOB],
      [
        [ALICE + CODE, CODE_BYTES],
        [ALICE + CODE, "0x02"],
      ],
    ),
    written(
      "code-then-deleted-of-another",
      "a code that another account has written, and then its account deleted: it is not there",
      [ALICE, BOB],
      [
        [ALICE + CODE, CODE_BYTES],
        [ALICE, null],
      ],
    ),
    written(
      "code-of-another",
      "a code written that another account has, whose code the proof did not have: it is there",
      [ALICE, BOB],
      [[ALICE + CODE, CODE_BYTES]],
    ),
    written(
      "code-like-a-node",
      "a code that is the RLP of a node which is not open: it opens nothing",
      [ALICE, BOB],
      [[ALICE + CODE, closed]],
    ),
    written(
      "unused-code-dropped",
      "a field, with a code that no account has: it is not there afterwards",
      [ALICE],
      [[ALICE + NONCE, "0x05"]],
      (proof) => ({ ...proof, codes: ["0x5b5b"] }),
    ),
    written(
      "unused-node-dropped",
      "a field, with a node that is in no trie: it is not there afterwards",
      [ALICE],
      [[ALICE + NONCE, "0x05"]],
      (proof) => ({ ...proof, state: [...(proof.state as string[]), "0xc20102"] }),
    ),
    written(
      "unordered",
      "a field, with nodes in descending order: they ascend afterwards",
      [ALICE, BOB + TWIN],
      [[BOB + TWIN, small(5)]],
      (proof) => ({ ...proof, state: (proof.state as string[]).toReversed() }),
    ),
  ];
}

export function updateFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  const batches = [
    "PROOF-STATE-040",
    "PROOF-STATE-112",
    "PROOF-STATE-113",
    "PROOF-STATE-041",
    "PROOF-STATE-114",
    "PROOF-STATE-115",
    "PROOF-STATE-116",
    "PROOF-STATE-117",
  ];
  const whole = [...PLAIN, ...ALIKE, ...AS_A_MAP, ...DELETIONS, ...EMBEDDED, ...SPARED, ...UNCOVERED, ...BAD_WRITES];
  return [
    file(
      "update",
      "Batches written through a proof.",
      [
        ...batches,
        "PROOF-STATE-045",
        "PROOF-STATE-130",
        "PROOF-STATE-132",
        "PROOF-STATE-133",
        "PROOF-STATE-046",
        encoding === "witness" ? "PROOF-STATE-134" : "PROOF-STATE-137",
      ],
      whole.map((batch) => updateOf(encoding, batch)),
    ),
    file(
      "transact-batches",
      "The same batches, step by step.",
      [...batches, "PROOF-STATE-047", "PROOF-STATE-138", "PROOF-STATE-140", "PROOF-STATE-142"],
      whole.map((batch) => scriptOf(encoding, batch)),
    ),
    file(
      "collapses",
      "Deletions that leave a branch with one child, in either trie.",
      ["PROOF-STATE-131", "PROOF-STATE-142", "PROOF-STATE-143", ...(encoding === "witness" ? ["PROOF-STATE-124"] : [])],
      COLLAPSES.flatMap((collapse) => collapseOf(encoding, collapse)),
    ),
    ...(encoding === "eip1186"
      ? []
      : [
          file(
            "deletes",
            "Proofs of what will be deleted.",
            ["PROOF-STATE-043", "PROOF-STATE-123", "PROOF-STATE-124", "PROOF-STATE-125"],
            deletesOf(),
          ),
          file(
            "codes-of-updates",
            "What an update leaves of codes, and of what no trie needs.",
            ["PROOF-STATE-046", "PROOF-STATE-134", "PROOF-STATE-135", "PROOF-STATE-078"],
            besideNodes(),
          ),
        ]),
  ];
}
