/** The encodings of a sparse proof: those that serve every binary tree. */
import { POSITIONAL_ENCODINGS, TreeCodec } from "../pruned-tree/encoding.ts";

export const CODEC = new TreeCodec("sparse", POSITIONAL_ENCODINGS);
