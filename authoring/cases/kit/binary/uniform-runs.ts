/**
 * Proofs through unused parts of a tree, as recipes. The siblings on such a path are roots of subtrees whose leaves are all equal, one
 * root per level.
 */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { hashPair } from "./pruned.ts";

/** The roots of trees whose leaves are all `node`, by level, and the level of each root. */
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

/** Zero chunks. A type with a 64-bit length has at most this height. */
export const ZEROS = uniform(`0x${"00".repeat(32)}`, 64);

/** A shorter run takes less space without a recipe. */
const SHORTEST_RUN = 8;

/** Replaces the runs of uniform roots of a proof in any encoding by recipes, which expand to the same proof. */
export function shortenRuns(proof: Json, of: Uniform): Json {
  if (typeof proof === "string") return shortenBytes(proof, of);
  const { helpers, ...claims } = proof as JsonObject;
  return { ...claims, helpers: shortenList(helpers as readonly string[], of) };
}

/** A proof of bytes ends with its bottom nodes. */
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
  /** The levels of the roots, if the run consists of uniform roots and is long enough for a recipe. */
  readonly levels?: readonly number[];
}

/** Splits the nodes into runs of uniform roots and runs of other nodes. */
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
