/**
 * `helpers` proofs with repeated or nested claims, which the functions printed in consensus-specs ssz/merkle-proofs.md
 * accept. Each request has the helpers that those functions need, so that they compute the true root.
 */

import { hashPair } from "../../kit/binary/pruned.ts";
import { type Draft, rejected } from "../../kit/draft.ts";
import { claim, type HelpersObject, honestHelpers, madeUp, toJson } from "./helpers-object.ts";

/** Nodes 4 … 7 of the tree of four leaves, and the inner nodes above them. */
function fourLeaves(): { nodes: Readonly<Record<number, string>>; root: string } {
  const { leaves } = honestHelpers("four-leaves-all");
  const [n4, n5, n6, n7] = leaves;
  const [n2, n3] = [hashPair(n4, n5), hashPair(n6, n7)];
  return { nodes: { 2: n2, 3: n3, 4: n4, 5: n5, 6: n6, 7: n7 }, root: hashPair(n2, n3) };
}

interface NestedCase {
  readonly id: string;
  readonly about: string;
  readonly proof: HelpersObject;
  readonly keys: readonly string[];
}

function nestedCases(): NestedCase[] {
  const { nodes: n, root } = fourLeaves();
  const forged = madeUp(0);
  return [
    {
      id: "repeated-forged-first",
      about: "gindex 4 claimed twice, the forged node first",
      proof: claim(
        [
          [4, forged],
          [4, n[4]],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "repeated-forged-last",
      about: "gindex 4 claimed twice, the forged node last",
      proof: claim(
        [
          [4, n[4]],
          [4, forged],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "repeated-same",
      about: "gindex 4 claimed twice with the same true node",
      proof: claim(
        [
          [4, n[4]],
          [4, n[4]],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "repeated-three-times",
      about: "gindex 5 claimed three times, forged, true, forged",
      proof: claim(
        [
          [5, forged],
          [5, n[5]],
          [5, forged],
        ],
        [n[4], n[3]],
      ),
      keys: ["0x5"],
    },
    {
      id: "repeated-right",
      about: "gindex 3 claimed twice, the forged node first",
      proof: claim(
        [
          [3, forged],
          [3, n[3]],
        ],
        [n[2]],
      ),
      keys: ["0x3"],
    },
    {
      id: "repeated-root",
      about: "gindex 1 claimed twice, the forged node first",
      proof: claim(
        [
          [1, forged],
          [1, root],
        ],
        [],
      ),
      keys: ["0x1"],
    },
    {
      id: "repeated-apart",
      about: "4, 6, 4: the repetition is not adjacent",
      proof: claim(
        [
          [4, forged],
          [6, n[6]],
          [4, n[4]],
        ],
        [n[7], n[5]],
      ),
      keys: ["0x4", "0x6"],
    },
    {
      id: "leaf-forged-below-true-node",
      about: "2 is true; 4, beneath it, is forged",
      proof: claim(
        [
          [2, n[2]],
          [4, forged],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "leaf-forged-below-true-node-without-sibling",
      about: "2 is true; 4, beneath it, is forged; no helper for the pair",
      proof: claim(
        [
          [2, n[2]],
          [4, forged],
        ],
        [n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "node-forged-above-true-leaf",
      about: "4 is true; 2, above it, is forged",
      proof: claim(
        [
          [2, forged],
          [4, n[4]],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x2"],
    },
    {
      id: "both-true",
      about: "2 and 4 are both true, but one lies beneath the other",
      proof: claim(
        [
          [2, n[2]],
          [4, n[4]],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x2", "0x4"],
    },
    {
      id: "right-leaf-below-true-node",
      about: "2 is true; 5, beneath it, is forged",
      proof: claim(
        [
          [2, n[2]],
          [5, forged],
        ],
        [n[4], n[3]],
      ),
      keys: ["0x5"],
    },
    {
      id: "root-and-leaf-forged",
      about: "1 is true; 4, far beneath it, is forged",
      proof: claim(
        [
          [1, root],
          [4, forged],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "root-and-leaf-forged-without-helpers",
      about: "1 is true; 4 is forged; no helper at all",
      proof: claim(
        [
          [1, root],
          [4, forged],
        ],
        [],
      ),
      keys: ["0x4"],
    },
    {
      id: "root-forged-above-true-leaf",
      about: "4 is true; 1, above it, is forged",
      proof: claim(
        [
          [1, forged],
          [4, n[4]],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x1"],
    },
    {
      id: "root-and-child-forged",
      about: "1 is true; 2 is forged",
      proof: claim(
        [
          [1, root],
          [2, forged],
        ],
        [n[3]],
      ),
      keys: ["0x2"],
    },
    {
      id: "leaf-two-below-true-node",
      about: "2 is true; 8, two levels beneath it, is forged",
      proof: claim(
        [
          [2, n[2]],
          [8, forged],
        ],
        [madeUp(1), n[5], n[3]],
      ),
      keys: ["0x8"],
    },
    {
      id: "both-children-below-forged-node",
      about: "4 and 5 are true; 2 above them is forged",
      proof: claim(
        [
          [2, forged],
          [4, n[4]],
          [5, n[5]],
        ],
        [n[3]],
      ),
      keys: ["0x2"],
    },
    {
      id: "both-children-forged-below-true-node",
      about: "2 is true; 4 and 5 beneath it are forged",
      proof: claim(
        [
          [2, n[2]],
          [4, forged],
          [5, madeUp(1)],
        ],
        [n[3]],
      ),
      keys: ["0x4", "0x5"],
    },
    {
      id: "nested-and-apart",
      about: "2, 4 and 7: the nested pair on the other side of an honest claim",
      proof: claim(
        [
          [2, n[2]],
          [4, forged],
          [7, n[7]],
        ],
        [n[6], n[5]],
      ),
      keys: ["0x4", "0x7"],
    },
    {
      id: "nested-not-neighbours",
      about: "2, 3 and 4: an honest claim stands between the nested ones",
      proof: claim(
        [
          [2, n[2]],
          [3, n[3]],
          [4, forged],
        ],
        [n[5]],
      ),
      keys: ["0x4", "0x3"],
    },
    {
      id: "deeper-claim-first",
      about: "[4, 2]: nested and in descending order",
      proof: claim(
        [
          [4, forged],
          [2, n[2]],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x4"],
    },
    {
      id: "nested-claims-read-elsewhere",
      about: "2 and 4 nested, 4 forged; only the true node is read",
      proof: claim(
        [
          [2, n[2]],
          [4, forged],
        ],
        [n[5], n[3]],
      ),
      keys: ["0x2"],
    },
  ];
}

export function nestedDrafts(): Draft[] {
  const { root } = fourLeaves();
  return nestedCases().flatMap(({ id, about, proof, keys }) => {
    const text = { kind: "soundness" as const, flags: ["duplicate-or-nested-claims"] };
    const params = { backend: "ssz", encoding: "helpers", proof: toJson(proof) };
    return [
      rejected(
        { ...text, id: `${id}-get`, about, call: "proof/get", params: { ...params, root, keys } },
        "malformed",
        "invalid-proof",
      ),
      rejected({ ...text, id: `${id}-root`, about: `root of: ${about}`, call: "proof/root", params }, "malformed"),
    ];
  });
}
