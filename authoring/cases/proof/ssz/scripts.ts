/** The scripts for `transact`. */
import type { Json } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";

/** A node to write. */
export const newNode = (index: number): string => randomNode(101, index);

/** A batch or a script for an honest proof. */
export interface Writing {
  readonly id: string;
  readonly about: string;
  /** The honest scenario of the proof. */
  readonly of?: string;
  /** Writes or steps. */
  readonly list: readonly Json[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}

export const SCRIPTS: readonly Writing[] = [
  {
    id: "read-write-read",
    about: "a claim read, written and read again",
    list: [{ get: "0x8" }, { set: ["0x8", newNode(0)] }, { get: "0x8" }],
  },
  {
    id: "roots",
    about: "the root before and after a write",
    list: [{ root: true }, { set: ["0xd", newNode(0)] }, { root: true }],
  },
  {
    id: "revert",
    about: "a write reverted",
    list: [{ checkpoint: true }, { set: ["0x8", newNode(0)] }, { revert: true }, { get: "0x8" }, { root: true }],
    flag: "checkpoints",
  },
  {
    id: "commit",
    about: "a write committed",
    list: [{ checkpoint: true }, { set: ["0x8", newNode(0)] }, { commit: true }, { get: "0x8" }, { root: true }],
    flag: "checkpoints",
  },
  {
    id: "root-inside",
    about: "the root inside a checkpoint that is then reverted",
    list: [{ checkpoint: true }, { set: ["0x8", newNode(0)] }, { root: true }, { revert: true }, { root: true }],
    flag: "checkpoints",
  },
  {
    id: "revert-keeps-earlier-writes",
    about: "a write before the checkpoint survives its revert",
    list: [
      { set: ["0xd", newNode(0)] },
      { checkpoint: true },
      { set: ["0xd", newNode(1)] },
      { set: ["0x8", newNode(2)] },
      { revert: true },
      { get: "0xd" },
      { get: "0x8" },
      { root: true },
    ],
    flag: "checkpoints",
  },
  {
    id: "inner-revert",
    about: "two checkpoints, the inner one reverted",
    list: [
      { checkpoint: true },
      { set: ["0x8", newNode(0)] },
      { checkpoint: true },
      { set: ["0x8", newNode(1)] },
      { revert: true },
      { get: "0x8" },
      { commit: true },
      { get: "0x8" },
    ],
    flag: "checkpoints",
  },
  {
    id: "inner-commit-outer-revert",
    about: "two checkpoints, the inner one committed, the outer one reverted",
    list: [
      { checkpoint: true },
      { set: ["0x8", newNode(0)] },
      { checkpoint: true },
      { set: ["0xd", newNode(1)] },
      { commit: true },
      { revert: true },
      { get: "0x8" },
      { get: "0xd" },
      { root: true },
    ],
    flag: "checkpoints",
  },
  {
    id: "both-reverted",
    about: "two checkpoints, both reverted",
    list: [
      { checkpoint: true },
      { set: ["0x8", newNode(0)] },
      { checkpoint: true },
      { set: ["0x8", newNode(1)] },
      { revert: true },
      { get: "0x8" },
      { revert: true },
      { get: "0x8" },
    ],
    flag: "checkpoints",
  },
  {
    id: "written-twice-then-reverted",
    about: "a node written twice since the checkpoint that is reverted",
    list: [
      { checkpoint: true },
      { set: ["0x8", newNode(0)] },
      { set: ["0x8", newNode(1)] },
      { revert: true },
      { get: "0x8" },
    ],
    flag: "checkpoints",
  },
  {
    id: "written-twice-inner-commit",
    about: "a node written in both of two checkpoints, the inner one committed, the outer one reverted",
    list: [
      { checkpoint: true },
      { set: ["0x8", newNode(0)] },
      { checkpoint: true },
      { set: ["0x8", newNode(1)] },
      { commit: true },
      { revert: true },
      { get: "0x8" },
    ],
    flag: "checkpoints",
  },
  {
    id: "one-after-the-other",
    about: "a checkpoint reverted, then another one committed",
    list: [
      { checkpoint: true },
      { set: ["0x8", newNode(0)] },
      { revert: true },
      { checkpoint: true },
      { set: ["0x8", newNode(1)] },
      { commit: true },
      { get: "0x8" },
    ],
    flag: "checkpoints",
  },
  {
    id: "left-open",
    about: "a checkpoint left open at the end",
    list: [{ checkpoint: true }, { set: ["0x8", newNode(0)] }, { get: "0x8" }],
    flag: "checkpoints",
  },
  {
    id: "inner-node-read",
    about: "an inner node read before and after a write beneath it",
    list: [{ get: "0x4" }, { set: ["0x8", newNode(0)] }, { get: "0x4" }, { get: "0x1" }, { get: "0x6" }],
    flag: "unclaimed-node",
  },
  {
    id: "helper-written",
    about: "a helper written and read",
    list: [{ set: ["0x7", newNode(0)] }, { get: "0x7" }, { root: true }],
    flag: "unclaimed-node",
  },
  { id: "no-steps", about: "no step at all", list: [], flag: "checkpoints" },
  {
    id: "commit-alone",
    about: "a commit without a checkpoint",
    list: [{ commit: true }],
    flag: "checkpoints",
    classes: ["invalid-argument"],
  },
  {
    id: "revert-alone",
    about: "a revert without a checkpoint",
    list: [{ set: ["0x8", newNode(0)] }, { revert: true }],
    flag: "checkpoints",
    classes: ["invalid-argument"],
  },
  {
    id: "one-revert-too-many",
    about: "one checkpoint, two reverts",
    list: [{ checkpoint: true }, { revert: true }, { revert: true }],
    flag: "checkpoints",
    classes: ["invalid-argument"],
  },
  {
    id: "commit-after-revert",
    about: "a checkpoint reverted, then committed",
    list: [{ checkpoint: true }, { revert: true }, { commit: true }],
    flag: "checkpoints",
    classes: ["invalid-argument"],
  },
  {
    id: "inner-node-written",
    about: "an inner node written",
    list: [{ set: ["0x6", newNode(0)] }],
    flag: "inner-write",
    classes: ["invalid-argument"],
  },
  {
    id: "deleted",
    about: "a claim deleted",
    list: [{ set: ["0x8", null] }],
    flag: "inner-write",
    classes: ["invalid-argument"],
  },
  {
    id: "read-below",
    about: "a node below a bottom read",
    list: [{ get: "0x8" }, { get: "0x10" }],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "written-below",
    about: "a node below a bottom written inside a checkpoint",
    list: [{ checkpoint: true }, { set: ["0xa", newNode(0)] }, { revert: true }],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "unknown-step",
    about: "a step that there is not",
    list: [{ delete: "0x8" }],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
  {
    id: "two-in-one",
    about: "a step of two members",
    list: [{ get: "0x8", root: true }],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
  {
    id: "root-false",
    about: "a root step that is false",
    list: [{ root: false }],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
];
