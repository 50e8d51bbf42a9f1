/** Bodies that type-check and bodies that do not: blocks, branches, calls, variables, and unreachable code. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { environment, flagged, type ModuleCase, moduleFile } from "./cases.ts";

const SOURCE = "validate/bodies.ts";

const REQUIREMENTS = ["RUNTIME-MODULE-001", "RUNTIME-MODULE-005"];
/** An unknown operand of a `br_table`, and the result of a `br_if`. */
const UNKNOWN_OPERANDS = ["RUNTIME-MODULE-028", "RUNTIME-MODULE-029"];
/** The reason of the error, and indices that name nothing. */
const REASON_AND_INDICES = ["RUNTIME-MODULE-013", "RUNTIME-MODULE-030"];

/** The id of a case, its `about` text, and the fields of the environment. */
type Row = readonly [id: string, about: string, fields: string];

const wellTyped = ([id, about, fields]: Row): ModuleCase => ({ id, about, wat: environment(fields) });
const illTyped = (row: Row): ModuleCase => ({ ...wellTyped(row), reason: "type" });

const BLOCKS: readonly Row[] = [
  ["empty-body", "a body of nothing", "(func)"],
  ["result-on-top", "the result is what is left", "(func (result i32) i32.const 1)"],
  ["block-without-value", "a block that results in nothing", "(func block nop end)"],
  ["block-with-value", "a block that results in a value", "(func (result i64) block (result i64) i64.const 1 end)"],
  ["loop-with-value", "a loop that results in a value", "(func (result i32) loop (result i32) i32.const 1 end)"],
  [
    "if-with-value",
    "both arms result in it",
    "(func (result i32) i32.const 0 if (result i32) i32.const 1 else i32.const 2 end)",
  ],
  ["if-without-else", "an if without a value needs no else", "(func i32.const 0 if nop end)"],
  ["if-with-empty-else", "an else of nothing", "(func i32.const 0 if else end)"],
  ["operands-below-a-block", "what lies below a block stays", "(func (result i32) i32.const 1 block end)"],
  [
    "select-of-both-types",
    "select of two i32 and of two i64",
    "(func i32.const 1 i32.const 2 i32.const 0 select drop i64.const 1 i64.const 2 i32.const 0 select drop)",
  ],
  ["drop-of-both-types", "drop of an i32 and an i64", "(func i32.const 1 drop i64.const 1 drop)"],
  ["tee-keeps", "tee leaves the value", "(func (local i64) i64.const 1 local.tee 0 drop)"],
  ["locals-after-parameters", "locals follow the parameters", "(func (param i32) (local i64) i64.const 1 local.set 1)"],
  [
    "locals-in-groups",
    "groups of locals, one of them of none",
    "(func (local i32 i64 i64 i32) local.get 3 local.set 0 local.get 2 local.set 1)",
  ],
  [
    "alignment-below",
    "alignments up to the natural one",
    "(func i32.const 0 i64.load align=1 drop i32.const 0 i64.load align=8 drop i32.const 0 i32.load8_u align=1 drop)",
  ],
  ["largest-offset", "an offset of 2^32 − 1", "(func i32.const 0 i32.load offset=4294967295 drop)"],
];

const BRANCHES: readonly Row[] = [
  ["br-with-value", "a branch takes the value along", "(func (result i32) block (result i32) i32.const 1 br 0 end)"],
  ["br-to-the-body", "a branch out of the body is a return", "(func (result i32) i32.const 1 br 0)"],
  ["br-drops-the-rest", "what lies below is dropped", "(func (result i32) i64.const 1 i32.const 1 br 0)"],
  ["br-to-a-loop", "a branch to a loop takes nothing", "(func loop (result i32) br 0 end drop)"],
  [
    "br-if-keeps-the-value",
    "without the jump the value stays",
    "(func (result i32) block (result i32) i32.const 1 i32.const 0 br_if 0 end)",
  ],
  ["br-if-to-a-loop", "a conditional branch back", "(func loop i32.const 0 br_if 0 end)"],
  ["br-table-no-targets", "nothing but the default", "(func i32.const 0 br_table 0)"],
  [
    "br-table-all-alike",
    "targets that take one type",
    "(func (result i32) block (result i32) i32.const 1 i32.const 0 br_table 0 1 0 1 end)",
  ],
  [
    "br-table-loop-and-block",
    "a loop and a block that take nothing",
    "(func block loop i32.const 0 br_table 0 1 2 end end)",
  ],
  ["return-drops-the-rest", "what lies below is dropped", "(func (result i32) i64.const 1 i32.const 1 return)"],
  ["return-in-a-block", "out of a block", "(func (result i32) block i32.const 1 return end i32.const 2)"],
  ["call-itself", "a function may call itself", "(func $f call $f)"],
  [
    "call-forward",
    "a function may call a later one",
    "(func (result i32) i64.const 1 call $g) (func $g (param i64) (result i32) i32.const 0)",
  ],
  ["call-order", "the last operand is the last parameter", "(func $f (param i32 i64) i32.const 1 i64.const 1 call $f)"],
  [
    "call-indirect-order",
    "the index is on top",
    "(table 0 funcref) (func i32.const 1 i64.const 1 i32.const 0 call_indirect (param i32 i64))",
  ],
];

