/** `node --import` of this file puts the stub in the place of @chainsafe/persistent-merkle-tree. */
import { register } from "node:module";

register("./hooks.js", import.meta.url);
