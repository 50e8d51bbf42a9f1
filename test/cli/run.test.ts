import assert from "node:assert/strict";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { assemble } from "../../authoring/cases/kit/wat.ts";
import { packagePath } from "../../harness/files/package-root.ts";
import { toHex } from "../../reference/core/bytes.ts";
import { encode, entriesOf, type Transaction } from "../environments/token-model.ts";
import { inCiAlone } from "../sample.ts";
import { createBench, type Finished } from "./bench.ts";

const bench = createBench();

const run = (...args: string[]): Promise<Finished> => bench.run(["run", ...args]);

async function json(...args: string[]): Promise<{ code: number | null; blocks: Record<string, unknown>[] }> {
  const { code, stdout, stderr } = await run(...args, "--json");
  assert.ok(stdout.startsWith("{"), stdout + stderr);
  return { code, blocks: JSON.parse(stdout).blocks };
}

async function refuses(message: RegExp, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 2, stdout + stderr);
  assert.match(stderr, message);
  assert.equal(stdout, "");
}

const root = (first: string): string => `0x${first.padEnd(64, "0")}`;

before(async () => {
  for (const name of ["counter", "token-proof", "hello"]) {
    copyFileSync(packagePath("dist", "environments", `${name}.wasm`), bench.path(`${name}.wasm`));
  }
  const modules = {
    endless: `(module (memory (export "memory") 1 1) (func $spin (export "main") (loop (br 0))))`,
    adder: `(module (memory (export "memory") 1 1) (func (export "seven") (result i32) (i32.const 7)))`,
    user: `(module
      (import "adder" "seven" (func $seven (result i32)))
      (import "debug" "print32" (func $print (param i32)))
      (memory (export "memory") 1 1)
      (func (export "main") (call $print (call $seven))))`,
    // Key 2: deleted by a block without data, and otherwise set to the first 32 bytes of it.
    setter: `(module
      (import "eth2" "blockDataSize" (func $size (result i32)))
      (import "eth2" "blockDataCopy" (func $copy (param i32 i32 i32)))
      (import "eth2" "savePostStateRoot" (func $save (param i32)))
      (import "proof" "set" (func $set (param i32 i32)))
      (import "proof" "delete" (func $delete (param i32)))
      (import "proof" "root" (func $root (param i32)))
      (memory (export "memory") 1 1)
      (data (i32.const 31) "\\02")
      (func (export "main")
        (if (call $size)
          (then
            (call $copy (i32.const 32) (i32.const 0) (i32.const 32))
            (call $set (i32.const 0) (i32.const 32)))
          (else (call $delete (i32.const 0))))
        (call $root (i32.const 64))
        (call $save (i32.const 64))))`,
    talker: `(module
      (import "debug" "printMem" (func $print (param i32 i32)))
      (memory (export "memory") 1 1)
      (data (i32.const 0) "good day\\1b[2J")
      (func (export "main")
        (call $print (i32.const 0) (i32.const 8))
        (call $print (i32.const 0) (i32.const 12))))`,
  };
  for (const [name, wat] of Object.entries(modules)) writeFileSync(bench.path(`${name}.wasm`), await assemble(wat));
});

