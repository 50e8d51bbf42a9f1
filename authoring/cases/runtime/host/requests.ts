/** Vectors of wrong requests for executions, whatever the module is, and of the order of checks. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected, rejectedWith, stated, vectorFile } from "../../kit/draft.ts";
import { entriesJson, prove, rootOf, stateOf } from "../storage/cases.ts";
import { A, SPARSE, SSZ, value } from "../storage/samples.ts";
import { CONFIRMED_BY, quantity } from "./cases.ts";
import { assembleProgram } from "./program.ts";

/** `undefined` removes a parameter. */
type Changes = Readonly<Record<string, Json | undefined>>;
type Row = readonly [id: string, about: string, changes: Changes, error?: string];

const NO_MODULE = "0x0061736d";
const ROOT = `0x${rootOf(SPARSE)}`;
const STATE = stateOf(SPARSE, { proof: prove(SPARSE, [A]) });
const MOST_GAS = "0x7fffffffffffffff";

const BLOCK: readonly Row[] = [
  ["no-code", "no code", { code: undefined }],
  ["no-root", "no pre-state root", { preStateRoot: undefined }],
  ["no-block-data", "no block data, which is not the same as none", { blockData: undefined }],
  ["no-gas-limit", "no limit", { gasLimit: undefined }],
  ["gas-limit-number", "a limit that is a JSON number", { gasLimit: 1_000_000 }],
  ["gas-limit-decimal", "a limit in decimal digits", { gasLimit: "1000000" }],
  ["gas-limit-in-capitals", "a limit in capitals", { gasLimit: "0xF4240" }],
  ["gas-limit-leading-zero", "a limit with a leading zero", { gasLimit: "0x0f4240" }],
  ["gas-limit-empty", "a limit without a digit", { gasLimit: "0x" }],
  ["gas-limit-null", "a limit that is null", { gasLimit: null }],
  ["gas-limit-negative", "a limit below zero", { gasLimit: "-0x1" }],
  ["gas-limit-2-63", "a limit of 2^63", { gasLimit: "0x8000000000000000" }],
  ["gas-limit-2-64", "a limit of 2^64 and a million", { gasLimit: "0x100000000000f4240" }],
  ["root-short", "a root of 31 bytes", { preStateRoot: `0x${"11".repeat(31)}` }],
  ["root-long", "a root of 33 bytes", { preStateRoot: `0x${"11".repeat(33)}` }],
  ["root-null", "a root that is null", { preStateRoot: null }],
  ["root-in-capitals", "a root in capitals", { preStateRoot: `0x${"AA".repeat(32)}` }],
  ["block-data-null", "block data that are null", { blockData: null }],
  ["block-data-odd", "half a byte of block data", { blockData: "0x1" }],
  ["block-data-bare", "block data without 0x", { blockData: "11" }],
  ["block-data-list", "block data as a list", { blockData: [17] }],
  ["code-null", "code that is null", { code: null }],
  ["code-bare", "code without 0x", { code: "0061736d01000000" }],
  ["role", "a role, which only modules that are validated have", { role: "environment" }],
  ["backend", "a backend beside the state", { backend: "sparse" }],
  ["unknown-parameter", "a parameter that there is not", { gasPrice: "0x1" }],
  ["libraries-null", "libraries that are null", { libraries: null }],
  ["libraries-object", "libraries as an object", { libraries: {} }],
  ["library-null", "a library that is null", { libraries: [null] }],
  ["library-without-code", "a library without code", { libraries: [{ name: "lib" }] }],
  ["state-null", "a state that is null", { state: null }],
  ["state-text", "a state that is text", { state: "sparse" }],
  [
    "gas-limit-before-module",
    "a limit of 2^63, and a module that is none",
    { code: NO_MODULE, gasLimit: "0x8000000000000000" },
  ],
  [
    "library-name-before-module",
    "a library that is called env, and a module that is none",
    { code: NO_MODULE, libraries: [{ name: "env", code: NO_MODULE }] },
  ],
];

