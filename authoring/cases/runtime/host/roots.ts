/** Vectors of roots and block data. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, logged, loggedMemory, PRE_STATE_ROOT } from "./cases.ts";
import { host, log, logMemory, store } from "./program.ts";
import { BYTES, DATA, hostSuiteFile, outside, PAGE, WORD_A, WORD_B } from "./samples.ts";

const ROOTS: readonly HostCase[] = [
  {
    id: "load",
    about: "The pre-state root is written where it was asked for, at an address that is not aligned.",
    main: [host("eth2.loadPreStateRoot", 33), logMemory(32, 34)],
    expect: { log: loggedMemory(`00${PRE_STATE_ROOT}00`) },
  },
  {
    id: "load-by-the-other-name",
    about: "The same function under its older name.",
    main: [host("env.eth2_loadPreStateRoot", 0), logMemory(0, 32)],
    expect: { log: loggedMemory(PRE_STATE_ROOT) },
  },
  {
    id: "load-at-the-end",
    about: "A root that ends where the memory ends.",
    main: [host("eth2.loadPreStateRoot", PAGE - 32), logMemory(PAGE - 32, 32)],
    expect: { log: loggedMemory(PRE_STATE_ROOT) },
  },
  {
    id: "load-after-save",
    about: "The pre-state root is asked for after a post-state root was saved.",
    data: [[0, WORD_A]],
    main: [host("eth2.savePostStateRoot", 0), host("eth2.loadPreStateRoot", 32), logMemory(32, 32)],
    flags: ["root-after-save"],
    expect: { postStateRoot: WORD_A, log: loggedMemory(PRE_STATE_ROOT) },
  },
  {
    id: "save",
    about: "A post-state root is saved, from an address that is not aligned.",
    data: [[33, WORD_A]],
    main: [host("eth2.savePostStateRoot", 33)],
    expect: { postStateRoot: WORD_A },
  },
  {
    id: "save-by-the-other-name",
    about: "The same function under its older name.",
    data: [[33, WORD_A]],
    main: [host("env.eth2_savePostStateRoot", 33)],
    expect: { postStateRoot: WORD_A },
  },
  {
    id: "save-twice",
    about: "Of two post-state roots the later one counts.",
    data: [
      [0, WORD_A],
      [32, WORD_B],
    ],
    main: [host("eth2.savePostStateRoot", 0), host("eth2.savePostStateRoot", 32)],
    flags: ["last-save-counts"],
    expect: { postStateRoot: WORD_B },
  },
  {
    id: "save-then-change",
    about: "The root is the one that stood in memory when it was saved.",
    data: [[0, WORD_A]],
    main: [host("eth2.savePostStateRoot", 0), store(0, 0)],
    flags: ["last-save-counts"],
    expect: { postStateRoot: WORD_A },
  },
  {
    id: "save-never",
    about: "Nothing is saved: the state is what it was.",
    main: [],
    flags: ["no-save"],
    expect: {},
  },
  ...outside("load", "A pre-state root", 32, (ptr) => host("eth2.loadPreStateRoot", ptr)),
  ...outside("save", "A post-state root", 32, (ptr) => host("eth2.savePostStateRoot", ptr)),
];

const BLOCK_DATA: readonly HostCase[] = [
  {
    id: "size",
    about: "The length of the block data.",
    blockData: DATA,
    main: [log(host("eth2.blockDataSize"))],
    expect: { log: logged(48) },
  },
  {
    id: "size-of-nothing",
    about: "Block data of no bytes.",
    main: [log(host("env.eth2_blockDataSize"))],
    expect: { log: logged(0) },
  },
  {
    id: "copy-whole",
    about: "All of the block data.",
    blockData: DATA,
    main: [host("env.eth2_blockDataCopy", 5, 0, 48), logMemory(4, 50)],
    expect: { log: loggedMemory(`00${DATA}00`) },
  },
  {
    id: "copy-part",
    about: "A part of the block data: the third argument is a length, not an end.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, 4, 8), logMemory(0, 9)],
    flags: ["length-as-end"],
    expect: { log: loggedMemory(`${BYTES(0x05, 8)}00`) },
  },
  {
    id: "copy-short-far",
    about: "A part whose length is below its offset.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, 40, 2), logMemory(0, 3)],
    flags: ["length-as-end"],
    expect: { log: loggedMemory(`${BYTES(0x29, 2)}00`) },
  },
  {
    id: "copy-last-byte",
    about: "The last byte alone.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, 47, 1), logMemory(0, 2)],
    flags: ["length-as-end"],
    expect: { log: loggedMemory("3000") },
  },
  {
    id: "copy-nothing-at-both-ends",
    about: "No bytes, from the end of the block data to the end of the memory.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", PAGE, 48, 0)],
    flags: ["empty-range"],
    expect: {},
  },
  {
    id: "copy-nothing-past-the-data",
    about: "No bytes from beyond the block data.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, 49, 0)],
    flags: ["empty-range"],
    expect: { trap: "range" },
  },
  {
    id: "copy-nothing-past-the-memory",
    about: "No bytes to beyond the memory.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", PAGE + 1, 0, 0)],
    flags: ["empty-range"],
    expect: { trap: "range" },
  },
  {
    id: "copy-past-the-data",
    about: "One byte more than there is: nothing is cut off or made up.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, 8, 41)],
    flags: ["clamped-range"],
    expect: { trap: "range" },
  },
  {
    id: "copy-from-past-the-data",
    about: "An offset beyond the block data.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, 64, 1)],
    flags: ["clamped-range"],
    expect: { trap: "range" },
  },
  {
    id: "copy-negative-offset",
    about: "An offset that is negative as a signed number, and would count from the end.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, -8, 4)],
    flags: ["signed-pointer"],
    expect: { trap: "range" },
  },
  {
    id: "copy-wrapping-offset",
    about: "An offset that, with the length added, wraps around into the block data.",
    blockData: DATA,
    main: [host("eth2.blockDataCopy", 0, -8, 16)],
    flags: ["wrapping-range"],
    expect: { trap: "range" },
  },
  ...outside("copy", "Four bytes of block data", 4, (ptr) => host("eth2.blockDataCopy", ptr, 0, 4)).map((one) => ({
    ...one,
    blockData: DATA,
  })),
];

export function hostRootFiles(): Promise<VectorFile[]> {
  return Promise.all([
    hostSuiteFile(
      "host/roots.ts",
      "roots",
      "The pre-state root that is loaded and the post-state root that is saved.",
      [
        "RUNTIME-HOST-001",
        "RUNTIME-HOST-002",
        "RUNTIME-HOST-010",
        "RUNTIME-HOST-011",
        "RUNTIME-HOST-070",
        "RUNTIME-HOST-071",
        "RUNTIME-HOST-080",
        "RUNTIME-HOST-081",
        "RUNTIME-GEN-007",
      ],
      ROOTS,
    ),
    hostSuiteFile(
      "host/roots.ts",
      "block-data",
      "Reading the block data: offset and length, and both ranges.",
      [
        "RUNTIME-HOST-002",
        "RUNTIME-HOST-012",
        "RUNTIME-HOST-070",
        "RUNTIME-HOST-071",
        "RUNTIME-HOST-072",
        "RUNTIME-HOST-082",
        "RUNTIME-HOST-083",
      ],
      BLOCK_DATA,
    ),
  ]);
}
