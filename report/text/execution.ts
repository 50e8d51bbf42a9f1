/** Executions of blocks as text: roots, deposits, gas by function, the log. */
import { toHex } from "../../reference/core/bytes.ts";
import type { ProofError } from "../../reference/core/errors.ts";
import type { LogItem } from "../../reference/runtime/host/execution.ts";
import type { Recording } from "../../reference/runtime/storage/recorder.ts";
import type { GasLine } from "../../workbench/execution/gas-profile.ts";
import type { BlockReport } from "../../workbench/execution/run-sequence.ts";
import { type Cell, labelled, numberOf, type Style, table } from "./layout.ts";
import { printable } from "./printable.ts";

const LABEL = 17;
/** The maximum number of named functions on the call stack. */
const SHOWN_CALLS = 8;
const SHOWN_NAME = 100;

/** Groups the digits by three. */
export function gasText(gas: bigint): string {
  return gas.toString().replaceAll(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, " ");
}

/** The reason for a rejection on one line. */
export function rejectionText({ class: errorClass, message, details }: ProofError): string {
  const reason = details.reason === undefined ? "" : ` (${details.reason})`;
  const charged = typeof details.charged === "string" ? `, after ${gasText(BigInt(details.charged))} gas` : "";
  return `rejected: ${errorClass}${reason}: ${printable(message, 300)}${charged}`;
}

export function blockText(block: BlockReport, index: number, gasLimit: bigint, style: Style): string[] {
  const { preStateRoot, outcome, recording, hostCalls, gas, running } = block;
  return [
    style.paint.bold(`block ${index}`),
    ...labelled("pre-state root", [toHex(preStateRoot)], style, LABEL),
    ...(outcome.kind === "rejected"
      ? [
          `  ${style.paint.red("✗")} ${rejectionText(outcome.error)}`,
          ...labelled("in", placeLines(running), style, LABEL),
        ]
      : resultLines(outcome, gasLimit, style)),
    ...(recording === undefined ? [] : labelled("state", [stateText(recording)], style, LABEL)),
    ...labelled("host calls", gasTable(hostCalls), style, LABEL),
    ...(gas === undefined ? [] : labelled("gas by function", gasTable(gas, true), style, LABEL)),
  ];
}

function stateText({ reads, writes }: Recording): string {
  return `${numberOf(reads.length, "key")} read, ${writes.length} written`;
}

function placeLines(running: readonly string[]): string[] {
  if (running.length === 0) return [];
  const shown = running
    .slice(-SHOWN_CALLS)
    .map((name) => printable(name, SHOWN_NAME))
    .join(" → ");
  return [running.length > SHOWN_CALLS ? `… → ${shown}` : shown];
}

function resultLines(
  outcome: Extract<BlockReport["outcome"], { kind: "executed" }>,
  gasLimit: bigint,
  style: Style,
): string[] {
  const { postStateRoot, deposits, gasUsed, log } = outcome.result;
  return [
    ...labelled("post-state root", [toHex(postStateRoot)], style, LABEL),
    ...labelled("deposits", deposits.length === 0 ? ["none"] : deposits.map(toHex), style, LABEL),
    ...labelled("gas", [`${gasText(gasUsed)} of ${gasText(gasLimit)}`], style, LABEL),
    ...labelled("log", log.map(logLine), style, LABEL),
  ];
}

/** Prints the bytes in hex, and also as text if they are printable text. */
function logLine({ function: name, data }: LogItem): string {
  const text = new TextDecoder().decode(data);
  const isText = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}]+$/u.test(text) && !text.includes("\ufffd");
  return `${printable(name)} ${printable(toHex(data))}${isText ? ` "${printable(text)}"` : ""}`;
}

/** A share is the part of a line in the gas of all lines. */
function gasTable(lines: readonly GasLine[], withShares = false): string[] {
  const all = lines.reduce((sum, { gas }) => sum + gas, 0n);
  const rows = lines.map(({ name, calls, gas }): Cell[] => [
    { text: printable(name, SHOWN_NAME) },
    { text: calls === 0 ? "" : `${calls} ×` },
    { text: gasText(gas) },
    ...(withShares && all > 0n ? [{ text: `${(Number((1000n * gas) / all) / 10).toFixed(1)} %` }] : []),
  ]);
  return table(rows);
}
