/** The mapping from the keys of a backend to nodes of a binary tree, and the names of these nodes. */
import { ProofError } from "../../reference/core/errors.ts";
import { type Gindex, gindexDepth, gindexPath, toGindex } from "../../reference/core/gindex.ts";
import type { KeyForm, RawKey } from "../../reference/proofs/backend.ts";
import { isObject, show } from "../../reference/wire/values.ts";

export interface KeySpace {
  readonly keyForm: KeyForm;
  /** Level of the leaves; undefined if a leaf may be on any level. */
  readonly leafLevel: number | undefined;
  /** The node of a key. Throws `ProofError`. */
  nodeOf(key: RawKey): Gindex;
  /** A short name of a node. */
  nameOf(gindex: Gindex): string;
}

/** Longer names are shortened to their two ends. */
const WHOLE_DIGITS = 10;

const PATH_BITS_SHOWN = 8;
const SPARSE_KEY_BYTES = 32;
const SPARSE_DEPTH = 256;

function shortDigits(digits: string): string {
  return digits.length <= WHOLE_DIGITS ? digits : `${digits.slice(0, 5)}…${digits.slice(-4)}`;
}

/** Names nodes by generalized index. A shortened name also contains the level. */
export const GINDEX_SPACE: KeySpace = {
  keyForm: "quantity",
  leafLevel: undefined,
  nodeOf: (key) => toGindex(key as bigint, "invalid-argument"),
  nameOf: (gindex) => {
    const digits = gindex.toString(16);
    return `0x${shortDigits(digits)}${digits.length > WHOLE_DIGITS ? ` L${gindexDepth(gindex)}` : ""}`;
  },
};

/** Names nodes by path: a short path in bits, a longer one in hex digits with its number of bits. */
export function sparseSpace(depth: number): KeySpace {
  return {
    keyForm: "bytes",
    leafLevel: depth,
    nodeOf: (key) => sparseLeaf(key as Uint8Array, depth),
    nameOf: (gindex) => {
      const bits = gindexPath(gindex).join("");
      if (bits.length === 0) return "root";
      if (bits.length <= PATH_BITS_SHOWN) return `0b${bits}`;
      const digits = bits.replaceAll(/.{1,4}/g, (four) => Number.parseInt(four.padEnd(4, "0"), 2).toString(16));
      return `0x${shortDigits(digits)}${bits.length === depth ? "" : `/${bits.length}`}`;
    },
  };
}

/** Bit i of the key, most significant first, selects the side at level i; bits from `depth` on must be zero. */
function sparseLeaf(key: Uint8Array, depth: number): Gindex {
  if (key.length !== SPARSE_KEY_BYTES) {
    throw new ProofError("invalid-argument", `a key of ${key.length} bytes; expected ${SPARSE_KEY_BYTES}`);
  }
  const bits = [...key].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (bits.slice(depth).includes("1")) {
    throw new ProofError("invalid-argument", `a key has bits below level ${depth}, the level of the leaves`);
  }
  return toGindex(BigInt(`0b1${bits.slice(0, depth)}`), "invalid-argument");
}

/** Returns the key space of a request; undefined for an unknown backend, and for one whose tree is not binary. */
export function keySpaceOf(backend: unknown, options: unknown): KeySpace | undefined {
  if (backend === "ssz") return GINDEX_SPACE;
  if (backend !== "sparse") return undefined;
  const depth = isObject(options) && options.depth !== undefined ? options.depth : SPARSE_DEPTH;
  if (!Number.isInteger(depth) || (depth as number) < 1 || (depth as number) > SPARSE_DEPTH) {
    throw new ProofError(
      "invalid-argument",
      `options/depth: ${show(depth)}; expected a depth from 1 to ${SPARSE_DEPTH}`,
    );
  }
  return sparseSpace(depth as number);
}
