/** SHA-256 and Keccak-256 of whole blocks as modules in the text format, in the style of compiled code. */

/** Address of the state of a hash. Constants are before it; the schedule of SHA-256 and the message are after it. */
export const STATE = 512;
const SCHEDULE = 1024;
export const MESSAGE = 2048;

const get = (name: string): string => `(local.get $${name})`;
const set = (name: string, value: string): string => `(local.set $${name} ${value})`;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const lines = (count: number, line: (index: number) => string): string => range(count).map(line).join("\n");

function dataOf(words: readonly bigint[], width: number): string {
  const byte = (word: bigint, index: number): string =>
    `\\${Number((word >> BigInt(8 * index)) & 0xffn)
      .toString(16)
      .padStart(2, "0")}`;
  return words
    .map((word) =>
      range(width)
        .map((index) => byte(word, index))
        .join(""),
    )
    .join("");
}

/** The parameters of `compress` are the address of the message and its number of 64-byte blocks, with padding. */
export function sha256Module(): string {
  const names = [..."abcdefgh"];
  const rotated = (value: string, ...bits: number[]): string[] =>
    bits.map((count) => `(i32.rotr ${value} (i32.const ${count}))`);
  const xor = (a: string, b: string, c: string): string => `(i32.xor ${a} (i32.xor ${b} ${c}))`;
  const word = (offset: number): string => `(i32.load offset=${offset} (local.get $i))`;
  const sigma = (value: string, first: number, second: number, shift: number): string => {
    const [a, b] = rotated(value, first, second);
    return xor(a, b, `(i32.shr_u ${value} (i32.const ${shift}))`);
  };
  const sum = (value: string, ...bits: [number, number, number]): string => {
    const [a, b, c] = rotated(value, ...bits);
    return xor(a, b, c);
  };
  const repeat = (label: string, end: number, body: string): string => `
    (local.set $i (i32.const 0))
    (loop $${label} ${body}
      (br_if $${label} (i32.lt_u (local.tee $i (i32.add ${get("i")} (i32.const 4))) (i32.const ${end}))))`;
  const copy = `(local.set $t (i32.load (i32.add ${get("from")} ${get("i")})))
    (i32.store offset=${SCHEDULE} ${get("i")} (i32.or
      (i32.and (i32.rotl ${get("t")} (i32.const 8)) (i32.const 0x00ff00ff))
      (i32.and (i32.rotr ${get("t")} (i32.const 8)) (i32.const 0xff00ff00))))`;
  const extend = `${set("t", word(SCHEDULE + 4))} ${set("u", word(SCHEDULE + 56))}
    (i32.store offset=${SCHEDULE + 64} ${get("i")} (i32.add
      (i32.add ${word(SCHEDULE)} ${sigma(get("t"), 7, 18, 3)})
      (i32.add ${word(SCHEDULE + 36)} ${sigma(get("u"), 17, 19, 10)})))`;
  const round = `
    ${set(
      "t",
      `(i32.add (i32.add (i32.add ${get("h")} ${sum(get("e"), 6, 11, 25)})
        (i32.xor ${get("g")} (i32.and ${get("e")} (i32.xor ${get("f")} ${get("g")})))) (i32.add ${word(SCHEDULE)} ${word(0)}))`,
    )}
    ${set(
      "u",
      `(i32.add ${sum(get("a"), 2, 13, 22)}
        (i32.or (i32.and ${get("a")} ${get("b")}) (i32.and ${get("c")} (i32.or ${get("a")} ${get("b")}))))`,
    )}
    ${set("h", get("g"))} ${set("g", get("f"))} ${set("f", get("e"))} ${set("e", `(i32.add ${get("d")} ${get("t")})`)}
    ${set("d", get("c"))} ${set("c", get("b"))} ${set("b", get("a"))} ${set("a", `(i32.add ${get("t")} ${get("u")})`)}`;
  const state = (index: number): string => `offset=${STATE + 4 * index} (i32.const 0)`;
  return `(module (memory (export "memory") 2 2)
    (data (i32.const 0) "${dataOf(sha256Constants(), 4)}")
    (func (export "compress") (param $from i32) (param $blocks i32) (local $i i32) (local $t i32) (local $u i32)
      ${names.map((name) => `(local $${name} i32)`).join(" ")}
      (loop $block
        ${repeat("copy", 64, copy)}
        ${repeat("extend", 192, extend)}
        ${names.map((name, index) => set(name, `(i32.load ${state(index)})`)).join("\n")}
        ${repeat("rounds", 256, round)}
        ${names.map((name, index) => `(i32.store ${state(index)} (i32.add (i32.load ${state(index)}) ${get(name)}))`).join("\n")}
        ${set("from", `(i32.add ${get("from")} (i32.const 64))`)}
        (br_if $block (local.tee $blocks (i32.sub ${get("blocks")} (i32.const 1)))))))`;
}

