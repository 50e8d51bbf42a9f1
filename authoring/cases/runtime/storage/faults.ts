/** Cases in which an execution over a state ends with an error, by suite. */
import type { HostCase } from "../host/cases.ts";
import { proofFunctions } from "./proof-functions.ts";
import { recordingFaults } from "./recording-faults.ts";
import { prefixKeys, sszKeys, storedValues } from "./stored-values.ts";
import { proofFaults, requests, uncovered } from "./uncovered-keys.ts";

const REQUIREMENTS = [
  "RUNTIME-GEN-004",
  "RUNTIME-GEN-006",
  "RUNTIME-GEN-007",
  "RUNTIME-STATE-002",
  "RUNTIME-STATE-003",
  "RUNTIME-STATE-031",
  "RUNTIME-STATE-032",
  "RUNTIME-STATE-033",
  "RUNTIME-STATE-036",
  "RUNTIME-STATE-037",
];

type Suite = readonly [suite: string, requirements: readonly string[], cases: readonly HostCase[]];

export function stateFaults(): Suite[] {
  return [
    [
      "runtime/stateless",
      [
        ...REQUIREMENTS,
        "RUNTIME-STATE-010",
        "RUNTIME-STATE-011",
        "RUNTIME-STATE-012",
        "RUNTIME-STATE-013",
        "RUNTIME-STATE-039",
        "RUNTIME-STATE-040",
        "RUNTIME-STATE-042",
        "RUNTIME-STATE-043",
        "RUNTIME-STATE-044",
        "RUNTIME-STATE-045",
        "RUNTIME-STATE-046",
        "RUNTIME-STATE-047",
      ],
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
    [
      "runtime/record",
      [
        "RUNTIME-GEN-002",
        "RUNTIME-GEN-005",
        "RUNTIME-GEN-007",
        "RUNTIME-STATE-011",
        "RUNTIME-STATE-012",
        "RUNTIME-STATE-020",
        "RUNTIME-STATE-032",
        "RUNTIME-STATE-036",
        "RUNTIME-STATE-041",
        "RUNTIME-STATE-048",
        "RUNTIME-STATE-055",
      ],
      recordingFaults(),
    ],
  ];
}
