/** A random module as text, for the report of a failure. */
import type { Token } from "../../../authoring/cases/runtime/random/encode-module.ts";
import type { RandomModule } from "../../../authoring/cases/runtime/random/module.ts";

export function textOf({ parts, calls }: RandomModule): string {
  const { types, imports, functions, globals, memory, elements } = parts;
  return [
    ...calls.map(({ name, args }) => `call ${name}(${args.join(", ")})`),
    `globals ${globals.map(({ type, init }) => `${type} ${init}`).join(", ")}; memory ${memory?.min} to ${memory?.max}`,
    ...elements.map(({ offset, functions: indices }) => `elements from ${offset}: ${indices.join(" ")}`),
    ...functions.flatMap(({ type, locals, code }, index) => {
      const { params, results } = types[type];
      const signature = `(${params.join(" ")}) → (${results.join(" ")})`;
      return [`function ${imports.length + index} ${signature}, locals (${locals.join(" ")}):`, `  ${codeText(code)}`];
    }),
  ].join("\n");
}

function codeText(code: readonly Token[]): string {
  return code
    .map(({ name, immediates, wide }) => [name, ...(name === "i64.const" ? [wide] : immediates)].join(" "))
    .join("; ");
}
