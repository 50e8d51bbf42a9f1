/** Deletions in every role: the proof that they need and its result. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { accepted, ask, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { COLLAPSES, type Collapse } from "./collapses.ts";
import { baseOf, type EncodingName } from "./proofs.ts";
import type { Digits } from "./rlp.ts";
import { entriesOf, NAIVE, type Proven, prove } from "./scenarios.ts";
import { rootOfMap } from "./whole-trie.ts";

const SOURCE = "authoring/cases/proof/patricia/deletions.ts";

const toKeys = (digits: readonly Digits[]): string[] => digits.map((key) => `0x${key}`);

type Text = Pick<Draft, "id" | "about" | "flags">;

function textOf({ id, about, flag }: Collapse, suffix: string, what: string): Text {
  return { id: `${id}-${suffix}`, about: `${what}: ${about}`, ...(flag === undefined ? {} : { flags: [flag] }) };
}

/** The root after the deletions, computed from the whole map that remains. */
function rootAfter({ map, deleted }: Collapse): string {
  return rootOfMap(Object.entries(map).filter(([key]) => !deleted.includes(key)));
}

function withRoot(root: string, draft: Draft): Draft {
  const { result } = draft.expect as { result: { root?: Json; results?: readonly Json[] } };
  const found = result.root ?? result.results?.[result.results.length - 1];
  if (found !== root) throw new Error(`${draft.id}: ${found} is not ${root}, the root of the map that is left`);
  return draft;
}

function casesOf(encoding: EncodingName, collapse: Collapse): Draft[] {
  const { map, deleted, survivors = [] } = collapse;
  const base = baseOf(encoding);
  const entries = entriesOf(map);
  const gone = toKeys(deleted);
  const writes = gone.map((key) => [key, null]);
  const after = rootAfter(collapse);
  const proofOf = (keys: readonly string[]): Proven => prove({ id: "", about: "", entries, keys }, encoding);
  const open = proofOf([...gone, ...toKeys(survivors)]);
  const closed = proofOf(gone);
  const steps = [...writes.map((set) => ({ set })), { get: gone[0] }, { root: true }];
  const text = (suffix: string, what: string): Text => textOf(collapse, suffix, what);
  return [
    withRoot(
      after,
      accepted({
        ...text("update", "delete"),
        kind: "completeness",
        call: "proof/update",
        params: { ...base, ...open, writes },
      }),
    ),
    withRoot(
      after,
      accepted({
        ...text("transact", "delete step by step"),
        kind: "completeness",
        call: "proof/transact",
        params: { ...base, ...open, steps },
      }),
    ),
    ...(survivors.length === 0 ? [] : withoutSurvivors(encoding, collapse, closed)),
    ...(encoding === "eip1186" ? [] : withDeletes(encoding, collapse, after)),
  ];
}

/** Deletions that leave a node without a sibling when the proof does not open that node. */
function withoutSurvivors(encoding: EncodingName, collapse: Collapse, closed: Proven): Draft[] {
  const base = baseOf(encoding);
  const gone = toKeys(collapse.deleted);
  const writes = gone.map((key) => [key, null]);
  const text = (suffix: string, what: string): Text => ({
    ...textOf(collapse, suffix, what),
    flags: ["sibling-needed"],
  });
  return [
    rejected(
      {
        ...text("closed-update", "delete, and what is left is not in the proof"),
        kind: "soundness",
        call: "proof/update",
        params: { ...base, ...closed, writes },
      },
      "incomplete",
    ),
    rejected(
      {
        ...text("closed-transact-root", "delete step by step, and what is left is not in the proof"),
        kind: "soundness",
        call: "proof/transact",
        params: { ...base, ...closed, steps: [...writes.map((set) => ({ set })), { root: true }] },
      },
      "incomplete",
    ),
    accepted({
      ...text("closed-transact", "delete and read, with no root asked for: what is left need not be in the proof"),
      flags: ["late-nodes"],
      kind: "completeness",
      call: "proof/transact",
      params: { ...base, ...closed, steps: [...writes.map((set) => ({ set })), { get: gone[0] }] },
    }),
    ...(encoding === "eip1186"
      ? []
      : [
          rejected(
            {
              ...text("closed-extract", "extract for deletions, and what is left is not in the proof"),
              kind: "soundness",
              call: "proof/extract",
              params: { ...base, ...closed, keys: [], deletes: gone },
            },
            "incomplete",
          ),
        ]),
  ];
}

/** The proof for the deletions, from the whole map and from a larger proof, and the deletions through it. */
function withDeletes(encoding: EncodingName, collapse: Collapse, after: string): Draft[] {
  const base = baseOf(encoding);
  const entries = entriesOf(collapse.map);
  const gone = toKeys(collapse.deleted);
  const request = { ...base, entries, keys: [], deletes: gone };
  const least = ask("proof/prove", request) as unknown as Proven;
  const whole = prove({ id: "", about: "", entries, keys: entries.map(([key]) => key) }, encoding);
  const text = (suffix: string, what: string): Text => ({ ...textOf(collapse, suffix, what), flags: ["deletes"] });
  return [
    accepted({ ...text("prove", "prove for deletions"), kind: "completeness", call: "proof/prove", params: request }),
    accepted({
      ...text("extract", "extract for deletions"),
      kind: "completeness",
      call: "proof/extract",
      params: { ...base, ...whole, keys: [], deletes: gone },
    }),
    withRoot(
      after,
      accepted({
        ...text("least-update", "delete through the smallest proof"),
        kind: "completeness",
        call: "proof/update",
        params: { ...base, ...least, writes: gone.map((key) => [key, null]) },
      }),
    ),
  ];
}

export function deletionFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme: "deletions",
        about: "Keys deleted, and branches that are left with one child, one value or nothing.",
        requirements: [
          "PROOF-PATRICIA-031",
          "PROOF-PATRICIA-080",
          "PROOF-PATRICIA-033",
          "PROOF-PATRICIA-088",
          "PROOF-PATRICIA-090",
          "PROOF-PATRICIA-035",
          "PROOF-PATRICIA-091",
          ...(encoding === "eip1186"
            ? ["PROOF-PATRICIA-075"]
            : ["PROOF-PATRICIA-037", "PROOF-PATRICIA-081", "PROOF-PATRICIA-082", "PROOF-PATRICIA-095"]),
        ],
      },
      COLLAPSES.flatMap((collapse) => casesOf(encoding, collapse)),
    ),
  ];
}
