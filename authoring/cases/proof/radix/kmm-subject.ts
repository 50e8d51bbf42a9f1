/** The honest `kmm` proof that malformed proofs start from: a leaf on each side, a leaf of another length, and a closed-off node. */
import { kmmOf, sectionsOf } from "./proofs.ts";
import { MIXED_KEYS, prove, scenario } from "./trees.ts";

const SUBJECT = scenario("", "", MIXED_KEYS, ["13", "81ff01", "a0"]);
export const PROVEN = { ...prove(SUBJECT, "kmm"), keys: SUBJECT.keys };
export const HONEST = kmmOf(PROVEN.proof);
export const SECTIONS = sectionsOf(PROVEN.proof);
