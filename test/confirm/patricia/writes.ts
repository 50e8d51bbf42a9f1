/**
 * Writes to a trie without special cases for splitting and merging. Along the written paths, every node is first split into
 * branches of one nibble each, whether or not such a branch is legal; then the trie is built again from below. The first pass goes
 * down through a growing list and the second pass goes back through it, so a long key needs no call stack.
 */

import { fail } from "../values.ts";
import { type Child, digitAt, EMPTY_ROOT, type Form, hashOf, type Items, rlpOf } from "./trie.ts";

/** By path; `null` deletes. */
export type Writes = Map<string, Buffer | null>;

/** A new node without a place in the trie, or an unchanged one. */
type Subtree = Form | Child;

type Frame = { parent: Frame | null; digit: number; value: Buffer; children: (Subtree | null)[] };

type Group = [path: string, value: Buffer | null][];

const NO_VALUE = Buffer.alloc(0);

/**
 * The root after the writes, and the new nodes. `onJoin` is called with every child that has to be open because it is left alone
 * in its branch.
 */
export function written(
  root: Child | null,
  writes: Writes,
  onJoin: (child: Child) => void = () => {},
): { root: string; made: Items } {
  if (writes.size === 0) return { root: root?.hash ?? EMPTY_ROOT, made: new Map() };
  const made: Items = new Map();
  const result = assembled(takenApart(root, [...writes]), made, onJoin);
  if (result === null) return { root: EMPTY_ROOT, made };
  const rlp = rlpOf(result);
  const hash = hashOf(rlp);
  return { root: hash, made: made.set(hash, rlp) };
}

/** A frame for the root node and for every place with writes below it, each after the frame above it. */
function takenApart(root: Child | null, writes: Group): Frame[] {
  const top: Frame = { parent: null, digit: 0, ...apart(root) };
  const frames = [top];
  const pending: { frame: Frame; at: number; group: Group }[] = [{ frame: top, at: 0, group: writes }];
  for (const { frame, at, group } of pending) {
    const below = new Map<number, Group>();
    for (const write of group) {
      const [path, value] = write;
      if (path.length === at) {
        frame.value = value ?? NO_VALUE;
        continue;
      }
      const digit = digitAt(path, at);
      const others = below.get(digit);
      if (others === undefined) below.set(digit, [write]);
      else others.push(write);
    }
    for (const [digit, writesBelow] of below) {
      const subtree = frame.children[digit] ?? null;
      const [path, value] = writesBelow[0] as Group[number];
      if (subtree === null && writesBelow.length === 1) {
        frame.children[digit] = value === null ? null : { kind: "leaf", path: path.slice(at + 1), value };
        continue;
      }
      const child: Frame = { parent: frame, digit, ...apart(subtree) };
      frames.push(child);
      pending.push({ frame: child, at: at + 1, group: writesBelow });
    }
  }
  return frames;
}

/** A node in the form of a branch, of which a child can be the rest of the node. */
function apart(subtree: Subtree | null): { value: Buffer; children: (Subtree | null)[] } {
  const children: (Subtree | null)[] = new Array(16).fill(null);
  if (subtree === null) return { value: NO_VALUE, children };
  let form = formOf(subtree);
  while (form.kind === "extension" && form.path === "") form = formOf(form.child);
  if (form.kind === "branch") return { value: form.value, children: [...form.children] };
  if (form.path === "" && form.kind === "leaf") return { value: form.value, children };
  const rest = form.path.slice(1);
  const remains: Subtree = form.kind === "extension" && rest === "" ? form.child : { ...form, path: rest };
  children[digitAt(form.path, 0)] = remains;
  return { value: NO_VALUE, children };
}

function formOf(subtree: Subtree): Form {
  if ("kind" in subtree) return subtree;
  return subtree.node?.form ?? fail("incomplete", `the node ${subtree.hash} is needed and not in the proof`);
}

function assembled(frames: Frame[], made: Items, onJoin: (child: Child) => void): Form | null {
  let result: Form | null = null;
  for (const frame of frames.toReversed()) {
    result = nodeFor(frame, made, onJoin);
    if (frame.parent !== null) frame.parent.children[frame.digit] = result;
  }
  return result;
}

function nodeFor({ value, children }: Frame, made: Items, onJoin: (child: Child) => void): Form | null {
  const digits = [...children.keys()].filter((digit) => children[digit] !== null);
  const [only] = digits;
  if (only === undefined) return value.length === 0 ? null : { kind: "leaf", path: "", value };
  if (digits.length === 1 && value.length === 0) return joined(only, children[only] as Subtree, made, onJoin);
  return { kind: "branch", children: children.map((child) => child && placed(child, false, made)), value };
}

/** Replaces a branch that has only one child. */
function joined(digit: number, subtree: Subtree, made: Items, onJoin: (child: Child) => void): Form {
  const nibble = digit.toString(16);
  if (!("kind" in subtree)) {
    // The child of an extension is a branch, even if it is not open.
    if (subtree.belowExtension) return { kind: "extension", path: nibble, child: subtree };
    onJoin(subtree);
  }
  const form = formOf(subtree);
  if (form.kind === "branch") return { kind: "extension", path: nibble, child: placed(subtree, true, made) };
  return { ...form, path: nibble + form.path };
}

/** A node in its final place. Its bytes are known, because everything below it was placed before. */
function placed(subtree: Subtree, belowExtension: boolean, made: Items): Child {
  if (!("kind" in subtree)) return { ...subtree, belowExtension };
  const rlp = rlpOf(subtree);
  const node = { rlp, form: subtree, flaw: null };
  if (rlp.length < 32) return { hash: null, node, belowExtension };
  const hash = hashOf(rlp);
  made.set(hash, rlp);
  return { hash, node, belowExtension };
}
