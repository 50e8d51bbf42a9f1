/** The typed values that the `typed` vectors prove: one of each kind of SSZ type, and a state with all of them at once. */
import {
  BitArray,
  BitListType,
  BitVectorType,
  BooleanType,
  ByteListType,
  ByteVectorType,
  ContainerType,
  ListBasicType,
  ListCompositeType,
  NoneType,
  OptionalType,
  UintBigintType,
  UnionType,
  type ValueOf,
  VectorBasicType,
  VectorCompositeType,
} from "@chainsafe/ssz";
import { randomBytes } from "../../../../../harness/cases/recipes.ts";
import { type Typed, typed } from "./tree.ts";

const uint8 = new UintBigintType(1);
const uint16 = new UintBigintType(2);
const uint64 = new UintBigintType(8);
const uint256 = new UintBigintType(32);
const Bytes4 = new ByteVectorType(4);
const Bytes32 = new ByteVectorType(32);
const Bytes48 = new ByteVectorType(48);

const Checkpoint = new ContainerType({ epoch: uint64, root: Bytes32 }, { typeName: "Checkpoint" });

/** The beginning of a random stream, so that nobody chose the bytes. */
const bytes = (seed: number, length = 32): Uint8Array => randomBytes(BigInt(seed), length);

/** 32 equal bytes, which a reader can hash by hand. */
const filled = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

const bits = (length: number, isSet: (index: number) => boolean): BitArray =>
  BitArray.fromBoolArray(Array.from({ length }, (_, index) => isSet(index)));

const numbers = (from: number, length: number): bigint[] => Array.from({ length }, (_, index) => BigInt(from + index));

const Scalars = new ContainerType({
  flag: new BooleanType(),
  small: uint8,
  middling: uint16,
  count: uint64,
  wide: uint256,
});
const AttestationData = new ContainerType({
  slot: uint64,
  index: uint64,
  beacon_block_root: Bytes32,
  source: Checkpoint,
  target: Checkpoint,
});
const Keyed = new ContainerType({ pubkey: Bytes48, nonce: uint64 });
const Choice = new UnionType([new NoneType(), uint64, Checkpoint]);
const Packed = new ListBasicType(uint64, 100);
const Checkpoints = new ListCompositeType(Checkpoint, 5);

const checkpoint = (index: number): ValueOf<typeof Checkpoint> => ({
  epoch: BigInt(10 + index),
  root: filled(0xc0 + index),
});

/** Small values by their kind. */
export const SMALL = {
  scalars: typed(Scalars, {
    flag: true,
    small: 0xabn,
    middling: 0x1234n,
    count: 2n ** 64n - 2n,
    wide: 2n ** 255n + 1n,
  }),
  checkpoint: typed(Checkpoint, { epoch: 3n, root: filled(0xaa) }),
  attestation: typed(AttestationData, {
    slot: 96n,
    index: 2n,
    beacon_block_root: bytes(8001),
    source: checkpoint(0),
    target: checkpoint(1),
  }),
  packedVector: typed(new VectorBasicType(uint64, 10), numbers(1000, 10)),
  shortVector: typed(new VectorBasicType(uint16, 24), numbers(1, 24)),
  compositeVector: typed(new VectorCompositeType(Checkpoint, 3), [0, 1, 2].map(checkpoint)),
  basicList: typed(Packed, numbers(1, 6)),
  emptyBasicList: typed(Packed, []),
  compositeList: typed(Checkpoints, [0, 1].map(checkpoint)),
  emptyCompositeList: typed(Checkpoints, []),
  fullList: typed(new ListCompositeType(Checkpoint, 2), [0, 1].map(checkpoint)),
  bitvector: typed(
    new BitVectorType(300),
    bits(300, (index) => index % 7 === 0 || index === 299),
  ),
  bitlist: typed(
    new BitListType(600),
    bits(300, (index) => index % 5 === 0),
  ),
  wholeChunkBitlist: typed(
    new BitListType(600),
    bits(256, () => true),
  ),
  keyed: typed(Keyed, { pubkey: bytes(8002, 48), nonce: 9n }),
  byteList: typed(new ByteListType(64), bytes(8003, 33)),
  unionNone: typed(Choice, { selector: 0, value: null }),
  unionNumber: typed(Choice, { selector: 1, value: 7n }),
  unionContainer: typed(Choice, { selector: 2, value: checkpoint(2) }),
  optionalNone: typed(new OptionalType(uint64), null),
  optionalZero: typed(new OptionalType(uint64), 0n),
} as const satisfies Record<string, Typed>;

const Validator = new ContainerType({
  pubkey: Bytes48,
  withdrawal_credentials: Bytes32,
  effective_balance: uint64,
  slashed: new BooleanType(),
  activation_eligibility_epoch: uint64,
  activation_epoch: uint64,
  exit_epoch: uint64,
  withdrawable_epoch: uint64,
});

const State = new ContainerType({
  genesis_time: uint64,
  genesis_validators_root: Bytes32,
  slot: uint64,
  fork: new ContainerType({ previous_version: Bytes4, current_version: Bytes4, epoch: uint64 }),
  block_roots: new VectorCompositeType(Bytes32, 8),
  historical_roots: new ListCompositeType(Bytes32, 2 ** 24),
  validators: new ListCompositeType(Validator, 2 ** 40),
  balances: new ListBasicType(uint64, 2 ** 40),
  slashings: new VectorBasicType(uint64, 8),
  justification_bits: new BitVectorType(4),
  finalized_checkpoint: Checkpoint,
});

export type StateValue = ValueOf<typeof State>;

const FAR_FUTURE_EPOCH = 2n ** 64n - 1n;

const validator = (index: number): ValueOf<typeof Validator> => ({
  pubkey: bytes(8100 + index, 48),
  withdrawal_credentials: bytes(8200 + index),
  effective_balance: 32_000_000_000n,
  slashed: index === 2,
  activation_eligibility_epoch: 0n,
  activation_epoch: BigInt(index),
  exit_epoch: FAR_FUTURE_EPOCH,
  withdrawable_epoch: FAR_FUTURE_EPOCH,
});

const STATE: StateValue = {
  genesis_time: 1_606_824_023n,
  genesis_validators_root: bytes(8004),
  slot: 12_345n,
  fork: { previous_version: bytes(8005, 4), current_version: bytes(8006, 4), epoch: 385n },
  block_roots: numbers(8010, 8).map((seed) => bytes(Number(seed))),
  historical_roots: [],
  validators: [0, 1, 2].map(validator),
  balances: [32_000_000_001n, 31_999_999_999n, 16_000_000_000n],
  slashings: [0n, 0n, 0n, 16_000_000_000n, 0n, 0n, 0n, 0n],
  justification_bits: bits(4, (index) => index !== 1),
  finalized_checkpoint: { epoch: 384n, root: bytes(8007) },
};

/** The state, with `changes` instead of its own members. */
export function stateWith(changes: Partial<StateValue> = {}): Typed {
  return typed(State, { ...STATE, ...changes });
}

/** The balances of the state with the one at `index` replaced or, after the last one, added. */
export function withBalance(index: number, balance: bigint): StateValue["balances"] {
  return Array.from({ length: Math.max(STATE.balances.length, index + 1) }, (_, i) =>
    i === index ? balance : STATE.balances[i],
  );
}

export function withExit(index: number, epoch: bigint): StateValue["validators"] {
  return STATE.validators.map((one, i) => (i === index ? { ...one, exit_epoch: epoch } : one));
}

/** Another value of the same type. */
export function inPlaceOf({ type }: Typed, value: unknown): Typed {
  return { type, value };
}

export { checkpoint };
