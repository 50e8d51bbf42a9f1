import assert from "node:assert/strict";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { assemble } from "../../authoring/cases/kit/wat.ts";
import { packagePath } from "../../harness/files/package-root.ts";
import { publishedPath } from "../published.ts";
import { inCiAlone } from "../sample.ts";
import { createBench, type Finished } from "./bench.ts";

const bench = createBench();
const PUBLISHED = publishedPath("scout/");

const builtModule = (name: string): string => packagePath("dist", "environments", `${name}.wasm`);
for (const name of ["hello", "counter"]) copyFileSync(builtModule(name), bench.path(`${name}.wasm`));

async function writeModule(name: string, wat: string): Promise<void> {
  writeFileSync(bench.path(name), await assemble(wat));
}

const root = (first: string): string => first.padEnd(64, "0");
const DEPOSIT = {
  pubkey: "00".repeat(48),
  withdrawal_credentials: root(""),
  amount: 0,
  signature: "00".repeat(96),
};

/** Environments: hello at 0, counter at 1. */
function scoutFile(changes: object = {}): object {
  return {
    beacon_state: { execution_scripts: ["hello.wasm", "counter.wasm"] },
    shard_pre_state: { exec_env_states: [root("aa"), root("05")] },
    shard_blocks: [
      { env: 0, data: "" },
      { env: 1, data: "0300000000000000" },
      { env: 1, data: "0400000000000000" },
    ],
    shard_post_state: { exec_env_states: [root("aa"), root("0c")] },
    deposit_receipts: [DEPOSIT],
    ...changes,
  };
}

let files = 0;
function scout(changes: object | string, ...options: string[]): Promise<Finished> {
  const name = `test-${files++}.yaml`;
  bench.write(name, typeof changes === "string" ? changes : scoutFile(changes));
  return bench.run(["scout", name, ...options]);
}

async function refuses(message: RegExp, changes: object | string, ...options: string[]): Promise<void> {
  const { code, stdout, stderr } = await scout(changes, ...options);
  assert.equal(code, 2, stdout + stderr);
  assert.match(stderr, message);
  assert.equal(stdout, "");
}

