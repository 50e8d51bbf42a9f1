/** A worker: flips one condition after the other, and says which vector notices it. */
import { register } from "node:module";
import { parentPort } from "node:worker_threads";
import { canonicalJson } from "../../harness/json/canonical-json.ts";
import { judge } from "../../harness/run/judge.ts";
import { loadVectors } from "../../harness/cases/load.ts";
import { expandFor } from "../../harness/run/run-cases.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";
import type { Engine } from "../../reference/runtime/engine.ts";
import type { JsonObject } from "../../runners/lane.ts";
import { ALL_FLIPS, ALL_PARTS, isOfPart, partsOf } from "./all-flips.ts";

type CallMethod = (method: string, params: unknown) => unknown;

interface Expected {
  readonly vector: VectorCase;
  readonly params: object;
  /** Canonical JSON. */
  readonly result: string | undefined;
  /** Length of the request in characters of JSON. */
  readonly size: number;
}

/** Vectors between two signs of life. */
const SIGN_EVERY = 10;

const port = parentPort as NonNullable<typeof parentPort>;
register("./flip-on-load.js", import.meta.url);
const { cases } = await loadVectors();
const expected = new Map<string, readonly Expected[]>();

/** Longest request, in characters of JSON, that takes next to no time. */
const SMALL_REQUEST = 4096;

/** Of the small requests, which an equivalent flip is asked. */
const EQUIVALENT_ONE_IN = 3;

/** Says that it is alive, now and then while many vectors are gone through. */
function giveSign(place: number): void {
  if (place % SIGN_EVERY === 0) port.postMessage("alive");
}

/** The vectors of a part: of those that take no time one of every theme, then the second of every theme, and so on; then the others. */
function vectorsOf(part: string): readonly Expected[] {
  let own = expected.get(part);
  if (own === undefined) {
    const sized = cases
      .filter((vector) => isOfPart(vector, part))
      .map((vector, place) => {
        giveSign(place);
        const { params, expect } = vector;
        const result = "result" in expect ? canonicalJson(expandFor(vector, expect.result)) : undefined;
        const expanded = expandFor(vector, params);
        return { vector, params: expanded, result, size: JSON.stringify(expanded).length };
      })
      .sort((a, b) => a.size - b.size);
    const themeOf = ({ vector }: Expected): string => vector.id.slice(0, vector.id.lastIndexOf("/"));
    own = [
      ...inTurns(
        sized.filter(({ size }) => size <= SMALL_REQUEST),
        themeOf,
      ),
      ...sized.filter(({ size }) => size > SMALL_REQUEST),
    ];
    expected.set(part, own);
  }
  return own;
}

/** The first of every group, then the second of every group. Within a group the order stays. */
function inTurns<Item>(items: readonly Item[], groupOf: (item: Item) => string): Item[] {
  const sizes = new Map<string, number>();
  const turns: Item[][] = [];
  for (const item of items) {
    const turn = sizes.get(groupOf(item)) ?? 0;
    sizes.set(groupOf(item), turn + 1);
    turns[turn] ??= [];
    turns[turn].push(item);
  }
  return turns.flat();
}

function isAsExpected({ vector, params, result }: Expected, callMethod: CallMethod): boolean {
  try {
    const answer = callMethod(vector.call, params);
    return result !== undefined && canonicalJson(answer as never) === result;
  } catch (error) {
    if (!("error" in vector.expect)) return false;
    const { class: errorClass = "internal", details = {} } = error as { class?: string; details?: JsonObject };
    return judge(vector.expect, { kind: "error", class: errorClass, message: "", details }).verdict === "pass";
  }
}

/** What only the interpreter reads the numbers and instructions of a module by. */
const INTERPRETED = /^runtime\/(?:interpreter|decode|instructions)/;

/**
 * The reference with one flip, or as it is. One engine executes, which has nobody to take its place: the interpreter where that is what
 * is flipped, or what it reads by, else V8.
 */
async function loadReference(index: number | "none"): Promise<CallMethod> {
  const load = (file: string) => import(new URL(`../../reference/${file}.js?flip=${index}`, import.meta.url).href);
  const { callMethod } = (await load("wire/dispatch")) as typeof import("../../reference/wire/dispatch.ts");
  let engine: Engine;
  if (index !== "none" && INTERPRETED.test(ALL_FLIPS[index].file)) {
    const { createInterpreter } = (await load("runtime/interpreter/engine")) as Interpreter;
    engine = createInterpreter();
  } else {
    const { createV8Engine } = (await load("runtime/v8/engine")) as V8;
    engine = createV8Engine();
  }
  return (method, params) => callMethod(method, params, { engines: [engine] });
}

type Interpreter = typeof import("../../reference/runtime/interpreter/engine.ts");
type V8 = typeof import("../../reference/runtime/v8/engine.ts");

port.on("message", async (index: number | "none") => {
  try {
    const callMethod = await loadReference(index);
    const parts = index === "none" ? ALL_PARTS : partsOf(ALL_FLIPS[index]);
    const own = parts.flatMap(vectorsOf);
    // What changes no answer would be asked for every answer: of those, some of the ones that take no time have to do.
    const isEquivalent = index !== "none" && ALL_FLIPS[index].equivalent !== undefined;
    const asked = isEquivalent
      ? own.filter(({ size }, rank) => size <= SMALL_REQUEST && rank % EQUIVALENT_ONE_IN === 0)
      : own;
    const killer = asked.find((one, rank) => {
      giveSign(rank);
      return !isAsExpected(one, callMethod);
    });
    port.postMessage({ killer: killer?.vector.id });
  } catch (error) {
    // A flip that the reference does not survive being loaded with is noticed by every vector.
    port.postMessage({ killer: `loading: ${error}` });
  }
});
port.postMessage({});