describe("run", { concurrency: 3 }, () => {
  test("stops an execution with gas for years, and reports a fault of this machine", async () => {
    const gas = String(2n ** 63n - 1n);
    const { code, stdout, stderr } = await run("endless.wasm", "--gas", gas, "--timeout-ms", "1500");
    assert.equal(code, 3, stdout + stderr);
    assert.match(stderr, /this machine could not complete the run: not finished within 1500 ms/);
    assert.equal(stdout, "");
  });

  test("prints every block, each from the post-state of the previous one", async () => {
    const { code, stdout, stderr } = await run(
      "counter.wasm",
      "--data",
      "0x0500000000000000",
      "--data",
      "0x0700000000000000",
    );
    assert.equal(code, 0, stderr);
    const [first, second] = stdout.split(/^block 1$/m);
    assert.match(first, /^block 0\n +pre-state root +0x0{64}\n +post-state root +0x050{62}\n +deposits +none\n/);
    assert.match(first, /^ +gas +5 543 of 1 000 000 000$/m);
    assert.match(first, /^ +host calls +eth2\.loadPreStateRoot +1 × +96\n/m);
    assert.match(second, /pre-state root +0x050{62}\n +post-state root +0x0c0{62}\n/);
    assert.doesNotMatch(stdout, /by function/);
  });

  test("runs one empty block without --data, from the given root", async () => {
    const { blocks } = await json("hello.wasm", "--pre-state-root", root("ab"));
    assert.equal(blocks.length, 1);
    assert.equal(blocks[0].postStateRoot, root("ab"));
    assert.deepEqual(blocks[0].deposits, [`0x${"00".repeat(184)}`]);
  });

  test("reads the data of a block from a file", async () => {
    writeFileSync(bench.path("block.bin"), Buffer.from("0900000000000000", "hex"));
    const { blocks } = await json("counter.wasm", "--data", "@block.bin");
    assert.equal(blocks[0].postStateRoot, root("09"));
  });

  test("attributes all gas to functions, host functions and instantiation", async () => {
    const args = ["counter.wasm", "--data", "0x0500000000000000"];
    const { blocks } = await json(...args, "--profile");
    const lines = blocks[0].gasByFunction as { function: string; calls: number; gas: string }[];
    const gasOf = (name: string): bigint => BigInt(lines.find((line) => line.function === name)?.gas ?? -1);
    assert.equal(
      lines.reduce((sum, { gas }) => sum + BigInt(gas), 0n),
      BigInt(blocks[0].gasUsed as string),
    );
    assert.equal(lines.find((line) => line.function === "require")?.calls, 3);
    // One local.get, one eqz and the if, three times.
    assert.equal(gasOf("require"), 12n);
    assert.equal(gasOf("eth2.blockDataCopy"), 64n + 8n);
    const { blocks: unprofiled } = await json(...args);
    assert.equal(unprofiled[0].gasUsed, blocks[0].gasUsed);
    assert.deepEqual(unprofiled[0].hostCalls, blocks[0].hostCalls);
  });

  test("prints the call stack of a failed block, runs no later block, and fails", async () => {
    const args = ["counter.wasm", "--data", "0x05", "--data", "0x0700000000000000"];
    const { code, stdout } = await run(...args, "--profile");
    assert.equal(code, 1);
    assert.match(stdout, /✗ rejected: trap \(unreachable\): .*, after 5 322 gas\n +in +main → require\n/);
    assert.doesNotMatch(stdout, /block 1/);
    const { blocks } = await json(...args);
    assert.equal((blocks[0].error as { class: string }).class, "trap");
    assert.equal(blocks[0].postStateRoot, undefined);
  });

  for (const engine of ["v8", "interpreter"]) {
    test(`stops an endless loop when the gas is used up, in ${engine}`, async () => {
      const { code, stdout } = await run("endless.wasm", "--gas", "300000", "--engine", engine);
      assert.equal(code, 1);
      assert.match(stdout, /rejected: out-of-gas: .*, after 300 00[0-9] gas/);
    });
  }

  test("links libraries, prefixes their functions with their names, and prints the log", async () => {
    const { code, stdout, stderr } = await run("user.wasm", "--library", "adder=adder.wasm", "--profile");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^ +log +debug\.print32 0x07000000$/m);
    assert.match(stdout, /^ +adder\.seven +1 × +/m);
  });

  test("prints text in the log as text, without control characters", async () => {
    const { stdout } = await run("talker.wasm");
    assert.match(stdout, /log +debug\.printMem 0x676f6f6420646179 "good day"\n +debug\.printMem 0x[0-9a-f]+\n/);
    assert.ok(!stdout.includes("\u001b"));
  });
});

