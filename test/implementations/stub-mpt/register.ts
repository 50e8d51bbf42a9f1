/** `node --import` with this file replaces @ethereumjs/mpt by the stub. */
import { register } from "node:module";
import type { Replacement } from "../stub-hooks.ts";

register<Replacement>("../stub-hooks.js", import.meta.url, {
  data: { specifier: "@ethereumjs/mpt", stub: new URL("./stub.js", import.meta.url).href },
});