const OF_STATE: readonly Row[] = [
  ["state-backend-missing", "a state without a backend", { state: changed(STATE, { backend: undefined }) }],
  ["state-backend-null", "a backend that is null", { state: changed(STATE, { backend: null }) }],
  ["state-backend-number", "a backend that is a number", { state: changed(STATE, { backend: 1 }) }],
  ["state-encoding-missing", "a state without an encoding", { state: changed(STATE, { encoding: undefined }) }],
  ["state-encoding-number", "an encoding that is a number", { state: changed(STATE, { encoding: 1 }) }],
  ["state-options-null", "options that are null", { state: changed(STATE, { options: null }) }],
  [
    "state-options-unknown",
    "an option that sparse does not have",
    { state: changed(STATE, { options: { secure: true } }) },
  ],
  ["state-profile-unknown", "a profile that there is not", { state: changed(STATE, { options: { profile: "lax" } }) }],
  ["state-member-unknown", "a member that a state does not have", { state: changed(STATE, { root: ROOT }) }],
  [
    "state-of-state",
    "the state of Ethereum, whose keys are no words",
    { state: changed(STATE, { backend: "state", encoding: "witness" }) },
    "unsupported",
  ],
  [
    "state-backend-in-capitals",
    "a backend in capitals",
    { state: changed(STATE, { backend: "Sparse" }) },
    "unsupported",
  ],
  [
    "state-backend-of-objects",
    "a backend by a name that objects have of themselves",
    { state: changed(STATE, { backend: "constructor" }) },
    "unsupported",
  ],
  [
    "state-before-module",
    "a backend that there is not, and a module that is none",
    { code: NO_MODULE, state: changed(STATE, { backend: "verkle" }) },
    "unsupported",
  ],
  [
    "state-member-before-module",
    "a member that a state does not have, and a module that is none",
    { code: NO_MODULE, state: changed(STATE, { root: ROOT }) },
  ],
  [
    "depth-before-module",
    "a state of 255 levels, and a module that is none",
    { code: NO_MODULE, state: changed(STATE, { options: { depth: 255 } }) },
  ],
];

const ONLY_PROVEN: readonly Row[] = [
  [
    "state-proof-missing",
    "a state without a proof, and a module that is none",
    { code: NO_MODULE, state: changed(STATE, { proof: undefined }) },
  ],
  ["state-proof-null", "a proof that is null", { state: changed(STATE, { proof: null }) }],
];

const WHOLE = stateOf(SPARSE, { entries: entriesJson(SPARSE) });
const entries = (...list: Json[]): Changes => ({ state: changed(WHOLE, { entries: list }) });

const ONLY_WHOLE: readonly Row[] = [
  ["state-missing", "a recording without a state", { state: undefined }],
  ["entries-null", "entries that are null", { state: changed(WHOLE, { entries: null }) }],
  ["entries-object", "entries as an object", { state: changed(WHOLE, { entries: { [`0x${A}`]: `0x${value(1)}` } }) }],
  ["entry-of-one", "an entry that is a key alone", entries([`0x${A}`])],
  ["entry-of-three", "an entry of three", entries([`0x${A}`, `0x${value(1)}`, `0x${value(2)}`])],
  ["entry-deleted", "an entry that is null", entries([`0x${A}`, null])],
  ["entry-key-short", "a key of 31 bytes", entries([`0x${A.slice(2)}`, `0x${value(1)}`])],
  ["entry-value-short", "a value of 31 bytes, which sparse cannot hold", entries([`0x${A}`, `0x${value(1).slice(2)}`])],
  ["entry-value-bare", "a value without 0x", entries([`0x${A}`, value(1)])],
  [
    "entries-before-module",
    "an entry that is a key alone, and a module that is none",
    { code: NO_MODULE, ...entries([`0x${A}`]) },
  ],
  [
    "entry-key-of-bytes",
    "a key of 32 bytes where it is a generalized index",
    { state: stateOf(SSZ, { entries: [[`0x${A.replace(/^1/, "0")}`, `0x${value(1)}`]] }) },
  ],
];

