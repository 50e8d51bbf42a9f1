/**
 * Runs every operation on trees of the maximum depth, and a recursive walk for comparison. Prints the outcome of each as
 * JSON: "done", or the name of the error. Start it with a small stack: `node --stack-size=90 …`.
 */
import { createNodeFromProof, ProofType } from "@chainsafe/persistent-merkle-tree";
import { packBits } from "../../../reference/core/bits.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";

const outcomes: Record<string, string> = {};

function run<Result>(name: string, work: () => Result): Result | undefined {
  try {
    const result = work();
    outcomes[name] = "done";
    return result;
  } catch (error) {
    outcomes[name] = (error as Error).name;
    return undefined;
  }
}

const node = (value: number | bigint): string => `0x${value.toString(16).padStart(64, "0")}`;

run("a walk by recursion", () => {
  const shape = Uint8Array.from({ length: 2 * 1023 + 1 }, (_, position) => (position < 1023 ? 0 : 1));
  const leaves = Array.from({ length: 1024 }, () => new Uint8Array(32));
  return createNodeFromProof({ type: ProofType.compactMulti, descriptor: packBits(shape), leaves });
});

/** Runs every operation on the proof of all keys, and on a proof of only the deepest key. */
function runAll(backend: string, encoding: string, entries: readonly (readonly [string, string])[]): void {
  const keys = entries.map(([key]) => key);
  const call = <Result>(operation: string, params: object): Result | undefined => {
    return run(`${backend}, ${encoding}, ${operation}`, () => {
      return callMethod(`proof/${operation}`, { backend, ...params }) as Result;
    });
  };
  const whole = call<{ root: string; proof: unknown }>("prove", { encoding, entries, keys });
  const deepest = call<{ proof: unknown }>("prove", { encoding, entries, keys: keys.slice(-1) });
  if (whole === undefined || deepest === undefined) return;
  const [key] = keys.slice(-1);
  call("root", { encoding, proof: whole.proof });
  call("get", { encoding, ...whole, keys });
  call("cost", { encoding, ...whole });
  call("convert", {
    from: encoding,
    to: encoding,
    ...whole,
    ...(encoding === "helpers" ? { keys } : {}),
  });
  call("update", { encoding, ...whole, writes: [[key, node(7)]] });
  call("transact", { encoding, ...whole, steps: [{ set: [key, node(7)] }, { root: true }, { get: key }] });
  call("merge", { encoding, root: whole.root, proofs: [deepest.proof, whole.proof] });
  call("extract", { encoding, ...whole, keys: [key] });
}

/** Returns the terminal nodes of a tree that descends to the left for `levels` levels. */
function comb(levels: number): [string, string][] {
  const right = Array.from({ length: levels }, (_, level) => (1n << BigInt(level + 1)) + 1n);
  return [...right, 1n << BigInt(levels)].map((gindex, index) => [`0x${gindex.toString(16)}`, node(index + 1)]);
}

for (const encoding of ["compact", "offsets64", "offsets16", "helpers"]) runAll("ssz", encoding, comb(1023));
runAll("ssz", "explicit", comb(127));
for (const encoding of ["compact", "offsets64", "offsets16"]) {
  runAll(
    "sparse",
    encoding,
    [1n, 2n, 1n << 255n, 0n].map((key, index) => [node(key), node(index + 1)]),
  );
}

/** Returns a chain of `levels` internal nodes without prefixes to the left, with a leaf whose key is all zeros. */
function chain(levels: number): string {
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const labels = Buffer.from(
    packBits(Uint8Array.from({ length: 3 * levels + 1 }, (_, index) => (index % 3 < 2 ? 1 : 0))),
  );
  labels[labels.length - 1] &= 0xff ^ (0x80 >> ((3 * levels) & 7));
  const key = Buffer.alloc(Math.ceil(levels / 8));
  const leaf = Buffer.concat([Buffer.of(key.length & 0xff, key.length >> 8), key, Buffer.alloc(32, 7)]);
  const sections = [labels, Buffer.alloc(2 * levels), leaf, Buffer.alloc(32 * levels, 9)];
  return `0x${Buffer.concat(sections.flatMap((section) => [u32(section.length), section])).toString("hex")}`;
}

/** Runs every operation on a tree of 65 536 levels below the root; `prove` on a smaller one, whose keys fit a request. */
function runRadix(encoding: string): void {
  const base = { backend: "radix", encoding };
  const call = <Result>(operation: string, params: object): Result | undefined => {
    return run(`radix, ${encoding}, ${operation}`, () => callMethod(`proof/${operation}`, params) as Result);
  };
  const levels = 2 ** 16;
  const kmm = chain(levels);
  const { root } = callMethod("proof/root", { backend: "radix", encoding: "kmm", proof: kmm }) as { root: string };
  const conversion = { from: "kmm", to: encoding, backend: "radix", root, proof: kmm };
  const { proof } = call<{ proof: string }>("convert", conversion) ?? {};
  const key = `0x${"00".repeat(levels / 8)}`;
  if (encoding === "kmm") call("root", { ...base, proof });
  call("get", { ...base, root, proof, keys: [key] });
  call("cost", { ...base, root, proof });
  call("update", { ...base, root, proof, writes: [[key, node(7)]] });
  call("transact", { ...base, root, proof, steps: [{ set: [key, node(7)] }, { root: true }, { get: key }] });
  call("merge", { ...base, root, proofs: [proof, proof] });
  call("extract", { ...base, root, proof, keys: [key] });
  const keys = Array.from(
    { length: 2000 },
    (_, index) => `0x${"00".repeat(index >> 3)}${["80", "40", "20", "10", "08", "04", "02", "01"][index & 7]}`,
  );
  call("prove", { ...base, entries: keys.map((one) => [one, node(7)]), keys: keys.slice(-1), deletes: keys });
}

for (const encoding of ["kmm", "nodes"]) runRadix(encoding);

console.log(JSON.stringify(outcomes));
