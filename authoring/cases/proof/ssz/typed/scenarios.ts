/** The proven paths of the typed values, and the conversion of a path into a part of a request. */
import type { Json, JsonObject } from "../../../../../runners/lane.ts";
import { quantity } from "../../../kit/binary/pruned.ts";
import { shortenRuns, ZEROS } from "../../../kit/binary/uniform-runs.ts";
import { shortEntries } from "../sparse-lists.ts";
import { type EncodingName, prove } from "../trees.ts";
import { gindexOf, hashTreeRoot, type Typed, typedNode } from "./tree.ts";
import { SMALL, stateWith } from "./values.ts";

/** Some nodes of a typed value, to be proven together. */
export interface TypedScenario {
  readonly id: string;
  readonly about: string;
  readonly of: Typed;
  readonly paths: readonly string[];
  readonly flags?: readonly string[];
}

/** A proof of the paths, with the root and the nodes from the type. The nodes are in the order of the keys, which ascend. */
export interface TypedProof {
  readonly root: string;
  readonly proof: Json;
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly entries: Json;
}

export function keyOf({ type }: Typed, path: string): string {
  return quantity(gindexOf(type, path));
}

/** The reference builds the proof; the root and the nodes come from the type. */
export function typedProof({ of, paths }: Pick<TypedScenario, "of" | "paths">, encoding: EncodingName): TypedProof {
  const gindices = paths.map((path) => gindexOf(of.type, path)).sort((a, b) => (a < b ? -1 : 1));
  const entries = shortEntries(of, gindices);
  const keys = gindices.map(quantity);
  const { proof } = prove({ id: "", about: "", seed: 0, entries, keys }, encoding);
  const values = gindices.map((gindex) => typedNode(of, gindex));
  return { root: hashTreeRoot(of), proof: shortenRuns(proof, ZEROS), keys, entries, values };
}

export const baseOf = (encoding: EncodingName): JsonObject => ({ backend: "ssz", encoding });

/** One of each kind of type. Every node has an index of at most 32 bits. */
export const KINDS: readonly TypedScenario[] = [
  { id: "container", about: "root of a Checkpoint container", of: SMALL.checkpoint, paths: ["root"] },
  {
    id: "scalars",
    about: "flag, count and wide of a container of a boolean and of unsigned integers of 8 to 256 bits",
    of: SMALL.scalars,
    paths: ["flag", "count", "wide"],
  },
  {
    id: "nested-containers",
    about: "slot and target.root of an AttestationData-like container",
    of: SMALL.attestation,
    paths: ["slot", "target.root"],
  },
  {
    id: "inner-container",
    about: "target, a container within an AttestationData-like one, as a whole",
    of: SMALL.attestation,
    paths: ["target"],
  },
  {
    id: "packed-vector",
    about: "the chunk of elements 4 to 7 of Vector[uint64, 10]",
    of: SMALL.packedVector,
    paths: ["[5]"],
  },
  {
    id: "packed-vector-end",
    about: "the last chunk of Vector[uint64, 10]: two elements, then zeros",
    of: SMALL.packedVector,
    paths: ["[9]"],
  },
  {
    id: "short-integers",
    about: "the chunk of elements 16 to 23 of Vector[uint16, 24]",
    of: SMALL.shortVector,
    paths: ["[17]"],
  },
  {
    id: "composite-vector",
    about: "[2].root of Vector[Checkpoint, 3]",
    of: SMALL.compositeVector,
    paths: ["[2].root"],
  },
  {
    id: "basic-list",
    about: "the chunk of elements 4 and 5, and the length, of List[uint64, 100] with 6 elements",
    of: SMALL.basicList,
    paths: ["[5]", "__len__"],
  },
  {
    id: "empty-basic-list",
    about: "the first chunk and the length of an empty List[uint64, 100]",
    of: SMALL.emptyBasicList,
    paths: ["[0]", "__len__"],
  },
  {
    id: "composite-list",
    about: "[1].epoch and the length of List[Checkpoint, 5] with 2 elements",
    of: SMALL.compositeList,
    paths: ["[1].epoch", "__len__"],
  },
  {
    id: "empty-composite-list",
    about: "the length of an empty List[Checkpoint, 5]",
    of: SMALL.emptyCompositeList,
    paths: ["__len__"],
  },
  {
    id: "full-list",
    about: "[1].root and the length of List[Checkpoint, 2] with 2 elements",
    of: SMALL.fullList,
    paths: ["[1].root", "__len__"],
  },
  { id: "bitvector", about: "the chunk of bit 299, the last of Bitvector[300]", of: SMALL.bitvector, paths: ["[299]"] },
  {
    id: "bitlist",
    about: "the chunk of bit 260 and the length of Bitlist[600] with 300 bits",
    of: SMALL.bitlist,
    paths: ["[260]", "__len__"],
  },
  {
    id: "bitlist-whole-chunk",
    about:
      "both chunks and the length of Bitlist[600] with 256 bits: the bit that ends the serialized list is in no chunk",
    of: SMALL.wholeChunkBitlist,
    paths: ["[0]", "[256]", "__len__"],
  },
  {
    id: "bytes-of-two-chunks",
    about: "both chunks of pubkey, Bytes48, in a container: the second is half zeros",
    of: SMALL.keyed,
    paths: ["pubkey[0]", "pubkey[47]"],
  },
  {
    id: "byte-list",
    about: "the chunk of byte 32 and the length of List[byte, 64] with 33 bytes",
    of: SMALL.byteList,
    paths: ["[32]", "__len__"],
  },
  {
    id: "union-none",
    about: "value and selector of Union[None, uint64, Checkpoint] with selector 0",
    of: SMALL.unionNone,
    paths: ["value", "selector"],
  },
  {
    id: "union-number",
    about: "value and selector of Union[None, uint64, Checkpoint] with selector 1",
    of: SMALL.unionNumber,
    paths: ["value", "selector"],
  },
  {
    id: "union-container",
    about: "value, as a whole, and selector of Union[None, uint64, Checkpoint] with selector 2",
    of: SMALL.unionContainer,
    paths: ["value", "selector"],
  },
  {
    id: "optional-none",
    about: "the length of Optional[uint64] of nothing",
    of: SMALL.optionalNone,
    paths: ["__len__"],
  },
  {
    id: "optional-zero",
    about: "value and length of Optional[uint64] of 0, which is something",
    of: SMALL.optionalZero,
    paths: ["value", "__len__"],
  },
];

