import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeModule } from "../../../harness/generate/runtime/encode-module.ts";
import { Random } from "../../../harness/generate/runtime/random.ts";
import { globalReaders, type RandomModule, randomModule } from "../../../harness/generate/runtime/random-module.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";
import { textOf } from "./module-text.ts";
import { type Observation, observe, PLENTY, type Plan, uncounted } from "./observe.ts";
import { createPlainV8Engine, validate } from "./plain-v8.ts";
import { createRandomHost } from "./random-host.ts";
import { shrink } from "./shrink.ts";

/** The long form: RUNTIME=all. */
const isLong = process.env.RUNTIME === "all";
const MODULES = isLong ? 10_000 : 300;
const SMALL_MODULES = isLong ? 300 : 30;
const MOST_COST_OF_SMALL = 300n;

const interpreter = createInterpreter();
const metered = createV8Engine();
const plain = createPlainV8Engine();

const STACK = 65_536;

function planOf(random: RandomModule, given: Partial<Plan> = {}): Plan {
  const module = validateModule(encodeModule(random.parts), { role: "environment", offers: () => true });
  return {
    ...{ module, host: createRandomHost, calls: random.calls, readers: globalReaders(random) },
    ...PLENTY,
    ...given,
  };
}

function spent({ calls }: Observation, before: bigint): bigint {
  return before - calls[0].gas;
}

/** What is wrong with the module, if anything: the plain engine, then gas and stack in plenty, then little of both. */
function check(subject: RandomModule): void {
  const bytes = encodeModule(subject.parts);
  assert.ok(validate(bytes), "V8 refuses the module");
  const plan = planOf(subject);
  const expected = observe(plain, plan);
  const seen = observe(interpreter, plan);
  assert.deepEqual(uncounted(seen), uncounted(expected), "interpreter, plain V8");
  assert.deepEqual(observe(metered, plan), seen, "instrumented V8, interpreter");

  const random = new Random(subject.seed);
  const most = Number(spent(seen, plan.gas));
  for (let round = 0; round < 3; round++) {
    const little = { gas: BigInt(random.below(most + 1)), stack: random.pick([STACK, random.below(400)]) };
    const poor = planOf(subject, little);
    assert.deepEqual(observe(metered, poor), observe(interpreter, poor), `${little.gas} gas, ${little.stack} stack`);
  }
}

/** The failure, of the smallest module that can be found to fail too. */
function report(subject: RandomModule, run: (module: RandomModule) => void): void {
  try {
    run(subject);
  } catch (error) {
    const smallest = shrink(subject, run);
    const text = textOf(smallest);
    throw new Error(`seed ${subject.seed}, shrunk:\n${text}\n${failureOf(smallest, run)}`, { cause: error });
  }
}

function failureOf(subject: RandomModule, run: (module: RandomModule) => void): string {
  try {
    run(subject);
    return "";
  } catch (error) {
    return String(error);
  }
}

describe("interpreter, instrumented V8 and plain V8", () => {
  it(`agree on ${MODULES} random modules`, () => {
    for (let seed = 0; seed < MODULES; seed++) report(randomModule(seed, "large"), check);
  });

  it(`agree at every amount of gas on ${SMALL_MODULES} small modules`, () => {
    let tried = 0;
    for (let seed = 0; tried < SMALL_MODULES; seed++) {
      const subject = randomModule(seed, "small");
      const cost = spent(observe(interpreter, planOf(subject)), PLENTY.gas);
      if (cost > MOST_COST_OF_SMALL) continue;
      tried++;
      report(subject, (module) => checkEveryGas(module, cost));
    }
  });
});

function checkEveryGas(subject: RandomModule, cost: bigint): void {
  const plan = { ...planOf(subject), calls: subject.calls.slice(0, 1) };
  for (let gas = 0n; gas <= cost; gas++) {
    const poor = { ...plan, gas };
    const seen = observe(interpreter, poor);
    assert.equal(seen.calls[0].end === "out of gas", gas < cost, `${gas} of ${cost} gas`);
    assert.deepEqual(observe(metered, poor), seen, `${gas} of ${cost} gas`);
  }
}
