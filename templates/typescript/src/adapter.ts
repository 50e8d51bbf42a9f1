/** The adapter: what your library can do, and how it is called. This is the file to fill in. */
import { serve } from "proofhouse/adapter";
import { compactRoot } from "./compact.ts";
import { adapterOf, type Params } from "./dispatch.ts";
import { readBytes, toHex } from "./values.ts";

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
