/** Writes the bytes of a module. */

const FIRST_CAPACITY = 4096;
const FEW_BYTES = 64;

export class Writer {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity: number = FIRST_CAPACITY) {
    this.#bytes = new Uint8Array(Math.max(capacity, 1));
  }

  get length(): number {
    return this.#length;
  }

  /** A view of the bytes written so far. It is stale after the next write. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Discards the bytes written so far, and keeps the capacity. */
  clear(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  copy(bytes: Uint8Array, start = 0, end: number = bytes.length): void {
    this.#reserve(end - start);
    // Most copies are a few instructions, which a loop copies faster than `set`.
    if (end - start < FEW_BYTES) {
      for (let at = start; at < end; at++) this.#bytes[this.#length++] = bytes[at];
    } else {
      this.#bytes.set(bytes.subarray(start, end), this.#length);
      this.#length += end - start;
    }
  }

  /** An unsigned integer of 32 bits. */
  u32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A signed integer of 32 bits. */
  s32(value: number): void {
    let rest = value;
    while (rest < -0x40 || rest >= 0x40) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  name(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.u32(bytes.length);
    this.copy(bytes);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.written);
    this.#bytes = larger;
  }
}
