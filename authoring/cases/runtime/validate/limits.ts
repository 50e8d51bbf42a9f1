/** Every bound of docs/spec/modules.md: a module at the bound, and one beyond it. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Bytes, lengthOf, list, listOf, name, times, toJson, unsigned, utf8 } from "./bytes.ts";
import { flagged, type ModuleCase, moduleFile } from "./cases.ts";
import {
  body,
  type Contents,
  END,
  EXPORTED_MAIN,
  EXPORTED_MEMORY,
  I32,
  mainWith,
  moduleWith,
  NOTHING_TO_NOTHING,
  section,
} from "./sections.ts";

const SOURCE = "validate/limits.ts";

const EMPTY_BODY = "02000b";

/** A bound, and a function that builds a module with `count` of the bounded items. */
interface Bound {
  readonly id: string;
  readonly what: string;
  readonly bound: number;
  build(count: number): Bytes;
}

function functions(count: number, changed: Contents = {}): Bytes {
  return moduleWith({ function: listOf(count, "00"), code: listOf(count, EMPTY_BODY), ...changed });
}

/** Bodies, the first of which is `main`. */
function bodies(all: readonly Bytes[], changed: Contents = {}): Bytes {
  return moduleWith({ ...changed, function: listOf(all.length, "00"), code: list(...all) });
}

const locals = (count: number): Bytes => ["01", unsigned(count), I32];

/** Exports with names of two letters, all different. */
function exportsOf(count: number): Bytes {
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  const others = Array.from({ length: count - 2 }, (_, index): Bytes => {
    return [`${name(letters[index >> 6] + letters[index & 63])}0000`];
  });
  return moduleWith({ export: list([EXPORTED_MEMORY], [EXPORTED_MAIN], ...others) });
}

const TYPE_OF_32 = `6020${I32.repeat(32)}00`;

const segment = "0041000b0161";
const elements = "0041000b0100";

