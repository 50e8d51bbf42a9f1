/** The trie of a map, built from the whole map at once. */
import { branch, extension, leaf, type Made } from "./nodes.ts";
import { type Digits, keccak, type Nibbles } from "./rlp.ts";
import { EMPTY_ROOT } from "./scenarios.ts";

/** The root node of a map by path, with the nodes below it; `undefined` for the empty map. */
export function wholeTrie(map: ReadonlyMap<Nibbles, Digits>): Made | undefined {
  return map.size === 0
    ? undefined
    : below(
        [...map].sort(([a], [b]) => (a < b ? -1 : 1)),
        0,
      );
}

/** The node of pairs in the order of their paths, which share the nibbles before `offset`. */
function below(pairs: readonly (readonly [Nibbles, Digits])[], offset: number): Made {
  const [first, value] = pairs[0];
  const [last] = pairs[pairs.length - 1];
  if (pairs.length === 1) return leaf(first.slice(offset), value);
  let to = offset;
  while (to < first.length && first[to] === last[to]) to += 1;
  const made = branchOf(pairs, to);
  return to === offset ? made : extension(first.slice(offset, to), made);
}

function branchOf(pairs: readonly (readonly [Nibbles, Digits])[], offset: number): Made {
  const [[first, value]] = pairs;
  const endsHere = first.length === offset;
  const others = endsHere ? pairs.slice(1) : pairs;
  const children = [...new Set(others.map(([path]) => path[offset]))].map((nibble) => {
    const group = others.filter(([path]) => path[offset] === nibble);
    return [nibble, below(group, offset + 1)] as const;
  });
  return branch(Object.fromEntries(children), endsHere ? value : "");
}

/** The root of a map. Input: the keys are paths, the values are in wire form. */
export function rootOfMap(entries: readonly (readonly [Nibbles, string])[]): string {
  const top = wholeTrie(new Map(entries.map(([key, value]) => [key, value.slice(2)])));
  return top === undefined ? EMPTY_ROOT : `0x${keccak(top.rlp)}`;
}
