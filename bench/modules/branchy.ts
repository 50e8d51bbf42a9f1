/** Programs that mainly branch and call. */

export const FIBONACCI = `(module (memory (export "memory") 0 1)
  (func $fibonacci (export "fibonacci") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add
        (call $fibonacci (i32.sub (local.get $n) (i32.const 1)))
        (call $fibonacci (i32.sub (local.get $n) (i32.const 2))))))))`;

/** Counts the Collatz steps of all numbers up to `to`. */
export const COLLATZ = `(module (memory (export "memory") 0 1)
  (func (export "collatz") (param $to i32) (result i32) (local $i i32) (local $n i64) (local $steps i32)
    (local.set $i (i32.const 1))
    (loop $each
      (local.set $n (i64.extend_i32_u (local.get $i)))
      (block $done (loop $step
        (br_if $done (i64.eq (local.get $n) (i64.const 1)))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (if (i64.eqz (i64.and (local.get $n) (i64.const 1)))
          (then (local.set $n (i64.shr_u (local.get $n) (i64.const 1))))
          (else (local.set $n (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))))
        (br $step)))
      (br_if $each (i32.le_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $to))))
    (local.get $steps)))`;
