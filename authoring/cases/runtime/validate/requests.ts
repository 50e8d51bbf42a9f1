/** Requests that are invalid whatever the module is. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { list, toJson } from "./bytes.ts";
import { CONFIRMED_BY } from "./cases.ts";
import { EXPORTED_MEMORY, moduleWith } from "./sections.ts";

const SOURCE = "validate/requests.ts";

const CODE = toJson(moduleWith({}));
const LIBRARY = toJson(moduleWith({ export: list([EXPORTED_MEMORY]) }));

type Row = readonly [id: string, about: string, params: JsonObject];

const withLibraries = (...libraries: Json[]): JsonObject => ({ code: CODE, libraries });
const named = (name: string): Json => ({ name, code: LIBRARY });

const WRONG: readonly Row[] = [
  ["no-code", "no code", {}],
  ["code-null", "code that is null", { code: null }],
  ["code-base64", "code in base 64", { code: "AGFzbQEAAAA=" }],
  ["code-without-0x", "code without 0x", { code: "0061736d01000000" }],
  ["code-in-capitals", "hex in capitals", { code: "0x0061736D01000000" }],
  ["code-odd", "half a byte too many", { code: "0x0061736d010000000" }],
  ["code-as-numbers", "code as a list of numbers", { code: [0, 97, 115, 109] }],
  ["backend", "a parameter of another area", { code: CODE, backend: "ssz" }],
  ["options", "options, which this area has not", { code: CODE, options: {} }],
  ["unknown-parameter", "a parameter that there is not", { code: CODE, gasLimit: "0x1" }],
  ["role-unknown", "a role that there is not", { code: CODE, role: "root" }],
  ["role-null", "a role that is null", { code: CODE, role: null }],
  ["role-in-capitals", "a role in capitals", { code: CODE, role: "Environment" }],
  ["role-before-module", "a role that there is not, and a module that is none", { code: "0x", role: "root" }],
  ["libraries-object", "libraries as an object", { code: CODE, libraries: { numbers: LIBRARY } }],
  ["libraries-null", "libraries that are null", { code: CODE, libraries: null }],
  ["library-bytes", "a library that is bytes", withLibraries(LIBRARY)],
  ["library-without-name", "a library without a name", withLibraries({ code: LIBRARY })],
  ["library-without-code", "a library without code", withLibraries({ name: "numbers" })],
  ["library-name-number", "a name that is a number", withLibraries({ name: 1, code: LIBRARY })],
  ["library-code-number", "code that is a number", withLibraries({ name: "numbers", code: 1 })],
  ["library-more", "a library with another member", withLibraries({ name: "numbers", code: LIBRARY, role: "library" })],
  [
    "library-form-before-code",
    "a library that is no object, and a module that is none",
    { code: "0x", libraries: [1] },
  ],
];

const TAKEN: readonly Row[] = [
  ...["env", "eth2", "debug", "bignum", "proof", "proofhouse"].map(
    (name): Row => [`library-${name}`, `a library called ${name}`, withLibraries(named(name))],
  ),
  ["library-twice", "two libraries of one name", withLibraries(named("numbers"), named("more"), named("numbers"))],
  [
    "library-taken-before-module",
    "a name that is taken, and a module that is none",
    { code: "0x", libraries: [named("env")] },
  ],
  [
    "library-taken-before-library",
    "a name that is taken, of a library that is none",
    withLibraries({ name: "env", code: "0x" }),
  ],
];

const GOOD: readonly Row[] = [
  ["environment", "the role said", { code: CODE, role: "environment" }],
  [
    "library-named-like-host",
    "names that only look like those of hosts",
    withLibraries(named("Env"), named("eth2_"), named("")),
  ],
  ["sixteen-libraries", "16 libraries", withLibraries(...Array.from({ length: 16 }, (_, index) => named(`l${index}`)))],
];

/** A name is taken by a library or by a host module. */
function ruleOn([id]: Row): string {
  return id === "library-twice" ? "RUNTIME-MODULE-044" : "RUNTIME-MODULE-011";
}

function draft([id, about, params]: Row): Omit<Draft, "expect"> {
  return { id, about, kind: "soundness", flags: ["bad-request-form"], call: "runtime/validate", params };
}

export function requestFiles(): VectorFile[] {
  const seventeen = Array.from({ length: 17 }, (_, index) => named(`l${index}`));
  const cases = [
    ...GOOD.map((row) => stated({ ...draft(row), kind: "completeness" }, {})),
    ...WRONG.map((row) => rejected(draft(row), "invalid-argument")),
    ...TAKEN.map((row) => rejected({ ...draft(row), requirements: [ruleOn(row)] }, "invalid-argument")),
    rejected(draft(["seventeen-libraries", "17 libraries", withLibraries(...seventeen)]), "limit-exceeded"),
  ];
  const about = "Requests that are wrong as a whole, and ones that are not.";
  const requirements = [
    "WIRE-001",
    "WIRE-013",
    "RUNTIME-GEN-004",
    "RUNTIME-GEN-008",
    "RUNTIME-MODULE-011",
    "RUNTIME-MODULE-044",
  ];
  return [
    vectorFile(
      `authoring/cases/runtime/${SOURCE}`,
      CONFIRMED_BY,
      { suite: "runtime/validate", theme: "requests", about, requirements },
      cases,
    ),
  ];
}
