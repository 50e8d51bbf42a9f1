import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeModule } from "../../../authoring/cases/runtime/random/encode-module.ts";
import { globalReaders, type RandomModule, randomModule } from "../../../authoring/cases/runtime/random/module.ts";
import { Random } from "../../../authoring/cases/runtime/random/random.ts";
import { OPCODES } from "../../../reference/runtime/instructions.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";
import { mostOf, seeds } from "../../long-work.ts";
import { textOf } from "./module-text.ts";
import { type Observation, observe, PLENTY, type Plan, uncounted } from "./observe.ts";
import { createPlainV8Engine, validate } from "./plain-v8.ts";
import { createRandomHost } from "./random-host.ts";
import { shrink } from "./shrink.ts";

const MODULES = [300, 10_000] as const;
const SMALL_MODULES = [30, 300] as const;
const MOST_COST_OF_SMALL = 300n;
const STACK = 65_536;

/** The ends of calls of random modules. All of them must occur, or the modules test too little. */
const ENDS = [
  ...["nothing", "number", "bigint", "out of gas", "trap range", "trap stack", "trap unreachable", "trap memory-range"],
  ...["trap division-by-zero", "trap integer-overflow", "trap table-index", "trap call-type"],
];

const interpreter = createInterpreter();
const metered = createV8Engine();
const plain = createPlainV8Engine();

const seen = new Set<string>();

function planOf(random: RandomModule): Plan {
  const module = validateModule(encodeModule(random.parts), { role: "environment", offers: () => true });
  return { module, host: createRandomHost, calls: random.calls, readers: globalReaders(random), ...PLENTY };
}

/** With plenty of gas and stack all engines must agree, with little of both the engines that count. */
function check(subject: RandomModule): void {
  const plan = planOf(subject);
  const observed = observe(interpreter, plan);
  assert.deepEqual(uncounted(observed), uncounted(observe(plain, plan)), "interpreter, plain V8");
  checkCounted(plan, observed);

  const random = new Random(subject.seed);
  const cost = Math.max(...observed.calls.map(({ gas }) => Number(plan.gas - gas)), 0);
  for (let round = 0; round < 3; round++) {
    const gas = BigInt(random.below(1 + Math.min(cost, random.pick([100, 10_000, cost]))));
    const poor = { ...plan, gas, stack: random.pick([STACK, random.below(100), random.below(1000)]) };
    checkCounted(poor, observe(interpreter, poor));
  }
}

function checkCounted(plan: Plan, observed: Observation): void {
  const what = `interpreter, instrumented V8; ${plan.gas} gas, ${plan.stack} stack`;
  assert.deepEqual(observed, observe(metered, plan), what);
  for (const { end } of observed.calls) seen.add(end.replace(/^(number|bigint) .*/, "$1"));
}

function checkEveryGas(subject: RandomModule): void {
  const plan = { ...planOf(subject), calls: subject.calls.slice(0, 1) };
  const cost = costOfMain(subject);
  for (let gas = 0n; gas <= cost; gas++) {
    const poor = { ...plan, gas };
    const observed = observe(interpreter, poor);
    assert.equal(observed.calls[0].end === "out of gas", gas < cost, `${gas} of ${cost} gas`);
    checkCounted(poor, observed);
  }
}

function costOfMain(subject: RandomModule): bigint {
  return PLENTY.gas - observe(interpreter, planOf(subject)).calls[0].gas;
}

/** Runs a check. After a failure it reports the smallest module that it finds to fail as well. */
function report(subject: RandomModule, run: (module: RandomModule) => void): void {
  const failure = failureOf(subject, run);
  if (failure === undefined) return;
  const smallest = shrink(subject, (module) => isSound(module) && failureOf(module, run) !== undefined);
  assert.fail(`seed ${subject.seed}: ${failure}\n\nshrunk:\n${textOf(smallest)}\n${failureOf(smallest, run)}`);
}

function failureOf(subject: RandomModule, run: (module: RandomModule) => void): string | undefined {
  try {
    run(subject);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** A shrunk module may be invalid, or never end in an engine that does not count. */
function isSound(subject: RandomModule): boolean {
  if (!validate(encodeModule(subject.parts))) return false;
  try {
    const { calls } = observe(interpreter, { ...planOf(subject), gas: 1_000_000n });
    return calls.every(({ end }) => end !== "out of gas");
  } catch {
    return false;
  }
}

describe("interpreter, instrumented V8 and plain V8", () => {
  it(`agree on ${mostOf(...MODULES)} random modules`, () => {
    let tried = 0;
    for (const seed of seeds(...MODULES)) {
      report(randomModule(seed, "large"), check);
      tried++;
    }
    // If the time was over early, some ends may not have occurred.
    if (tried === mostOf(...MODULES)) assert.deepEqual([...seen].sort(), [...ENDS].sort(), "every end is seen");
  });

  it(`agree at every amount of gas on ${mostOf(...SMALL_MODULES)} small modules`, () => {
    let number = 0;
    for (const seed of seeds(...SMALL_MODULES)) {
      number = Math.max(number, seed);
      while (costOfMain(randomModule(number, "small")) > MOST_COST_OF_SMALL) number++;
      report(randomModule(number, "small"), checkEveryGas);
      number++;
    }
  });
});

describe("random modules", () => {
  it("are valid in V8, and contain every instruction", () => {
    const names = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      const { parts } = randomModule(seed, "large");
      assert.ok(validate(encodeModule(parts)), `seed ${seed}`);
      for (const { code } of parts.functions) for (const { name } of code) names.add(name);
    }
    assert.deepEqual(
      [...OPCODES.keys()].filter((name) => !names.has(name)),
      [],
    );
  });
});
