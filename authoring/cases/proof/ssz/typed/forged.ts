/** Facts that only a type knows: lengths, selectors, padding and packed values, forged or read by a wrong index. */

import { expandRecipes } from "../../../../../harness/cases/recipes.ts";
import type { Json } from "../../../../../runners/lane.ts";
import { littleEndian } from "../../../kit/binary/broken.ts";
import { type Pruned, prunedOf, quantity, replaceAt } from "../../../kit/binary/pruned.ts";
import { shortenRuns, ZEROS } from "../../../kit/binary/uniform-runs.ts";
import { type Draft, rejected, stated } from "../../../kit/draft.ts";
import { type EncodingName, encodePruned } from "../trees.ts";
import { baseOf, keyOf, type TypedScenario, typedProof } from "./scenarios.ts";
import { gindexOf, hashTreeRoot, type Typed } from "./tree.ts";
import { inPlaceOf, SMALL, stateWith } from "./values.ts";

type Of = Pick<TypedScenario, "of" | "paths">;

const MIX_IN = "forged-mix-in";
const DEEP = "deep-list";

/** Generalized indices of the bottom nodes of a pruned tree, left to right. */
function bottomsOf(shape: string): bigint[] {
  const found: bigint[] = [];
  const pending = [1n];
  for (const kind of shape) {
    const gindex = pending.pop() as bigint;
    if (kind === "1") found.push(gindex);
    else pending.push(2n * gindex + 1n, 2n * gindex);
  }
  return found;
}

/** The honest proof with the nodes at some paths replaced; root and claims stay. */
function forge({ of, paths }: Of, nodes: Readonly<Record<string, string>>, encoding: EncodingName) {
  const { root, keys, proof } = typedProof({ of, paths }, "compact");
  const honest = prunedOf(expandRecipes(proof) as string);
  const ranks = bottomsOf(honest.shape);
  const bottoms = Object.entries(nodes).reduce(
    (list, [path, node]) => replaceAt(list, ranks.indexOf(gindexOf(of.type, path)), node),
    honest.bottoms,
  );
  const forged: Pruned = { ...honest, bottoms };
  return {
    ...baseOf(encoding),
    root,
    proof: shortenRuns(encodePruned(forged, encoding, keys), ZEROS),
    keys: [...keys],
  };
}

/** A number as the chunk of a length or a selector. */
const chunk = (value: number): string => `0x${littleEndian(value, 32)}`;

function forgedMixIns(encoding: EncodingName): Draft[] {
  const forged = (
    id: string,
    about: string,
    of: Of,
    nodes: Readonly<Record<string, string>>,
    flags = [MIX_IN],
  ): Draft =>
    rejected(
      { id, about, kind: "soundness", flags, call: "proof/get", params: forge(of, nodes, encoding) },
      "invalid-proof",
    );
  const list = { of: SMALL.basicList, paths: ["[5]", "__len__"] };
  const empty = { of: SMALL.emptyBasicList, paths: ["[0]", "__len__"] };
  const bits = { of: SMALL.wholeChunkBitlist, paths: ["[0]", "__len__"] };
  const number = { of: SMALL.unionNumber, paths: ["value", "selector"] };
  const none = { of: SMALL.unionNone, paths: ["value", "selector"] };
  const validators = { of: stateWith(), paths: ["validators.__len__"] };
  return [
    forged("length-one-more", "the length of List[uint64, 100] says 7 of 6 elements", list, { __len__: chunk(7) }),
    forged("length-one-less", "the length of List[uint64, 100] says 5 of 6 elements", list, { __len__: chunk(5) }),
    forged("length-zero", "the length of List[uint64, 100] with 6 elements says 0", list, { __len__: chunk(0) }),
    forged("length-of-empty", "the length of an empty List[uint64, 100] says 1", empty, { __len__: chunk(1) }),
    forged("bitlist-length", "the length of Bitlist[600] says 257 of 256 bits", bits, {
      __len__: chunk(257),
    }),
    forged("selector-other", "the selector of Union[None, uint64, Checkpoint] says 2 in place of 1", number, {
      selector: chunk(2),
    }),
    forged("selector-none", "the selector says 0, None, above the value of selector 1", number, { selector: chunk(0) }),
    forged("selector-of-none", "the selector says 1 above the zero chunk of None", none, { selector: chunk(1) }),
    forged("state-length", "validators.__len__ of a BeaconState-like container says 2 of 3", validators, {
      "validators.__len__": chunk(2),
    }),
  ];
}

