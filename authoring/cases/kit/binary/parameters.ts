/** Parameters of every method that are missing, unknown or of another form, whatever the proof is worth. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected } from "../draft.ts";

/** Honest parameters, and the wrong forms of the backend. */
export interface ParameterSubject {
  /** The backend, and its options if it needs some. */
  readonly base: JsonObject;
  readonly encoding: string;
  readonly namesClaims: boolean;
  readonly root: string;
  readonly proof: Json;
  readonly entries: readonly Json[];
  /** A key whose node is a bottom node of the proof. */
  readonly key: string;
  /** A value of 32 bytes that may be written to it. */
  readonly value: string;
  readonly wrongKeys: readonly WrongForm[];
  /** The ids of cases that other files contain. */
  readonly asked: readonly string[];
}

/** A value of a wrong form, for example one that is not a key. */
export interface WrongForm {
  readonly id: string;
  readonly about: string;
  readonly value: Json;
  readonly flag?: string;
}

interface Request {
  readonly method: string;
  readonly params: JsonObject;
}

function requestsOf(subject: ParameterSubject): Readonly<Record<string, Request>> {
  const { base, encoding, namesClaims, root, proof, entries, key, value } = subject;
  const proven = { ...base, encoding, root, proof };
  const request = (method: string, params: JsonObject): Request => ({ method, params });
  return {
    root: request("root", { ...base, encoding, proof }),
    get: request("get", { ...proven, keys: [key] }),
    cost: request("cost", proven),
    prove: request("prove", { ...base, encoding, entries, keys: [key] }),
    convert: request("convert", {
      ...base,
      from: encoding,
      to: encoding,
      root,
      proof,
      ...(namesClaims ? { keys: [key] } : {}),
    }),
    update: request("update", { ...proven, writes: [[key, value]] }),
    transact: request("transact", { ...proven, steps: [{ set: [key, value] }, { root: true }] }),
    merge: request("merge", { ...base, encoding, root, proofs: [proof, proof] }),
    extract: request("extract", { ...proven, keys: [key] }),
  };
}

type Refuse = (
  request: Request,
  id: string,
  about: string,
  changes: JsonObject,
  options?: { readonly flag?: string | undefined; readonly classes?: readonly string[] },
) => Draft;

const refuse: Refuse = ({ method, params }, id, about, changes, { flag, classes } = {}) =>
  rejected(
    {
      id: `${method}-${id}`,
      about: `${method}: ${about}`,
      kind: "soundness",
      flags: [flag ?? "bad-request-form"],
      call: `proof/${method}`,
      params: { ...params, ...changes },
    },
    ...(classes ?? ["invalid-argument"]),
  );

/** A program may also report a wrong encoding as unknown. */
const ENCODING_CLASSES = ["invalid-argument", "unsupported"];

function missing(request: Request): Draft[] {
  const { method, params } = request;
  const needed = Object.keys(params).filter((name) => !["backend", "options"].includes(name));
  return needed.map((name) => {
    const { [name]: _, ...others } = params;
    const classes = ["encoding", "from", "to"].includes(name) ? { classes: ENCODING_CLASSES } : {};
    return refuse({ method, params: others }, `without-${name}`, `no parameter ${name}`, {}, classes);
  });
}

/** Wrong forms of the parameters that all methods have. */
function common(request: Request): Draft[] {
  const { params } = request;
  const { options = {} } = params as { options?: JsonObject };
  const roots: readonly (readonly [string, string, Json])[] =
    typeof params.root === "string"
      ? [
          ["root-null", "a root that is null", null],
          ["root-31-bytes", "a root of 31 bytes", params.root.slice(0, -2)],
          ["root-in-a-list", "a root in a list of one", [params.root]],
        ]
      : [];
  return [
    ...missing(request),
    refuse(request, "unknown-parameter", "a parameter that there is not", { verify: true }),
    refuse(request, "unknown-profile", "a profile that there is not", { options: { ...options, profile: "loose" } }),
    ...roots.map(([id, about, root]) => refuse(request, id, about, { root })),
  ];
}