const DEEP = ["deep-list"];
const STATE = "of a BeaconState-like container";

/** Several paths at once: below two lists, and above them. */
export const STATE_TOGETHER: TypedScenario = {
  id: "state-together",
  about: `slot, validators[1].pubkey (its second chunk), validators[1].exit_epoch, validators.__len__ and balances[1] ${STATE}`,
  of: stateWith(),
  paths: ["slot", "validators[1].pubkey[47]", "validators[1].exit_epoch", "validators.__len__", "balances[1]"],
  flags: DEEP,
};

/** The requests of a light client. */
export const STATE_SHALLOW: TypedScenario = {
  id: "state-finality",
  about: `finalized_checkpoint.root and slot ${STATE}`,
  of: stateWith(),
  paths: ["finalized_checkpoint.root", "slot"],
};

export const EFFECTIVE_BALANCE: TypedScenario = {
  id: "state-effective-balance",
  about: `validators[1].effective_balance ${STATE}`,
  of: stateWith(),
  paths: ["validators[1].effective_balance"],
  flags: DEEP,
};

/** One or a few paths of the state. */
export const STATE_PATHS: readonly TypedScenario[] = [
  {
    id: "state-vectors",
    about: `block_roots[7], slashings[3] and justification_bits ${STATE}`,
    of: stateWith(),
    paths: ["block_roots[7]", "slashings[3]", "justification_bits"],
  },
  {
    id: "state-lengths",
    about: `validators.__len__ and historical_roots.__len__, which is empty, ${STATE}`,
    of: stateWith(),
    paths: ["validators.__len__", "historical_roots.__len__"],
  },
  EFFECTIVE_BALANCE,
  {
    id: "state-validator",
    about: `validators[2] as a whole ${STATE}`,
    of: stateWith(),
    paths: ["validators[2]"],
    flags: DEEP,
  },
  {
    id: "state-balance",
    about: `balances[2] ${STATE}, in a chunk with balances[0] and balances[1]`,
    of: stateWith(),
    paths: ["balances[2]"],
    flags: DEEP,
  },
];
