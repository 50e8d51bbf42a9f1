/** Proofs of many keys and of many levels, and a number of items beyond the limit. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { ask, type Draft, vectorFile } from "../../kit/draft.ts";
import { hashOf, leafNode, littleEndian } from "./proofs.ts";
import { baseOf, type EncodingName, NAIVE, refuse, type Text, take, valueAt } from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/many.ts";

/** Cases with keys of 32 bytes. */
function manyKeys(encoding: EncodingName): Draft[] {
  const seed = 430;
  const entries = { leaves: { seed, count: 2000 } };
  const keys = { nodes: { seed, skip: 1990, count: 20 } };
  const deletes = { nodes: { seed, skip: 100, count: 10 } };
  const base = baseOf(encoding);
  const { root, proof } = ask("proof/prove", { ...base, entries, keys, deletes }) as { root: string; proof: string };
  const text = (id: string, call: string, about: string, params: JsonObject): Text => ({
    id: `2000-keys-${id}`,
    about: `2000 keys of 32 bytes: ${about}`,
    flags: ["many-bottoms"],
    call: `proof/${call}`,
    params: { ...base, ...params },
  });
  const absent = { nodes: { seed, skip: 2000, count: 10 } };
  return [
    take(
      text("prove", "prove", "ten present and ten absent ones proven, and ten that will be deleted", {
        entries,
        keys,
        deletes,
      }),
    ),
    take(text("prove-nothing", "prove", "no key asked for", { entries, keys: [] })),
    take(text("get", "get", "twenty keys read", { root, proof, keys })),
    take(text("cost", "cost", "what the proof costs", { root, proof })),
    take(text("extract", "extract", "the ten absent ones alone", { root, proof, keys: absent })),
    take(
      text("update", "update", "an absent key written and a present one deleted", {
        root,
        proof,
        writes: [
          [randomNode(seed, 2003), valueAt(1)],
          [randomNode(seed, 105), null],
        ],
      }),
    ),
  ];
}

const LEVELS = 65_536;
/** `110` for each internal node: the left child is open. Then `0` for the leaf. */
const LABELS: Json = { concat: [{ repeat: { bytes: "0xdb6db6", count: LEVELS / 8 } }, "0x00"] };

/** A leaf below as many internal nodes as its key has bits: 8192 zero bytes, the longest key. */
function deepest(): Draft[] {
  const u32 = (value: number): string => `0x${littleEndian(value, 4)}`;
  const zeros = (count: number): Json => ({ repeat: { bytes: "0x00", count } });
  const proof: Json = {
    concat: [
      u32((3 * LEVELS) / 8 + 1),
      LABELS,
      u32(2 * LEVELS),
      zeros(2 * LEVELS),
      u32(2 + LEVELS / 8 + 32),
      "0x0020",
      zeros(LEVELS / 8),
      valueAt(0),
      u32(32 * LEVELS),
      { random: { seed: 431, length: 32 * LEVELS } },
    ],
  };
  const base = baseOf("kmm");
  const { root } = ask("proof/root", { ...base, proof });
  const key = zeros(LEVELS / 8);
  const last: Json = { concat: [zeros(LEVELS / 8 - 1), "0x01"] };
  const text = (id: string, call: string, about: string, params: JsonObject): Text => ({
    id: `65536-levels-${id}`,
    about: `a leaf below 65 536 internal nodes: ${about}`,
    flags: ["deep-tree"],
    call: `proof/${call}`,
    params: { ...base, ...params },
  });
  return [
    take(text("root", "root", "its root", { proof })),
    take(text("get", "get", "the key read, and one that is a prefix of it", { root, proof, keys: [key, "0x00"] })),
    take(text("cost", "cost", "what the proof costs", { root, proof })),
    refuse(
      text("uncovered", "get", "the key beside it read, whose leaf is not open", { root, proof, keys: [last] }),
      "incomplete",
    ),
    refuse(
      text("delete", "update", "the key deleted, whose sibling is not open", { root, proof, writes: [[key, null]] }),
      "incomplete",
    ),
  ];
}

/** More items than the limit of nodes. The lenient profile ignores all of them except one. */
function tooManyItems(): Draft[] {
  const leaf = leafNode("13", valueAt(0).slice(2));
  const proof = (count: number): Json => ({
    concat: [
      `0x${littleEndian(count, 4)}`,
      { repeat: { bytes: "0x00000000", count: count - 1 } },
      `0x${littleEndian(leaf.length / 2, 4)}${leaf}`,
    ],
  });
  const text = (id: string, about: string, count: number): Text => ({
    id,
    about,
    flags: ["many-bottoms"],
    call: "proof/get",
    params: { ...baseOf("nodes"), root: `0x${hashOf(leaf)}`, proof: proof(count), keys: ["0x13"] },
  });
  return [
    take(text("65537-items", "a leaf and 65 536 items of no byte", 65_537)),
    refuse({ ...text("2-to-22-plus-1-items", "a leaf and 2^22 items of no byte", 2 ** 22 + 1) }, "limit-exceeded"),
  ];
}

export function manyFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/radix/${encoding}`,
        theme: "many",
        about:
          encoding === "kmm"
            ? "A proof out of 2000 keys, and the deepest tree there is."
            : "A proof out of 2000 keys, and more items than there may be.",
        requirements: [
          "PROOF-GEN-008",
          ...(encoding === "kmm" ? ["PROOF-GEN-019", "PROOF-RADIX-010"] : ["PROOF-GEN-017", "PROOF-RADIX-020"]),
        ],
      },
      [...manyKeys(encoding), ...(encoding === "kmm" ? deepest() : tooManyItems())],
    ),
  ];
}