/** The first 32 bits of the fractions of the cube roots of the first 64 primes. */
function sha256Constants(): bigint[] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  return primes.map((prime) => {
    let root = 0n;
    for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root + bit) ** 3n <= prime << 96n) root += bit;
    return root & 0xffff_ffffn;
  });
}

/** The parameters of `absorb` are the address of the message and its number of 136-byte blocks, with padding. */
export function keccakModule(): string {
  const xor = (...terms: string[]): string =>
    terms.slice(1).reduce((sum, term) => `(i64.xor ${sum} ${term})`, terms[0]);
  const rotl = (value: string, bits: number): string =>
    bits === 0 ? value : `(i64.rotl ${value} (i64.const ${bits}))`;
  const lane = (index: number): string => get(`a${index}`);
  const [rotations, roundConstants] = [keccakRotations(), keccakRoundConstants()];
  const theta = lines(5, (x) => set(`c${x}`, xor(...range(5).map((y) => lane(x + 5 * y)))));
  const rhoAndPi = lines(5, (x) => {
    const difference = set("d", xor(get(`c${(x + 4) % 5}`), rotl(get(`c${(x + 1) % 5}`), 1)));
    const moves = lines(5, (y) => {
      const to = y + 5 * ((2 * x + 3 * y) % 5);
      return set(`b${to}`, rotl(xor(lane(x + 5 * y), get("d")), rotations[x + 5 * y]));
    });
    return `${difference}\n${moves}`;
  });
  const chiAndIota = lines(25, (index) => {
    const [x, row] = [index % 5, index - (index % 5)];
    const others = `(i64.and ${xor(get(`b${row + ((x + 1) % 5)}`), "(i64.const -1)")} ${get(`b${row + ((x + 2) % 5)}`)})`;
    const iota = index === 0 ? [`(i64.load ${get("round")})`] : [];
    return set(`a${index}`, xor(get(`b${index}`), others, ...iota));
  });
  return `(module (memory (export "memory") 2 2)
    (data (i32.const 0) "${dataOf(roundConstants, 8)}")
    (func (export "absorb") (param $from i32) (param $blocks i32) (local $round i32) (local $d i64)
      ${lines(5, (x) => `(local $c${x} i64)`)} ${lines(25, (index) => `(local $a${index} i64) (local $b${index} i64)`)}
      ${lines(25, (index) => set(`a${index}`, `(i64.load offset=${STATE + 8 * index} (i32.const 0))`))}
      (loop $block
        ${lines(17, (index) => set(`a${index}`, xor(lane(index), `(i64.load offset=${8 * index} ${get("from")})`)))}
        ${set("round", "(i32.const 0)")}
        (loop $rounds
          ${theta} ${rhoAndPi} ${chiAndIota}
          (br_if $rounds (i32.lt_u (local.tee $round (i32.add ${get("round")} (i32.const 8))) (i32.const 192))))
        ${set("from", `(i32.add ${get("from")} (i32.const 136))`)}
        (br_if $block (local.tee $blocks (i32.sub ${get("blocks")} (i32.const 1)))))
      ${lines(25, (index) => `(i64.store offset=${STATE + 8 * index} (i32.const 0) ${lane(index)})`)}))`;
}

function keccakRotations(): number[] {
  const rotations = range(25).map(() => 0);
  let [x, y] = [1, 0];
  for (let step = 0; step < 24; step++) {
    rotations[x + 5 * y] = (((step + 1) * (step + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return rotations;
}

function keccakRoundConstants(): bigint[] {
  let register = 1;
  return range(24).map(() => {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit++) {
      if ((register & 1) === 1) constant |= 1n << ((1n << BigInt(bit)) - 1n);
      register <<= 1;
      if ((register & 0x100) !== 0) register ^= 0x171;
    }
    return constant;
  });
}
