/** Bit strings: unpacked, one byte per bit; packed in a proof, most significant bit first. */

/** The number of bytes for `bitCount` packed bits. */
export function packedLength(bitCount: number): number {
  return Math.ceil(bitCount / 8);
}

/** Returns bit `index` of `packed`, counted from the most significant bit of the first byte. */
export function bitAt(packed: Uint8Array, index: number): number {
  return (packed[index >> 3] >> (7 - (index & 7))) & 1;
}

/** Packs `bits` (each 0 or 1) and pads the last byte with zeros. */
export function packBits(bits: Uint8Array): Uint8Array {
  const packed = new Uint8Array(packedLength(bits.length));
  for (let index = 0; index < bits.length; index++) packed[index >> 3] |= bits[index] << (7 - (index & 7));
  return packed;
}

/** Returns the first `bitCount` bits of `packed`. */
export function unpackBits(packed: Uint8Array, bitCount: number): Uint8Array {
  const bits = new Uint8Array(bitCount);
  for (let index = 0; index < bitCount; index++) bits[index] = bitAt(packed, index);
  return bits;
}

/** Whether all bits after the first `bitCount`, up to the end of their byte, are zero. */
export function paddingIsZero(packed: Uint8Array, bitCount: number): boolean {
  for (let index = bitCount; index < 8 * packedLength(bitCount); index++) {
    if (bitAt(packed, index) !== 0) return false;
  }
  return true;
}
