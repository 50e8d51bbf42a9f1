/**
 * Allocates memory that is never freed: an execution is short, and begins with a new memory.
 *
 * AssemblyScript's own heap requires a start function, which is invalid in an execution environment. This heap begins at a
 * constant offset.
 */

/** Bytes in use from `__heap_base`. */
let used: usize = 0;

/** Returns the address of `length` zero bytes, a multiple of 8. */
export function allocate(length: usize): usize {
  const start = (__heap_base + used + 7) & ~7;
  const room: usize = (memory.size() as usize) << 16;
  // Below this limit `start + length` cannot overflow.
  assert(length <= 0x10000000);
  const end = start + length;
  if (end > room) assert(memory.grow(i32((end - room + 0xffff) >> 16)) >= 0);
  used = end - __heap_base;
  return start;
}
