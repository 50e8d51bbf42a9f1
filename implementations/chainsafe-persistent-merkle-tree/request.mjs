/** Requests about `ssz` in JavaScript's types: the wire's forms alone, nothing that a library could judge. */
import { toHex } from "../../dist/reference/core/bytes.js";
import { isObject, readArray, readBytes, readBytes32, readKey, readProof } from "../../dist/reference/wire/values.js";
import { Rejection } from "../../dist/runners/adapter.js";

const HELPERS = { gindices: "quantities", leaves: "byte-strings", helpers: "byte-strings" };
const INVALID = "invalid-argument";

/** Output: of `root`, `keys`, `entries` and `proof` those that `method` takes. */
export function readRequest(method, params) {
  const { backend, encoding, options = {}, deletes = [] } = params;
  if (backend !== "ssz") throw new Rejection("unsupported", `no backend ${backend}`);
  if (!isObject(options)) throw new Rejection(INVALID, "/options is not an object");
  for (const [name, value] of Object.entries(options)) {
    if (name !== "profile" || !["strict", "lenient"].includes(value))
      throw new Rejection(INVALID, `option ${name} does not apply`);
  }
  if (readArray(deletes, "/deletes", INVALID).length > 0) throw new Rejection(INVALID, "ssz has no deletion");
  const request = { encoding };
  if (method === "proof/get") request.root = toHex(readBytes32(params.root, "/root"));
  if (method !== "proof/root") request.keys = readArray(params.keys, "/keys", INVALID).map(readGindex("/keys"));
  if (method === "proof/prove") request.entries = readArray(params.entries, "/entries", INVALID).map(readEntry);
  else request.proof = readProof(encoding === "helpers" ? HELPERS : "bytes", params.proof, "/proof");
  return request;
}

function readGindex(place) {
  return (value, index) => readKey("quantity", value, `${place}/${index}`);
}

function readEntry(entry, index) {
  const pair = readArray(entry, `/entries/${index}`, INVALID);
  if (pair.length !== 2) throw new Rejection(INVALID, `/entries/${index} is not a key and a value`);
  return [readGindex("/entries")(pair[0], index), readBytes(pair[1], `/entries/${index}/1`, INVALID)];
}
