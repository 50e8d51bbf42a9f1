/** States proofs of many empty subtrees by recipe: a proof 256 levels deep is otherwise nothing but their hashes. */
import type { Json } from "../../../runners/runner.ts";
import type { CaseText } from "../../vector.ts";
import { zeroNode } from "./trees.ts";

/** Fewer zero nodes than this stay written out. */
const WORTH_A_RECIPE = 8;

const HEIGHTS: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 257 }, (_, height) => [zeroNode(height).slice(2), height]),
);

/** The case with every long proof in its parameters and its result stated by recipe. */
export function withZeroRecipes(text: CaseText): CaseText {
  const { params, expect } = text;
  return {
    ...text,
    params: mapProofs(params) as CaseText["params"],
    expect: "result" in expect ? { result: mapProofs(expect.result) as CaseText["params"] } : expect,
  };
}

function mapProofs(members: CaseText["params"]): Json {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (name === "proof") return [name, shortened(value)];
      return [name, name === "proofs" && Array.isArray(value) ? value.map(shortened) : value];
    }),
  );
}

function shortened(proof: Json): Json {
  if (typeof proof !== "string") return proof;
  const digits = proof.slice(2);
  const head = digits.length % 64;
  const nodes = digits.slice(head).match(/.{64}/g) ?? [];
  if (nodes.filter((node) => HEIGHTS.has(node)).length < WORTH_A_RECIPE) return proof;
  const parts: (string | number[])[] = [`0x${digits.slice(0, head)}`];
  for (const node of nodes) {
    const height = HEIGHTS.get(node);
    const last = parts.at(-1);
    if (height === undefined) {
      if (typeof last === "string") parts[parts.length - 1] = last + node;
      else parts.push(`0x${node}`);
    } else if (typeof last === "object") last.push(height);
    else parts.push([height]);
  }
  return { concat: parts.map((part) => (typeof part === "string" ? part : { subtrees: { levels: part } })) };
}
