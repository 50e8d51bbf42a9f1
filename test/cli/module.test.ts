import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { assemble } from "../../authoring/cases/kit/wat.ts";
import { COSTS } from "../../reference/runtime/costs.ts";
import { decodeModule } from "../../reference/runtime/decode/module.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { createBench } from "./bench.ts";

const bench = createBench();

const GOOD = `(module
  (import "eth2" "useTicks" (func (param i32)))
  (import "eth2" "blockDataSize" (func (result i32)))
  (memory (export "memory") 1 4)
  (func $main (export "main") (local i64) (call $helper (i32.const 5)))
  (func $helper (param i32) (drop (i32.mul (local.get 0) (call 1))))
  (func $forgotten (nop) (nop))
  (data (i32.const 0) "abc"))`;

async function save(name: string, wat: string, ...more: number[]): Promise<string> {
  writeFileSync(bench.path(name), Uint8Array.from([...(await assemble(wat)), ...more]));
  return bench.path(name);
}

/** A custom section of four bytes, called x. */
const CUSTOM = [0x00, 0x02, 0x01, 0x78];

describe("proofhouse module", () => {
  test("prints the parts of a module and their costs", async () => {
    const file = await save("good.wasm", GOOD, ...CUSTOM);
    const { code, stdout } = await bench.run(["module", file]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /✓ may be executed as an environment/);
    assert.match(stdout, /eth2\.blockDataSize \(\) → \(i32\)/);
    assert.match(stdout, /memory +1 page, at most 4/);
    assert.match(stdout, /custom x +4 +at/);
    assert.match(stdout, /4 bytes: custom section x \(--strip\)/);
    assert.match(stdout, /function 4 #4, unreachable/);
    assert.match(stdout, /import eth2\.useTicks, unreachable/);
  });

  test("--json prints the same data, with gas from the table of costs", async () => {
    const file = await save("good.wasm", GOOD);
    const { code, stdout } = await bench.run(["module", file, "--json"]);
    const report = JSON.parse(stdout);
    const cost = (...names: string[]): number =>
      names.reduce((sum, name) => sum + (COSTS.instructions.get(name) ?? NaN), 0);
    assert.equal(code, 0);
    assert.equal(report.accepted, true);
    assert.deepEqual(
      report.functions.map(({ index, name, gas }: { index: number; name: string; gas: number }) => [index, name, gas]),
      [
        [2, "main", COSTS.local + cost("i32.const", "call", "end")],
        [3, "#3", cost("local.get", "call", "i32.mul", "drop", "end")],
        [4, "#4", 0],
      ],
    );
    const { length } = readFileSync(file);
    assert.equal(
      report.instantiationGas,
      COSTS.moduleByte * length + 3 * COSTS.moduleFunction + COSTS.memoryPage + 3 * COSTS.segmentByte,
    );
    // The frame is a local, an operand, and 8.
    assert.equal(report.functions[0].frame, 10);
    assert.deepEqual(report.memory, { min: 1, max: 4 });
    assert.deepEqual(report.imports[1], {
      module: "eth2",
      name: "blockDataSize",
      params: [],
      results: ["i32"],
      offered: true,
    });
  });

  test("a refused module is reported with reason and position, and exit code 1", async () => {
    const file = await save(
      "bad.wasm",
      '(module (memory (export "memory") 1 1) (func (export "main")) (func (drop (f32.const 1))))',
    );
    const { code, stdout } = await bench.run(["module", file]);
    assert.equal(code, 1);
    assert.match(stdout, /✗ refused: forbidden: opcode 0x43: floating point\n +section code, byte 52, function 1/);
    const wat = '(module (memory (export "memory") 1 1) (func (export "main") (drop (f64.const 1))))';
    assert.match((await bench.run(["module", await save("named.wasm", wat)])).stdout, /byte [0-9]+, function 0 main\n/);
    const asJson = JSON.parse((await bench.run(["module", file, "--json"])).stdout);
    assert.deepEqual(
      { ...asJson.refusal, message: "" },
      { reason: "forbidden", message: "", section: "code", offset: 52, function: 1 },
    );
  });

  test("a refused import is reported with the nearest offered one", async () => {
    const adder = await save(
      "adder.wasm",
      `(module (memory (export "memory") 1 1) (func (export "add") (param i64 i64) (result i64) (local.get 0)))`,
    );
    const cases: [string, RegExp, ...string[]][] = [
      ['"eth2" "blockDataCopy" (func (param i32 i32))', /; its type is \(i32, i32, i32\) → \(\)$/m],
      ['"eth2" "blockDataSiz" (func (result i32))', /; did you mean .*eth2\.blockDataSize/],
      ['"eth2" "call" (func)', /; it is offered only to child$/m],
      ['"eth2" "expose" (func)', /; it is offered only to environment$/m, "--role", "child"],
      ['"env" "abort" (func)', /`--use abort=`/],
      ['"sums" "add" (func)', /; `--library sums=<module\.wasm>` offers the exports of a library$/m],
      ['"sums" "add" (func)', /; its type is \(i64, i64\) → \(i64\)$/m, "--library", `sums=${adder}`],
      [
        '"sums" "ad" (func)',
        /; the library exports no such function; did you mean add\?$/m,
        "--library",
        `sums=${adder}`,
      ],
    ];
    for (const [index, [wanted, message, ...options]] of cases.entries()) {
      const wat = `(module (import ${wanted}) (memory (export "memory") 1 1) (func (export "main")))`;
      const { code, stdout } = await bench.run(["module", await save(`import-${index}.wasm`, wat), ...options]);
      assert.equal(code, 1, stdout);
      assert.match(stdout, message);
    }
  });

  test("a module is validated in its role", async () => {
    const file = await save("child.wasm", '(module (memory (export "memory") 1 1))');
    const asEnvironment = await bench.run(["module", file]);
    assert.equal(asEnvironment.code, 1);
    assert.match(asEnvironment.stdout, /`main`\n.*\n +as a library it may be executed: --role library\n/);
    assert.deepEqual(JSON.parse((await bench.run(["module", file, "--json"])).stdout).acceptedAs, ["library", "child"]);
    assert.equal((await bench.run(["module", file, "--role", "child"])).code, 0);
    const wat = `(module (import "numbers" "one" (func (result i32))) (memory (export "memory") 1 1) (func (export "main")))`;
    const user = await save("user.wasm", wat);
    const numbers = await save(
      "numbers.wasm",
      '(module (memory (export "memory") 1 1) (func (export "one") (result i32) (i32.const 1)))',
    );
    const refused = await bench.run(["module", user]);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /numbers\.one \(\) → \(i32\), not offered by the host/);
    assert.equal((await bench.run(["module", user, "--library", `numbers=${numbers}`])).code, 0);
  });

  test("--strip and --set-maximum make the output of a compiler valid", async () => {
    const file = await save("open.wasm", '(module (memory (export "memory") 2) (func (export "main")))', ...CUSTOM);
    const refused = await bench.run(["module", file]);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /--set-maximum/);
    const output = bench.path("changed.wasm");
    const { code, stderr } = await bench.run(["module", file, "--strip", "--set-maximum", "16", "-o", output]);
    assert.equal(code, 0);
    const changed = readFileSync(output);
    assert.match(stderr, new RegExp(`changed\\.wasm: ${changed.length} bytes written`));
    const { memory, sections } = decodeModule(changed);
    assert.deepEqual(memory, { min: 2, max: 16 });
    assert.ok(sections.every(({ id }) => id !== 0));
  });

  test("--strip shortens a module that its custom sections made too long", async () => {
    const long = Uint8Array.of(0x00, 0xd0, 0x80, 0x80, 0x01, 0x01, 0x78);
    const file = await save("long.wasm", '(module (memory (export "memory") 1 1) (func (export "main")))', ...long);
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(2 ** 21 + 0x50 - 2)]));
    const refused = await bench.run(["module", file]);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /limit: 2097\d+ bytes are more than 1048576/);
    assert.match(refused.stdout, /custom x +2097\d+/);
    const output = bench.path("short.wasm");
    assert.equal((await bench.run(["module", file, "--strip", "-o", output])).code, 0);
    assert.ok(readFileSync(output).length < 64);
  });

  test("--set-maximum lowers a maximum, also in a module with other faults", async () => {
    const wat = '(module (memory (export "memory") 1 2000) (func $main (export "main")) (start $main))';
    const output = bench.path("lower.wasm");
    const file = await save("high.wasm", wat);
    const { code, stdout } = await bench.run(["module", file, "--set-maximum", "8", "-o", output]);
    assert.equal(code, 1);
    assert.match(stdout, /forbidden: a start function/);
    const content = readFileSync(output).subarray(-40).toString("hex");
    assert.match(content, /0504010101080[67]/);
    const bounded = await save("bounded.wasm", wat.replace("(start $main)", ""));
    assert.match((await bench.run(["module", bounded])).stdout, /up to 2000 pages, more than 1024; .*--set-maximum/);
  });

  test("--set-maximum below the initial pages is wrong use, and writes no file", async () => {
    const file = await save("two.wasm", '(module (memory (export "memory") 2) (func (export "main")))');
    const output = bench.path("none.wasm");
    const { code, stderr } = await bench.run(["module", file, "--set-maximum", "1", "-o", output]);
    assert.equal(code, 2);
    assert.match(stderr, /the memory has 2 initial pages; expected a maximum of at least that, not 1/);
    assert.throws(() => readFileSync(output), /ENOENT/);
  });

  test("--meter writes the instrumented module, but no file for a refused module", async () => {
    const output = bench.path("metered.wasm");
    assert.equal((await bench.run(["module", await save("good.wasm", GOOD), "--meter", "-o", output])).code, 0);
    const names = decodeModule(readFileSync(output)).exports.map(({ name }) => name);
    assert.ok(names.includes("proofhouse.gas"));
    const child = await save("child.wasm", '(module (memory (export "memory") 1 1))');
    const never = bench.path("never.wasm");
    const { code, stderr } = await bench.run(["module", child, "--meter", "-o", never]);
    assert.equal(code, 1);
    assert.match(stderr, /never\.wasm: not written, because the module is refused/);
    assert.throws(() => readFileSync(never), /ENOENT/);
  });

  test("the output may replace the input file", async () => {
    const file = await save("self.wasm", GOOD, ...CUSTOM);
    assert.equal((await bench.run(["module", file, "--strip", "-o", file])).code, 0);
    validateModule(readFileSync(file), { role: "environment", offers: () => true });
  });
});

