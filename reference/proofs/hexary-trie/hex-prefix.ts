/**
 * The hex-prefix encoding: a nibble path, whether it is a leaf's, and whether its length is odd.
 *
 * Source: Ethereum yellow paper, appendix C.
 */

const LEAF = 2;
const ODD = 1;

export function encodeHexPrefix(path: Uint8Array, isLeaf: boolean): Uint8Array {
  const odd = path.length & 1;
  const encoded = new Uint8Array((path.length >> 1) + 1);
  encoded[0] = ((isLeaf ? LEAF : 0) | odd) << 4;
  if (odd === 1) encoded[0] |= path[0];
  for (let index = odd; index < path.length; index += 2) {
    encoded[(index >> 1) + 1] = (path[index] << 4) | path[index + 1];
  }
  return encoded;
}

/**
 * Reads a hex-prefix of at least one byte, and ignores its padding and the unused bits of its flag.
 *
 * Req: PROOF-PATRICIA-011.
 */
export function decodeHexPrefix(encoded: Uint8Array): { readonly path: Uint8Array; readonly isLeaf: boolean } {
  const flag = encoded[0] >> 4;
  const odd = flag & ODD;
  const path = new Uint8Array(2 * encoded.length - 2 + odd);
  if (odd === 1) path[0] = encoded[0] & 0x0f;
  for (let index = 1; index < encoded.length; index++) {
    path[2 * index - 2 + odd] = encoded[index] >> 4;
    path[2 * index - 1 + odd] = encoded[index] & 0x0f;
  }
  return { path, isLeaf: (flag & LEAF) !== 0 };
}

/** Describes what `decodeHexPrefix` ignores; `undefined` for a canonical hex-prefix. Req: PROOF-PATRICIA-052. */
export function hexPrefixFault(encoded: Uint8Array): string | undefined {
  const flag = encoded[0] >> 4;
  if (flag > (LEAF | ODD)) return `has the hex-prefix flag ${flag}`;
  if ((flag & ODD) === 0 && (encoded[0] & 0x0f) !== 0) return "has padding in its hex-prefix that is not zero";
  return undefined;
}
