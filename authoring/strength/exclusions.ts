/** Classes of machine-made mutants that say nothing about the vectors, and are left out by rule. */
import type { NodePath } from "./declarations.ts";

/** Other strings and empty objects: messages, names in tables, options. Named mutants cover those that matter. */
export function excludedMutators(): string[] {
  return ["StringLiteral", "ObjectLiteral"];
}

/** Errors whose message is the argument of this number. Messages are for people: no vector compares them. */
const MESSAGE_ARGUMENT: Readonly<Record<string, number>> = {
  ProofError: 1,
  ModuleError: 1,
  Trap: 1,
  NodeFault: 0,
  Error: 0,
  TypeError: 0,
  RangeError: 0,
};

/** Why what lies at the node is left out; `undefined` where it is not. */
export function ruleFor({ node, key, listKey, parent }: NodePath): string | undefined {
  if (parent.type === "NewExpression" && listKey === "arguments") {
    const place = MESSAGE_ARGUMENT[parent.callee?.name ?? ""];
    if (place !== undefined && key === place) return "a message";
  }
  if (node.type === "ArrayExpression" && (node as { elements?: unknown[] }).elements?.length === 0) {
    return "filler of an empty array";
  }
  return undefined;
}
