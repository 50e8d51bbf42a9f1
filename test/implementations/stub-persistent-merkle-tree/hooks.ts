import type { ResolveHook } from "node:module";

export const resolve: ResolveHook = (specifier, context, nextResolve) => {
  if (specifier !== "@chainsafe/persistent-merkle-tree") return nextResolve(specifier, context);
  return { url: new URL("./stub.js", import.meta.url).href, shortCircuit: true };
};
