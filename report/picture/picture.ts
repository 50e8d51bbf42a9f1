/** The picture of a case: the trees of its proofs, marked with what is asked of them and where a check fails. */

import { expandFor } from "../../harness/cases/expand.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";
import { fromHex, toBytes32 } from "../../reference/core/bytes.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";
import { isObject, readKey } from "../../reference/wire/values.ts";
import type { Json, JsonObject } from "../../runners/lane.ts";
import { entriesTree } from "./entries-tree.ts";
import { type KeySpace, keySpaceOf } from "./key-space.ts";
import { type AskedKey, finishValues, markKeys, markRoot, markShape, nameHelpers, overlay } from "./mark.ts";
import { type PictureNode, preOrder } from "./node.ts";
import { readPicture } from "./read-proof.ts";
import { shortBytes, shortMessage } from "./words.ts";

/** One tree of a picture. */
export interface PictureTree {
  /** What the request calls it, say `proof` or `proofs[1]`. */
  readonly title: string;
  readonly root: PictureNode;
  nameOf: KeySpace["nameOf"];
}

export interface Picture {
  readonly trees: readonly PictureTree[];
  /** How the reference rejects the request; nothing where it answers. */
  readonly rejection: string | undefined;
  /** What has no place in a tree, or why there is none. */
  readonly remarks: readonly string[];
}

/** Most nodes of a whole tree in which a proof is shown; of a larger one, the proof alone is. */
const MOST_AROUND = 200;

/** Most proofs of one case that are drawn. */
const MOST_PROOFS = 8;

/** The reference's answer to a request. */
type Answer = { readonly result: JsonObject } | { readonly error: ProofError };

/** What is needed to draw any proof of a request. */
interface Request {
  readonly params: JsonObject;
  readonly space: KeySpace;
  readonly answer: Answer;
}

/** A tree, or why there is none. */
interface Drawn {
  readonly trees: readonly PictureTree[];
  readonly remarks: readonly string[];
}

/** Draws a case. Throws `UsageError` for a recipe that cannot be carried out. */
export function pictureOf(vector: VectorCase): Picture {
  const params = expandFor(vector, vector.params);
  const answer = askReference(vector.call, params);
  const rejection = "error" in answer ? rejectionOf(answer.error) : undefined;
  if (!vector.call.startsWith("proof/")) return { trees: [], rejection, remarks: [] };
  let space: KeySpace | undefined;
  try {
    space = keySpaceOf(params.backend, params.options);
  } catch (error) {
    return { trees: [], rejection, remarks: [`there is no tree to draw: ${errorOf(error).message}`] };
  }
  if (space === undefined) {
    const backend = shortMessage(JSON.stringify(params.backend ?? null));
    return { trees: [], rejection, remarks: [`there is no tree to draw: ${backend} is no backend of binary trees`] };
  }
  const { trees, remarks } = drawCall(vector.call, { params, space, answer });
  return { trees, rejection, remarks };
}

/** With the place in the module, where it is one that is at fault. */
function rejectionOf({ class: errorClass, message, details }: ProofError): string {
  const { section, offset, function: index } = details;
  const inFunction = index === undefined ? "" : `, function ${index}`;
  const place = section === undefined ? "" : ` (section ${section}, byte ${offset}${inFunction})`;
  return `${errorClass}: ${shortMessage(message)}${place}`;
}

function askReference(call: string, params: JsonObject): Answer {
  try {
    return { result: callMethod(call, params) as JsonObject };
  } catch (error) {
    return { error: errorOf(error) };
  }
}

/** The error when it is one that the interface foresees; anything else is a bug of ours. */
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

/** Draws one proof with the keys that are asked of it. */
function drawProof(
  { params, space, answer }: Request,
  title: string,
  proof: Json | undefined,
  encoding: Json | undefined,
  keys: readonly AskedKey[],
): Drawn {
  if (typeof encoding !== "string") return { trees: [], remarks: [`${title}: the request names no encoding`] };
  const { root, error, remarks } = readPicture(encoding, proof, `/${title}`);
  const told = remarks.map((remark) => (title === "proof" ? remark : `${title}: ${remark}`));
  if (root === undefined) {
    // What rejects the request has been told already.
    const isTold = error === undefined || ("error" in answer && answer.error.message === error.message);
    const why = isTold ? "" : `: ${shortMessage(error.message)}`;
    return { trees: [], remarks: [...told, `${title}: there is no tree to draw${why}`] };
  }
  finishValues(root, space);
  const given = typeof params.root === "string" ? fromHex(params.root) : undefined;
  const expected = given === undefined ? undefined : toBytes32(given);
  if (expected !== undefined) markRoot(root, expected);
  markKeys(root, keys);
  if ("error" in answer && title === "proof") markShape(root, answer.error);
  nameHelpers(root);
  return { trees: [{ title, root, nameOf: space.nameOf }], remarks: told };
}

