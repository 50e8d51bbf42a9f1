import assert from "node:assert/strict";
import { test } from "node:test";
import { expandFor } from "../../../../harness/cases/expand.ts";
import { loadVectors } from "../../../../harness/cases/load.ts";
import { ProofError } from "../../../../reference/core/errors.ts";
import { callMethod } from "../../../../reference/wire/dispatch.ts";

// The specification allows two answers here, so that no vector expects one of them.
test("PROOF-STATE-056 a value that is not asked for is accepted, or rejected as malformed", async () => {
  const { cases } = await loadVectors();
  const faulty = cases.filter(
    ({ suite, theme, profile, call, expect }) =>
      suite.startsWith("proof/state/") &&
      theme === "word-values" &&
      profile === "lenient" &&
      call === "proof/get" &&
      "error" in expect,
  );
  assert.ok(faulty.length > 10, `${faulty.length} cases`);
  for (const vector of faulty) {
    const params = { ...expandFor(vector, vector.params), keys: [] };
    try {
      assert.deepEqual(callMethod(vector.call, params), { values: [] }, vector.id);
    } catch (error) {
      assert.ok(error instanceof ProofError && error.class === "malformed", `${vector.id}: ${error}`);
    }
  }
});
