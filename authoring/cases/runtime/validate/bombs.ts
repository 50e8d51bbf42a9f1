/** Modules that are small but expensive to read. Some are rejected, others keep every bound and are accepted. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Bytes, list, listOf, name, times, unsigned } from "./bytes.ts";
import { type ModuleCase, moduleFile } from "./cases.ts";
import { body, custom, END, I32, I64, mainWith, moduleWith, NOTHING_TO_NOTHING, section } from "./sections.ts";

const SOURCE = "validate/bombs.ts";

const MANY_PARAMETERS = (count: number): Bytes => ["60", ...listOf(count, I32), "00"];

/** The same body for all functions, including `main`. */
function sameBodies(count: number, one: Bytes): Bytes {
  return moduleWith({
    function: listOf(count, "00"),
    code: [unsigned(count), ...Array.from({ length: count }, () => one).flat()],
  });
}

const localsOf = (count: number): string => `01${unsigned(count)}${I64}`;

function refused(): ModuleCase[] {
  const rows: readonly (readonly [id: string, about: string, code: Bytes, reason?: "any"])[] = [
    ["locals-50000", "a function of 50 000 locals", mainWith([], {}, [localsOf(50_000)])],
    ["locals-2-32", "a function of 2^32 − 1 locals", mainWith([], {}, [localsOf(2 ** 32 - 1)])],
    [
      "locals-that-wrap",
      "two groups of 2^31 locals, which make none in 32 bits",
      mainWith([], {}, [`02${unsigned(2 ** 31)}${I32}${unsigned(2 ** 31)}${I32}`]),
    ],
    ["locals-in-20000-groups", "20 000 groups of one local", mainWith([], {}, listOf(20_000, `01${I32}`))],
    [
      "locals-50000-in-4000-functions",
      "4000 functions of 50 000 locals",
      moduleWith({
        function: listOf(4000, "00"),
        code: [unsigned(4000), times(`06${localsOf(50_000)}0b`, 4000)],
      }),
    ],
    [
      "parameters-1000",
      "a type of 1000 parameters and 4000 functions of it",
      moduleWith({
        type: list([NOTHING_TO_NOTHING], MANY_PARAMETERS(1000)),
        function: [unsigned(4001), "00", times("01", 4000)],
        code: listOf(4001, "02000b"),
      }),
    ],
    [
      "signatures-of-32",
      "4095 functions of 32 parameters",
      moduleWith({
        type: list([NOTHING_TO_NOTHING], MANY_PARAMETERS(32)),
        function: [unsigned(4096), "00", times("01", 4095)],
        code: listOf(4096, "02000b"),
      }),
    ],
    ["nesting-30000", "30 000 blocks within each other", mainWith([times("0240", 20_000), times(END, 20_000)])],
    [
      "nesting-loops",
      "20 000 loops within each other",
      mainWith([times("0340", 20_000), times(END, 20_000)], {}),
      "any",
    ],
    ["nesting-without-end", "30 000 blocks that never end", mainWith([times("0240", 30_000)]), "any"],
    ["targets-60000", "a br_table of 60 000 targets", mainWith(["41000e", ...listOf(60_000, "00"), "00"])],
    ["loops-16000", "16 000 loops", mainWith([times("03400b", 16_000)])],
    ["charge-points-30000", "30 000 calls", mainWith([times("1000", 30_000)])],
    ["charge-points-br-if", "13 000 conditional branches", mainWith([times("41000d00", 13_000)])],
    ["types-300000", "300 000 types", moduleWith({ type: listOf(300_000, NOTHING_TO_NOTHING) })],
    [
      "functions-200000",
      "200 000 functions",
      moduleWith({ function: listOf(200_000, "00"), code: listOf(200_000, "02000b") }),
    ],
    ["globals-150000", "150 000 globals", moduleWith({ global: listOf(150_000, "7f0041000b") })],
    ["segments-150000", "150 000 segments of no data", moduleWith({ data: listOf(150_000, "0041000b00") })],
    ["table-2-32", "a table of 2^32 − 1 elements", moduleWith({ table: list(["7000", unsigned(2 ** 32 - 1)]) })],
    [
      "memory-65536",
      "a memory of 65 536 pages from the first",
      moduleWith({ memory: list(["01", unsigned(65_536), unsigned(65_536)]) }),
    ],
    [
      "memory-2-32",
      "a memory of 2^32 − 1 pages at most",
      moduleWith({ memory: list(["0100", unsigned(2 ** 32 - 1)]) }),
      "any",
    ],
    ["module-of-4-mib", "a module of 4 MiB", [...moduleWith({}), ...section("00", [name("x"), times("00", 2 ** 22)])]],
    ["module-of-zeros", "1 MiB of zeros", [times("00", 2 ** 20)], "any"],
  ];
  return rows.map(([id, about, code, reason]) => ({ id, about, code, reason: reason ?? "limit" }));
}