const UNREACHABLE: readonly Row[] = [
  ["any-result", "after unreachable any result is there", "(func (result i64) unreachable)"],
  ["any-operands", "and any operands", "(func unreachable i32.add i64.extend_i32_u i64.add drop)"],
  ["drop", "drop of an unknown operand", "(func unreachable drop drop)"],
  ["select-unknown", "select of unknown operands is unknown", "(func (result i64) unreachable select)"],
  [
    "select-half-known",
    "select takes the type that is known",
    "(func (result i64) unreachable i64.const 1 i32.const 0 select)",
  ],
  ["after-br", "after a branch", "(func (result i32) block br 0 i32.add drop end i32.const 1)"],
  ["after-return", "after a return", "(func return i64.add drop)"],
  ["after-br-table", "after a table of branches", "(func i32.const 0 br_table 0 i32.add drop)"],
  [
    "ends-with-the-block",
    "the block ends it, and has its value",
    "(func (result i32) block (result i32) unreachable end)",
  ],
  [
    "else-is-reachable",
    "the other arm starts anew",
    "(func (result i32) i32.const 0 if (result i32) unreachable else i32.const 1 end)",
  ],
  ["br-if-unknown", "a conditional branch of an unknown value", "(func (result i32) unreachable br_if 0)"],
  [
    "br-table-of-two-types",
    "an unknown operand is of the types of all targets",
    "(func (result i32) block (result i64) unreachable br_table 0 1 0 end drop i32.const 1)",
  ],
  [
    "br-table-under-an-index",
    "an index that is known, an operand that is not",
    "(func (result i32) block (result i64) unreachable i32.const 0 br_table 0 1 end drop i32.const 1)",
  ],
  ["nested-blocks", "blocks within it are checked", "(func unreachable block (result i32) i32.const 1 end drop)"],
  [
    "call",
    "a call takes what is there and the rest of it",
    "(func $f (param i32 i64) unreachable i64.const 1 call $f)",
  ],
  ["tee", "tee of an unknown operand has the local's type", "(func (local i64) unreachable local.tee 0 i64.eqz drop)"],
  ["load", "a load from an unknown address", "(func unreachable i64.load i64.eqz drop)"],
];

