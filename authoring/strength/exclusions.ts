/** Rules that exclude machine-made mutants which show nothing about the vectors. */
import type { NodePath } from "./declarations.ts";

/** Mutators of strings and objects: messages, names in tables, options. Named mutants cover the relevant ones. */
export function excludedMutators(): string[] {
  return ["StringLiteral", "ObjectLiteral"];
}

/** The index of the message among an error's arguments. Messages are for people, and no vector compares them. */
const MESSAGE_ARGUMENT: Readonly<Record<string, number>> = {
  ProofError: 1,
  ModuleError: 1,
  Trap: 1,
  NodeFault: 0,
  Error: 0,
  TypeError: 0,
  RangeError: 0,
};

/** Why the mutants of a node are excluded; `undefined` if they are not. */
export function ruleFor({ node, key, listKey, parent }: NodePath): string | undefined {
  if (parent.type === "NewExpression" && listKey === "arguments") {
    const index = MESSAGE_ARGUMENT[parent.callee?.name ?? ""];
    if (index !== undefined && key === index) return "a message";
  }
  if (node.type === "ArrayExpression" && (node as { elements?: unknown[] }).elements?.length === 0) {
    return "filler of an empty array";
  }
  return undefined;
}
