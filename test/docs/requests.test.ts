/** Every request of docs/requests.md is the vector that it names, and the reference answers it as the page shows. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { expandFor, expectedOf } from "../../harness/cases/expand.ts";
import { findCase, loadVectors, type VectorSet } from "../../harness/cases/load.ts";
import { packagePath } from "../../harness/files/package-root.ts";
import { PROOF_BACKENDS } from "../../reference/proofs/registry.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";
import { METHODS } from "../../reference/wire/methods.ts";

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly backend?: string; readonly encoding?: string };
}

interface Response {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly data: { readonly class: string } };
}

const text = readFileSync(packagePath("docs/requests.md"), "utf8");
const pairs = [...text.matchAll(/`((?:proof|runtime)\/[^`]+)`[^`]*\n\n```json\n(.*)\n(.*)\n```/g)].map(
  ([, id, request, response]) => [id, JSON.parse(request) as Request, JSON.parse(response) as Response] as const,
);

let vectors: VectorSet;
before(async () => {
  vectors = await loadVectors();
});

for (const [id, { id: number, method, params }, response] of pairs) {
  test(`request ${number} is ${id}, and has the answer that the page shows`, () => {
    const vector = findCase(vectors, id);
    assert.equal(method, vector.call);
    assert.deepEqual(params, expandFor(vector, vector.params));
    assert.equal(response.id, number);
    const { error } = response;
    if (error === undefined) {
      assert.deepEqual({ result: response.result }, expectedOf(vector));
      assert.deepEqual(callMethod(method, params), response.result);
    } else assert.throws(() => callMethod(method, params), { class: error.data.class });
  });
}

test("the page has every encoding of every backend, and every method", () => {
  const requests = pairs.map(([, request]) => request);
  for (const [backend, { encodings }] of PROOF_BACKENDS) {
    for (const encoding of encodings.keys()) {
      const isShown = requests.some(({ params }) => params.backend === backend && params.encoding === encoding);
      assert.ok(isShown, `${backend} ${encoding}`);
    }
  }
  const methods = new Set(requests.map(({ method }) => method));
  assert.deepEqual(
    [...METHODS.keys()].filter((method) => !methods.has(method)),
    [],
  );
});
