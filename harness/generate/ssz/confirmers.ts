/** What agrees with the cases and shares no code with the generators; `test/confirm` runs both. */
export const NAIVE = "test/confirm/naive-ssz.ts";
export const PMT = "@chainsafe/persistent-merkle-tree 1.3.1";
