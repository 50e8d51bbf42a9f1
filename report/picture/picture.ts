/** The picture of a case: the trees of its proofs, with the requested nodes and the failing checks marked. */

import { expandFor } from "../../harness/cases/expand.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";
import { fromHex, toBytes32 } from "../../reference/core/bytes.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";
import { isObject, readKey } from "../../reference/wire/values.ts";
import type { Json, JsonObject } from "../../runners/lane.ts";
import { entriesTree } from "./entries-tree.ts";
import { type KeySpace, keySpaceOf } from "./key-space.ts";
import { finishValues, markKeys, markRoot, markShape, nameHelpers, overlay, type RequestedKey } from "./mark.ts";
import { type PictureNode, preOrder } from "./node.ts";
import { readPicture } from "./read-proof.ts";
import { shortBytes, shortMessage } from "./words.ts";

export interface PictureTree {
  /** The name of the proof in the request, for example `proof` or `proofs[1]`. */
  readonly title: string;
  readonly root: PictureNode;
  nameOf: KeySpace["nameOf"];
}

export interface Picture {
  readonly trees: readonly PictureTree[];
  /** The rejection by the reference; undefined when it returns a result. */
  readonly rejection: string | undefined;
  /** Remarks on parts that are not in a tree, or the reason why no tree is drawn. */
  readonly remarks: readonly string[];
}

/** The maximum number of nodes of a tree that is drawn around its proof. For a larger tree, only the proof is drawn. */
const MOST_AROUND = 200;

/** The maximum number of drawn proofs of one case. */
const MOST_PROOFS = 8;

/** The reference's answer to a request. */
type Answer = { readonly result: JsonObject } | { readonly error: ProofError };

interface Request {
  readonly params: JsonObject;
  readonly space: KeySpace;
  readonly answer: Answer;
}

/** Drawn trees, or remarks that say why no tree is drawn. */
interface Drawn {
  readonly trees: readonly PictureTree[];
  readonly remarks: readonly string[];
}

/** Draws a case. Throws `UsageError` for a recipe that cannot be expanded. */
export function pictureOf(vector: VectorCase): Picture {
  const params = expandFor(vector, vector.params);
  const answer = callReference(vector.call, params);
  const rejection = "error" in answer ? rejectionOf(answer.error) : undefined;
  if (!vector.call.startsWith("proof/")) return { trees: [], rejection, remarks: [] };
  let space: KeySpace | undefined;
  try {
    space = keySpaceOf(params.backend, params.options);
  } catch (error) {
    return { trees: [], rejection, remarks: [`no tree to draw: ${errorOf(error).message}`] };
  }
  if (space === undefined) {
    const backend = shortMessage(JSON.stringify(params.backend ?? null));
    return { trees: [], rejection, remarks: [`no tree to draw: ${backend} is not a backend with binary trees`] };
  }
  const { trees, remarks } = drawCall(vector.call, { params, space, answer });
  return { trees, rejection, remarks };
}

/** For an invalid module, the text contains the position of the fault. */
function rejectionOf({ class: errorClass, message, details }: ProofError): string {
  const { section, offset, function: index } = details;
  const inFunction = index === undefined ? "" : `, function ${index}`;
  const place = section === undefined ? "" : ` (section ${section}, byte ${offset}${inFunction})`;
  return `${errorClass}: ${shortMessage(message)}${place}`;
}

function callReference(call: string, params: JsonObject): Answer {
  try {
    return { result: callMethod(call, params) as JsonObject };
  } catch (error) {
    return { error: errorOf(error) };
  }
}

/** Returns an error of the interface; rethrows any other error, which is a bug. */
function errorOf(error: unknown): ProofError {
  if (error instanceof ProofError) return error;
  throw error;
}

function drawCall(call: string, request: Request): Drawn {
  const { params } = request;
  switch (call) {
    case "proof/prove":
      return drawProve(request);
    case "proof/merge":
      return drawMerge(request);
    case "proof/extract":
      return drawExtract(request);
    case "proof/convert":
      return drawProof(request, "proof", params.proof, params.from, keysOf(request, "keys"));
    case "proof/update":
      return drawProof(request, "proof", params.proof, params.encoding, writesOf(request));
    case "proof/transact":
      return drawProof(request, "proof", params.proof, params.encoding, stepsOf(request));
    default:
      return drawProof(request, "proof", params.proof, params.encoding, keysOf(request, "keys"));
  }
}

/** Draws one proof with the requested keys. */
function drawProof(
  { params, space, answer }: Request,
  title: string,
  proof: Json | undefined,
  encoding: Json | undefined,
  keys: readonly RequestedKey[],
): Drawn {
  if (typeof encoding !== "string") return { trees: [], remarks: [`${title}: the request names no encoding`] };
  const { root, error, remarks } = readPicture(encoding, proof, `/${title}`);
  const titled = remarks.map((remark) => (title === "proof" ? remark : `${title}: ${remark}`));
  if (root === undefined) {
    // The error is omitted if it is the rejection, which is printed anyway.
    const isRejection = error === undefined || ("error" in answer && answer.error.message === error.message);
    const why = isRejection ? "" : `: ${shortMessage(error.message)}`;
    return { trees: [], remarks: [...titled, `${title}: no tree to draw${why}`] };
  }
  finishValues(root, space);
  const rootBytes = typeof params.root === "string" ? fromHex(params.root) : undefined;
  const expected = rootBytes === undefined ? undefined : toBytes32(rootBytes);
  if (expected !== undefined) markRoot(root, expected);
  markKeys(root, keys);
  if ("error" in answer && title === "proof") markShape(root, answer.error);
  nameHelpers(root);
  return { trees: [{ title, root, nameOf: space.nameOf }], remarks: titled };
}

