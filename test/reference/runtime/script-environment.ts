/** An environment that runs the script in its block data. */
import { assemble } from "../../../authoring/cases/kit/wat.ts";

export type ScriptStep =
  | { readonly op: "get" | "delete"; readonly key: Uint8Array }
  | { readonly op: "set"; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly op: "root" | "save" | "checkpoint" | "commit" | "revert" };

const OPS = ["get", "set", "delete", "root", "save", "checkpoint", "commit", "revert"] as const;

/** A step is 65 bytes: its index in the list, a key and a value. A missing key or value is zero. */
export function scriptBytes(steps: readonly ScriptStep[]): Uint8Array {
  const bytes = new Uint8Array(65 * steps.length);
  for (const [index, step] of steps.entries()) {
    bytes[65 * index] = OPS.indexOf(step.op);
    if ("key" in step) bytes.set(step.key, 65 * index + 1);
    if ("value" in step) bytes.set(step.value, 65 * index + 33);
  }
  return bytes;
}

/** Logs every value that it reads and every root. */
export const SCRIPT_ENVIRONMENT = await assemble(`(module
  (import "eth2" "blockDataSize" (func $size (result i32)))
  (import "eth2" "blockDataCopy" (func $copy (param i32 i32 i32)))
  (import "eth2" "savePostStateRoot" (func $save (param i32)))
  (import "debug" "print32" (func $print (param i32)))
  (import "debug" "printMem" (func $printMem (param i32 i32)))
  (import "proof" "get" (func $get (param i32 i32) (result i32)))
  (import "proof" "set" (func $set (param i32 i32)))
  (import "proof" "delete" (func $delete (param i32)))
  (import "proof" "root" (func $root (param i32)))
  (import "proof" "checkpoint" (func $checkpoint))
  (import "proof" "commit" (func $commit))
  (import "proof" "revert" (func $revert))
  (memory (export "memory") 1 1)
  (func $step (param $op i32)
    (block $revert (block $commit (block $checkpoint (block $save (block $root (block $delete (block $set (block $get
      (br_table $get $set $delete $root $save $checkpoint $commit $revert (local.get $op)))
      (if (call $get (i32.const 1) (i32.const 128))
        (then (call $print (i32.const 1)))
        (else (call $printMem (i32.const 128) (i32.const 32))))
      (return))
      (call $set (i32.const 1) (i32.const 33))
      (return))
      (call $delete (i32.const 1))
      (return))
      (call $root (i32.const 160))
      (call $printMem (i32.const 160) (i32.const 32))
      (return))
      (call $root (i32.const 160))
      (call $save (i32.const 160))
      (return))
      (call $checkpoint)
      (return))
      (call $commit)
      (return))
    (call $revert))
  (func (export "main") (local $at i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (call $size)))
        (call $copy (i32.const 0) (local.get $at) (i32.const 65))
        (call $step (i32.load8_u (i32.const 0)))
        (local.set $at (i32.add (local.get $at) (i32.const 65)))
        (br $next)))))`);
