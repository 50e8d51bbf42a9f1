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
}

/** Vectors between two signs of life. */
const SIGN_EVERY = 10;

const port = parentPort as NonNullable<typeof parentPort>;
register("./flip-on-load.js", import.meta.url);
const { cases } = await loadVectors();
const expected = new Map<string, readonly Expected[]>();

/** The vectors of a backend, small ones first. */
function vectorsOf(backend: string): readonly Expected[] {
  let own = expected.get(backend);
  if (own === undefined) {
    own = cases
      .filter(({ params }) => params.backend === backend)
      .map((vector) => {
        const { params, expect } = vector;
        const result = "result" in expect ? canonicalJson(expandFor(vector, expect.result)) : undefined;
        return { vector, params: expandFor(vector, params), result };
      })
      .sort((a, b) => JSON.stringify(a.params).length - JSON.stringify(b.params).length);
    expected.set(backend, own);
  }
  return own;
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
    const killer = own.find((one, rank) => {
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