/** Modules within every bound. An implementation that rejects them has other bounds, and one that is slow on them is not linear. */
function accepted(): ModuleCase[] {
  const nested = (count: number, inside: Piece[]): Bytes => [times("0240", count), ...inside, times(END, count)];
  type Piece = Bytes[number];
  const targets = `41000e${unsigned(1024)}`;
  const far = (target: number): string => unsigned(target);
  const rows: readonly (readonly [id: string, about: string, code: Bytes])[] = [
    [
      "tables-under-nesting",
      "30 br_tables of 1024 targets beneath 255 blocks, all of them to the outermost",
      mainWith(nested(255, Array.from({ length: 30 }, () => [targets, times(far(255), 1024), far(255)]).flat())),
    ],
    [
      "tables-in-16-functions",
      "that in 16 functions",
      sameBodies(
        16,
        body([
          ...nested(255, Array.from({ length: 30 }, () => [targets, times(far(255), 1024), far(255)]).flat()),
          END,
        ]),
      ),
    ],
    [
      "loops-and-locals",
      "16 functions of 512 loops and 256 locals",
      sameBodies(16, body([times("03400b", 512), END], [localsOf(256)])),
    ],
    [
      "functions-4096-with-locals",
      "4096 functions of 16 locals",
      moduleWith({ function: listOf(4096, "00"), code: [unsigned(4096), times(`04${localsOf(16)}0b`, 4096)] }),
    ],
    [
      "operands-and-ifs",
      "4000 ifs over 127 operands, in each of 16 functions",
      sameBodies(16, body([times("4100", 127), times("410004400b", 4000), times("1a", 127), END])),
    ],
    [
      "calls-of-32-parameters",
      "4000 calls of 32 parameters in code that cannot be reached",
      moduleWith({
        type: list([NOTHING_TO_NOTHING], MANY_PARAMETERS(32)),
        function: list(["00"], ["01"]),
        code: list(body(["00", times("1001", 4000), END]), body([END])),
      }),
    ],
    [
      "unreachable-instructions",
      "65 000 instructions that cannot be reached",
      mainWith(["00", times("6a", 65_000), "1a"]),
    ],
    [
      "unreachable-in-16-functions",
      "that in 16 functions",
      sameBodies(16, body(["00", times("6a", 65_000), "1a", END])),
    ],
    ["nops", "16 functions of 65 000 nops", sameBodies(16, body([times("01", 65_000), END]))],
    ["free-blocks", "16 functions of 21 000 blocks of nothing", sameBodies(16, body([times("02400b", 21_000), END]))],
    [
      "constants-of-ten-bytes",
      "90 000 constants of ten bytes",
      sameBodies(15, body([times("42ffffffffffffffff7f1a", 5900), END])),
    ],
    [
      "locals-of-none",
      "20 000 groups of no locals, in each of 16 functions",
      sameBodies(16, body([END], listOf(20_000, `00${I32}`))),
    ],
    ["custom-sections", "340 000 custom sections without a name", [...moduleWith({}), times("000100", 340_000)]],
    [
      "elements",
      "128 segments of 4000 elements",
      moduleWith({
        table: list(["7000", unsigned(4096)]),
        element: [unsigned(128), times(`0041000b${unsigned(4000)}`, 0), ...segments()],
      }),
    ],
    [
      "name-section",
      "a name section of 1 000 000 bytes that is nonsense",
      [...moduleWith({}), ...custom("name", [times("ff", 1_000_000)])],
    ],
  ];
  return rows.map(([id, about, code]) => ({ id, about, code }));
}

function segments(): Bytes {
  const head = `0041000b${unsigned(4000)}`;
  return Array.from({ length: 128 }, (): Bytes => [head, times("00", 4000)]).flat();
}

export async function bombFiles(): Promise<VectorFile[]> {
  return [
    await moduleFile(
      SOURCE,
      {
        theme: "bombs",
        about: "Modules that are dear to read, at least to a reader that expands, recurses or looks twice.",
        requirements: [
          "RUNTIME-MODULE-001",
          "RUNTIME-MODULE-013",
          "RUNTIME-MODULE-018",
          "RUNTIME-MODULE-004",
          "RUNTIME-MODULE-026",
          "RUNTIME-MODULE-027",
          "RUNTIME-MODULE-007",
        ],
      },
      [...refused(), ...accepted()].map((one) => ({ kind: "dos", flags: ["module-bomb"], ...one })),
    ),
  ];
}
