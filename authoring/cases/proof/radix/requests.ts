/** Invalid requests: every parameter of every method. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import {
  type EncodingName,
  entriesOf,
  MIXED,
  MIXED_KEYS,
  NAIVE,
  prove,
  refuse,
  take,
  valueAt,
  whereOf,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/requests.ts";

const LONGEST = `0x${"ab".repeat(8192)}`;

/** An honest request of each method. */
function honest(encoding: EncodingName): Readonly<Record<string, JsonObject>> {
  const { root, proof } = prove(MIXED, encoding);
  const keys = ["0x13"];
  return {
    ...(encoding === "kmm" ? { root: { proof } } : {}),
    get: { root, proof, keys },
    cost: { root, proof },
    prove: { entries: entriesOf(MIXED_KEYS), keys, deletes: ["0x10"] },
    merge: { root, proofs: [proof] },
    extract: { root, proof, keys, deletes: [] },
    update: { root, proof, writes: [["0x13", valueAt(9)]] },
    transact: { root, proof, steps: [{ get: "0x13" }] },
    convert: { root, proof },
  };
}

const OPTIONAL = new Set(["deletes"]);

/** Values that are invalid for a parameter, by its name. */
const WRONG: Readonly<Record<string, readonly (readonly [id: string, about: string, value: Json])[]>> = {
  root: [
    ["31-bytes", "31 bytes", `0x${"11".repeat(31)}`],
    ["33-bytes", "33 bytes", `0x${"11".repeat(33)}`],
    ["no-byte", "no byte", "0x"],
    ["null", "null", null],
    ["number", "a number", 0],
    ["upper-case", "upper-case hex", `0x${"AB".repeat(32)}`],
  ],
  proof: [
    ["null", "null", null],
    ["object", "an object, as another encoding's", { proofs: [] }],
    ["odd", "an odd number of digits", "0x000"],
    ["upper-case", "upper-case hex", "0xAB"],
    ["without-prefix", "hex without 0x", "00"],
  ],
  proofs: [
    ["text", "one proof in the place of a list", "0x"],
    ["null", "null", null],
    ["nulls", "a list of null", [null]],
  ],
  keys: [
    ["text", "one key in the place of a list", "0x13"],
    ["null", "null", null],
    ["object", "an object", { key: "0x13" }],
  ],
  deletes: [
    ["text", "one key in the place of a list", "0x13"],
    ["null", "null", null],
  ],
  entries: [
    ["object", "an object", { "0x13": valueAt(0) }],
    ["key-alone", "an entry that is a key", ["0x13"]],
    ["one", "an entry of a key alone", [["0x13"]]],
    ["three", "an entry of three", [["0x13", valueAt(0), valueAt(1)]]],
    ["null-value", "a value that is null", [["0x13", null]]],
  ],
  writes: [
    ["object", "an object", { "0x13": valueAt(0) }],
    ["one", "a write of a key alone", [["0x13"]]],
    ["three", "a write of three", [["0x13", valueAt(0), valueAt(1)]]],
  ],
  steps: [
    ["object", "an object", { get: "0x13" }],
    ["empty", "a step of no member", [{}]],
    ["two", "a step of two members", [{ get: "0x13", root: true }]],
    ["unknown", "a step that there is not", [{ delete: "0x13" }]],
    ["root-false", "the step root with false", [{ root: false }]],
    ["set-one", "a write of a key alone", [{ set: ["0x13"] }]],
    ["text", "a step that is a string", ["root"]],
  ],
};

/** Keys that are invalid in every parameter. */
const KEYS: readonly (readonly [id: string, about: string, key: Json])[] = [
  ["no-byte", "a key of no byte", "0x"],
  ["8193-bytes", "a key of 8193 bytes", `${LONGEST}ab`],
  ["16384-bytes", "a key of 16 384 bytes", `0x${"ab".repeat(16_384)}`],
  ["odd", "a key of an odd number of digits", "0x1"],
  ["upper-case", "a key in upper-case hex", "0xAB"],
  ["number", "a key that is a number", 19],
  ["null", "a key that is null", null],
];

const VALUES: readonly (readonly [id: string, about: string, value: Json])[] = [
  ["no-byte", "a value of no byte", "0x"],
  ["31-bytes", "a value of 31 bytes", valueAt(0).slice(0, 64)],
  ["33-bytes", "a value of 33 bytes", `${valueAt(0)}00`],
  ["64-bytes", "a value of 64 bytes", `${valueAt(0)}${valueAt(1).slice(2)}`],
  ["number", "a value that is a number", 0],
];

/** Every parameter that holds a key or a value. */
const KEY_PLACES: Readonly<Record<string, (key: Json) => JsonObject>> = {
  "get-keys": (key) => ({ keys: ["0x13", key] }),
  "prove-keys": (key) => ({ keys: ["0x13", key] }),
  "prove-deletes": (key) => ({ deletes: [key] }),
  "prove-entries": (key) => ({
    entries: [
      ["0x13", valueAt(0)],
      [key, valueAt(1)],
    ],
  }),
  "extract-keys": (key) => ({ keys: ["0x13", key] }),
  "extract-deletes": (key) => ({ deletes: [key] }),
  "update-writes": (key) => ({
    writes: [
      ["0x13", valueAt(9)],
      [key, valueAt(1)],
    ],
  }),
  "update-deletion": (key) => ({ writes: [[key, null]] }),
  "transact-get": (key) => ({ steps: [{ get: key }] }),
  "transact-set": (key) => ({ steps: [{ set: [key, null] }] }),
};

