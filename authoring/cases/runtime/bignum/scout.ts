/** Cases of the two functions of Scout, whose numbers are big-endian. */
import { type HostCase, loggedMemory } from "../host/cases.ts";
import { host, logMemory } from "../host/program.ts";

/** The addresses of the operands and the result. */
const [A, B, R] = [1, 101, 201];

const bigEndian = (value: bigint): string => value.toString(16).padStart(64, "0");

function scoutCase(
  id: string,
  about: string,
  name: string,
  a: bigint,
  b: bigint,
  expect: HostCase["expect"],
): HostCase {
  return {
    id: `scout-${id}`,
    about,
    data: [
      [A, bigEndian(a)],
      [B, bigEndian(b)],
    ],
    main: [host(`env.bignum_${name}`, A, B, R), ...("trap" in expect ? [] : [logMemory(R, 32)])],
    flags: ["scout-numbers"],
    expect,
  };
}

const most256 = 2n ** 256n - 1n;
export const SCOUT_CASES: readonly HostCase[] = [
  scoutCase("add", "Scout's numbers are big-endian.", "add256", 0x01ffn, 1n, { log: loggedMemory(bigEndian(0x0200n)) }),
  scoutCase("add-to-the-last", "The largest sum that fits.", "add256", most256 - 5n, 5n, {
    log: loggedMemory(bigEndian(most256)),
  }),
  scoutCase("add-too-much", "A sum that does not fit.", "add256", most256, 1n, { trap: "integer-overflow" }),
  scoutCase("sub", "Scout's numbers are big-endian.", "sub256", 0x0200n, 1n, { log: loggedMemory(bigEndian(0x01ffn)) }),
  scoutCase("sub-to-zero", "A difference of nothing.", "sub256", 7n, 7n, { log: loggedMemory(bigEndian(0n)) }),
  scoutCase("sub-too-much", "A difference below zero.", "sub256", 1n, 2n, { trap: "integer-overflow" }),
];
