/** Bit strings: one byte a bit while we work with them, packed most significant bit first in a proof. */

/** Number of bytes that hold `bitCount` packed bits. */
export function packedLength(bitCount: number): number {
  return Math.ceil(bitCount / 8);
}

/** Bit `index` of `packed`, counted from the most significant bit of its first byte. */
export function bitAt(packed: Uint8Array, index: number): number {
  return (packed[index >> 3] >> (7 - (index & 7))) & 1;
}

/** Packs `bits` (each 0 or 1), most significant bit first, and pads the last byte with zeros. */
export function packBits(bits: Uint8Array): Uint8Array {
  const packed = new Uint8Array(packedLength(bits.length));
  for (let index = 0; index < bits.length; index++) packed[index >> 3] |= bits[index] << (7 - (index & 7));
  return packed;
}

/** The first `bitCount` bits of `packed`. */
export function unpackBits(packed: Uint8Array, bitCount: number): Uint8Array {
  const bits = new Uint8Array(bitCount);
  for (let index = 0; index < bitCount; index++) bits[index] = bitAt(packed, index);
  return bits;
}

/** Whether every bit of the last byte of `packed` after the first `bitCount` bits is zero. */
export function paddingIsZero(packed: Uint8Array, bitCount: number): boolean {
  for (let index = bitCount; index < 8 * packedLength(bitCount); index++) {
    if (bitAt(packed, index) !== 0) return false;
  }
  return true;
}
