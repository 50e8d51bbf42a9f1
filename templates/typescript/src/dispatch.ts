/** From a declaration to an adapter that `serve` takes. Nothing here has to be changed. */
import { type Adapter, Rejection } from "proofhouse/adapter";
import { readName, reject } from "./values.ts";

export type Params = Readonly<Record<string, unknown>>;

export interface Backend {
  readonly encodings: readonly string[];
  /** Each answers one request from its parameters. What it throws is answered as `internal`, but for a `Rejection`. */
  readonly operations: Readonly<Record<string, (params: Params) => object>>;
}

export interface Declaration {
  readonly implementation: Adapter["initialize"]["implementation"];
  readonly backends: Readonly<Record<string, Backend>>;
  /** Cases that are declared and cannot be run: globs over their ids. */
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

/** Checks what is the same for all operations, then calls the one that `method` names. */
function call(backends: Declaration["backends"], method: string, params: Params): object {
  const backendName = readName(params.backend, "backend");
  const [, backend] = Object.entries(backends).find(([name]) => name === backendName) ?? [];
  const [, operation] = Object.entries(backend?.operations ?? {}).find(([name]) => method === `proof/${name}`) ?? [];
  if (backend === undefined || operation === undefined) {
    throw new Rejection("unsupported", `${method} of ${backendName} is not declared`);
  }
  checkOptions(params.options ?? {});
  for (const role of method === "proof/convert" ? ["from", "to"] : ["encoding"]) {
    const encoding = readName(params[role], role);
    if (!backend.encodings.includes(encoding)) throw new Rejection("unsupported", `${encoding} is not declared`);
  }
  return operation(params);
}

/** The only option is `profile`. */
function checkOptions(options: unknown): void {
  const isKnown = ([name, value]: [string, unknown]): boolean =>
    name === "profile" && (value === "strict" || value === "lenient");
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  if (!isObject || !Object.entries(options).every(isKnown)) reject(options, "options", "a profile, strict or lenient");
}