const VALUE_PLACES: Readonly<Record<string, (value: Json) => JsonObject>> = {
  "prove-entries": (value) => ({ entries: [["0x13", value]] }),
  "update-writes": (value) => ({ writes: [["0x13", value]] }),
  "transact-set": (value) => ({ steps: [{ set: ["0x13", value] }] }),
};

function parameterCases(encoding: EncodingName): Draft[] {
  return Object.entries(honest(encoding)).flatMap(([method, params]): Draft[] => {
    const text = (id: string, about: string, changed: JsonObject) => ({
      id: `${method}-${id}`,
      about: `${method}: ${about}`,
      flags: ["bad-request-form"],
      call: `proof/${method}`,
      params: { ...whereOf(method, encoding), ...changed },
    });
    const without = (name: string): JsonObject =>
      Object.fromEntries(Object.entries(params).filter(([own]) => own !== name));
    const options = (id: string, about: string, value: Json): Draft =>
      refuse(text(`options-${id}`, about, { ...params, options: value }), "invalid-argument");
    return [
      ...Object.keys(params)
        .filter((name) => !OPTIONAL.has(name))
        .map((name) => refuse(text(`without-${name}`, `no ${name}`, without(name)), "invalid-argument")),
      ...Object.keys(params).flatMap((name) =>
        (WRONG[name] ?? []).map(([id, about, value]) =>
          refuse(text(`${name}-${id}`, `${name} that is ${about}`, { ...params, [name]: value }), "invalid-argument"),
        ),
      ),
      refuse(
        text("unknown-parameter", "a parameter that there is not", { ...params, key: "0x13" }),
        "invalid-argument",
      ),
      options("depth", "the option depth", { depth: 256 }),
      options("secure", "the option secure", { secure: false }),
      options("unknown", "an option that there is not", { sorted: true }),
      options("profile", "a profile that there is not", { profile: "loose" }),
      options("list", "options that are a list", []),
      take({ ...text("options-empty", "empty options", { ...params, options: {} }), flags: ["bad-request-form"] }),
      take({
        ...text("lenient", "the profile lenient", { ...params, options: { profile: "lenient" } }),
        flags: ["bad-request-form"],
      }),
    ];
  });
}

function keyCases(encoding: EncodingName): Draft[] {
  const requests = honest(encoding);
  const draft = (place: string, id: string, about: string, flag: string, changed: JsonObject): Draft => {
    const [method] = place.split("-");
    return refuse(
      {
        id: `${place}-${id}`,
        about: `${place.replace("-", ", ")}: ${about}`,
        flags: [flag],
        call: `proof/${method}`,
        params: { ...whereOf(method, encoding), ...requests[method], ...changed },
      },
      "invalid-argument",
    );
  };
  const [present] = requests.prove.entries as readonly (readonly [string, string])[];
  return [
    ...Object.entries(KEY_PLACES).flatMap(([place, put]) =>
      KEYS.map(([id, about, key]) => draft(place, `key-${id}`, about, "bad-key", put(key))),
    ),
    ...Object.entries(VALUE_PLACES).flatMap(([place, put]) =>
      VALUES.map(([id, about, value]) => draft(place, `value-${id}`, about, "bad-node-length", put(value))),
    ),
    take({
      id: "longest-key",
      about: "a key of 8192 bytes, present, and one that is absent",
      call: "proof/prove",
      params: {
        ...whereOf("prove", encoding),
        entries: [present, [LONGEST, valueAt(1)]],
        keys: [LONGEST, `${LONGEST.slice(0, -1)}a`],
      },
    }),
    rejected(
      {
        id: "request-before-proof",
        about: "a wrong key, and a proof of another root",
        kind: "soundness",
        flags: ["error-precedence"],
        call: "proof/get",
        params: { ...whereOf("get", encoding), ...requests.get, root: valueAt(9), keys: ["0x"] },
      },
      "invalid-argument",
      "invalid-proof",
    ),
    ...(encoding === "nodes"
      ? [
          rejected(
            {
              id: "root-of-a-set",
              about: "the root of a set of nodes, which does not say which of them is the root",
              kind: "soundness",
              flags: ["root-of-a-set"],
              call: "proof/root",
              params: { ...whereOf("root", encoding), proof: requests.get.proof },
            },
            "unsupported",
          ),
        ]
      : []),
  ];
}

export function requestFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/radix/${encoding}`;
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "requests",
        about: "Parameters that are missing, unknown or of the wrong form, in every method.",
        requirements: ["PROOF-GEN-001", "PROOF-GEN-012", "PROOF-RADIX-042", "PROOF-RADIX-074", "PROOF-RADIX-088"],
      },
      parameterCases(encoding),
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "keys-and-values",
        about: "Keys and values of the wrong form or length, wherever one stands.",
        requirements: [
          "PROOF-RADIX-001",
          "PROOF-RADIX-040",
          "PROOF-RADIX-088",
          ...(encoding === "nodes" ? ["PROOF-RADIX-070"] : []),
        ],
      },
      keyCases(encoding),
    ),
  ];
}