describe("scout", { concurrency: 3 }, () => {
  test("runs every block from the post-state of the previous one", async () => {
    const { code, stdout, stderr } = await scout({});
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^ +block 0 +environment 0 +5 180 gas +1 deposit$/m);
    assert.match(stdout, /^ +block 2 +environment 1 +5 543 gas +0 deposits$/m);
    assert.match(stdout, /^✓ 2 states as expected$/m);
    assert.doesNotMatch(stdout, /!/);
  });

  test("fails for a different state, and prints both", async () => {
    const { code, stdout } = await scout({ shard_post_state: { exec_env_states: [root("aa"), root("0d")] } });
    assert.equal(code, 1);
    assert.match(stdout, /✗ the state of environment 1 differs\n +expected +0x0d0+\n +actual +0x0c0+\n/);
    assert.doesNotMatch(stdout, /environment 0 differs/);
  });

  test("fails for a missing deposit", async () => {
    const { code, stdout } = await scout({ deposit_receipts: [DEPOSIT, { ...DEPOSIT, amount: 1 }] });
    assert.equal(code, 1);
    assert.match(stdout, /✗ 1 deposit pushed, 2 expected; not pushed:\n +0x0{160}01/);
  });

  test("warns of more deposits than the file lists, and fails for them with --exact-deposits", async () => {
    const more = { deposit_receipts: [] };
    const lenient = await scout(more);
    assert.equal(lenient.code, 0);
    assert.match(lenient.stdout, /! 1 deposit pushed, 0 expected: every expected deposit is among them/);
    const exact = await scout(more, "--exact-deposits");
    assert.equal(exact.code, 1);
    assert.match(exact.stdout, /✗ 1 deposit pushed, 0 expected; the lists differ/);
    assert.equal((await scout({}, "--exact-deposits")).code, 0);
  });

  test("does not compare deposits if the file does not list any", async () => {
    const { deposit_receipts: _, ...unlisted } = scoutFile() as Record<string, unknown>;
    const { code, stdout } = await scout(JSON.stringify(unlisted));
    assert.equal(code, 0);
    assert.match(stdout, /the file lists no deposits/);
  });

  test("fails for a rejected block, and runs the next one", async () => {
    const blocks = [
      { env: 1, data: "ff" },
      { env: 1, data: "0700000000000000" },
    ];
    const { code, stdout } = await scout({ shard_blocks: blocks, deposit_receipts: [] });
    assert.equal(code, 1);
    assert.match(stdout, /block 0 +environment 1 +rejected: trap \(unreachable\): .*, after 5 322 gas/);
    assert.match(stdout, /block 1 {2}environment 1 {2}5 543 gas {2}0 deposits$/m);
    assert.doesNotMatch(stdout, /differs/);
  });

  test("stops an endless block when its gas is used up", async () => {
    await writeModule("endless.wasm", `(module (memory (export "memory") 1 1) (func (export "main") (loop (br 0))))`);
    const { code, stdout } = await scout({}, "--script", "counter.wasm=endless.wasm", "--gas", "1000000");
    assert.equal(code, 1);
    assert.match(stdout, /environment 1 +rejected: out-of-gas: /);
  });

  test("links libraries to every environment", async () => {
    await writeModule(
      "adder.wasm",
      `(module (memory (export "memory") 1 1)
      (func (export "add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1))))`,
    );
    await writeModule(
      "uses-adder.wasm",
      `(module
      (import "eth2" "loadPreStateRoot" (func $load (param i32)))
      (import "eth2" "savePostStateRoot" (func $save (param i32)))
      (import "adder" "add" (func $add (param i64 i64) (result i64)))
      (memory (export "memory") 1 1)
      (func (export "main")
        (call $load (i32.const 0))
        (i64.store (i32.const 0) (call $add (i64.load (i32.const 0)) (i64.const 7)))
        (call $save (i32.const 0))))`,
    );
    const beacon_state = {
      execution_scripts: ["uses-adder.wasm"],
      libraries: [{ name: "adder", file: "adder.wasm" }],
    };
    const { code, stdout, stderr } = await scout({
      beacon_state,
      shard_pre_state: { exec_env_states: [root("05")] },
      shard_blocks: [{ env: 0, data: "" }],
      shard_post_state: { exec_env_states: [root("0c")] },
      deposit_receipts: [],
    });
    assert.equal(code, 0, stdout + stderr);
  });

  test("prints the result as JSON", async () => {
    const { code, stdout } = await scout({ deposit_receipts: [] }, "--json", "--exact-deposits");
    assert.equal(code, 1);
    const { passed, blocks, states, deposits } = JSON.parse(stdout);
    assert.equal(passed, false);
    assert.equal(blocks[2].postStateRoot, `0x${root("0c")}`);
    assert.equal(blocks[2].gasUsed, "0x15a7");
    assert.deepEqual(states[1], {
      environment: 1,
      expected: `0x${root("0c")}`,
      actual: `0x${root("0c")}`,
      isEqual: true,
    });
    assert.deepEqual([deposits.actual.length, deposits.isEqual, deposits.missing], [1, false, []]);
  });
});

describe("a module that states no maximum", { concurrency: 3 }, () => {
  const swap = ["--script", "counter.wasm=unbounded.wasm"];
  const rest = { shard_post_state: { exec_env_states: [root("aa"), root("05")] } };

  test("is refused with a hint to --set-maximum, which makes it valid", async () => {
    await writeModule("unbounded.wasm", `(module (memory (export "memory") 2) (func (export "main")))`);
    await refuses(/unbounded\.wasm: refused: .*maximum; --set-maximum of .* or `scout`/s, rest, ...swap);
    assert.equal((await scout(rest, ...swap, "--set-maximum", "2")).code, 0);
    await refuses(/unbounded\.wasm: refused: .*2 initial pages/, rest, ...swap, "--set-maximum", "1");
    await refuses(/whole number from 0 to 1024/, rest, ...swap, "--set-maximum", "1025");
  });

  test("does not lose a maximum that it states", async () => {
    await writeModule(
      "bounded.wasm",
      `(module (memory (export "memory") 1 2) (func (export "main")
      (if (i32.ne (memory.grow (i32.const 1)) (i32.const 1)) (then unreachable))
      (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))))`,
    );
    const { code, stdout } = await scout(rest, "--script", "counter.wasm=bounded.wasm", "--set-maximum", "9");
    assert.equal(code, 0, stdout);
  });
});