/** Honest proofs of values that differ only in the mixed-in node, each against the root of the other. */
function mixedUp(encoding: EncodingName): Draft[] {
  const against = (id: string, about: string, { of, paths }: Of, other: Typed): Draft => {
    const { proof, keys } = typedProof({ of, paths }, encoding);
    const params = { ...baseOf(encoding), root: hashTreeRoot(other), proof, keys: [...keys] };
    return rejected({ id, about, kind: "soundness", flags: [MIX_IN], call: "proof/get", params }, "invalid-proof");
  };
  const withZero = inPlaceOf(SMALL.basicList, [1n, 2n, 3n, 4n, 5n, 6n, 0n]);
  const zeroNumber = inPlaceOf(SMALL.unionNumber, { selector: 1, value: 0n });
  return [
    against(
      "zero-appended",
      "List[uint64, 100] of six elements against the same with a zero appended",
      { of: SMALL.basicList, paths: ["[5]", "__len__"] },
      withZero,
    ),
    against(
      "none-for-zero",
      "Union[None, uint64, Checkpoint] of None against selector 1 with 0",
      { of: SMALL.unionNone, paths: ["value", "selector"] },
      zeroNumber,
    ),
    against(
      "optional-none-for-zero",
      "Optional[uint64] of nothing against 0",
      { of: SMALL.optionalNone, paths: ["__len__"] },
      SMALL.optionalZero,
    ),
  ];
}

/** Values that share a chunk have no index of their own: there are no nodes below the chunk. */
function packedReads(encoding: EncodingName): Draft[] {
  const read = (
    id: string,
    about: string,
    { of, paths }: Of,
    key: (chunk: bigint) => bigint,
    flags: string[],
  ): Draft => {
    const { root, proof } = typedProof({ of, paths }, encoding);
    const keys = [quantity(key(gindexOf(of.type, paths[0])))];
    const params = { ...baseOf(encoding), root, proof, keys };
    return rejected({ id, about, kind: "soundness", flags, call: "proof/get", params }, "incomplete");
  };
  const packed = ["packed-chunk"];
  return [
    read(
      "below-packed-chunk",
      "element 5 of Vector[uint64, 10] by an index below its chunk, as if it were a node",
      { of: SMALL.packedVector, paths: ["[5]"] },
      (gindex) => 4n * gindex + 1n,
      packed,
    ),
    read(
      "below-bits",
      "bit 260 of Bitlist[600] by an index below its chunk",
      { of: SMALL.bitlist, paths: ["[260]", "__len__"] },
      (gindex) => 256n * gindex + 4n,
      packed,
    ),
    read(
      "below-bytes",
      "byte 47 of a Bytes48 by an index below its chunk",
      { of: SMALL.keyed, paths: ["pubkey[47]"] },
      (gindex) => 32n * gindex + 15n,
      packed,
    ),
    read(
      "below-selector",
      "below the selector of a union",
      { of: SMALL.unionNumber, paths: ["selector"] },
      (gindex) => 2n * gindex,
      packed,
    ),
    read(
      "state-below-balances",
      "balances[2] of a BeaconState-like container by an index below its chunk",
      { of: stateWith(), paths: ["balances[2]"] },
      (gindex) => 4n * gindex + 2n,
      [...packed, DEEP],
    ),
  ];
}

/** Beyond the length of a list there are zeros. They are genuine nodes; only the length shows that they are not elements. */
function beyondLength(encoding: EncodingName): Draft[] {
  const flags = ["beyond-length"];
  const read = (id: string, about: string, of: Of, extra: string[] = []): Draft => {
    const { root, proof, keys, values } = typedProof(of, encoding);
    const params = { ...baseOf(encoding), root, proof, keys: [...keys] };
    const text = { id, about, kind: "soundness" as const, flags: [...flags, ...extra], call: "proof/get", params };
    return stated(text, { values: [...values] });
  };
  return [
    read("beyond-length-packed", "the chunk of element 50, and the length, of List[uint64, 100] with 6 elements", {
      of: SMALL.basicList,
      paths: ["[50]", "__len__"],
    }),
    read("beyond-length-composite", "[4] and the length of List[Checkpoint, 5] with 2 elements", {
      of: SMALL.compositeList,
      paths: ["[4]", "__len__"],
    }),
    read(
      "state-beyond-length",
      "validators[1000] and validators.__len__ of a BeaconState-like container with 3 validators",
      { of: stateWith(), paths: ["validators[1000]", "validators.__len__"] },
      [DEEP],
    ),
    belowPadding(encoding, "get"),
    belowPadding(encoding, "prove"),
  ];
}

/** A missing element is a zero chunk and not a default container: it has no members. */
function belowPadding(encoding: EncodingName, role: "get" | "prove"): Draft {
  const { of, paths } = { of: SMALL.compositeList, paths: ["[4]"] };
  const id = `beyond-length-member-${role}`;
  const about = "[4].epoch of List[Checkpoint, 5] with 2 elements: where an element would be, there is a zero chunk";
  const { root, proof, entries } = typedProof({ of, paths }, encoding);
  const asked: Record<string, Json> = role === "get" ? { root, proof } : { entries };
  const params = { ...baseOf(encoding), ...asked, keys: [keyOf(of, "[4].epoch")] };
  return rejected(
    { id, about, kind: "soundness", flags: ["beyond-length"], call: `proof/${role}`, params },
    "incomplete",
  );
}

export function typedForgeries(encoding: EncodingName): Draft[] {
  return [...forgedMixIns(encoding), ...mixedUp(encoding), ...packedReads(encoding), ...beyondLength(encoding)];
}
