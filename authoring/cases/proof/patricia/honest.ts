/** Honest proofs of presence and absence, in every role. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { vectorFile } from "../../kit/draft.ts";
import { embeddings } from "./embeddings.ts";
import type { EncodingName } from "./proofs.ts";
import { NAIVE, rolesOf, type Scenario } from "./scenarios.ts";
import { SECURE } from "./secure.ts";
import { SHAPES } from "./shapes.ts";
import { SIZES } from "./sizes.ts";

/** The requirements on the form of a proof, and on the root that it names. */
const FORMAT: Readonly<Record<EncodingName, readonly string[]>> = {
  witness: ["PROOF-PATRICIA-020"],
  preorder: ["PROOF-PATRICIA-020", "PROOF-PATRICIA-021", "PROOF-PATRICIA-066"],
  eip1186: ["PROOF-PATRICIA-022", "PROOF-PATRICIA-023", "PROOF-PATRICIA-071"],
};

const REQUIREMENTS = ["PROOF-GEN-002", "PROOF-GEN-007", "PROOF-PATRICIA-005", "PROOF-PATRICIA-078"];

export function honestFiles(encoding: EncodingName): VectorFile[] {
  const file = (
    source: string,
    theme: string,
    about: string,
    requirements: readonly string[],
    scenarios: readonly Scenario[],
  ): VectorFile =>
    vectorFile(
      `authoring/cases/proof/patricia/${source}.ts`,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme,
        about,
        requirements: [...REQUIREMENTS, ...requirements, ...FORMAT[encoding]],
      },
      scenarios.flatMap((scenario) => rolesOf(scenario, encoding)),
    );
  return [
    file(
      "shapes",
      "shapes",
      "Honest proofs of tries of every shape.",
      [
        "PROOF-PATRICIA-034",
        "PROOF-PATRICIA-042",
        "PROOF-PATRICIA-049",
        "PROOF-PATRICIA-089",
        ...(encoding === "eip1186" ? [] : ["PROOF-PATRICIA-079"]),
      ],
      SHAPES,
    ),
    file(
      "embeddings",
      "embedded",
      "Nodes shorter than 32 bytes, which stand inside their parents, at every place.",
      ["PROOF-PATRICIA-007", "PROOF-PATRICIA-049"],
      embeddings(),
    ),
    file(
      "sizes",
      "sizes",
      "Values and nodes at the lengths where their encoding changes.",
      ["PROOF-PATRICIA-002", "PROOF-PATRICIA-007"],
      SIZES,
    ),
    file(
      "secure",
      "secure",
      "Tries whose keys are hashed, and what Ethereum keeps in them.",
      ["PROOF-PATRICIA-001", "PROOF-PATRICIA-042", "PROOF-PATRICIA-049"],
      SECURE,
    ),
  ];
}
