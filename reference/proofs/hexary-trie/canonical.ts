/**
 * What an open node must be so that there is one trie for each map.
 *
 * Req: PROOF-PATRICIA-010.
 */
import { type Bytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { hexPrefixFault } from "./hex-prefix.ts";
import { type Child, HASHED_LENGTH, type Node } from "./node.ts";
import type { OpenTrie, OpenTries } from "./open-trie.ts";

/** Errors: non-canonical, for the first node that is at fault. */
export function checkCanonicalNodes(trie: OpenTrie): void {
  checkNodes(trie, (node) => node === trie.top);
}

/** The same for several tries. Errors: as there. */
export function checkCanonicalTries(tries: OpenTries): void {
  checkNodes(tries, ({ hash }) => tries.tops.get(hash as Bytes32) !== undefined);
}

function checkNodes(trie: Pick<OpenTrie, "items" | "embedded">, isTop: (item: Node) => boolean): void {
  for (const node of trie.items) check(node, isTop(node));
  for (const node of trie.embedded) check(node, false);
}

function check(node: Node, isTop: boolean): void {
  const fault = sizeFault(node, isTop) ?? shapeFault(node);
  if (fault === undefined) return;
  throw new ProofError("non-canonical", `the ${node.kind} ${toHex(node.rlp).slice(0, 66)}… ${fault}`, { fault });
}

function sizeFault({ hash, rlp }: Node, isTop: boolean): string | undefined {
  if (hash === undefined) return rlp.length >= HASHED_LENGTH ? `is embedded with ${rlp.length} bytes` : undefined;
  return rlp.length < HASHED_LENGTH && !isTop ? `is hashed with ${rlp.length} bytes` : undefined;
}

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
