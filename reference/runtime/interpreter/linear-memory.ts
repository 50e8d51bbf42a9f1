/** The memory of one instance, little-endian. */
import { NodeFault, Trap } from "../faults.ts";
import type { Limits } from "../module.ts";

const PAGE = 65_536;

export class LinearMemory {
  /** Number of bytes that may be accessed. */
  size: number;
  /** Holds at least `size` bytes. Growing the memory may replace it. */
  view: DataView;
  readonly #max: number;

  constructor({ min, max = 65_536 }: Limits) {
    this.size = min * PAGE;
    this.view = allocate(this.size);
    this.#max = max * PAGE;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.view.buffer, 0, this.size);
  }

  get pages(): number {
    return this.size / PAGE;
  }

  /** Returns the number of pages before, or −1 without any change if the maximum would be exceeded. Req: RUNTIME-METER-020. */
  grow(pages: number): number {
    const before = this.pages;
    const size = this.size + pages * PAGE;
    if (size > this.#max) return -1;
    if (size > this.view.byteLength) this.#move(size);
    this.size = size;
    return before;
  }

  /** Allocates at least twice the size, so that growing page by page copies little. */
  #move(size: number): void {
    const capacity = Math.min(Math.max(size, 2 * this.size), this.#max);
    const view = allocate(capacity);
    new Uint8Array(view.buffer).set(this.bytes);
    this.view = view;
  }

  /** Req: RUNTIME-METER-011. Errors: Trap if [address, address + length) is not within the memory. */
  check(address: number, length: number): void {
    if (address + length > this.size) {
      throw new Trap("memory-range", `${length} bytes at ${address} of a memory of ${this.size}`);
    }
  }

  fill(address: number, value: number, length: number): void {
    this.check(address, length);
    this.bytes.fill(value, address, address + length);
  }

  copy(to: number, from: number, length: number): void {
    this.check(from, length);
    this.check(to, length);
    this.bytes.copyWithin(to, from, from + length);
  }
}

function allocate(size: number): DataView {
  try {
    return new DataView(new ArrayBuffer(size));
  } catch (error) {
    throw new NodeFault(`could not allocate a memory of ${size} bytes`, { cause: error });
  }
}
