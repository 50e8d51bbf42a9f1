/** The requests of the worked example are answered by the reference as CONFORMANCE.md says. */
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

const chapter = /^## 13\. .*?(?=^## 14\. )/ms.exec(readFileSync(packagePath("CONFORMANCE.md"), "utf8"))?.[0] ?? "";
const messages = [...chapter.matchAll(/^\{"jsonrpc".*$/gm)].map(([line]) => JSON.parse(line) as Message);

test("the worked example is what the reference answers", () => {
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
