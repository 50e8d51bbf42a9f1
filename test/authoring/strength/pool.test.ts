/** The pool survives mutants that hang, die, fill the memory or fail to load. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Edit, findEdit } from "../../../authoring/strength/edit.ts";
import { readReference } from "../../../authoring/strength/instrument.ts";
import { createPool, Interrupted, type Pool } from "../../../authoring/strength/pool.ts";

const ENTRANCE = "export function callMethod(methodName, params, overrides = {}) {";

import { isThorough } from "../../sample.ts";

/** The reference with `code` at the beginning of every call. */
function beginningWith(code: string): Edit {
  const mutant = { name: "planted", file: "wire/dispatch", find: ENTRANCE, replace: `${ENTRANCE} ${code}` };
  return findEdit(mutant, readReference("wire/dispatch.js"));
}

const EDITS = {
  harmless: beginningWith("void 0;"),
  wrong: beginningWith("return {};"),
  hanging: beginningWith("for (;;);"),
  dying: beginningWith("process.exit(0);"),
  growing: beginningWith("const list = []; for (;;) list.push({});"),
  broken: beginningWith("this is no program"),
};
const NAMES = Object.keys(EDITS) as (keyof typeof EDITS)[];
const subjectOf = (name: keyof typeof EDITS): { edit: number } => ({ edit: NAMES.indexOf(name) });
const CHANGES = { edits: Object.values(EDITS), builds: {} };

describe("the pool of workers", () => {
  let pool: Pool;
  before(() => {
    pool = createPool(CHANGES);
  });
  after(() => pool.close());

  test("names the first vector that fails, and with `all` each of them", async () => {
    assert.deepEqual(await pool.ask(subjectOf("harmless"), [0, 1, 2]), { failed: [] });
    assert.deepEqual(await pool.ask(subjectOf("wrong"), [0, 1, 2]), { failed: [0] });
    assert.deepEqual(await pool.ask(subjectOf("wrong"), [0, 1, 2], { all: true }), { failed: [0, 1, 2] });
  });

  test("ends a worker that hangs, names the vector, and continues", async () => {
    assert.deepEqual(await pool.ask(subjectOf("hanging"), [3, 4], { longestMs: 1000 }), { lost: "hangs", vector: 3 });
    assert.deepEqual(await pool.ask(subjectOf("harmless"), [3, 4]), { failed: [] });
  });

  test("survives a worker that ends, or whose memory is full", async () => {
    assert.deepEqual(await pool.ask(subjectOf("dying"), [5]), { lost: "dies", vector: 5 });
    if (isThorough) {
      assert.deepEqual(await pool.ask(subjectOf("growing"), [6], { longestMs: 60_000 }), { lost: "dies", vector: 6 });
    }
    assert.deepEqual(await pool.ask(subjectOf("harmless"), [5, 6]), { failed: [] });
  });

  test("reports an edit that is not a program", async () => {
    const asked = await pool.ask(subjectOf("broken"), [7]);
    assert.ok("broken" in asked && asked.broken?.startsWith("SyntaxError"), JSON.stringify(asked));
  });
});

test("an interruption stops the workers, and leaves no result", async () => {
  const interruption = new AbortController();
  const pool = createPool(CHANGES, interruption.signal);
  const asked = pool.ask(subjectOf("hanging"), [0]);
  setTimeout(() => interruption.abort(), 300);
  await assert.rejects(asked, Interrupted);
  await assert.rejects(pool.ask(subjectOf("harmless"), [0]), Interrupted);
  pool.close();
});