function drawMerge(request: Request): Drawn {
  const { params, answer } = request;
  const proofs = listOf(params.proofs);
  const drawn = proofs
    .slice(0, MOST_PROOFS)
    .map((proof, index) => drawProof(request, `proofs[${index}]`, proof, params.encoding, []));
  const more = proofs.length - drawn.length;
  const merged =
    "result" in answer ? [drawProof(request, "merged proof", answer.result.proof, params.encoding, [])] : [];
  const all = [...drawn, ...merged];
  return {
    trees: all.flatMap(({ trees }) => trees),
    remarks: [
      ...all.flatMap(({ remarks }) => remarks),
      ...(more > 0 ? [`${more} more proofs are not drawn`] : []),
      ...(proofs.length === 0 ? ["no tree to draw: the request has no proof"] : []),
    ],
  };
}

/** Draws the extracted proof, inside the source proof if that is small enough. */
function drawExtract(request: Request): Drawn {
  const { params, answer, space } = request;
  const keys = keysOf(request, "keys");
  if ("error" in answer) return drawProof(request, "proof", params.proof, params.encoding, keys);
  const drawn = drawProof(request, "proof", params.proof, params.encoding, []);
  const [source] = drawn.trees;
  if (source === undefined) return drawn;
  if (preOrder(source.root).length > MOST_AROUND) {
    markKeys(source.root, keys);
    nameHelpers(source.root);
    return drawn;
  }
  // Positions in the source proof would be misread as positions in the extracted proof.
  for (const node of preOrder(source.root)) node.listed = "";
  const title = "extracted proof, inside the source proof";
  const trees = withProof(title, source.root, answer.result.proof, params.encoding, space, keys);
  return { ...drawn, trees };
}

/** Draws the proof that the reference returns, inside the tree of the entries if that is small enough. */
function drawProve(request: Request): Drawn {
  const { params, answer, space } = request;
  const keys = keysOf(request, "keys");
  const { root, remarks } = entriesTree(listOf(params.entries), space);
  if (root === undefined) return { trees: [], remarks };
  finishValues(root, space);
  const isSmall = preOrder(root).length <= MOST_AROUND;
  if ("error" in answer) {
    markKeys(root, keys);
    return { trees: [{ title: "entries", root, nameOf: space.nameOf }], remarks };
  }
  if (!isSmall) {
    const drawn = drawProof(request, "returned proof", answer.result.proof, params.encoding, keys);
    return { ...drawn, remarks: [...remarks, ...drawn.remarks] };
  }
  const title = "returned proof, inside the tree of the entries";
  return { trees: withProof(title, root, answer.result.proof, params.encoding, space, keys), remarks };
}

/** Draws `whole` and marks the nodes of a proof in it. */
function withProof(
  title: string,
  whole: PictureNode,
  proof: Json | undefined,
  encoding: Json | undefined,
  space: KeySpace,
  keys: readonly RequestedKey[],
): PictureTree[] {
  const returned = readPicture(String(encoding), proof, "/proof").root;
  if (returned === undefined) throw new Error("the reference has returned a proof that it cannot read");
  overlay(whole, returned);
  markKeys(whole, keys);
  nameHelpers(whole);
  return [{ title, root: whole, nameOf: space.nameOf }];
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The faults of a key that follow from the error class of the reference. */
function faultsOf(answer: Answer): Pick<RequestedKey, "faultBelow" | "faultInner"> {
  const errorClass = "error" in answer ? answer.error.class : undefined;
  return {
    faultBelow: errorClass === "incomplete" ? "the proof ends above it" : undefined,
    faultInner: errorClass === "invalid-argument" ? "an inner node: only bottoms can be written" : undefined,
  };
}

/** Reads a key; returns none for an invalid key, which the error of the reference describes. */
function requestedKey(space: KeySpace, key: Json | undefined, rest: Omit<RequestedKey, "gindex">): RequestedKey[] {
  try {
    return [{ ...rest, gindex: space.nodeOf(readKey(space.keyForm, key, "")) }];
  } catch (error) {
    errorOf(error);
    return [];
  }
}

function keysOf({ params, space, answer }: Request, list: string): RequestedKey[] {
  const { faultBelow } = faultsOf(answer);
  return listOf(params[list]).flatMap((key, index) => {
    return requestedKey(space, key, { label: `${list}[${index}]`, kind: "claim", faultBelow });
  });
}

function writesOf({ params, space, answer }: Request): RequestedKey[] {
  const faults = faultsOf(answer);
  return listOf(params.writes).flatMap((write, index) => {
    const [key, value] = listOf(write);
    return requestedKey(space, key, { label: `writes[${index}]${arrow(value)}`, kind: "written", ...faults });
  });
}

/** Shows the written value. */
function arrow(value: Json | undefined): string {
  const bytes = typeof value === "string" ? fromHex(value) : undefined;
  return bytes === undefined ? "" : ` → ${shortBytes(bytes)}`;
}

/** Steps that read or write a node. Only the step at which the reference fails is marked with a fault. */
function stepsOf({ params, space, answer }: Request): RequestedKey[] {
  const failed = "error" in answer ? answer.error.details.step : undefined;
  const faults = faultsOf(answer);
  return listOf(params.steps).flatMap((step, index) => {
    if (!isObject(step)) return [];
    const { faultBelow, faultInner } = failed === index ? faults : { faultBelow: undefined };
    if ("get" in step) {
      return requestedKey(space, step.get as Json, { label: `step ${index} get`, kind: "claim", faultBelow });
    }
    if (!("set" in step)) return [];
    const [key, value] = listOf(step.set as Json);
    const label = `step ${index} set${arrow(value)}`;
    return requestedKey(space, key, { label, kind: "written", faultBelow, faultInner });
  });
}
