/** Executions of blocks as JSON, with values in the form that the interface uses. */
import { toHex, toQuantity } from "../../reference/core/bytes.ts";
import type { ProofError } from "../../reference/core/errors.ts";
import { writeRecording, writeResult } from "../../reference/wire/runtime-values.ts";
import type { GasLine } from "../../workbench/execution/gas-profile.ts";
import type { BlockReport } from "../../workbench/execution/run-sequence.ts";
import type { ScoutResult } from "../../workbench/scout/run-scout.ts";

export function blockJson({ preStateRoot, outcome, recording, hostCalls, gas, running }: BlockReport): object {
  return {
    preStateRoot: toHex(preStateRoot),
    ...(outcome.kind === "executed" ? writeResult(outcome.result) : { ...errorJson(outcome.error), running }),
    ...(recording === undefined ? {} : writeRecording(recording)),
    hostCalls: hostCalls.map(lineJson),
    ...(gas === undefined ? {} : { gasByFunction: gas.map(lineJson) }),
  };
}

export function scoutJson({ blocks, states, deposits, passed }: ScoutResult): object {
  return {
    passed,
    blocks: blocks.map((block) => ({
      environment: block.environment,
      ...(block.kind === "executed" ? writeResult(block.result) : errorJson(block.error)),
    })),
    states: states.map(({ environment, expected, actual, isEqual }) => {
      return { environment, expected: toHex(expected), actual: toHex(actual), isEqual };
    }),
    ...(deposits === undefined
      ? {}
      : {
          deposits: {
            expected: deposits.expected.map(toHex),
            actual: deposits.actual.map(toHex),
            missing: deposits.missing.map(toHex),
            isEqual: deposits.isEqual,
          },
        }),
  };
}

function errorJson({ class: errorClass, message, details }: ProofError): object {
  return { error: { class: errorClass, message, details } };
}

function lineJson({ name, calls, gas }: GasLine): object {
  return { function: name, calls, gas: toQuantity(gas) };
}
