/** Checks the form of a request to execute a block, before anything else. */

import { fail, isObject, type Json, parseBytes32 } from "../values.ts";
import type { Params } from "./block-state.ts";

const ENCODINGS: { readonly [backend: string]: readonly string[] } = {
  ssz: ["compact", "offsets64", "offsets16", "explicit", "helpers"],
  sparse: ["compact", "offsets64", "offsets16"],
  patricia: ["witness", "preorder", "eip1186"],
  radix: ["kmm", "nodes"],
};

const OPTIONS: { readonly [backend: string]: readonly string[] } = { sparse: ["depth"], patricia: ["secure"] };

const isBytes = (value: Json | undefined): boolean => typeof value === "string" && /^0x(?:[0-9a-f]{2})*$/.test(value);
const isQuantity = (value: Json | undefined): boolean =>
  typeof value === "string" && /^0x(?:0|[1-9a-f][0-9a-f]*)$/.test(value);

function check(holds: boolean, message: string): void {
  if (!holds) fail("invalid-argument", message);
}

/** `held` is the member of the state that holds its content. */
export function checkBlockRequest(params: Params, held: "proof" | "entries"): void {
  const required = ["code", "preStateRoot", "blockData", "gasLimit", ...(held === "entries" ? ["state"] : [])];
  for (const name of Object.keys(params)) {
    check([...required, "libraries", "state"].includes(name), `there is no parameter ${name}`);
  }
  for (const name of required) check(Object.hasOwn(params, name), `${name} is missing`);
  check(isBytes(params.code) && isBytes(params.blockData), "code and block data are bytes");
  check(parseBytes32(params.preStateRoot) !== undefined, "a root is 32 bytes");
  check(isQuantity(params.gasLimit) && BigInt(params.gasLimit as string) < 2n ** 63n, "the limit is below 2^63");
  check(params.libraries === undefined || Array.isArray(params.libraries), "libraries are a list");
  for (const library of (params.libraries ?? []) as Json[]) {
    check(isObject(library) && typeof library.name === "string" && isBytes(library.code), "a library is name and code");
  }
  if (params.state !== undefined) checkState(params.state, held);
}

function checkState(state: Json, held: "proof" | "entries"): void {
  if (!isObject(state)) fail("invalid-argument", "the state is no object");
  const { backend, encoding, options = {} } = state;
  for (const name of Object.keys(state)) {
    check(["backend", "encoding", "options", held].includes(name), `a state has no ${name}`);
  }
  if (typeof backend !== "string" || typeof encoding !== "string") fail("invalid-argument", "names are text");
  if (!Object.hasOwn(ENCODINGS, backend)) fail("unsupported", `backend ${backend}`);
  if (!ENCODINGS[backend].includes(encoding)) fail("unsupported", `encoding ${encoding}`);
  if (!isObject(options)) fail("invalid-argument", "options are an object");
  for (const [name, value] of Object.entries(options)) {
    check(name === "profile" || (OPTIONS[backend] ?? []).includes(name), `${backend} has no option ${name}`);
    if (name === "profile") check(value === "strict" || value === "lenient", "there is no such profile");
    if (name === "depth") check(value === 256, "a state has 256 levels");
    if (name === "secure") check(typeof value === "boolean", "secure is a boolean");
  }
  check(Object.hasOwn(state, held) && state[held] !== null, `${held} is missing`);
  if (held === "entries") checkEntries(backend, state.entries);
}

function checkEntries(backend: string, entries: Json): void {
  if (!Array.isArray(entries)) fail("invalid-argument", "entries are a list");
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2) fail("invalid-argument", "an entry is a key and a value");
    check(backend === "ssz" ? isQuantity(entry[0]) : isBytes(entry[0]), "a key has the form of the backend");
    check(isBytes(entry[1]), "a value is bytes");
  }
}
