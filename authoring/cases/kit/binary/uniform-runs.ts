/**
 * Proofs through unused parts of a tree, stated by recipe: what is beside such a path are the roots of subtrees whose
 * leaves are all alike, one a level.
 */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { hashPair } from "./pruned.ts";

/** The roots of uniform trees by their text, and the leaf that they are made of. */
export interface Uniform {
  readonly node: string;
  readonly roots: readonly string[];
  readonly levels: ReadonlyMap<string, number>;
}

export function uniform(node: string, height: number): Uniform {
  const roots = [node];
  for (let level = 0; level < height; level++) roots.push(hashPair(roots[level], roots[level]));
  return { node, roots, levels: new Map(roots.map((root, level) => [root, level])) };
}

/** Zero chunks. A type whose length takes a 64-bit integer is no higher than this. */
export const ZEROS = uniform(`0x${"00".repeat(32)}`, 64);

/** A run that is shorter takes less space spelled out. */
const SHORTEST_RUN = 8;

/** A proof in any encoding, its runs of uniform roots stated as recipes. Expanded it is the same proof. */
export function shortenRuns(proof: Json, of: Uniform): Json {
  if (typeof proof === "string") return shortenBytes(proof, of);
  const { helpers, ...claims } = proof as JsonObject;
  return { ...claims, helpers: shortenList(helpers as readonly string[], of) };
}

/** The bottoms are what a proof of bytes ends with. */
function shortenBytes(proof: string, of: Uniform): Json {
  const head = (proof.length - 2) % 64;
  const nodes = (proof.slice(2 + head).match(/.{64}/g) ?? []).map((digits) => `0x${digits}`);
  const parts = runsOf(nodes, of).map((run) => (run.levels ? recipe(run.levels, of) : joined(run.nodes)));
  if (!parts.some((part) => typeof part === "object")) return proof;
  const [first, ...rest] = parts;
  const headed =
    typeof first === "string" ? [`0x${proof.slice(2, 2 + head)}${first.slice(2)}`] : [proof.slice(0, 2 + head), first];
  return { concat: [...headed, ...rest] };
}

function shortenList(nodes: readonly string[], of: Uniform): Json {
  const runs = runsOf(nodes, of);
  if (runs.every(({ levels }) => levels === undefined)) return nodes;
  const parts = runs.map((run): Json => (run.levels ? recipe(run.levels, of) : run.nodes));
  return parts.length === 1 ? parts[0] : { chain: parts };
}

const recipe = (levels: readonly number[], { node }: Uniform): JsonObject => ({ subtrees: { node, levels } });

const joined = (nodes: readonly string[]): string => `0x${nodes.map((node) => node.slice(2)).join("")}`;

interface Run {
  readonly nodes: readonly string[];
  /** Of uniform roots, and long enough to be stated by them. */
  readonly levels?: readonly number[];
}

/** The nodes as runs that are uniform roots and runs that are not. */
function runsOf(nodes: readonly string[], { levels }: Uniform): Run[] {
  const runs: Run[] = [];
  let plain: string[] = [];
  for (let from = 0; from < nodes.length; ) {
    let to = from;
    while (to < nodes.length && levels.has(nodes[to])) to += 1;
    const run = nodes.slice(from, to);
    if (run.length < SHORTEST_RUN) {
      plain.push(...nodes.slice(from, to + 1));
      from = to + 1;
      continue;
    }
    if (plain.length > 0) runs.push({ nodes: plain });
    plain = [];
    runs.push({ nodes: run, levels: run.map((node) => levels.get(node) as number) });
    from = to;
  }
  return plain.length === 0 ? runs : [...runs, { nodes: plain }];
}
