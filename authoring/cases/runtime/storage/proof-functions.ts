/** Cases of the functions of `proof`. */
import { type HostCase, logged, loggedMemory } from "../host/cases.ts";
import { type Code, drop, host, log, logMemory } from "../host/program.ts";
import { outside, PAGE } from "../host/samples.ts";
import { prove, rootOf, stateOf } from "./cases.ts";
import { A, C, SPARSE, value } from "./samples.ts";

/** Calls without a state, and at addresses outside of the memory. */
export function proofFunctions(): HostCase[] {
  const proof = prove(SPARSE, [A]);
  const over = { preStateRoot: rootOf(SPARSE), state: stateOf(SPARSE, { proof }) };
  const calls: readonly (readonly [string, Code])[] = [
    ["get", drop(host("proof.get", PAGE, PAGE))],
    ["set", host("proof.set", PAGE, PAGE)],
    ["delete", host("proof.delete", PAGE)],
    ["root", host("proof.root", PAGE)],
    ["checkpoint", host("proof.checkpoint")],
    ["commit", host("proof.commit")],
    ["revert", host("proof.revert")],
  ];
  const requirements = ["RUNTIME-HOST-060"];
  return [
    {
      id: "load-none",
      about: "There is no state.",
      main: [log(host("proof.load"))],
      requirements,
      expect: { log: logged(1) },
    },
    {
      id: "load",
      about: "There is a state.",
      main: [log(host("proof.load"))],
      requirements,
      ...over,
      expect: { log: logged(0) },
    },
    ...calls.map(([name, call]) => ({
      id: `no-state-${name}`,
      about: "There is no state, whatever the arguments are.",
      main: [call],
      flags: ["no-state"],
      requirements: ["RUNTIME-HOST-122"],
      expect: { trap: "no-state" as const },
    })),
    ...outside("get-key", "A key", 32, (ptr) => drop(host("proof.get", ptr, 0))).map((one) => ({ ...one, ...over })),
    ...outside("set-value", "A value", 32, (ptr) => host("proof.set", 0, ptr)).map((one) => ({ ...one, ...over })),
    ...outside("root-out", "A root", 32, (ptr) => host("proof.root", ptr)).map((one) => ({ ...one, ...over })),
    {
      id: "get-absent-to-nowhere",
      about: "The key is absent, but the address for its value is wrong all the same.",
      main: [drop(host("proof.get", 0, PAGE - 31))],
      ...over,
      flags: ["range-of-what-is-not-written"],
      requirements: ["RUNTIME-HOST-075"],
      expect: { trap: "range" },
    },
    ...(["commit", "revert"] as const).flatMap((name) => [
      {
        id: `${name}-without-checkpoint`,
        about: `A ${name} where there is no checkpoint.`,
        main: [host(`proof.${name}`)],
        ...over,
        flags: ["checkpoints"],
        requirements: ["RUNTIME-HOST-132"],
        expect: { trap: "checkpoint" as const },
      },
      {
        id: `${name}-once-too-often`,
        about: `A ${name} after the only checkpoint has been closed.`,
        main: [host("proof.checkpoint"), host("proof.commit"), host(`proof.${name}`)],
        ...over,
        flags: ["checkpoints"],
        requirements: ["RUNTIME-HOST-132"],
        expect: { trap: "checkpoint" as const },
      },
    ]),
    {
      id: "value-over-key",
      about: "The value is read over its key.",
      data: [[64, A]],
      main: [log(host("proof.get", 64, 64)), logMemory(64, 32)],
      ...over,
      flags: ["aliasing"],
      expect: { log: [...logged(0), ...loggedMemory(value(0x11))] },
    },
    {
      id: "set-is-a-copy",
      about: "A value that is written is kept as it was.",
      data: [
        [64, C],
        [96, value(0x99)],
      ],
      main: [
        host("proof.set", 64, 96),
        host("eth2.loadPreStateRoot", 96),
        log(host("proof.get", 64, 128)),
        logMemory(128, 32),
      ],
      ...over,
      flags: ["aliasing"],
      expect: { log: [...logged(0), ...loggedMemory(value(0x99))] },
    },
  ];
}
