/** Proofs with more bottom nodes than one byte, and than two bytes, can count. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { FULL_BOTTOMS, fullOffsets16 } from "../../kit/binary/full-offsets16.ts";
import { compactHex, quantity } from "../../kit/binary/pruned.ts";
import { accepted, ask, compressed, type Draft, vectorFile } from "../../kit/draft.ts";
import { confirmersOf } from "./confirmers.ts";
import { type EncodingName, prove, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/many.ts";
const FLAGS = ["many-bottoms"];

/** 512 leaves, all claimed; reads at both ends and around the 256th. */
function hundreds(encoding: EncodingName): Draft[] {
  const [seed, count] = [6000, 512];
  const leaves = Array.from({ length: count }, (_, index) => BigInt(count + index));
  const scenario = treeScenario("512-leaves", "512 leaves, all claimed", { seed, count, shape: "balanced" }, leaves);
  const honest = prove(scenario, encoding);
  const proof: Json =
    typeof honest.proof === "string"
      ? compressed(honest.proof, seed, count)
      : { ...(honest.proof as object), leaves: { nodes: { seed, count } } };
  const base = { backend: "ssz", encoding };
  const text = { kind: "completeness" as const, flags: FLAGS };
  const keys = [0, 255, 256, 257, 511].map((index) => quantity(count + index));
  const { about } = scenario;
  return [
    accepted({
      ...text,
      id: "512-leaves-root",
      about: `compute the root: ${about}`,
      call: "proof/root",
      params: { ...base, proof },
    }),
    accepted({
      ...text,
      id: "512-leaves-get",
      about: `read five: ${about}`,
      call: "proof/get",
      params: { ...base, root: honest.root, proof, keys },
    }),
    accepted({
      ...text,
      id: "512-leaves-cost",
      about: `state the cost: ${about}`,
      call: "proof/cost",
      params: { ...base, root: honest.root, proof },
    }),
  ];
}

/** 65 536 leaves: a count in two bytes wraps to 0. */
function thousands(): Draft[] {
  const count = 2 ** 16;
  let shape = "1";
  for (let size = 1; size < count; size *= 2) shape = `0${shape}${shape}`;
  const nodes = { random: { seed: 6001, length: 32 * count } };
  const proof: Json = { concat: [compactHex({ shape, bottoms: [] }), nodes] };
  const base = { backend: "ssz", encoding: "compact" };
  const { root } = ask("proof/root", { ...base, proof });
  const keys = [0, 65535].map((index) => quantity(count + index));
  const text = { kind: "completeness" as const, flags: FLAGS };
  return [
    accepted({
      ...text,
      id: "65536-leaves-get",
      about: "read the ends of 65 536 leaves",
      call: "proof/get",
      params: { ...base, root, proof, keys },
    }),
  ];
}

/** 65 535 bottom nodes, the largest count of two bytes; half of them are left of the middle. */
function largestOffsets16(): Draft[] {
  const proof = fullOffsets16({ random: { seed: 6002, length: 32 * FULL_BOTTOMS } });
  const base = { backend: "ssz", encoding: "offsets16" };
  const { root } = ask("proof/root", { ...base, proof });
  return [
    accepted({
      kind: "completeness",
      flags: FLAGS,
      id: "65535-bottoms-get",
      about: "read the ends and the middle of 65 535 bottoms",
      call: "proof/get",
      params: { ...base, root, proof, keys: ["0x10000", "0x17fff", "0x18000", "0xffff"] },
    }),
  ];
}

function thousandsIn(encoding: EncodingName): Draft[] {
  if (encoding === "compact") return thousands();
  return encoding === "offsets16" ? largestOffsets16() : [];
}

export function manyFiles(encoding: EncodingName): VectorFile[] {
  const about = "Proofs of more bottoms than a byte, and than two bytes, can count.";
  const requirements = ["PROOF-GEN-008"];
  const cases = [...hundreds(encoding), ...thousandsIn(encoding)];
  return [
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      { suite: `proof/ssz/${encoding}`, theme: "many-bottoms", about, requirements },
      cases,
    ),
  ];
}