const ILL_TYPED: readonly Row[] = [
  ["result-missing", "a result is expected, none is there", "(func (result i32))"],
  ["result-of-another-type", "an i64 for an i32", "(func (result i32) i64.const 1)"],
  ["operand-left", "more than the result is left", "(func i32.const 1)"],
  [
    "operand-left-below-the-result",
    "under the result lies another operand",
    "(func (result i32) i32.const 1 i32.const 2)",
  ],
  ["block-value-missing", "a block without its value", "(func block (result i32) end drop)"],
  ["block-value-left", "a block with a value that it does not have", "(func block i32.const 1 end)"],
  ["block-reaches-below", "a block takes what lies below it", "(func i32.const 1 block drop end)"],
  ["loop-reaches-below", "a loop takes what lies below it", "(func i32.const 1 loop drop end)"],
  ["if-condition-i64", "a condition of 64 bits", "(func i64.const 1 if end)"],
  ["if-condition-missing", "no condition", "(func if end)"],
  [
    "if-value-without-else",
    "an if without else has no value",
    "(func (result i32) i32.const 0 if (result i32) i32.const 1 end)",
  ],
  [
    "arms-differ",
    "the arms have different types",
    "(func (result i32) i32.const 0 if (result i32) i32.const 1 else i64.const 2 end)",
  ],
  ["else-value-missing", "an else without the value", "(func i32.const 0 if (result i32) i32.const 1 else end drop)"],
  ["then-value-left", "a value before else that is not expected", "(func i32.const 0 if i32.const 1 else end)"],
  ["else-reaches-into-then", "else takes what then has left", "(func i32.const 0 if i32.const 1 else drop end)"],
  ["br-value-missing", "a branch without its value", "(func (result i32) block (result i32) br 0 end)"],
  ["br-value-of-another-type", "a branch with an i64 for an i32", "(func (result i32) i64.const 1 br 0)"],
  ["br-too-far", "a label that is not there", "(func block br 2 end)"],
  ["br-if-too-far", "a label that is not there", "(func i32.const 0 br_if 1)"],
  ["br-if-condition-i64", "a condition of 64 bits", "(func i64.const 0 br_if 0)"],
  ["br-if-value-missing", "a conditional branch without its value", "(func (result i32) i32.const 0 br_if 0)"],
  ["br-table-too-far", "a target that is not there", "(func i32.const 0 br_table 0 1 0)"],
  ["br-table-default-too-far", "a default that is not there", "(func i32.const 0 br_table 0 0 1)"],
  ["br-table-index-i64", "an index of 64 bits", "(func i64.const 0 br_table 0)"],
  [
    "br-table-of-two-types",
    "targets of different types",
    "(func (result i32) block (result i64) i32.const 1 i32.const 0 br_table 0 1 end drop i32.const 1)",
  ],
  [
    "br-table-with-and-without-value",
    "one target takes a value and another none",
    "(func (result i32) block i32.const 1 i32.const 0 br_table 0 1 end i32.const 1)",
  ],
  ["return-value-missing", "a return without its value", "(func (result i32) return)"],
  ["return-value-of-another-type", "a return with an i64 for an i32", "(func (result i32) i64.const 1 return)"],
  ["select-of-two-types", "select of an i32 and an i64", "(func i32.const 1 i64.const 1 i32.const 0 select drop)"],
  ["select-condition-i64", "a condition of 64 bits", "(func i32.const 1 i32.const 1 i64.const 0 select drop)"],
  ["local-missing", "a local that is not there", "(func (param i32) (local i32) local.get 2 drop)"],
  ["local-set-missing", "a local that is not there", "(func i32.const 1 local.set 0)"],
  ["local-set-of-another-type", "an i32 into an i64", "(func (local i64) i32.const 1 local.set 0)"],
  ["local-tee-of-another-type", "an i32 into an i64", "(func (local i64) i32.const 1 local.tee 0 drop)"],
  ["global-missing", "a global that is not there", "(func global.get 0 drop)"],
  [
    "global-set-immutable",
    "a global that does not change",
    "(global i32 (i32.const 0)) (func i32.const 1 global.set 0)",
  ],
  ["call-missing", "a function that is not there", "(func call 2)"],
  ["call-order", "operands in the wrong order", "(func $f (param i32 i64) i64.const 1 i32.const 1 call $f)"],
  ["call-indirect-without-table", "no table", "(func i32.const 0 call_indirect)"],
  ["call-indirect-index-i64", "an index of 64 bits", "(table 0 funcref) (func i64.const 0 call_indirect)"],
  ["alignment-i32-load", "an alignment of 8 of 4 bytes", "(func i32.const 0 i32.load align=8 drop)"],
  ["alignment-load8", "an alignment of 2 of one byte", "(func i32.const 0 i32.load8_u align=2 drop)"],
  ["alignment-store", "an alignment of 16 of 8 bytes", "(func i32.const 0 i64.const 0 i64.store align=16)"],
  ["alignment-store32", "an alignment of 8 of 4 bytes", "(func i32.const 0 i64.const 0 i64.store32 align=8)"],
];

