;; The smallest execution environment with an effect: it keeps its state and pushes one deposit of zeros per block.
(module
  (import "eth2" "loadPreStateRoot" (func $loadPreStateRoot (param $to i32)))
  (import "eth2" "savePostStateRoot" (func $savePostStateRoot (param $from i32)))
  (import "eth2" "pushNewDeposit" (func $pushNewDeposit (param $from i32) (param $length i32)))

  (memory (export "memory") 1 1)
  (global $root i32 (i32.const 0))
  (global $deposit i32 (i32.const 32))

  (func (export "main")
    (call $loadPreStateRoot (global.get $root))
    (call $savePostStateRoot (global.get $root))
    ;; The memory is zero at first.
    (call $pushNewDeposit (global.get $deposit) (i32.const 184))))