const BOUNDS: readonly Bound[] = [
  {
    id: "module",
    what: "bytes of a module",
    bound: 2 ** 20,
    build(count) {
      const least = moduleWith({});
      const filler = count - lengthOf(least) - 6;
      return [...least, ...section("00", [name("x"), times("00", filler)])];
    },
  },
  {
    id: "types",
    what: "types",
    bound: 4096,
    build: (count) => moduleWith({ type: listOf(count, NOTHING_TO_NOTHING) }),
  },
  { id: "functions", what: "functions", bound: 4096, build: (count) => functions(count) },
  {
    id: "functions-imported",
    what: "functions, two of them imported",
    bound: 4096,
    build(count) {
      const ticks = `${name("eth2")}${name("useTicks")}0001`;
      return functions(count - 2, {
        type: list([NOTHING_TO_NOTHING], ["60017f00"]),
        import: list([ticks], [ticks]),
        export: list([EXPORTED_MEMORY], [`${name("main")}0002`]),
      });
    },
  },
  {
    id: "globals",
    what: "globals",
    bound: 4096,
    build: (count) => moduleWith({ global: listOf(count, "7f0041000b") }),
  },
  { id: "exports", what: "exports", bound: 4096, build: exportsOf },
  {
    id: "parameters",
    what: "parameters of a type",
    bound: 32,
    build: (count) => moduleWith({ type: list([NOTHING_TO_NOTHING], ["60", ...listOf(count, I32), "00"]) }),
  },
  {
    id: "body",
    what: "bytes of a body",
    bound: 65_536,
    build: (count) => mainWith([times("01", count - 2)]),
  },
  { id: "locals", what: "locals of a function", bound: 256, build: (count) => mainWith([], {}, locals(count)) },
  {
    id: "locals-in-groups",
    what: "locals of a function, each in a group of its own",
    bound: 256,
    build: (count) => mainWith([], {}, listOf(count, `01${I32}`)),
  },
  {
    id: "locals-and-parameters",
    what: "locals and parameters of a function, 32 of them parameters",
    bound: 256,
    build: (count) =>
      moduleWith({
        type: list([NOTHING_TO_NOTHING], [TYPE_OF_32]),
        function: list(["00"], ["01"]),
        code: list(body([END]), body([END], locals(count - 32))),
      }),
  },
  {
    id: "locals-in-all",
    what: "locals of all functions",
    bound: 65_536,
    build: (count) =>
      bodies([
        ...Array.from({ length: 255 }, () => body([END], locals(256))),
        body([END], locals(256 + count - 65_536 - 1)),
        body([END], locals(1)),
      ]),
  },
  {
    id: "parameters-in-all",
    what: "parameters of all functions, and as many locals as remain",
    bound: 65_536,
    build(count) {
      const others = 2047;
      return moduleWith({
        type: list([NOTHING_TO_NOTHING], [TYPE_OF_32]),
        function: [unsigned(others + 1), "00", times("01", others)],
        code: [unsigned(others + 1), ...body([END], locals(count - 32 * others)), times(EMPTY_BODY, others)],
      });
    },
  },
  {
    id: "nesting",
    what: "blocks within each other, the body among them",
    bound: 256,
    build: (count) => mainWith([times("0240", count - 1), times(END, count - 1)]),
  },
  {
    id: "nesting-unreachable",
    what: "blocks within each other, in code that cannot be reached",
    bound: 256,
    build: (count) => mainWith([times("000440", count - 1), times(END, count - 1)]),
  },
  {
    id: "operands",
    what: "operands at once",
    bound: 128,
    build: (count) => mainWith([times("4100", count), times("1a", count)]),
  },
  {
    id: "operands-unreachable",
    what: "operands at once, in code that cannot be reached",
    bound: 128,
    build: (count) => mainWith(["00", times("4100", count), times("1a", count)]),
  },
  {
    id: "targets",
    what: "targets of a br_table",
    bound: 1024,
    build: (count) => mainWith(["41000e", ...listOf(count, "00"), "00"]),
  },
  {
    id: "table",
    what: "elements of the table",
    bound: 4096,
    build: (count) => moduleWith({ table: list(["7000", unsigned(count)]) }),
  },
  {
    id: "memory",
    what: "pages of the memory at most",
    bound: 1024,
    build: (count) => moduleWith({ memory: list(["0101", unsigned(count)]) }),
  },
  {
    id: "memory-from-the-first",
    what: "pages of the memory from the first",
    bound: 1024,
    build: (count) => moduleWith({ memory: list(["01", unsigned(count), unsigned(count)]) }),
  },
  {
    id: "data-segments",
    what: "data segments",
    bound: 128,
    build: (count) => moduleWith({ data: listOf(count, segment) }),
  },
  {
    id: "element-segments",
    what: "element segments",
    bound: 128,
    build: (count) => moduleWith({ table: list(["700001"]), element: listOf(count, elements) }),
  },
  {
    id: "segments-of-both",
    what: "segments, 64 of them of elements",
    bound: 128,
    build: (count) =>
      moduleWith({ table: list(["700001"]), element: listOf(64, elements), data: listOf(count - 64, segment) }),
  },
  { id: "loops", what: "loops of a function", bound: 512, build: (count) => mainWith([times("03400b", count)]) },
  {
    id: "loops-unreachable",
    what: "loops of a function, in code that cannot be reached",
    bound: 512,
    build: (count) => mainWith(["00", times("03400b", count)]),
  },
  {
    id: "loops-in-all",
    what: "loops of all functions",
    bound: 8192,
    build: (count) =>
      bodies([
        ...Array.from({ length: 15 }, () => body([times("03400b", 512), END])),
        body([times("03400b", count - 15 * 512 - 1), END]),
        body(["03400b", END]),
      ]),
  },
  {
    id: "charge-points",
    what: "charge points of a function, all of them calls",
    bound: 4096,
    build: (count) => mainWith([times("1000", count)]),
  },
  {
    id: "charge-points-unreachable",
    what: "charge points of a function, all but the first in code that cannot be reached",
    bound: 4096,
    build: (count) => mainWith(["0f", times("1000", count - 1)]),
  },
  {
    id: "charge-points-of-locals",
    what: "charge points of a function, the first of which pays for a local alone",
    bound: 4096,
    build: (count) => mainWith(["03400b", times("1000", count - 1)], {}, locals(1)),
  },
  {
    id: "charge-points-and-free-blocks",
    what: "charge points of a function, with a block that costs nothing before each",
    bound: 4096,
    build: (count) => mainWith([times("0240010b1000", count)]),
  },
  {
    id: "charge-points-and-free-loops",
    what: "charge points of a function, with 512 loops of nothing before them",
    bound: 4096,
    build: (count) => mainWith([times("03400b", 512), times("1000", count)]),
  },
  {
    id: "charge-points-and-free-arms",
    what: "charge points of a function, each an if with two arms of nothing",
    bound: 4096,
    build: (count) => mainWith([times("41000440050b", count)]),
  },
  {
    id: "export-name",
    what: "bytes of the name of an export",
    bound: 256,
    build: (count) =>
      moduleWith({ export: list([EXPORTED_MEMORY], [EXPORTED_MAIN], [unsigned(count), times("61", count), "0000"]) }),
  },
  {
    id: "export-name-of-letters",
    what: "bytes of the name of an export, two for each letter",
    bound: 256,
    build: (count) =>
      moduleWith({
        export: list(
          [EXPORTED_MEMORY],
          [EXPORTED_MAIN],
          [unsigned(count), times(utf8("é"), Math.floor(count / 2)), count % 2 === 1 ? "61" : "", "0000"],
        ),
      }),
  },
];