function drawMerge(request: Request): Drawn {
  const { params, answer } = request;
  const proofs = listOf(params.proofs);
  const drawn = proofs
    .slice(0, MOST_PROOFS)
    .map((proof, index) => drawProof(request, `proofs[${index}]`, proof, params.encoding, []));
  const more = proofs.length - drawn.length;
  const merged =
    "result" in answer ? [drawProof(request, "what they merge to", answer.result.proof, params.encoding, [])] : [];
  const all = [...drawn, ...merged];
  return {
    trees: all.flatMap(({ trees }) => trees),
    remarks: [
      ...all.flatMap(({ remarks }) => remarks),
      ...(more > 0 ? [`${more} more proofs are not drawn`] : []),
      ...(proofs.length === 0 ? ["there is no tree to draw: there is no proof"] : []),
    ],
  };
}

/** The proof that is asked for, within the larger one where that is small enough. */
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
  // Where a node lies in the larger proof would be taken for its place in the extracted one.
  for (const node of preOrder(source.root)) node.listed = "";
  const title = "the extracted proof, within the one that it comes from";
  const trees = withProof(title, source.root, answer.result.proof, params.encoding, space, keys);
  return { ...drawn, trees };
}

/** The proof that the reference makes, within the entries' tree where that is small enough. */
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
    const drawn = drawProof(request, "the proof that is made", answer.result.proof, params.encoding, keys);
    return { ...drawn, remarks: [...remarks, ...drawn.remarks] };
  }
  const title = "the proof that is made, within the tree of the entries";
  return { trees: withProof(title, root, answer.result.proof, params.encoding, space, keys), remarks };
}

/** `whole` with a proof laid over it. */
function withProof(
  title: string,
  whole: PictureNode,
  proof: Json | undefined,
  encoding: Json | undefined,
  space: KeySpace,
  keys: readonly AskedKey[],
): PictureTree[] {
  const made = readPicture(String(encoding), proof, "/proof").root;
  if (made === undefined) throw new Error("the reference has made a proof that it cannot read");
  overlay(whole, made);
  markKeys(whole, keys);
  nameHelpers(whole);
  return [{ title, root: whole, nameOf: space.nameOf }];
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** What fails about a key, as far as the reference's answer tells. */
function faultsOf(answer: Answer): Pick<AskedKey, "faultBelow" | "faultInner"> {
  const errorClass = "error" in answer ? answer.error.class : undefined;
  return {
    faultBelow: errorClass === "incomplete" ? "the proof ends above it" : undefined,
    faultInner: errorClass === "invalid-argument" ? "an inner node: only bottoms are written" : undefined,
  };
}

/** Reads a key; nothing when it is none, which the reference's error tells of. */
function askedKey(space: KeySpace, key: Json | undefined, rest: Omit<AskedKey, "gindex">): AskedKey[] {
  try {
    return [{ ...rest, gindex: space.nodeOf(readKey(space.keyForm, key, "")) }];
  } catch (error) {
    errorOf(error);
    return [];
  }
}

function keysOf({ params, space, answer }: Request, list: string): AskedKey[] {
  const { faultBelow } = faultsOf(answer);
  return listOf(params[list]).flatMap((key, index) => {
    return askedKey(space, key, { label: `${list}[${index}]`, kind: "claim", faultBelow });
  });
}

function writesOf({ params, space, answer }: Request): AskedKey[] {
  const faults = faultsOf(answer);
  return listOf(params.writes).flatMap((write, index) => {
    const [key, value] = listOf(write);
    return askedKey(space, key, { label: `writes[${index}]${arrow(value)}`, kind: "written", ...faults });
  });
}

/** The value that is written. */
function arrow(value: Json | undefined): string {
  const bytes = typeof value === "string" ? fromHex(value) : undefined;
  return bytes === undefined ? "" : ` → ${shortBytes(bytes)}`;
}

/** A step that reads or writes a node. A later step that fails is not reached by what is wrong with this one. */
function stepsOf({ params, space, answer }: Request): AskedKey[] {
  const failed = "error" in answer ? answer.error.details.step : undefined;
  const faults = faultsOf(answer);
  return listOf(params.steps).flatMap((step, index) => {
    if (!isObject(step)) return [];
    const { faultBelow, faultInner } = failed === index ? faults : { faultBelow: undefined };
    if ("get" in step) {
      return askedKey(space, step.get as Json, { label: `step ${index} get`, kind: "claim", faultBelow });
    }
    if (!("set" in step)) return [];
    const [key, value] = listOf(step.set as Json);
    const label = `step ${index} set${arrow(value)}`;
    return askedKey(space, key, { label, kind: "written", faultBelow, faultInner });
  });
}
