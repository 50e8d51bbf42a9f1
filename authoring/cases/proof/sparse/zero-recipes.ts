/** States proofs of many empty subtrees by recipe, because a proof 256 levels deep mostly consists of their hashes. */

import type { CaseText } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { shortenRuns, uniform } from "../../kit/binary/uniform-runs.ts";
import { ZERO } from "./trees.ts";

const ZEROS = uniform(ZERO, 256);

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
  return typeof proof === "string" ? shortenRuns(proof, ZEROS) : proof;
}
