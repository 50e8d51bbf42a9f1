/** Mutants of the overlay of writes, which all backends of keys and values share. */
import type { Edit } from "./mutant.ts";

const WRITES = "proofs/writes";
const BEFORE = "const before = this.#written.get(name);";

export const WRITE_MUTANTS: readonly Edit[] = [
  {
    name: "transact-root-of-what-was-undone",
    about: "keeps a write in the root after it was undone",
    file: WRITES,
    find: "else\n                this.#written.set(name, before);\n            this.#touched.set(name, key);",
    replace: "else\n                this.#written.set(name, before);",
  },
  {
    name: "undo-forgets-earlier-writes",
    about: "undoes a write to the value in the proof, although the key had been written before",
    file: WRITES,
    find: "if (before === undefined)",
    replace: "if (true)",
  },
  {
    name: "undo-of-the-first-write-alone",
    about: "keeps the later of two writes to a key when it is undone",
    file: WRITES,
    find: BEFORE,
    replace: `const earlier = this.#written.get(name);\n        const before = earlier === undefined ? undefined : { key, value };`,
  },
];
