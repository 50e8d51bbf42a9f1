/** The adapter: what your library can do, and how it is called. This is the file to fill in. */
import { serve } from "proofhouse/adapter";
import { adapterOf, type Params } from "proofhouse/adapter/dispatch.js";
import { readBytes, toHex } from "proofhouse/adapter/values.js";
import { compactRoot } from "./compact.ts";

/** `proof/root`: the root that a proof stands for. */
function root({ proof }: Params): object {
  const root = compactRoot(readBytes(proof, "proof")); // Your library's call goes here.
  return { root: toHex(root) };
}

await serve(
  adapterOf({
    implementation: { name: "proofhouse-adapter", version: "0.1.0", language: "TypeScript" },
    // What is listed here is declared, and what is declared is put to the test.
    backends: {
      ssz: {
        encodings: ["compact"],
        // The next operation goes here, as `get`, with a function `get` above.
        operations: { root },
      },
    },
    unsupported: [],
  }),
);
