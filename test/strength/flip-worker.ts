/** A worker: flips one condition after the other, and says which vector notices it. */
import { register } from "node:module";
import { parentPort } from "node:worker_threads";
import { canonicalJson } from "../../harness/canonical-json.ts";
import { loadVectors } from "../../harness/load.ts";
import { expandFor } from "../../harness/run.ts";
import type { VectorCase } from "../../harness/vector.ts";
import { ALL_BACKENDS, ALL_FLIPS, backendsOf } from "./all-flips.ts";

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

/** The vectors of a backend: of those that take no time one of every theme, then the second of every theme, and so on; then the others. */
function vectorsOf(backend: string): readonly Expected[] {
  let own = expected.get(backend);
  if (own === undefined) {
    const sized = cases
      .filter(({ params }) => params.backend === backend)
      .map((vector) => {
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
    expected.set(backend, own);
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
    const { class: errorClass } = error as { class?: string };
    return "error" in vector.expect && vector.expect.error.some((one) => one === errorClass);
  }
}

port.on("message", async (index: number | "none") => {
  const url = new URL(`../../reference/wire/dispatch.js?flip=${index}`, import.meta.url).href;
  try {
    const { callMethod } = (await import(url)) as { callMethod: CallMethod };
    const backends = index === "none" ? ALL_BACKENDS : backendsOf(ALL_FLIPS[index]);
    const own = backends.flatMap((backend) => {
      port.postMessage("alive");
      return vectorsOf(backend);
    });
    // What changes no answer would be asked for every answer: of those, the ones that take no time have to do.
    const isEquivalent = index !== "none" && ALL_FLIPS[index].equivalent !== undefined;
    const asked = isEquivalent ? own.filter(({ size }) => size <= SMALL_REQUEST) : own;
    const killer = asked.find((one, rank) => {
      if (rank % SIGN_EVERY === 0) port.postMessage("alive");
      return !isAsExpected(one, callMethod);
    });
    port.postMessage({ killer: killer?.vector.id });
  } catch (error) {
    // A flip that the reference does not survive being loaded with is noticed by every vector.
    port.postMessage({ killer: `loading: ${error}` });
  }
});
port.postMessage({});