const NO_OBJECTS: readonly WrongForm[] = [
  { id: "null", about: "null", value: null },
  { id: "a-list", about: "an empty list", value: [] },
  { id: "a-text", about: "the name of a profile", value: "strict" },
];

const NO_LISTS: readonly WrongForm[] = [
  { id: "null", about: "null", value: null },
  { id: "a-text", about: "a byte string", value: "0x" },
  { id: "an-object", about: "an object", value: {} },
];

const NO_PROOFS: readonly WrongForm[] = [
  { id: "null", about: "null", value: null },
  { id: "a-number", about: "a number", value: 5 },
  { id: "a-list", about: "an empty list", value: [] },
];

const NO_ENCODINGS: readonly WrongForm[] = [
  { id: "null", about: "null", value: null },
  { id: "a-number", about: "a number", value: 5 },
];

function namedForms(requests: Readonly<Record<string, Request>>): Draft[] {
  const { get, prove, update, transact, merge, extract } = requests;
  const lists: readonly (readonly [Request, string])[] = [
    [get, "keys"],
    [prove, "entries"],
    [prove, "keys"],
    [prove, "deletes"],
    [update, "writes"],
    [transact, "steps"],
    [merge, "proofs"],
    [extract, "keys"],
    [extract, "deletes"],
  ];
  const proofClasses = { classes: ["invalid-argument", "malformed"] };
  return [
    ...NO_OBJECTS.map(({ id, about, value }) =>
      refuse(get, `options-${id}`, `${about} in the place of options`, { options: value }),
    ),
    ...lists.flatMap(([request, name]) =>
      NO_LISTS.map(({ id, about, value }) =>
        refuse(request, `${name}-${id}`, `${about} in the place of ${name}`, { [name]: value }),
      ),
    ),
    ...[get, prove, merge].flatMap((request) =>
      NO_ENCODINGS.map(({ id, about, value }) =>
        refuse(
          request,
          `encoding-${id}`,
          `${about} in the place of an encoding`,
          { encoding: value },
          { classes: ENCODING_CLASSES },
        ),
      ),
    ),
    ...NO_PROOFS.flatMap(({ id, about, value }) => [
      refuse(get, `proof-${id}`, `${about} in the place of a proof`, { proof: value }, proofClasses),
      refuse(
        merge,
        `second-proof-${id}`,
        `${about} in the place of the second proof`,
        { proofs: [(merge.params.proofs as readonly Json[])[0], value] },
        proofClasses,
      ),
    ]),
    ...[get, update].map((request) =>
      refuse(request, "deletes", "deletes, which the method does not take", { deletes: [] }),
    ),
  ];
}

/** Wrong forms of keys and values in every parameter that contains them. */
function pairForms({ prove, update, transact }: Readonly<Record<string, Request>>, subject: ParameterSubject): Draft[] {
  const { key, value, wrongKeys, entries } = subject;
  const pairs: readonly WrongForm[] = [
    { id: "null", about: "null", value: null },
    { id: "a-key-alone", about: "a key without a value", value: [key] },
    { id: "of-three", about: "a key and two values", value: [key, value, value] },
    { id: "an-object", about: "an object of key and value", value: { key, value } },
    { id: "nothing", about: "an empty list", value: [] },
  ];
  const values: readonly WrongForm[] = [
    { id: "number", about: "a number", value: 5 },
    { id: "in-a-list", about: "a list of one", value: [value] },
    { id: "upper-case", about: "upper-case hex", value: `0x${value.slice(2).toUpperCase()}` },
    { id: "without-prefix", about: "hex without 0x", value: value.slice(2) },
    { id: "odd", about: "an odd number of digits", value: value.slice(0, -1) },
    { id: "31-bytes", about: "31 bytes", value: value.slice(0, -2) },
    { id: "33-bytes", about: "33 bytes", value: `${value}00` },
    { id: "empty", about: "no byte", value: "0x" },
  ];
  const places: readonly (readonly [Request, string, (pair: Json) => JsonObject])[] = [
    [prove, "entry", (pair) => ({ entries: [...entries, pair] })],
    [update, "write", (pair) => ({ writes: [pair] })],
    [transact, "set", (pair) => ({ steps: [{ set: pair }] })],
  ];
  return places.flatMap(([request, what, paramsOf]) => [
    ...pairs.map(({ id, about, value: pair }) =>
      refuse(request, `${what}-${id}`, `${about} in the place of a key and a value`, paramsOf(pair)),
    ),
    ...values.map(({ id, about, value: wrong }) =>
      refuse(request, `${what}-value-${id}`, `${about} in the place of a value`, paramsOf([key, wrong]), {
        flag: /bytes|empty/.test(id) ? "bad-node-length" : "bad-request-form",
      }),
    ),
    ...wrongKeys.map(({ id, about, value: wrong, flag }) =>
      refuse(request, `${what}-key-${id}`, `${about} in the place of a key`, paramsOf([wrong, value]), { flag }),
    ),
  ]);
}

