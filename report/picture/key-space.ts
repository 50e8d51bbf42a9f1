/** How a backend's keys lie in a binary tree, and what its nodes are called. */
import { ProofError } from "../../reference/core/errors.ts";
import { type Gindex, gindexDepth, gindexPath, toGindex } from "../../reference/core/gindex.ts";
import type { KeyForm, RawKey } from "../../reference/proofs/backend.ts";
import { isObject, show } from "../../reference/wire/values.ts";

export interface KeySpace {
  readonly keyForm: KeyForm;
  /** Level of the leaves; none where a leaf may lie anywhere. */
  readonly leafLevel: number | undefined;
  /** The node of a key. Throws `ProofError`. */
  nodeOf(key: RawKey): Gindex;
  /** A short name of a node. */
  nameOf(gindex: Gindex): string;
}

/** Hex digits beyond which a name shows its two ends. */
const WHOLE_DIGITS = 10;

const PATH_BITS_SHOWN = 8;
const SPARSE_KEY_BYTES = 32;
const SPARSE_DEPTH = 256;

function shortDigits(digits: string): string {
  return digits.length <= WHOLE_DIGITS ? digits : `${digits.slice(0, 5)}…${digits.slice(-4)}`;
}

/** Nodes named by generalized index. A name that is cut says the level too. */
export const GINDEX_SPACE: KeySpace = {
  keyForm: "quantity",
  leafLevel: undefined,
  nodeOf: (key) => toGindex(key as bigint, "invalid-argument"),
  nameOf: (gindex) => {
    const digits = gindex.toString(16);
    return `0x${shortDigits(digits)}${digits.length > WHOLE_DIGITS ? ` L${gindexDepth(gindex)}` : ""}`;
  },
};

/** Nodes named by the path that leads to them: its bits where they are few, else its hex digits and how many bits they are. */
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

/** Bit i of the key, most significant first, is the side taken at level i; bits from `depth` on are zero. */
function sparseLeaf(key: Uint8Array, depth: number): Gindex {
  if (key.length !== SPARSE_KEY_BYTES) {
    throw new ProofError("invalid-argument", `a key of ${key.length} bytes, not ${SPARSE_KEY_BYTES}`);
  }
  const bits = [...key].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (bits.slice(depth).includes("1")) {
    throw new ProofError("invalid-argument", `a key has bits below level ${depth}, where the leaves are`);
  }
  return toGindex(BigInt(`0b1${bits.slice(0, depth)}`), "invalid-argument");
}

/** The key space of a request; nothing for a backend whose tree is not binary, or that there is not. */
export function keySpaceOf(backend: unknown, options: unknown): KeySpace | undefined {
  if (backend === "ssz") return GINDEX_SPACE;
  if (backend !== "sparse") return undefined;
  const depth = isObject(options) && options.depth !== undefined ? options.depth : SPARSE_DEPTH;
  if (!Number.isInteger(depth) || (depth as number) < 1 || (depth as number) > SPARSE_DEPTH) {
    throw new ProofError("invalid-argument", `options/depth: ${show(depth)} is not a depth of 1 to ${SPARSE_DEPTH}`);
  }
  return sparseSpace(depth as number);
}
