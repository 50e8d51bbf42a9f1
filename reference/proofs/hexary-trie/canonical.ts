/** The canonical form of open nodes, by which each map has exactly one trie. */
import { toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { hexPrefixFault } from "./hex-prefix.ts";
import { type Child, HASHED_LENGTH, type Node } from "./node.ts";
import type { OpenTrie } from "./open-trie.ts";

/**
 * Checks that the open nodes of one or of several tries are canonical.
 *
 * Req:    PROOF-PATRICIA-052, PROOF-PATRICIA-053, PROOF-PATRICIA-054, PROOF-PATRICIA-055, PROOF-PATRICIA-056, PROOF-PATRICIA-057,
 *         PROOF-PATRICIA-058.
 * Errors: non-canonical, for the first node that is not.
 */
export function checkCanonicalNodes({ items, embedded }: Pick<OpenTrie, "items" | "embedded">): void {
  for (const node of items) check(node);
  for (const node of embedded) check(node);
}

/** The size of a node is checked at its parent, because a root node is hashed at any size. */
function check(node: Node): void {
  refuse(node, shapeFault(node));
  for (const child of node.children) if (isOpen(child)) refuse(child, sizeFault(child));
}

function refuse({ kind, rlp }: Node, fault: string | undefined): void {
  if (fault === undefined) return;
  throw new ProofError("non-canonical", `the ${kind} ${toHex(rlp).slice(0, 66)}… ${fault}`, { fault });
}

/** Req: PROOF-PATRICIA-056, PROOF-PATRICIA-057. */
function sizeFault({ hash, rlp }: Node): string | undefined {
  if (hash === undefined) return rlp.length >= HASHED_LENGTH ? `is embedded with ${rlp.length} bytes` : undefined;
  return rlp.length < HASHED_LENGTH ? `is hashed with ${rlp.length} bytes` : undefined;
}

/** Req: PROOF-PATRICIA-052, PROOF-PATRICIA-053, PROOF-PATRICIA-054, PROOF-PATRICIA-055, PROOF-PATRICIA-058. */
function shapeFault({ kind, path, hexPrefix, value, children }: Node): string | undefined {
  switch (kind) {
    case "leaf":
      return hexPrefixFault(hexPrefix) ?? (value?.length === 0 ? "has an empty value" : undefined);
    case "extension":
      if (path.length === 0) return "has no nibbles";
      return (
        hexPrefixFault(hexPrefix) ??
        (isOpen(children[0]) && children[0].kind !== "branch" ? "has no branch below it" : undefined)
      );
    case "branch": {
      const held = children.filter((child) => child !== null).length + (value === null ? 0 : 1);
      return held < 2 ? `holds ${held} of children and value` : undefined;
    }
  }
}

function isOpen(child: Child): child is Node {
  return child !== null && !(child instanceof Uint8Array);
}