/** Long names of imports need a library that exports them. */
function importNames(): ModuleCase[] {
  const long = "a".repeat(256);
  const imported = (module: string, title: string): Bytes =>
    moduleWith({
      type: list([NOTHING_TO_NOTHING]),
      import: list([`${name(module)}${name(title)}0000`]),
      export: list([EXPORTED_MEMORY], [`${name("main")}0001`]),
    });
  const code = toJson(moduleWith({ export: list([EXPORTED_MEMORY], [`${name(long)}0000`]) }));
  return [
    {
      id: "import-name-at",
      about: "256 bytes of the name of an import",
      code: imported("lib", long),
      libraries: [{ name: "lib", code }],
    },
    {
      id: "import-module-at",
      about: "256 bytes of the module of an import",
      code: imported(long, long),
      libraries: [{ name: long, code }],
    },
    {
      id: "import-name-beyond",
      about: "257 bytes of the name of an import",
      code: imported("lib", `${long}a`),
      reason: "any",
    },
    {
      id: "import-module-beyond",
      about: "257 bytes of the module of an import",
      code: imported(`${long}a`, "f"),
      reason: "any",
    },
  ];
}

export async function limitFiles(): Promise<VectorFile[]> {
  const cases = BOUNDS.flatMap(({ id, what, bound, build }): ModuleCase[] => [
    { id: `${id}-at`, about: `${bound} ${what}, which is the most`, code: build(bound) },
    { id: `${id}-beyond`, about: `${bound + 1} ${what}`, code: build(bound + 1), reason: "limit" },
  ]);
  return [
    await moduleFile(
      SOURCE,
      {
        theme: "limits",
        about: "Modules at every bound and one beyond it.",
        requirements: [
          "RUNTIME-MODULE-001",
          "RUNTIME-MODULE-013",
          "RUNTIME-MODULE-018",
          "RUNTIME-MODULE-007",
          "RUNTIME-METER-004",
          "RUNTIME-METER-016",
        ],
      },
      flagged(["module-bound"], [...cases, ...importNames()]),
    ),
  ];
}
