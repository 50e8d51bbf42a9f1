/** Proofs with many bottom nodes, and trees that an encoding cannot hold. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { FULL_BOTTOMS, fullCompact, fullOffsets16 } from "../../kit/binary/full-offsets16.ts";
import { compactHex, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, ask, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, keyAt, NAIVE, optionsOf } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/many.ts";
const FLAGS = ["many-bottoms"];

/** A full tree of `depth` levels: every leaf is a bottom node. */
function fullProof(depth: number, leaves: JsonObject): JsonObject {
  let shape = "1";
  for (let level = 0; level < depth; level++) shape = `0${shape}${shape}`;
  return { concat: [compactHex({ shape, bottoms: [] }), leaves] };
}

/** 512 leaves, all present; reads at both ends and around the 256th. */
function hundreds(encoding: EncodingName): Draft[] {
  const depth = 9;
  const compact = fullProof(depth, { random: { seed: 280, length: 32 * 2 ** depth } });
  const { root } = ask("proof/root", { ...baseOf("compact", depth), proof: compact }) as { root: string };
  const request = { backend: "sparse", from: "compact", to: encoding, ...optionsOf(depth), root, proof: compact };
  const proof = encoding === "compact" ? compact : ask("proof/convert", request).proof;
  const text = { kind: "completeness" as const, flags: FLAGS };
  const keys = [0, 255, 256, 257, 511].map((index) => keyAt(index, depth));
  const base = baseOf(encoding, depth);
  return [
    accepted({
      ...text,
      id: "512-leaves-root",
      about: "compute the root of 512 leaves",
      call: "proof/root",
      params: { ...base, proof },
    }),
    accepted({
      ...text,
      id: "512-leaves-get",
      about: "read five of 512 leaves",
      call: "proof/get",
      params: { ...base, root, proof, keys },
    }),
    accepted({
      ...text,
      id: "512-leaves-cost",
      about: "state the cost of 512 leaves",
      call: "proof/cost",
      params: { ...base, root, proof },
    }),
  ];
}

/** 65 536 leaves: one more than two bytes can count. */
function thousands(): Draft[] {
  const depth = 16;
  const proof = fullProof(depth, { random: { seed: 281, length: 32 * 2 ** depth } });
  const { root } = ask("proof/root", { ...baseOf("compact", depth), proof });
  const keys = [0, 65535].map((index) => keyAt(index, depth));
  return [
    accepted({
      id: "65536-leaves-get",
      about: "read the ends of 65 536 leaves",
      kind: "completeness",
      flags: FLAGS,
      call: "proof/get",
      params: { ...baseOf("compact", depth), root, proof, keys },
    }),
    rejected(
      {
        id: "65536-leaves-to-offsets16",
        about: "65 536 bottoms, one more than a u16 counts",
        kind: "soundness",
        flags: ["lying-count"],
        call: "proof/convert",
        params: { backend: "sparse", from: "compact", to: "offsets16", ...optionsOf(depth), root, proof },
      },
      "limit-exceeded",
    ),
  ];
}

/** 65 535 bottom nodes, the largest count of two bytes; half of them are left of the middle. */
function largestOffsets16(): Draft[] {
  const depth = 16;
  const proof = fullOffsets16({ random: { seed: 282, length: 32 * FULL_BOTTOMS } });
  const base = baseOf("offsets16", depth);
  const { root } = ask("proof/root", { ...base, proof });
  const keys = [0, 32767, 32768, 65533].map((index) => keyAt(index, depth));
  return [
    accepted({
      id: "65535-bottoms-get",
      about: "read the ends and the middle of 65 535 bottoms",
      kind: "completeness",
      flags: FLAGS,
      call: "proof/get",
      params: { ...base, root, proof, keys },
    }),
  ];
}

/** The largest number of bottom nodes that a u16 can count: all leaves of a tree except the last two. */
function offsets16Full(): Draft {
  const depth = 16;
  const nodes: Json = { repeat: { bytes: randomNode(283), count: FULL_BOTTOMS } };
  const proof = fullCompact(nodes);
  const { root } = ask("proof/root", { ...baseOf("compact", depth), proof });
  return stated(
    {
      id: "65535-bottoms-to-offsets16",
      about: "65 535 bottoms, as many as a u16 counts",
      kind: "completeness",
      flags: FLAGS,
      call: "proof/convert",
      params: { backend: "sparse", from: "compact", to: "offsets16", ...optionsOf(depth), root, proof },
    },
    { proof: fullOffsets16(nodes) },
  );
}

function thousandsIn(encoding: EncodingName): Draft[] {
  if (encoding === "compact") return [...thousands(), offsets16Full()];
  return encoding === "offsets16" ? largestOffsets16() : [];
}

export function manyFiles(encoding: EncodingName): VectorFile[] {
  const about = "Proofs of more bottoms than a byte, and than two bytes, can count.";
  const requirements = ["PROOF-GEN-008", encoding === "compact" ? "PROOF-SPARSE-020" : "PROOF-SPARSE-021"];
  const cases = [...hundreds(encoding), ...thousandsIn(encoding)];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: `proof/sparse/${encoding}`, theme: "many-bottoms", about, requirements },
      cases,
    ),
  ];
}