function changed(object: JsonObject, changes: Changes): JsonObject {
  return Object.fromEntries(
    Object.entries({ ...object, ...changes }).filter((member): member is [string, Json] => member[1] !== undefined),
  );
}

export async function executeRequestFiles(): Promise<VectorFile[]> {
  const { hex, instantiation, wat } = await assembleProgram({ functions: { main: [] } });
  const params = { code: `0x${hex}`, preStateRoot: ROOT, blockData: "0x", gasLimit: quantity(1_000_000) };
  const recorded = { ...params, state: WHOLE };
  const file = (
    suite: string,
    call: string,
    base: JsonObject,
    rows: readonly Row[],
    others: readonly Draft[],
    ...ids: string[]
  ) =>
    vectorFile(
      "authoring/cases/runtime/host/requests.ts",
      CONFIRMED_BY,
      {
        suite,
        theme: "requests",
        about: "Requests that are wrong as a whole, and ones that are not.",
        requirements: [
          "WIRE-001",
          "WIRE-002",
          "WIRE-013",
          "WIRE-014",
          "RUNTIME-GEN-004",
          "RUNTIME-GEN-008",
          "RUNTIME-STATE-002",
          "RUNTIME-STATE-032",
          "RUNTIME-STATE-033",
          ...ids,
        ],
      },
      [
        ...others,
        ...rows.map(([id, about, changes, error = "invalid-argument"]) =>
          rejected(
            { id, about, kind: "soundness", flags: ["bad-request-form"], call, params: changed(base, changes) },
            error,
          ),
        ),
      ],
    );
  const good = (id: string, about: string, changes: Changes): Omit<Draft, "expect"> => ({
    ...{ id, about, kind: "completeness", wat, call: "runtime/execute", params: changed(params, changes) },
  });
  const done = { postStateRoot: ROOT, deposits: [], gasUsed: quantity(instantiation), log: [] };
  return [
    file(
      "runtime/host",
      "runtime/execute",
      params,
      [...BLOCK, ...OF_STATE, ...ONLY_PROVEN],
      [
        stated(good("gas-limit-most", "the largest limit", { gasLimit: MOST_GAS }), done),
        stated(
          {
            ...good("gas-limit-exact", "as much gas as it takes", { gasLimit: quantity(instantiation) }),
            flags: ["gas-to-the-last"],
          },
          done,
        ),
        stated(good("no-libraries", "an empty list of libraries", { libraries: [] }), done),
        stated(
          good("state-options-empty", "a state with empty options", { state: changed(STATE, { options: {} }) }),
          done,
        ),
        stated(
          good("state-strict", "a state in the strict profile", {
            state: changed(STATE, { options: { profile: "strict" } }),
          }),
          done,
        ),
        rejectedWith(
          { ...good("no-gas", "no gas at all", { gasLimit: "0x0" }), kind: "soundness", flags: ["gas-to-the-last"] },
          "out-of-gas",
          {
            charged: quantity(instantiation),
          },
        ),
      ],
      "RUNTIME-GEN-005",
    ),
    file(
      "runtime/record",
      "runtime/record",
      recorded,
      [...BLOCK.filter(([id]) => !id.startsWith("state")), ...OF_STATE.map(overEntries), ...ONLY_WHOLE],
      [],
      "RUNTIME-STATE-049",
    ),
  ];
}

/** The same fault in a state with entries. */
function overEntries([id, about, { state, ...others }, error]: Row): Row {
  const { proof: _, ...members } = state as JsonObject;
  const changes = { ...others, state: { ...members, entries: entriesJson(SPARSE) } };
  return error === undefined ? [id, about, changes] : [id, about, changes, error];
}