function keyForms(requests: Readonly<Record<string, Request>>, { key, wrongKeys }: ParameterSubject): Draft[] {
  const { get, prove, transact, extract } = requests;
  const wrong: readonly WrongForm[] = [
    ...wrongKeys,
    { id: "in-a-list", about: "a list of one", value: [key] },
    { id: "an-object", about: "an object", value: { key } },
  ];
  return wrong.flatMap(({ id, about, value, flag }) => [
    ...[get, prove, extract].map((request) =>
      refuse(request, `key-${id}`, `${about} in the place of a key`, { keys: [key, value] }, { flag }),
    ),
    refuse(transact, `get-key-${id}`, `${about} in the place of a key`, { steps: [{ get: value }] }, { flag }),
  ]);
}

function stepForms({ transact }: Readonly<Record<string, Request>>, { key, value }: ParameterSubject): Draft[] {
  const steps: readonly WrongForm[] = [
    { id: "null", about: "null", value: null },
    { id: "a-text", about: "the name of a step", value: "root" },
    { id: "a-list", about: "a list of name and argument", value: ["get", key] },
    { id: "nothing", about: "an object without a member", value: {} },
    { id: "two-at-once", about: "a step of two members", value: { checkpoint: true, root: true } },
    { id: "unknown", about: "a step that there is not", value: { rollback: true } },
    { id: "upper-case", about: "the name of a step in upper case", value: { ROOT: true } },
    ...["root", "checkpoint", "commit", "revert"].flatMap((name) => [
      { id: `${name}-false`, about: `${name} with false`, value: { [name]: false } },
      { id: `${name}-null`, about: `${name} with null`, value: { [name]: null } },
    ]),
    { id: "root-1", about: "root with 1", value: { root: 1 } },
    { id: "root-text", about: "root with a text", value: { root: "true" } },
    { id: "get-true", about: "get with true", value: { get: true } },
    { id: "set-true", about: "set with true", value: { set: true } },
    { id: "set-a-key", about: "set with a key alone", value: { set: key } },
  ];
  const checkpoint = { checkpoint: true };
  return [
    ...steps.map(({ id, about, value: step }) =>
      refuse(transact, `step-${id}`, `${about} in the place of a step`, { steps: [checkpoint, step] }),
    ),
    refuse(transact, "step-unknown-last", "a step that there is not, after all others", {
      steps: [checkpoint, { set: [key, value] }, { commit: true }, { root: true }, { rollback: true }],
    }),
  ];
}

export function parameterCases(subject: ParameterSubject): Draft[] {
  const requests = requestsOf(subject);
  const { encoding, asked } = subject;
  const cases = [
    ...Object.values(requests).flatMap(common),
    ...namedForms(requests),
    ...pairForms(requests, subject),
    ...keyForms(requests, subject),
    ...stepForms(requests, subject),
  ];
  // A `prove` request without an encoding is the same for all encodings.
  const isSaid = ({ id }: Draft): boolean => encoding !== "compact" && /^prove-(without-encoding|encoding-)/.test(id);
  return cases.filter((draft) => !asked.includes(draft.id) && !isSaid(draft));
}
