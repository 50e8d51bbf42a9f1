import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type BasicType,
  BitArray,
  BitListType,
  BitVectorType,
  BooleanType,
  ByteListType,
  ByteVectorType,
  type CompositeTypeAny,
  ContainerType,
  isCompositeType,
  ListBasicType,
  ListCompositeType,
  NoneType,
  OptionalType,
  type Type,
  UintBigintType,
  UnionType,
  VectorBasicType,
  VectorCompositeType,
} from "@chainsafe/ssz";
import fc from "fast-check";
import {
  gindexOf,
  hashTreeRoot,
  type Typed,
  typedEntries,
  typedNode,
} from "../../../../../../authoring/cases/proof/ssz/typed/tree.ts";
import { callMethod } from "../../../../../../reference/wire/dispatch.ts";

/** A type, and an arbitrary for its values. */
interface Kind {
  readonly type: Type<unknown>;
  readonly values: fc.Arbitrary<unknown>;
}

const kind = (type: unknown, values: fc.Arbitrary<unknown>): Kind => ({ type: type as Type<unknown>, values });

const uint = fc.constantFrom(1, 2, 4, 8, 32).map((bytes) => {
  const max = 2n ** BigInt(8 * bytes) - 1n;
  return kind(new UintBigintType(bytes as 1), fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max })));
});
const basic = fc.oneof(uint, fc.constant(kind(new BooleanType(), fc.boolean())));

const limit = fc.constantFrom(1, 2, 5, 33, 1000, 2 ** 40);
const bits = (bounds: fc.ArrayConstraints): fc.Arbitrary<BitArray> =>
  fc.array(fc.boolean(), bounds).map((list) => BitArray.fromBoolArray(list));

const flat = fc.oneof(
  fc.integer({ min: 1, max: 600 }).map((n) => kind(new BitVectorType(n), bits({ minLength: n, maxLength: n }))),
  fc.integer({ min: 1, max: 600 }).map((n) => kind(new BitListType(n), bits({ maxLength: n }))),
  fc
    .integer({ min: 1, max: 100 })
    .map((n) => kind(new ByteVectorType(n), fc.uint8Array({ minLength: n, maxLength: n }))),
  fc.integer({ min: 1, max: 100 }).map((n) => kind(new ByteListType(n), fc.uint8Array({ maxLength: n }))),
  fc
    .tuple(basic, fc.integer({ min: 1, max: 40 }))
    .map(([of, n]) =>
      kind(new VectorBasicType(of.type as BasicType<unknown>, n), fc.array(of.values, { minLength: n, maxLength: n })),
    ),
  fc
    .tuple(basic, limit)
    .map(([of, n]) =>
      kind(new ListBasicType(of.type as BasicType<unknown>, n), fc.array(of.values, { maxLength: Math.min(n, 12) })),
    ),
);

const composite = (depth: number): fc.Arbitrary<Kind> => {
  if (depth === 0) return flat;
  const inner = composite(depth - 1);
  const member = fc.oneof(basic, inner);
  const listed = (of: Kind, n: number): Kind =>
    kind(new ListCompositeType(of.type as CompositeTypeAny, n), fc.array(of.values, { maxLength: Math.min(n, 3) }));
  const vector = (of: Kind, n: number): Kind =>
    kind(new VectorCompositeType(of.type as CompositeTypeAny, n), fc.array(of.values, { minLength: n, maxLength: n }));
  return fc.oneof(
    inner,
    fc.array(member, { minLength: 1, maxLength: 6 }).map(containerOf),
    fc.tuple(inner, limit).map(([of, n]) => listed(of, n)),
    fc.tuple(inner, fc.integer({ min: 1, max: 4 })).map(([of, n]) => vector(of, n)),
    fc.array(member, { minLength: 1, maxLength: 3 }).map(unionOf),
    member.map((of) => kind(new OptionalType(of.type), fc.option(of.values))),
  );
};

function containerOf(members: readonly Kind[]): Kind {
  const named = members.map((member, index) => [`field_${index}`, member] as const);
  const fields = Object.fromEntries(named.map(([name, { type }]) => [name, type]));
  const values = Object.fromEntries(named.map(([name, member]) => [name, member.values]));
  return kind(new ContainerType(fields), fc.record(values));
}

function unionOf(options: readonly Kind[]): Kind {
  const values = options.map((option, index) => option.values.map((value) => ({ selector: index + 1, value })));
  const none = fc.constant({ selector: 0, value: null });
  return kind(new UnionType([new NoneType(), ...options.map(({ type }) => type)]), fc.oneof(none, ...values));
}

const typed: fc.Arbitrary<Typed> = composite(2).chain(({ type, values }) =>
  values.map((value) => ({ type: type as CompositeTypeAny, value })),
);

const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
const uint256 = new UintBigintType(32);