describe("run with a state", { concurrency: 3 }, () => {
  const accounts = new Map([[0, { nonce: 0n, balance: 100n }]]);
  const entries = entriesOf(accounts).map(([key, value]) => [toHex(key), toHex(value)]);
  const state = { schema: "proofhouse/state/1", backend: "sparse", encoding: "compact" };
  const data = (nonce: bigint): string => {
    const transaction: Transaction = { kind: "transfer", from: 0, to: 1, amount: 30n, nonce };
    return toHex(new Uint8Array(encode(transaction)));
  };

  test("records the reads of a block, continues with its writes, and replays the proof", async () => {
    const file = bench.write("entries.yaml", { ...state, entries });
    const { code, blocks } = await json("token-proof.wasm", "--state", file, "--data", data(0n), "--data", data(1n));
    assert.equal(code, 0);
    const [first, second] = blocks;
    assert.equal((first.reads as unknown[]).length, 2);
    assert.equal(second.preStateRoot, first.postStateRoot);
    assert.notEqual(second.postStateRoot, second.preStateRoot);

    const proofFile = bench.write("proof.yaml", { ...state, proof: second.proof });
    const replay = ["token-proof.wasm", "--state", proofFile, "--data", data(1n)];
    const replayed = await json(...replay, "--pre-state-root", String(second.preStateRoot));
    assert.equal(replayed.code, 0);
    assert.equal(replayed.blocks[0].postStateRoot, second.postStateRoot);
    assert.equal(replayed.blocks[0].gasUsed, second.gasUsed);

    const forged = await json(...replay, "--pre-state-root", root("ff"));
    assert.equal(forged.code, 1);
    assert.equal((forged.blocks[0].error as { class: string }).class, "invalid-proof");
    await refuses(/expected --pre-state-root/, ...replay);
    await refuses(/expected one block/, ...replay, "--data", data(2n), "--pre-state-root", root("ff"));
  });

  for (const backend of ["sparse", "ssz"]) {
    test(`continues after a deletion, with ${backend}`, async () => {
      const keyOf = (key: string): string => (backend === "ssz" ? `0x${key}` : `0x${key.padStart(64, "0")}`);
      const pairs = [
        [keyOf("2"), root("aa")],
        [keyOf("3"), root("bb")],
      ];
      const file = bench.write(`${backend}-2.yaml`, { ...state, backend, entries: pairs });
      const { code, blocks } = await json("setter.wasm", "--state", file, "--data", "0x", "--data", root("cc"));
      assert.equal(code, 0, JSON.stringify(blocks));
      const after = bench.write(`${backend}-3.yaml`, {
        ...state,
        backend,
        entries: [[keyOf("2"), root("cc")], pairs[1]],
      });
      const [{ preStateRoot }] = (await json("hello.wasm", "--state", after)).blocks;
      assert.equal(blocks[1].postStateRoot, preStateRoot);
      assert.notEqual(blocks[0].postStateRoot, blocks[0].preStateRoot);
    });
  }

  test("saves the proof of an executed block as a state file, and rejects other runs", async () => {
    const file = bench.write("saved-entries.yaml", { ...state, options: { depth: 256 }, entries });
    const save = ["token-proof.wasm", "--state", file, "--save-proof", "saved.yaml"];
    const { blocks } = await json(...save, "--data", data(0n));
    const [{ preStateRoot, postStateRoot }] = blocks;
    const replay = ["--state", "saved.yaml", "--pre-state-root", String(preStateRoot), "--data", data(0n)];
    const replayed = await json("token-proof.wasm", ...replay);
    assert.equal(replayed.blocks[0].postStateRoot, postStateRoot);

    await refuses(/--save-proof: expected one block/, ...save, "--data", data(0n), "--data", data(1n));
    await refuses(
      /--save-proof: expected --state with entries/,
      "token-proof.wasm",
      ...replay,
      "--save-proof",
      "x.yaml",
    );
    await refuses(/--save-proof: expected --state with entries/, "hello.wasm", "--save-proof", "x.yaml");
    await refuses(
      /--save-proof no\/such\/x\.yaml: the folder no\/such does not exist/,
      "token-proof.wasm",
      "--state",
      file,
      "--save-proof",
      "no/such/x.yaml",
      "--data",
      data(0n),
    );
    const failed = await run("token-proof.wasm", "--state", file, "--save-proof", "unsaved.yaml", "--data", data(9n));
    assert.equal(failed.code, 1);
    assert.ok(!existsSync(bench.path("unsaved.yaml")));
    assert.match(failed.stderr, /unsaved\.yaml: not written, because the block is rejected/);
  });

  test("rejects invalid state files", inCiAlone, async () => {
    const refusesState = (message: RegExp, name: string, content: object): Promise<void> => {
      return refuses(message, "token-proof.wasm", "--state", bench.write(name, content));
    };
    await refusesState(/s1\.yaml: .*unknown backend "sparce"/, "s1.yaml", { ...state, backend: "sparce", entries });
    await refusesState(/s2\.yaml: .*sparse has no encoding "xml"/, "s2.yaml", { ...state, encoding: "xml", entries });
    await refusesState(/s3\.yaml: .*entries\/0\/0.*"0xzz"/, "s3.yaml", { ...state, entries: [["0xzz", "0x"]] });
    await refusesState(/s4\.yaml:1:1: the file: field "entries" or "proof" is missing/, "s4.yaml", { ...state });
    await refusesState(/s6\.yaml:.* entries: .*; expected no such field/, "s6.yaml", {
      ...state,
      entries,
      proof: "0x",
    });
    const shallow = bench.write("s7.yaml", { ...state, options: { depth: 9 }, proof: "0x80".padEnd(68, "0") });
    const under = ["--state", shallow, "--pre-state-root", root("")];
    await refuses(/--state .*s7\.yaml: a state has 256 levels, not 9/, "token-proof.wasm", ...under);
    const nested = {
      ...state,
      backend: "ssz",
      entries: [
        ["0x2", root("aa")],
        ["0x4", root("bb")],
      ],
    };
    await refusesState(/entry 0x4 is below entry 0x2/, "s9.yaml", nested);
    bench.write("s8.yaml", "");
    await refuses(/s8\.yaml: is empty; expected a state file/, "token-proof.wasm", "--state", "s8.yaml");
    await refusesState(/s5\.yaml: .*options\/deep/, "s5.yaml", { ...state, options: { deep: 1 }, entries });
    await refuses(/none\.yaml: cannot be read \(ENOENT\)/, "token-proof.wasm", "--state", "none.yaml");
  });
});

