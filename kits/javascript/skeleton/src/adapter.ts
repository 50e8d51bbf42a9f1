/** The adapter: declares the operations of your library and calls it. Fill in this file. */
import { serve } from "proofhouse/adapter";
import { adapterOf, type Params } from "proofhouse/adapter/dispatch.js";
import { readBytes, toHex } from "proofhouse/adapter/values.js";
import { compactRoot } from "./compact.ts";

/** Answers `proof/root`: computes the root of a proof. */
function root({ proof }: Params): object {
  const root = compactRoot(readBytes(proof, "proof")); // Your library's call goes here.
  return { root: toHex(root) };
}

await serve(
  adapterOf({
    implementation: { name: "proofhouse-adapter", version: "0.1.0", language: "TypeScript" },
    // Everything listed here is declared, and the harness runs its cases.
    backends: {
      ssz: {
        encodings: ["compact"],
        // Add the next operation here, as `get`, and a function `get` above.
        operations: { root },
      },
    },
    unsupported: [],
  }),
);
