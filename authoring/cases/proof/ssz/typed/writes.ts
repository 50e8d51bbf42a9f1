/** Writes to typed values: the new root is the `hash_tree_root` of the value after the writes. */
import type { Json, JsonObject } from "../../../../../runners/lane.ts";
import { shortenRuns, ZEROS } from "../../../kit/binary/uniform-runs.ts";
import { ask, type Draft, stated } from "../../../kit/draft.ts";
import type { EncodingName } from "../trees.ts";
import { baseOf, keyOf, type TypedScenario, typedProof } from "./scenarios.ts";
import { gindexOf, hashTreeRoot, type Typed, typedNode } from "./tree.ts";
import { checkpoint, inPlaceOf, SMALL, stateWith, withBalance, withExit } from "./values.ts";

interface TypedWriting extends TypedScenario {
  /** The value afterwards. It differs from the one before only in the nodes of the paths. */
  readonly after: Typed;
}

const DEEP = ["deep-list"];

const WRITINGS: readonly TypedWriting[] = [
  {
    id: "container",
    about: "epoch of a Checkpoint",
    of: SMALL.checkpoint,
    paths: ["epoch"],
    after: inPlaceOf(SMALL.checkpoint, { epoch: 4n, root: new Uint8Array(32).fill(0xaa) }),
  },
  {
    id: "packed-element",
    about: "element 5 of Vector[uint64, 10]: its neighbours in the chunk stay",
    of: SMALL.packedVector,
    paths: ["[5]"],
    after: inPlaceOf(
      SMALL.packedVector,
      Array.from({ length: 10 }, (_, index) => (index === 5 ? 7n : BigInt(1000 + index))),
    ),
  },
  {
    id: "list-appended",
    about: "an element appended to List[uint64, 100]: a chunk and the length",
    of: SMALL.basicList,
    paths: ["[6]", "__len__"],
    after: inPlaceOf(SMALL.basicList, [1n, 2n, 3n, 4n, 5n, 6n, 7n]),
  },
  {
    id: "list-shortened",
    about: "the last element of List[uint64, 100] removed: it becomes zero, and the length one less",
    of: SMALL.basicList,
    paths: ["[5]", "__len__"],
    after: inPlaceOf(SMALL.basicList, [1n, 2n, 3n, 4n, 5n]),
  },
  {
    id: "container-appended",
    about: "a Checkpoint appended to List[Checkpoint, 5]: its root in place of a zero chunk, and the length",
    of: SMALL.compositeList,
    paths: ["[2]", "__len__"],
    after: inPlaceOf(SMALL.compositeList, [0, 1, 2].map(checkpoint)),
    flags: ["equal-nodes"],
  },
  {
    id: "union-switched",
    about: "Union[None, uint64, Checkpoint] from selector 1 to selector 2",
    of: SMALL.unionNumber,
    paths: ["value", "selector"],
    after: SMALL.unionContainer,
  },
  {
    id: "state-slot",
    about: "slot of a BeaconState-like container",
    of: stateWith(),
    paths: ["slot"],
    after: stateWith({ slot: 12_346n }),
  },
  {
    id: "state-balance",
    about: "balances[1] of a BeaconState-like container",
    of: stateWith(),
    paths: ["balances[1]"],
    after: stateWith({ balances: withBalance(1, 31_000_000_000n) }),
    flags: DEEP,
  },
  {
    id: "state-exit",
    about: "validators[1].exit_epoch of a BeaconState-like container",
    of: stateWith(),
    paths: ["validators[1].exit_epoch"],
    after: stateWith({ validators: withExit(1, 400n) }),
    flags: DEEP,
  },
  {
    id: "state-balance-appended",
    about: "balances[3] appended to a BeaconState-like container: a chunk that is there already, and the length",
    of: stateWith(),
    paths: ["balances[3]", "balances.__len__"],
    after: stateWith({ balances: withBalance(3, 32_000_000_000n) }),
    flags: DEEP,
  },
];

const writesOf = ({ paths, after }: TypedWriting): Json =>
  paths.map((path) => [keyOf(after, path), typedNode(after, gindexOf(after.type, path))]);

export function writeCases(encoding: EncodingName): Draft[] {
  return [...WRITINGS.map((writing) => updateCase(writing, encoding)), transactCase(encoding)];
}

function updateCase(writing: TypedWriting, encoding: EncodingName): Draft {
  const { id, about, flags, after } = writing;
  const { root, proof } = typedProof(writing, encoding);
  const params: JsonObject = { ...baseOf(encoding), root, proof, writes: writesOf(writing) };
  const text = {
    id: `${id}-update`,
    about: `write ${about}`,
    kind: "completeness" as const,
    call: "proof/update",
    params,
  };
  const { proof: written } = ask("proof/update", params);
  return stated(
    { ...text, ...(flags && { flags }) },
    { root: hashTreeRoot(after), proof: shortenRuns(written as Json, ZEROS) },
  );
}

/** A list that grows and shrinks again: three roots, each of a value of the type. */
function transactCase(encoding: EncodingName): Draft {
  const [appended] = WRITINGS.filter(({ id }) => id === "list-appended");
  const { root, proof } = typedProof(appended, encoding);
  const [chunk, length] = writesOf(appended) as readonly (readonly string[])[];
  const halfWritten = inPlaceOf(SMALL.basicList, [1n, 2n, 3n, 4n, 5n, 6n, 0n]);
  const steps: Json = [
    { set: [...length] },
    { root: true },
    { checkpoint: true },
    { set: [...chunk] },
    { root: true },
    { revert: true },
    { root: true },
  ];
  return stated(
    {
      id: "list-appended-transact",
      about: "the length of List[uint64, 100] written first, which appends a zero; then the element, which is reverted",
      kind: "completeness",
      flags: ["checkpoints"],
      call: "proof/transact",
      params: { ...baseOf(encoding), root, proof, steps },
    },
    {
      results: [
        true,
        hashTreeRoot(halfWritten),
        true,
        true,
        hashTreeRoot(appended.after),
        true,
        hashTreeRoot(halfWritten),
      ],
    },
  );
}
