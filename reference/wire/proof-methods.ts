/**
 * The methods of `proof`, from JSON parameters to JSON results.
 *
 * Req: WIRE-010, WIRE-011, PROOF-GEN-001, PROOF-GEN-011, PROOF-GEN-012.
 */
import { toHex } from "../core/bytes.ts";
import { ProofError } from "../core/errors.ts";
import { createNodeHasher } from "../core/hash.ts";
import type { ConvertContext, EncodedProof, ProofBackend, ProofContext, ProofForm, RawKey } from "../proofs/backend.ts";
import { PROOF_BACKENDS } from "../proofs/registry.ts";
import { PROOF_METHODS, type ProofOperation } from "./methods.ts";
import {
  checkParameters,
  type Overrides,
  type Params,
  readEntry,
  readList,
  readStep,
  readWrite,
  refuseMethod,
} from "./request-parts.ts";
import {
  isObject,
  readArray,
  readBoolean,
  readBytes32,
  readCount,
  readKey,
  readName,
  readProof,
  show,
  writeProof,
} from "./values.ts";

interface Request {
  readonly params: Params;
  readonly backend: ProofBackend;
  readonly context: ConvertContext;
}

/** In the order in which `initialize` declares the operations. */
const METHODS: ReadonlyMap<string, (request: Request) => unknown> = new Map(
  Object.entries({
    root: runRoot,
    get: runGet,
    prove: runProve,
    convert: runConvert,
    cost: runCost,
    update: runUpdate,
    transact: runTransact,
    merge: runMerge,
    extract: runExtract,
  } satisfies Record<ProofOperation, (request: Request) => unknown>),
);

/** The encodings and operations of each backend, as `initialize` declares them. */
export function proofCapabilities(): Record<string, { encodings: string[]; operations: string[] }> {
  return Object.fromEntries(
    [...PROOF_BACKENDS].map(([name, backend]) => [
      name,
      {
        encodings: [...backend.encodings.keys()],
        operations: [...METHODS.keys()].filter((operation) => operation in backend),
      },
    ]),
  );
}

/**
 * Answers one call of a method of `proof`.
 *
 * Req:    WIRE-010, PROOF-GEN-001, PROOF-GEN-005, PROOF-GEN-011.
 * Input:  `methodName` as on the wire, for example `proof/get`; `params` as parsed from JSON.
 * Output: the JSON result.
 * Errors: ProofError; errors of the request come before errors of the operation.
 */
export function callProofMethod(methodName: string, params: unknown, { functions }: Overrides): unknown {
  const operation = methodName.slice(methodName.indexOf("/") + 1);
  const found = METHODS.get(operation);
  if (found === undefined) return refuseMethod(methodName);
  checkParameters(methodName, params, PROOF_METHODS[operation as ProofOperation]);
  const backend = PROOF_BACKENDS.get(readName(params.backend, "/backend"));
  if (backend === undefined || !(operation in backend)) {
    throw new ProofError("unsupported", `${show(params.backend)} does not offer ${methodName}`);
  }
  const context = { ...readOptions(backend, params.options), hasher: createNodeHasher(functions) };
  return found({ params, backend, context });
}

/**
 * Reads the options. Every backend has `profile`; the other options belong to some backends.
 *
 * Req:    PROOF-GEN-001, PROOF-GEN-012.
 * Errors: invalid-argument.
 */
export function readOptions(backend: ProofBackend, options: unknown): Omit<ConvertContext, "hasher"> {
  if (options === undefined) return { isStrict: false };
  if (!isObject(options)) throw new ProofError("invalid-argument", `options: ${show(options)} is not an object`);
  const { profile = "lenient", ...others } = options;
  for (const name of Object.keys(others)) {
    if (backend.options.some((known) => known === name)) continue;
    throw new ProofError("invalid-argument", `options/${name}: ${backend.name} has no such option`, {
      parameter: name,
    });
  }
  if (profile !== "strict" && profile !== "lenient") {
    throw new ProofError("invalid-argument", `options/profile: ${show(profile)} is neither strict nor lenient`);
  }
  const { depth, secure } = others;
  return {
    isStrict: profile === "strict",
    ...(depth === undefined ? {} : { depth: readCount(depth, "/options/depth") }),
    ...(secure === undefined ? {} : { secure: readBoolean(secure, "/options/secure") }),
  };
}

function formOf({ backend }: Request, encoding: unknown): ProofForm {
  const form = backend.encodings.get(readName(encoding, "/encoding"));
  if (form === undefined) {
    throw new ProofError("unsupported", `${backend.name} has no encoding ${show(encoding)}`);
  }
  return form;
}

