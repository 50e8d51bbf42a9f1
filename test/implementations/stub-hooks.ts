/** Resolves a package to a stub. The `register.ts` of each stub names both. */
import type { InitializeHook, ResolveHook } from "node:module";

export interface Replacement {
  readonly specifier: string;
  readonly stub: string;
}

let replacement: Replacement;

export const initialize: InitializeHook<Replacement> = (data) => {
  replacement = data;
};

export const resolve: ResolveHook = (specifier, context, nextResolve) =>
  specifier === replacement.specifier ? { url: replacement.stub, shortCircuit: true } : nextResolve(specifier, context);
