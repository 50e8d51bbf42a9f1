/** Turns a declaration of backends and their operations into the adapter that `serve` runs. */
import { type Adapter, Rejection } from "./adapter.ts";
import { readName, reject } from "./values.ts";

export type Params = Readonly<Record<string, unknown>>;

export interface Backend {
  readonly encodings: readonly string[];
  /** Maps the parameters of a request to its result. Any error except a `Rejection` is answered as `internal`. */
  readonly operations: Readonly<Record<string, (params: Params) => object>>;
}

export interface Declaration {
  readonly implementation: Adapter["initialize"]["implementation"];
  readonly backends: Readonly<Record<string, Backend>>;
  /** Declared cases that cannot run: globs over case ids, each with a reason. */
  readonly unsupported: readonly { readonly match: string; readonly reason: string }[];
}

export function adapterOf({ implementation, backends, unsupported }: Declaration): Adapter {
  const proof = Object.fromEntries(
    Object.entries(backends).map(([name, { encodings, operations }]) => {
      return [name, { encodings, operations: Object.keys(operations) }];
    }),
  );
  return {
    initialize: { protocol: 1, implementation, capabilities: { proof }, unsupported },
    call: (method, params) => call(backends, method, params),
  };
}

/** Makes the checks common to all operations, then calls the operation that `method` names. */
function call(backends: Declaration["backends"], method: string, params: Params): object {
  const backendName = readName(params.backend, "backend");
  const [, backend] = Object.entries(backends).find(([name]) => name === backendName) ?? [];
  const [, operation] = Object.entries(backend?.operations ?? {}).find(([name]) => method === `proof/${name}`) ?? [];
  if (backend === undefined || operation === undefined) {
    throw new Rejection("unsupported", `${method} of ${backendName} is not declared`);
  }
  checkOptions(backendName, params.options ?? {});
  if (backendName === "ssz" && Array.isArray(params.deletes) && params.deletes.length > 0) {
    throw new Rejection("invalid-argument", "ssz has no deletion");
  }
  for (const role of method === "proof/convert" ? ["from", "to"] : ["encoding"]) {
    const encoding = readName(params[role], role);
    if (!backend.encodings.includes(encoding)) throw new Rejection("unsupported", `${encoding} is not declared`);
  }
  return operation(params);
}

function checkOptions(backend: string, options: unknown): void {
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  const areKnown = isObject && Object.entries(options).every(([name, value]) => isOption(backend, name, value));
  if (!areKnown) reject(options, "options", "an object of the backend's options");
}

/** All backends have `profile`, `sparse` has `depth`, and `patricia` has `secure`. */
function isOption(backend: string, name: string, value: unknown): boolean {
  if (name === "profile") return value === "strict" || value === "lenient";
  if (name === "depth" && backend === "sparse") {
    return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 256;
  }
  return name === "secure" && backend === "patricia" && typeof value === "boolean";
}
