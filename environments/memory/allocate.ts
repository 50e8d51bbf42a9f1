/**
 * Memory that is never freed: an execution is short and begins with a fresh memory.
 *
 * AssemblyScript's own heap needs a start function to find its beginning, and the profile forbids start functions.
 * This heap begins at a constant offset.
 */

/** The number of bytes in use from `__heap_base` on. */
let used: usize = 0;

/** Allocates `length` zero bytes at a multiple of 8. */
export function allocate(length: usize): usize {
  const start = (__heap_base + used + 7) & ~7;
  const room: usize = (memory.size() as usize) << 16;
  // With this bound, `start + length` does not wrap.
  assert(length <= 0x10000000);
  const end = start + length;
  if (end > room) assert(memory.grow(i32((end - room + 0xffff) >> 16)) >= 0);
  used = end - __heap_base;
  return start;
}
