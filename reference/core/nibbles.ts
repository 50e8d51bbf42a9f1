/** Nibble paths: one byte per nibble, the high nibble of a byte first. */

export function toNibbles(bytes: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(2 * bytes.length);
  for (let index = 0; index < bytes.length; index++) {
    nibbles[2 * index] = bytes[index] >> 4;
    nibbles[2 * index + 1] = bytes[index] & 0x0f;
  }
  return nibbles;
}

/** Returns the length of the common prefix of `part` and of `path` from index `at` on. */
export function sharedLength(part: Uint8Array, path: Uint8Array, at: number): number {
  const most = Math.min(part.length, path.length - at);
  let shared = 0;
  while (shared < most && part[shared] === path[at + shared]) shared += 1;
  return shared;
}
