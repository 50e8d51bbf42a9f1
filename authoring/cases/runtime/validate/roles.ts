/** Environments, children and libraries. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { assemble } from "../../kit/wat.ts";
import { environment, type ModuleCase } from "./cases.ts";
import { definitionFile, importing, MAIN, MEMORY, type Row, toCase } from "./definitions.ts";

const SOURCE = "validate/roles.ts";

async function library(name: string, wat: string): Promise<Json> {
  return { name, code: `0x${Buffer.from(await assemble(wat)).toString("hex")}` };
}

/** Rows with their role. */
const ROLES: readonly (readonly [role: string, ...Row])[] = [
  ["environment", "environment", "an environment, said so", environment("")],
  ["child", "child-without-main", "a child needs no main", `(module ${MEMORY})`],
  [
    "child",
    "child-with-any-main",
    "a main of a child may have any type",
    `(module ${MEMORY} (func (export "main") (result i32) i32.const 0))`,
  ],
  [
    "child",
    "child-imports",
    "what children may import",
    importing('"eth2" "call" (func (param i32 i32 i32 i32 i32 i32) (result i32))'),
  ],
  [
    "child",
    "child-imports-shared",
    "what both may import",
    importing('"eth2" "return" (func (param i32 i32) (result i32))'),
  ],
  ["library", "library", "a library", `(module ${MEMORY} (func (export "f") (param i64) (result i64) local.get 0))`],
  ["child", "child-without-memory", "a child without a memory", "(module)", "export"],
  [
    "child",
    "child-imports-of-environment",
    "what only environments may import",
    importing('"eth2" "loadPreStateRoot" (func (param i32))'),
    "import",
  ],
  [
    "child",
    "child-imports-state",
    "what only environments may import",
    importing('"proof" "get" (func (param i32 i32) (result i32))'),
    "import",
  ],
  ["library", "library-without-memory", "a library without a memory", "(module)", "export"],
  [
    "library",
    "library-imports",
    "a library that imports what both others may",
    importing('"eth2" "return" (func (param i32 i32) (result i32))'),
    "import",
  ],
];

async function libraryCases(): Promise<ModuleCase[]> {
  const square = await library(
    "numbers",
    `(module ${MEMORY} (func (export "square") (param i64) (result i64) (i64.mul (local.get 0) (local.get 0))) (global (export "zero") i32 (i32.const 0)))`,
  );
  const other = await library("more", `(module ${MEMORY} (func (export "square") (param i32)))`);
  const bad = await library("bad", importing('"eth2" "return" (func (param i32 i32) (result i32))'));
  const wat = importing('"numbers" "square" (func (param i64) (result i64))');
  const both = `(module (import "more" "square" (func (param i32))) (import "numbers" "square" (func (param i64) (result i64))) ${MEMORY} ${MAIN})`;
  const one: readonly Json[] = [square];
  return [
    { id: "function", about: "a function of a library", wat, libraries: one },
    { id: "functions-of-two", about: "functions of one name of two libraries", wat: both, libraries: [square, other] },
    { id: "unused", about: "a library that nothing is imported from", wat: environment(""), libraries: one },
    { id: "none", about: "an empty list of libraries", wat: environment(""), libraries: [] },
    { id: "function-without-library", about: "the library is not there", wat, reason: "import" },
    { id: "function-of-another", about: "a library of another name", wat, libraries: [other], reason: "import" },
    {
      id: "function-of-another-type",
      about: "a function of the library under another type",
      wat: importing('"numbers" "square" (func (param i32) (result i32))'),
      libraries: one,
      reason: "import",
    },
    {
      id: "function-missing",
      about: "a function that the library does not export",
      wat: importing('"numbers" "cube" (func (param i64) (result i64))'),
      libraries: one,
      reason: "import",
    },
    {
      id: "memory-as-function",
      about: "the memory of the library as a function, of the type of the function with its index",
      wat: importing('"numbers" "memory" (func (param i64) (result i64))'),
      libraries: one,
      reason: "import",
    },
    {
      id: "global-as-function",
      about: "a global of the library as a function, of the type of the function with its index",
      wat: importing('"numbers" "zero" (func (param i64) (result i64))'),
      libraries: one,
      reason: "import",
    },
    {
      id: "global",
      about: "a global of the library as a global",
      wat: importing('"numbers" "zero" (global i32)'),
      libraries: one,
      reason: "forbidden",
    },
    {
      id: "child-of-a-library",
      about: "a child that imports from a library",
      wat,
      libraries: one,
      role: "child",
      reason: "import",
    },
    {
      id: "library-that-imports",
      about: "a library that imports, beside a good module",
      wat: environment(""),
      libraries: [bad],
      reason: "import",
      details: { library: "bad" },
    },
    {
      id: "second-library-bad",
      about: "the second of two libraries imports",
      wat,
      libraries: [square, bad],
      reason: "import",
      details: { library: "bad" },
    },
    {
      id: "library-before-module",
      about: "a library and the module are bad: the library is looked at first",
      wat: "(module)",
      libraries: [bad],
      reason: "import",
      details: { library: "bad" },
      requirements: ["RUNTIME-GEN-004"],
    },
  ];
}

export async function roleFiles(): Promise<VectorFile[]> {
  const roles = ROLES.map(([role, ...row]): ModuleCase => ({ ...toCase(row), role }));
  return [
    await definitionFile(
      SOURCE,
      {
        theme: "roles",
        about: "Environments, children and libraries.",
        ids: ["001", "013", "008", "032", "036", "041", "042", "043"],
      },
      roles,
    ),
    await definitionFile(
      SOURCE,
      { theme: "libraries", about: "What libraries offer.", ids: ["001", "013", "010", "041", "042", "043"] },
      await libraryCases(),
    ),
  ];
}
