/** The reference answers the requests of docs/spec/examples.md as the page shows. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";

interface Message {
  readonly id: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly data: { readonly class: string; readonly details: object } };
}

const page = readFileSync(packagePath("docs/spec/examples.md"), "utf8");
const messages = [...page.matchAll(/^\{"jsonrpc".*$/gm)].map(([line]) => JSON.parse(line) as Message);

test("the reference answers the worked examples as the page shows", () => {
  const requests = messages.filter(({ method }) => method !== undefined);
  assert.equal(requests.length, 4);
  for (const { id, method, params } of requests) {
    const { result, error } = messages.find((other) => other.id === id && other.method === undefined) as Message;
    if (error === undefined) {
      assert.deepEqual(callMethod(method as string, params), result);
      continue;
    }
    assert.throws(
      () => callMethod(method as string, params),
      (thrown) => {
        assert.ok(thrown instanceof ProofError);
        assert.deepEqual({ class: thrown.class, details: thrown.details }, error.data);
        return true;
      },
    );
  }
});
