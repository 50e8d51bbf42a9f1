/**
 * Memory that is never given back: an execution is short, and begins with a fresh memory.
 *
 * AssemblyScript's own heap needs a start function to find its beginning, which the profile forbids; this one begins at an
 * offset that is a constant.
 */

/** Bytes in use from `__heap_base`. */
let used: usize = 0;

/** Room for `length` bytes, all zero, at a multiple of 8. */
export function allocate(length: usize): usize {
  const start = (__heap_base + used + 7) & ~7;
  const room: usize = (memory.size() as usize) << 16;
  // No end of a length that a memory could hold wraps.
  assert(length <= 0x10000000);
  const end = start + length;
  if (end > room) assert(memory.grow(i32((end - room + 0xffff) >> 16)) >= 0);
  used = end - __heap_base;
  return start;
}