describe("wrong use of run:", { concurrency: 3 }, () => {
  test("missing and invalid modules", inCiAlone, async () => {
    await refuses(/gone\.wasm: cannot be read \(ENOENT\); expected a WebAssembly module/, "gone.wasm");
    writeFileSync(bench.path("short.wasm"), Buffer.from("0061736d01", "hex"));
    await refuses(/short\.wasm: refused: .*\(section .*, byte [0-9]+\)/, "short.wasm");
    bench.write("text.wasm", "(module)");
    await refuses(/text\.wasm: .* text format: assemble it with wat2wasm/, "text.wasm");
    const long = Buffer.concat([Buffer.from("0061736d01000000", "hex"), Buffer.alloc(2 ** 20)]);
    writeFileSync(bench.path("long.wasm"), long);
    await refuses(/long\.wasm: refused: .*1048576/, "long.wasm");
    await refuses(/user\.wasm: refused: import of adder\.seven.*; `--library adder=<module\.wasm>`/, "user.wasm");
    await refuses(/library adder, hello\.wasm: refused/, "user.wasm", "--library", "adder=hello.wasm");
    await refuses(/"eth2" is taken/, "hello.wasm", "--library", "eth2=adder.wasm");
    await refuses(/Expected <name>=<module\.wasm>/, "user.wasm", "--library", "adder");
  });

  test("malformed hex, roots, gas and engines", async () => {
    for (const data of ["0x0", "05", "0xzz"])
      await refuses(/--data .*expected 0x and an even number/, "counter.wasm", "--data", data);
    await refuses(
      /nothing\.bin: cannot be read \(ENOENT\); expected the data of a block/,
      "counter.wasm",
      "--data",
      "@nothing.bin",
    );
    bench.write("folder.bin/x", "");
    await refuses(/folder\.bin: cannot be read \(EISDIR\)/, "counter.wasm", "--data", "@folder.bin");
    // The device has no end, so reading must stop early.
    const endless = ["counter.wasm", "--data", "@/dev/zero"];
    if (process.platform === "linux") await refuses(/\/dev\/zero: more than [0-9]+ bytes/, ...endless);
    await refuses(/--pre-state-root 0x00: expected 0x and 64 hex digits/, "hello.wasm", "--pre-state-root", "0x00");
    for (const gas of ["-1", "1e9", "9223372036854775808"])
      await refuses(/whole number below 2\^63/, "hello.wasm", `--gas=${gas}`);
    await refuses(/Allowed choices are v8, interpreter/, "hello.wasm", "--engine", "jit");
    await refuses(/--profile with --engine v8/, "hello.wasm", "--engine", "v8", "--profile");
  });
});
