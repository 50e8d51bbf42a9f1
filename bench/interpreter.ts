/**
 * The speed of the interpreter in instructions per second, compared with a minimal interpreter of the same design: a list of
 * functions that push and pop numbers, without frames, gas, memory and traps.
 */
import { assemble } from "../authoring/cases/kit/wat.ts";
import { COSTS, type CostTable } from "../reference/runtime/costs.ts";
import { createInterpreter } from "../reference/runtime/interpreter/engine.ts";
import type { ValidModule, ValueType } from "../reference/runtime/module.ts";
import { validateModule } from "../reference/runtime/validate/validate.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";

const FIB = `(module (memory (export "memory") 1 1)
  (func $run (export "run") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
      (else (i32.add (call $run (i32.sub (local.get 0) (i32.const 1))) (call $run (i32.sub (local.get 0) (i32.const 2))))))))`;

/** Mixes the words of a page into a state and overwrites them with the state. */
function hash(type: ValueType): string {
  const bytes = type === "i32" ? 4 : 8;
  return `(module (memory (export "memory") 1 1)
    (func (export "run") (param $rounds i32) (local $at i32) (local $state ${type})
      (loop
        (local.set $state (${type}.rotl
          (${type}.mul (${type}.xor (local.get $state) (${type}.load (local.get $at))) (${type}.const 0x01000193))
          (${type}.const 13)))
        (${type}.store (local.get $at) (local.get $state))
        (local.set $at (i32.and (i32.add (local.get $at) (i32.const ${bytes})) (i32.const 0xfff8)))
        (br_if 0 (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))))`;
}

/** Every instruction costs 1, so that the gas equals the number of instructions. */
const COUNTING: CostTable = {
  ...COSTS,
  instructions: new Map([...COSTS.instructions.keys()].map((name) => [name, 1])),
  local: 0,
};

const PLENTY = { gas: 2n ** 62n, stack: 2 ** 31 - 1 };

function countInstructions(module: ValidModule, argument: number): number {
  const counters = { ...PLENTY };
  createInterpreter(COUNTING).instantiate(module, [], counters).call("run", [argument]);
  return Number(PLENTY.gas - counters.gas);
}

class StackMachine {
  readonly #operands: number[] = [];
  #height = 0;

  push(value: number): void {
    this.#operands[this.#height++] = value;
  }

  pop(): number {
    return this.#operands[--this.#height];
  }
}

/** Two rounds of: two constants, an addition, a constant, a bitwise operation, and a drop. */
const BARE_STEPS: readonly ((machine: StackMachine) => void)[] = [3, 5].flatMap((value) => [
  (machine) => machine.push(value),
  (machine) => machine.push(value + 1),
  (machine) => machine.push((machine.pop() + machine.pop()) | 0),
  (machine) => machine.push(value + 2),
  (machine) => machine.push(machine.pop() ^ machine.pop()),
  (machine) => machine.pop(),
]);

function runBare(instructions: number): void {
  const machine = new StackMachine();
  for (let step = 0; step < instructions; step++) BARE_STEPS[step % BARE_STEPS.length](machine);
}

function interpreterBench(program: string, wat: string, argument: number): Bench {
  return {
    name: `interpreter ${program}`,
    unit: "M/s",
    sides: ["interpreter", "bare calls"],
    target: { kind: "at-least", ratio: 0.15 },
    async measure(rounds) {
      const module = validateModule(await assemble(wat), { role: "library", offers: () => false });
      const instructions = countInstructions(module, argument);
      const instance = createInterpreter().instantiate(module, [], { ...PLENTY });
      const rateOf = (run: () => void): number => instructions / 1000 / milliseconds(run);
      return takeTurns(
        rounds,
        () => rateOf(() => instance.call("run", [argument])),
        () => rateOf(() => runBare(instructions)),
      );
    },
  };
}

export function interpreterBenches(isSmoke: boolean): Bench[] {
  const rounds = isSmoke ? 50_000 : 500_000;
  return [
    interpreterBench("fib", FIB, isSmoke ? 20 : 25),
    interpreterBench("hash i32", hash("i32"), rounds),
    interpreterBench("hash i64", hash("i64"), rounds),
  ];
}
