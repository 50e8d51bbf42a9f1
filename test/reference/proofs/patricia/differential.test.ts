/**
 * Compares the reference with the naive implementation, which was written only from the specification. Results are equal to the byte
 * and rejections in their class, for honest requests, for damaged proofs, and for tries that no honest writer makes.
 */
import { test } from "node:test";
import { keccak_256 } from "@noble/hashes/sha3.js";
import fc from "fast-check";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { naivePatriciaCall } from "../../../confirm/patricia/patricia.ts";
import type { Json } from "../../../confirm/values.ts";
import { assertAlike, type Call, damagedBytes, type Outcome, stepOf } from "../differential.ts";

const ENCODINGS = ["witness", "preorder", "eip1186"];

type Nodes = readonly string[];
type Eip1186 = { readonly proofs: readonly { readonly key: string; readonly nodes: Nodes }[] };

/** Keys of which many share a prefix or are prefixes of others. */
const key = fc.array(fc.constantFrom("00", "01", "10", "11"), { maxLength: 3 }).map((bytes) => `0x${bytes.join("")}`);
const keys = fc.array(key, { maxLength: 3 });
/** Values whose leaf is embedded, and values whose leaf is hashed. */
const value = fc.constantFrom("0x07", "0x8899", `0x${"5a".repeat(40)}`);
const written = fc.tuple(key, fc.option(value));

/** Changes to the nodes of an `eip1186` proof. Damaged bytes are mostly those of the first node, the root node. */
const damage: fc.Arbitrary<(nodes: Nodes) => Nodes> = fc.oneof(
  { weight: 3, arbitrary: fc.constant((nodes: Nodes) => nodes) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.oneof(fc.constant(0), fc.nat({ max: 3 })), damagedBytes).map(
      ([at, damaged]) =>
        (nodes: Nodes) =>
          nodes.map((node, index) => (index === at ? damaged(node) : node)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat({ max: 3 }), fc.constantFrom("drop", "repeat", "junk")).map(
      ([at, what]) =>
        (nodes: Nodes) =>
          nodes.flatMap((node, index) => {
            if (index !== at) return [node];
            return what === "drop" ? [] : [node, what === "repeat" ? node : "0xc20102"];
          }),
    ),
  },
);

const request = fc.record({
  encoding: fc.constantFrom(...ENCODINGS),
  to: fc.constantFrom(...ENCODINGS),
  profile: fc.constantFrom("lenient", "strict"),
  secure: fc.boolean(),
  entries: fc.array(fc.tuple(key, value), { maxLength: 10 }),
  proven: fc.array(key, { minLength: 1, maxLength: 3 }),
  alsoProven: fc.array(key, { minLength: 1, maxLength: 3 }),
  keys,
  deletes: keys,
  writes: fc.array(written, { maxLength: 4 }),
  steps: fc.array(stepOf(key, written), { maxLength: 9 }),
  damage,
  /** Whether the root is that of the damaged proof, so that the proof authenticates. */
  follows: fc.boolean(),
});

type Drawn = typeof request extends fc.Arbitrary<infer T> ? T : never;

function rlpString(hex: string): string {
  const length = hex.length / 2;
  if (length === 1 && Number.parseInt(hex, 16) < 0x80) return hex;
  return withHead(0x80, hex, length);
}

function withHead(kind: number, payload: string, length: number): string {
  if (length <= 55) return (kind + length).toString(16) + payload;
  const digits = length.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return (kind + 55 + even.length / 2).toString(16) + even + payload;
}

/** The nodes of an `eip1186` proof in another encoding, not always in its order. */
function inEncoding(encoding: string, proof: Eip1186): Json {
  if (encoding === "eip1186") return proof as unknown as Json;
  const nodes = [...new Set(proof.proofs.flatMap((one) => one.nodes))];
  if (encoding === "witness") nodes.sort();
  const payload = nodes.map((node) => rlpString(node.slice(2))).join("");
  return `0x${withHead(0xc0, payload, payload.length / 2)}`;
}

function callsOf(drawn: Drawn): Call[] {
  const { encoding, to, profile, secure, entries, proven, alsoProven, keys, deletes, writes, steps } = drawn;
  const whole = { backend: "patricia", encoding: "eip1186", options: { secure }, entries };
  const honest = callMethod("proof/prove", { ...whole, keys: proven }) as { root: string; proof: Eip1186 };
  const other = callMethod("proof/prove", { ...whole, keys: alsoProven }) as { proof: Eip1186 };
  const damaged = {
    proofs: honest.proof.proofs.map((one) => ({ key: one.key, nodes: drawn.damage(one.nodes) })),
  };
  const [top] = damaged.proofs[0].nodes;
  const follows = drawn.follows && top !== undefined;
  const root = follows ? `0x${Buffer.from(keccak_256(Buffer.from(top.slice(2), "hex"))).toString("hex")}` : honest.root;
  const proof = inEncoding(encoding, damaged);
  const options = { secure, profile };
  const base = { backend: "patricia", encoding, options };
  return [
    ["proof/root", { ...base, proof }],
    ["proof/get", { ...base, root, proof, keys }],
    ["proof/cost", { ...base, root, proof }],
    ["proof/update", { ...base, root, proof, writes }],
    ["proof/transact", { ...base, root, proof, steps: steps as Json }],
    ["proof/merge", { ...base, root, proofs: [proof, inEncoding(encoding, other.proof)] }],
    ["proof/extract", { ...base, root, proof, keys, deletes }],
    ["proof/convert", { backend: "patricia", from: encoding, to, options, root, proof, keys }],
    ["proof/convert", { backend: "patricia", from: encoding, to, options, root, proof }],
    ["proof/prove", { ...base, entries, keys, deletes }],
  ];
}

test("the reference and the naive implementation agree on every request about a small trie", () => {
  const outcomes = [
    "incomplete",
    "invalid-argument",
    "invalid-proof",
    "malformed",
    "non-canonical",
    "result",
    "unsupported",
  ];
  assertAlike(request, callsOf, naivePatriciaCall, outcomes, isLeftOpen);
});

/** Whether the specification allows both outcomes, or the request has two faults of different classes. */
function isLeftOpen([method, { options, deletes }]: Call, outcomes: readonly [Outcome, Outcome]): boolean {
  const classes = outcomes.map((outcome) => ("error" in outcome ? outcome.error : "result"));
  const { profile } = options as { profile: string };
  if (profile === "strict") return classes.every((one) => one === "non-canonical" || one === "incomplete");
  const writes = method === "proof/update" || method === "proof/transact" || (deletes as Json[])?.length > 0;
  return writes && classes.includes("non-canonical");
}