const UNREACHABLE_ILL_TYPED: readonly Row[] = [
  ["known-operand", "an operand that is known must fit", "(func unreachable i64.const 1 i32.eqz drop)"],
  ["known-under-unknown", "operands are taken from the top", "(func unreachable i64.const 1 i32.const 1 i32.add drop)"],
  ["value-left", "a value is left at the end", "(func unreachable i32.const 1)"],
  ["result-of-another-type", "the result must fit", "(func (result i32) unreachable i64.const 1)"],
  ["two-values-for-one", "more than the result is left", "(func (result i32) unreachable i32.const 1 i32.const 1)"],
  ["result-of-an-instruction", "what an instruction results in is known", "(func unreachable i32.add i64.eqz drop)"],
  [
    "select-of-two-types",
    "select of an i32 and an i64",
    "(func unreachable i32.const 1 i64.const 1 i32.const 0 select drop)",
  ],
  [
    "select-half-known",
    "select has the type that is known",
    "(func (result i32) unreachable i64.const 1 i32.const 0 select)",
  ],
  ["br-too-far", "a label that is not there", "(func unreachable br 1)"],
  ["br-value-of-another-type", "a branch with an i64 for an i32", "(func (result i32) return i64.const 1 br 0)"],
  [
    "br-if-result",
    "a conditional branch leaves the type of its label",
    "(func (result i32) unreachable br_if 0 i64.eqz)",
  ],
  [
    "br-table-with-and-without-value",
    "one target takes a value and another none",
    "(func (result i32) block unreachable br_table 0 1 end i32.const 1)",
  ],
  [
    "br-table-known-of-two-types",
    "an operand that is known is not of two types",
    "(func (result i32) block (result i64) unreachable i64.const 1 i32.const 0 br_table 0 1 end drop i32.const 1)",
  ],
  ["local-missing", "a local that is not there", "(func unreachable local.get 0 drop)"],
  ["local-set-missing", "a local that is not there", "(func unreachable local.set 0)"],
  ["global-missing", "a global that is not there", "(func unreachable global.set 0)"],
  [
    "global-set-immutable",
    "a global that does not change",
    "(global i32 (i32.const 0)) (func unreachable global.set 0)",
  ],
  ["call-missing", "a function that is not there", "(func unreachable call 9)"],
  [
    "call-operand",
    "an operand of a call that is known must fit",
    "(func $f (param i32 i64) unreachable i32.const 1 call $f)",
  ],
  ["call-indirect-without-table", "no table", "(func unreachable call_indirect)"],
  ["block-value-missing", "a block within it must have its value", "(func unreachable block (result i32) end drop)"],
  ["block-reaches-below", "a block within it takes nothing from outside", "(func unreachable block drop end)"],
  [
    "if-value-without-else",
    "an if without else has no value",
    "(func unreachable if (result i32) i32.const 1 end drop)",
  ],
  [
    "else-value-missing",
    "the other arm is reachable again",
    "(func i32.const 0 if (result i32) unreachable else end drop)",
  ],
  ["after-the-block", "the block ends it", "(func block unreachable end drop)"],
  ["after-a-br-block", "the block ends it", "(func (result i32) block br 0 end)"],
  [
    "tee-of-another-type",
    "the operand must fit the local",
    "(func (local i64) unreachable i32.const 1 local.tee 0 drop)",
  ],
  ["tee-result", "tee has the local's type", "(func (local i64) unreachable local.tee 0 i32.eqz drop)"],
  ["alignment", "an alignment of 8 of 4 bytes", "(func unreachable i32.load align=8 drop)"],
];

export async function bodyFiles(): Promise<VectorFile[]> {
  return [
    await moduleFile(
      SOURCE,
      {
        theme: "bodies",
        about: "Bodies that type-check: blocks, branches, calls, variables.",
        requirements: [...REQUIREMENTS, "RUNTIME-MODULE-030"],
      },
      [...BLOCKS, ...BRANCHES].map(wellTyped),
    ),
    await moduleFile(
      SOURCE,
      {
        theme: "unreachable",
        about: "Code that cannot be reached and type-checks.",
        requirements: [...REQUIREMENTS, ...UNKNOWN_OPERANDS],
      },
      flagged(["unreachable-code"], UNREACHABLE.map(wellTyped)),
    ),
    await moduleFile(
      SOURCE,
      {
        theme: "ill-typed",
        about: "Bodies that do not type-check.",
        requirements: [...REQUIREMENTS, ...REASON_AND_INDICES],
      },
      flagged(["ill-typed"], ILL_TYPED.map(illTyped)),
    ),
    await moduleFile(
      SOURCE,
      {
        theme: "ill-typed-unreachable",
        about: "Code that cannot be reached and does not type-check.",
        requirements: [...REQUIREMENTS, ...UNKNOWN_OPERANDS, ...REASON_AND_INDICES],
      },
      flagged(["unreachable-code"], UNREACHABLE_ILL_TYPED.map(illTyped)),
    ),
  ];
}