describe("proofhouse module rejects as wrong use", () => {
  const rows: readonly (readonly [title: string, prepare: () => string, message: RegExp])[] = [
    [
      "a file that does not exist",
      () => bench.path("nowhere.wasm"),
      /nowhere\.wasm: cannot be read \(ENOENT\); expected a WebAssembly module/,
    ],
    ["a folder", () => bench.folder, /is a folder; expected a WebAssembly module/],
    ["an empty file", () => bench.write("empty.wasm", ""), /empty\.wasm: is empty/],
    ["text", () => bench.write("text.wasm", "hello"), /does not begin with 00 61 73 6d/],
    [
      "a module in the text format",
      () => bench.write("a.wat", ";; mine\n(module)"),
      /text format: assemble it with wat2wasm/,
    ],
    ["a device that never ends", () => "/dev/zero", /longer than 67108864 bytes/],
  ];
  for (const [title, prepare, message] of rows) {
    test(title, async () => {
      const { code, stdout, stderr } = await bench.run(["module", prepare()]);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    });
  }

  test("changes without an output file, an output file without changes, and an invalid number", async () => {
    const file = await save("good.wasm", GOOD);
    for (const [args, message] of [
      [["--strip"], /expected -o <file>/],
      [["-o", "x.wasm"], /expected --strip, --set-maximum or --meter/],
      [["--set-maximum", "1025", "-o", "x.wasm"], /from 0 to 1024/],
      [["--set-maximum", "-1", "-o", "x.wasm"], /from 0 to 1024/],
      [["--role", "root"], /Allowed choices/],
    ] as const) {
      const { code, stderr } = await bench.run(["module", file, ...args]);
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, message);
    }
  });
});

test("invalid bytes with the magic number of a module are refused without a crash", async () => {
  const good = await assemble(GOOD);
  for (const [name, bytes] of [
    ["cut.wasm", good.slice(0, 40)],
    ["magic.wasm", good.slice(0, 4)],
    ["component.wasm", [...good.slice(0, 4), 0x0d, 0x00, 0x01, 0x00]],
    ["long.wasm", [...good, ...new Array<number>(2 ** 20).fill(0)]],
  ] as const) {
    writeFileSync(bench.path(name), Uint8Array.from(bytes));
    const { code, stdout } = await bench.run(["module", bench.path(name)]);
    assert.equal(code, 1, name);
    assert.match(stdout, /✗ refused: (malformed|limit)/);
  }
});
