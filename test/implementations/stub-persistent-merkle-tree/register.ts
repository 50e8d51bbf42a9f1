/** `node --import` of this file puts the stub in the place of @chainsafe/persistent-merkle-tree. */
import { register } from "node:module";
import type { Replacement } from "../stub-hooks.ts";

register<Replacement>("../stub-hooks.js", import.meta.url, {
  data: { specifier: "@chainsafe/persistent-merkle-tree", stub: new URL("./stub.js", import.meta.url).href },
});
