/** What ends an execution over a state with an error, suite by suite. */
import type { HostCase } from "../host/cases.ts";
import { proofFunctions } from "./proof-functions.ts";
import { recordingFaults } from "./recording-faults.ts";
import { prefixKeys, sszKeys, storedValues } from "./stored-values.ts";
import { proofFaults, requests, uncovered } from "./uncovered-keys.ts";

const REQUIREMENTS = ["RUNTIME-STATE-002", "RUNTIME-STATE-003", "RUNTIME-GEN-002", "RUNTIME-GEN-004"];

type Suite = readonly [suite: string, requirements: readonly string[], cases: readonly HostCase[]];

export function stateFaults(): Suite[] {
  return [
    [
      "runtime/stateless",
      [...REQUIREMENTS, "RUNTIME-STATE-010", "RUNTIME-STATE-011", "RUNTIME-STATE-012", "RUNTIME-STATE-013"],
      [
        ...uncovered(),
        ...proofFaults(),
        ...requests(),
        ...storedValues(),
        ...sszKeys(),
        ...prefixKeys(),
        ...proofFunctions(),
      ],
    ],
    ["runtime/record", ["RUNTIME-STATE-020", "RUNTIME-STATE-023", "RUNTIME-GEN-002"], recordingFaults()],
  ];
}
