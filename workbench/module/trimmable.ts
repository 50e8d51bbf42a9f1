/** The parts of a module that have no effect, but cost gas for their bytes. */
import { readInstruction } from "../../reference/runtime/instructions.ts";
import type { ValidModule } from "../../reference/runtime/module.ts";

export interface Trimmable {
  readonly kind: "custom section" | "function" | "import";
  /** Of a section or import, `module.name`. */
  readonly name?: string;
  /** Of a function or import. */
  readonly index?: number;
  /** The number of bytes in the file. */
  readonly bytes: number;
}

const CUSTOM_SECTION = 0;

/** Custom sections, functions that are unreachable from exports and the table, and imports that only these call. */
export function trimmableParts(module: ValidModule): Trimmable[] {
  const { sections, imports, bodies } = module;
  const reached = reachedFunctions(module);
  const idle = imports.flatMap(({ module: from, name, offset }, index): Trimmable[] => {
    const end = imports[index + 1]?.offset ?? sections.find(({ id }) => id === 2)?.end ?? offset;
    return reached.has(index) ? [] : [{ kind: "import", name: `${from}.${name}`, index, bytes: end - offset }];
  });
  return [
    ...sections
      .filter(({ id }) => id === CUSTOM_SECTION)
      .map(({ name, start, end }): Trimmable => ({ kind: "custom section", name, bytes: end - start })),
    ...bodies
      .filter(({ index }) => !reached.has(index))
      .map(({ index, start, end }): Trimmable => ({ kind: "function", index, bytes: end - start })),
    ...idle,
  ];
}

function reachedFunctions({ bytes, imports, bodies, exports, elements }: ValidModule): Set<number> {
  const exported = exports.filter(({ kind }) => kind === "function").map(({ index }) => index);
  const reached = new Set([...exported, ...elements.flatMap(({ functions }) => functions)]);
  // The iteration also visits functions that the loop adds to the set.
  for (const index of reached) {
    const body = bodies[index - imports.length];
    if (body === undefined) continue;
    for (let offset = body.code; offset < body.end; ) {
      const { op, immediates, next } = readInstruction(bytes, offset);
      if (op.immediates === "function") reached.add(immediates[0]);
      offset = next;
    }
  }
  return reached;
}