function contextOf({ params, context }: Request): ProofContext {
  return { ...context, encoding: params.encoding as string };
}

function proofOf(request: Request, encoding: unknown): EncodedProof {
  return readProof(formOf(request, encoding), request.params.proof, "/proof");
}

function keysOf({ params, backend }: Request, name: "keys" | "deletes" = "keys"): RawKey[] {
  return readList(params[name], `/${name}`, (key, place) => readKey(backend.keyForm, key, place));
}

/** Reads the keys that will be deleted. Errors: invalid-argument, also for any key if the backend has no deletion. */
function deletesOf(request: Request): RawKey[] {
  const { params, backend } = request;
  if (params.deletes === undefined) return [];
  const isEmpty = readArray(params.deletes, "/deletes", "invalid-argument").length === 0;
  if (backend.deletes || isEmpty) return keysOf(request, "deletes");
  throw new ProofError("invalid-argument", `${backend.name} has no deletion`, { parameter: "deletes" });
}

function runRoot(request: Request): unknown {
  const proof = proofOf(request, request.params.encoding);
  return { root: toHex(operationOf(request, "root")(contextOf(request), proof)) };
}

function runGet(request: Request): unknown {
  const root = readBytes32(request.params.root, "/root");
  const keys = keysOf(request);
  const proof = proofOf(request, request.params.encoding);
  const values = operationOf(request, "get")(contextOf(request), root, proof, keys);
  return { values: values.map((value) => (value === null ? null : toHex(value))) };
}

function runProve(request: Request): unknown {
  const { params, backend } = request;
  formOf(request, params.encoding);
  const deletes = deletesOf(request);
  const entries = readList(params.entries, "/entries", (entry, place) => readEntry(backend.keyForm, entry, place));
  const { root, proof } = operationOf(request, "prove")(contextOf(request), entries, keysOf(request), deletes);
  return { root: toHex(root), proof: writeProof(proof) };
}

function runConvert(request: Request): unknown {
  const { from, to, root, keys } = request.params;
  const rootNode = readBytes32(root, "/root");
  formOf(request, to);
  const claims = keys === undefined ? undefined : keysOf(request);
  const proof = proofOf(request, from);
  const convert = operationOf(request, "convert");
  return { proof: writeProof(convert(request.context, from as string, to as string, rootNode, proof, claims)) };
}

function runCost(request: Request): unknown {
  const root = readBytes32(request.params.root, "/root");
  const proof = proofOf(request, request.params.encoding);
  return operationOf(request, "cost")(contextOf(request), root, proof);
}

function runUpdate(request: Request): unknown {
  const root = readBytes32(request.params.root, "/root");
  const { keyForm } = request.backend;
  const writes = readList(request.params.writes, "/writes", (write, place) => readWrite(keyForm, write, place));
  const proof = proofOf(request, request.params.encoding);
  const updated = operationOf(request, "update")(contextOf(request), root, proof, writes);
  return { root: toHex(updated.root), proof: writeProof(updated.proof) };
}

function runTransact(request: Request): unknown {
  const root = readBytes32(request.params.root, "/root");
  const { keyForm } = request.backend;
  const steps = readList(request.params.steps, "/steps", (step, place) => readStep(keyForm, step, place));
  const proof = proofOf(request, request.params.encoding);
  const results = operationOf(request, "transact")(contextOf(request), root, proof, steps);
  return { results: results.map((result) => (result instanceof Uint8Array ? toHex(result) : result)) };
}

function runMerge(request: Request): unknown {
  const { params } = request;
  const root = readBytes32(params.root, "/root");
  const form = formOf(request, params.encoding);
  const proofs = readArray(params.proofs, "/proofs", "invalid-argument").map((proof, index) =>
    readProof(form, proof, `/proofs/${index}`),
  );
  return { proof: writeProof(operationOf(request, "merge")(contextOf(request), root, proofs)) };
}

function runExtract(request: Request): unknown {
  const root = readBytes32(request.params.root, "/root");
  const deletes = deletesOf(request);
  const keys = keysOf(request);
  const proof = proofOf(request, request.params.encoding);
  return { proof: writeProof(operationOf(request, "extract")(contextOf(request), root, proof, keys, deletes)) };
}

/** Input: the name of an operation that the backend has, as `callProofMethod` has checked. */
function operationOf<Name extends ProofOperation>({ backend }: Request, name: Name): NonNullable<ProofBackend[Name]> {
  return backend[name] as NonNullable<ProofBackend[Name]>;
}
