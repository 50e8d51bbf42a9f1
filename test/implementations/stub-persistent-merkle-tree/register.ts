/** `node --import` with this file replaces @chainsafe/persistent-merkle-tree by the stub. */
import { register } from "node:module";
import type { Replacement } from "../stub-hooks.ts";

register<Replacement>("../stub-hooks.js", import.meta.url, {
  data: { specifier: "@chainsafe/persistent-merkle-tree", stub: new URL("./stub.js", import.meta.url).href },
});
