;; A number that only grows. The state root is the number itself, u64-LE, and 24 zero bytes.
;; The block data is a u64-LE, which is added. Anything else traps, and so does a sum of 2^64 or more.
(module
  (import "eth2" "loadPreStateRoot" (func $loadPreStateRoot (param $to i32)))
  (import "eth2" "blockDataSize" (func $blockDataSize (result i32)))
  (import "eth2" "blockDataCopy" (func $blockDataCopy (param $to i32) (param $offset i32) (param $length i32)))
  (import "eth2" "savePostStateRoot" (func $savePostStateRoot (param $from i32)))

  (memory (export "memory") 1 1)
  (global $root i32 (i32.const 0))
  (global $data i32 (i32.const 32))

  (func $require (param $holds i32)
    (if (i32.eqz (local.get $holds)) (then (unreachable))))

  (func (export "main")
    (local $count i64)
    (local $increment i64)
    (local $sum i64)
    (call $loadPreStateRoot (global.get $root))
    (call $require
      (i64.eqz
        (i64.or
          (i64.load offset=8 (global.get $root))
          (i64.or (i64.load offset=16 (global.get $root)) (i64.load offset=24 (global.get $root))))))
    (call $require (i32.eq (call $blockDataSize) (i32.const 8)))
    (call $blockDataCopy (global.get $data) (i32.const 0) (i32.const 8))

    (local.set $count (i64.load (global.get $root)))
    (local.set $increment (i64.load (global.get $data)))
    (local.set $sum (i64.add (local.get $count) (local.get $increment)))
    ;; A sum that has wrapped is less than both terms.
    (call $require (i64.ge_u (local.get $sum) (local.get $count)))
    (i64.store (global.get $root) (local.get $sum))
    (call $savePostStateRoot (global.get $root))))
