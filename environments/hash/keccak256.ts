/** Keccak-256 as in Ethereum: the padding begins with 0x01. */

const RATE: usize = 136;
const LANES: usize = 25;

/** The lanes A[x + 5y], and the lanes after ρ and π of a round. */
const state: usize = memory.data(200);
const moved: usize = memory.data(200);
const parity: usize = memory.data(5 * 8);
const tail: usize = memory.data(136);

const ROUND_CONSTANTS: usize = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
  0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
  0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
  0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);

/** The number of bits by which lane x + 5y is rotated (ρ), and the lane that it moves to (π). */
const ROTATIONS: usize = memory.data<u8>([
  0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
]);
const PLACES: usize = memory.data<u8>([
  0, 10, 20, 5, 15, 16, 1, 11, 21, 6, 7, 17, 2, 12, 22, 23, 8, 18, 3, 13, 14, 24, 9, 19, 4,
]);

function lane(base: usize, index: usize): usize {
  return base + (index << 3);
}

function permute(): void {
  for (let round: usize = 0; round < 24; round++) {
    // θ
    for (let x: usize = 0; x < 5; x++) {
      let column: u64 = 0;
      for (let y: usize = 0; y < LANES; y += 5) column ^= load<u64>(lane(state, x + y));
      store<u64>(lane(parity, x), column);
    }
    // θ, then ρ and π
    for (let x: usize = 0; x < 5; x++) {
      const left = load<u64>(lane(parity, (x + 4) % 5));
      const right = load<u64>(lane(parity, (x + 1) % 5));
      const change = left ^ rotl<u64>(right, 1);
      for (let index = x; index < LANES; index += 5) {
        const turned = rotl<u64>(load<u64>(lane(state, index)) ^ change, load<u8>(ROTATIONS + index));
        store<u64>(lane(moved, load<u8>(PLACES + index)), turned);
      }
    }
    // χ
    for (let y: usize = 0; y < LANES; y += 5) {
      for (let x: usize = 0; x < 5; x++) {
        const next = load<u64>(lane(moved, y + ((x + 1) % 5)));
        const afterNext = load<u64>(lane(moved, y + ((x + 2) % 5)));
        store<u64>(lane(state, y + x), load<u64>(lane(moved, y + x)) ^ (~next & afterNext));
      }
    }
    // ι
    store<u64>(state, load<u64>(state) ^ load<u64>(lane(ROUND_CONSTANTS, round)));
  }
}

function absorb(block: usize): void {
  for (let at: usize = 0; at < RATE; at += 8) store<u64>(state + at, load<u64>(state + at) ^ load<u64>(block + at));
  permute();
}

/** Writes the hash of the `length` bytes at `from` to `to`. */
export function keccak256(from: usize, length: usize, to: usize): void {
  memory.fill(state, 0, LANES * 8);
  const end = from + length;
  let at = from;
  for (; end - at >= RATE; at += RATE) absorb(at);

  const rest = end - at;
  memory.fill(tail, 0, RATE);
  memory.copy(tail, at, rest);
  store<u8>(tail + rest, 0x01);
  store<u8>(tail + RATE - 1, load<u8>(tail + RATE - 1) | 0x80);
  absorb(tail);
  memory.copy(to, state, 32);
}