describe("invalid tests of Scout are rejected:", { concurrency: 3 }, () => {
  test("a file that does not exist, is not YAML, or is not UTF-8", async () => {
    const { code, stderr } = await bench.run(["scout", "nowhere.yaml"]);
    assert.equal(code, 2);
    assert.match(stderr, /nowhere\.yaml: cannot be read \(ENOENT\)/);
    await refuses(/test-[0-9]+\.yaml:1:[0-9]+: /, "beacon_state: [");
    writeFileSync(bench.path("latin.yaml"), Buffer.of(0x61, 0x3a, 0xff));
    assert.match((await bench.run(["scout", "latin.yaml"])).stderr, /latin\.yaml: not UTF-8/);
  });

  test("malformed values, with their position", inCiAlone, async () => {
    const block = (data: string): object => ({ shard_blocks: [{ env: 0, data }] });
    await refuses(/yaml:[0-9]+:[0-9]+: shard_blocks\.0\.data: "0g"/, block("0g"));
    await refuses(/shard_blocks\.0\.data: "abc"/, block("abc"));
    await refuses(/exec_env_states\.1: "00"/, { shard_pre_state: { exec_env_states: [root(""), "00"] } });
    await refuses(/field "shard_blocks" is missing/, JSON.stringify({ ...scoutFile(), shard_blocks: undefined }));
    await refuses(/unknown field "deposits"/, { deposits: [] });
    const tooMuch = { deposit_receipts: [{ ...DEPOSIT, amount: "18446744073709551616" }] };
    await refuses(/deposit_receipts\.0\.amount: 18446744073709551616; expected less than 2\^64/, tooMuch);
  });

  test("states and blocks of unknown environments", async () => {
    await refuses(/shard_blocks\.0\.env: 2; expected less than 2/, { shard_blocks: [{ env: 2, data: "" }] });
    const one = { exec_env_states: [root("")] };
    await refuses(/shard_pre_state\.exec_env_states: 1 states; expected 2/, { shard_pre_state: one });
    await refuses(/shard_post_state\.exec_env_states: 1 states; expected 2/, { shard_post_state: one });
  });

  test("missing modules, and options that name no module", inCiAlone, async () => {
    const scripts = { beacon_state: { execution_scripts: ["target/hello.wasm", "counter.wasm"] } };
    await refuses(/hello\.wasm does not exist; expected --script target\/hello\.wasm=<module\.wasm>/, scripts);
    await refuses(/gone\.wasm: cannot be read \(ENOENT\)/, {}, "--script", "hello.wasm=gone.wasm");
    await refuses(/--script helo\.wasm: .* did you mean hello\.wasm\?/, {}, "--script", "helo.wasm=hello.wasm");
    await refuses(/Expected <path in the file>=<module\.wasm>/, {}, "--script", "hello.wasm");
    const twice = ["--script", "hello.wasm=a", "--script", "hello.wasm=b"];
    await refuses(/hello\.wasm is given twice/, {}, ...twice);
    bench.write("no-module.wasm", "text");
    await refuses(/no-module\.wasm: does not begin with 00 61 73 6d/, {}, "--script", "hello.wasm=no-module.wasm");
  });
});

describe("the published files", {
  skip: existsSync(PUBLISHED) ? false : "shared/data/scout does not exist beside the package",
}, () => {
  const release = (name: string): string => `scripts/${name}/target/wasm32-unknown-unknown/release`;
  const hello = `${release("helloworld")}/phase2_helloworld.wasm=${builtModule("hello")}`;
  const bazaar = `${release("bazaar")}/phase2_bazaar.wasm=${builtModule("bazaar")}`;

  test("test.yaml: hello pushes its deposit", async () => {
    const { code, stdout, stderr } = await bench.run(["scout", `${PUBLISHED}test.yaml`, "--script", hello]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /! 2 deposits pushed, 1 expected/);
  });

  test("bazaar.yaml: the states are as expected", async () => {
    const scripts = ["--script", hello, "--script", bazaar];
    const { code, stdout, stderr } = await bench.run(["scout", `${PUBLISHED}bazaar.yaml`, ...scripts]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /✓ 2 states as expected/);
  });
});