/** All members of a value that a path names and that have a root of their own: the path and the root. */
function named(type: Type<unknown>, value: unknown, prefix = ""): [path: string, root: string][] {
  if (!isCompositeType(type)) return [];
  const member = (step: string, of: Type<unknown>, at: unknown): [string, string][] => [
    [`${prefix}${step}`, hex(of.hashTreeRoot(at))],
    ...(of instanceof UnionType ? [] : named(of, at, `${prefix}${step}.`)),
  ];
  const length = (count: number): [string, string] => [`${prefix}__len__`, hex(uint256.hashTreeRoot(BigInt(count)))];
  if (type instanceof ContainerType) {
    const fields = type.fields as Record<string, Type<unknown>>;
    return Object.entries(fields).flatMap(([name, of]) => member(name, of, (value as Record<string, unknown>)[name]));
  }
  if (type instanceof VectorCompositeType || type instanceof ListCompositeType) {
    const items = value as unknown[];
    const inside = items.flatMap((item, index) => member(`[${index}]`, type.elementType as CompositeTypeAny, item));
    return type.isList ? [...inside, length(items.length)] : inside;
  }
  if (type instanceof UnionType) {
    const { selector, value: chosen } = value as { selector: number; value: unknown };
    const option = type.types[selector] as Type<unknown>;
    return [
      [`${prefix}value`, selector === 0 ? hex(new Uint8Array(32)) : hex(option.hashTreeRoot(chosen))],
      [`${prefix}selector`, hex(uint256.hashTreeRoot(BigInt(selector)))],
    ];
  }
  if (type instanceof ListBasicType || type instanceof ByteListType) return [length((value as unknown[]).length)];
  if (type instanceof BitListType) return [length((value as BitArray).bitLen)];
  return [];
}

const compact = { backend: "ssz", encoding: "compact" };
const quantity = (gindex: bigint): string => `0x${gindex.toString(16)}`;

describe("typed trees", () => {
  test("the entries of any value have its hash_tree_root", () => {
    fc.assert(
      fc.property(typed, (of) => {
        const { root } = callMethod("proof/prove", { ...compact, entries: typedEntries(of), keys: [] }) as {
          root: string;
        };
        assert.equal(root, hashTreeRoot(of));
      }),
      { numRuns: 150 },
    );
  });

  test("the index of a path proves the root of its member", () => {
    fc.assert(
      fc.property(typed, (of) => {
        const members = named(of.type, of.value).slice(0, 24);
        const gindices = members.map(([path]) => gindexOf(of.type, path));
        const keys = gindices.map(quantity);
        const { root, proof } = callMethod("proof/prove", {
          ...compact,
          entries: typedEntries(of, gindices),
          keys,
        }) as {
          root: string;
          proof: string;
        };
        assert.equal(root, hashTreeRoot(of));
        const roots = members.map(([, own]) => own);
        assert.deepEqual(callMethod("proof/get", { ...compact, root, proof, keys }), { values: roots });
        assert.deepEqual(
          gindices.map((gindex) => typedNode(of, gindex)),
          roots,
        );
      }),
      { numRuns: 150 },
    );
  });

  const uint64 = new UintBigintType(8);
  const list = (count: number, length: number): Typed => ({
    type: new ListBasicType(uint64, count) as unknown as CompositeTypeAny,
    value: Array.from({ length }, (_, index) => BigInt(index + 1)),
  });

  test("the unused part of a long list takes one entry for each level, and is opened at requested indices", () => {
    const of = list(2 ** 40, 1);
    // The chunk, 38 zero subtrees beside its path, the length.
    assert.equal(typedEntries(of).length, 40);
    const beyond = gindexOf(of.type, "[1000000]");
    const entries = typedEntries(of, [beyond]);
    assert.ok(entries.some(([key]) => BigInt(key) === beyond));
    assert.ok(entries.length < 80);
  });

  test("packed items share the index of their chunk", () => {
    const { type } = list(100, 6);
    assert.deepEqual(
      ["[0]", "[3]", "[4]", "[99]"].map((path) => gindexOf(type, path)),
      [64n, 64n, 65n, 88n],
    );
    const bytes = new ByteVectorType(48) as unknown as CompositeTypeAny;
    assert.deepEqual([gindexOf(bytes, "[31]"), gindexOf(bytes, "[32]"), gindexOf(bytes, "")], [2n, 3n, 1n]);
    const flags = new BitListType(600) as unknown as CompositeTypeAny;
    assert.deepEqual([gindexOf(flags, "[255]"), gindexOf(flags, "[256]")], [8n, 9n]);
  });

  test("a path that names nothing is rejected", () => {
    const type = new ContainerType({ balances: new ListBasicType(uint64, 8), slot: uint64 });
    const refused = (path: string, message: RegExp): void =>
      assert.throws(() => gindexOf(type as unknown as CompositeTypeAny, path), message);
    refused("balance", /has no balance/);
    refused("constructor", /has no constructor/);
    refused("[0]", /has no 0/);
    refused("__len__", /has no __len__/);
    refused("balances[8]", /has no chunk 2/);
    refused("balances.first", /has no first/);
    refused("slot.x", /there is nothing below/);
    refused("balances.__len__.x", /there is nothing below/);
  });
});
