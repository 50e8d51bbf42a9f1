/** The run of a Scout test as text: every block, then the differences from the file. */
import { toHex } from "../../reference/core/bytes.ts";
import type { DepositComparison, ScoutResult, StateComparison } from "../../workbench/scout/run-scout.ts";
import { gasText, rejectionText } from "./execution.ts";
import { type Cell, labelled, numberOf, type Style, table } from "./layout.ts";
import { printable } from "./printable.ts";

/** The maximum number of listed deposits; the file and --json contain all of them. */
const LISTED_DEPOSITS = 8;

export function scoutText(name: string, result: ScoutResult, exactDeposits: boolean, style: Style): string[] {
  const { blocks, states, deposits, passed } = result;
  const verdict = passed
    ? style.paint.green(`✓ ${numberOf(states.length, "state")} as expected`)
    : style.paint.red("✗ not as expected");
  return [
    style.paint.bold(printable(name)),
    ...table(blocks.map((block, index) => blockRow(block, index))).map((line) => `  ${line}`),
    ...states.filter(({ isEqual }) => !isEqual).flatMap((state) => stateLines(state, style)),
    ...depositLines(deposits, exactDeposits, style),
    "",
    verdict,
  ];
}

function blockRow(block: ScoutResult["blocks"][number], index: number): Cell[] {
  const about = [{ text: `block ${index}` }, { text: `environment ${block.environment}` }];
  if (block.kind === "rejected") return [...about, { text: rejectionText(block.error) }];
  const { gasUsed, deposits } = block.result;
  return [...about, { text: `${gasText(gasUsed)} gas` }, { text: numberOf(deposits.length, "deposit") }];
}

function stateLines({ environment, expected, actual }: StateComparison, style: Style): string[] {
  return [
    `  ${style.paint.red("✗")} the state of environment ${environment} differs`,
    ...labelled("    expected", [toHex(expected)], style, 14),
    ...labelled("    actual", [toHex(actual)], style, 14),
  ];
}

function depositLines(comparison: DepositComparison | undefined, exactDeposits: boolean, style: Style): string[] {
  if (comparison === undefined) return ["  the file lists no deposits, so deposits are not compared"];
  const { expected, actual, missing, isEqual } = comparison;
  if (isEqual) return [];
  const counts = `${numberOf(actual.length, "deposit")} pushed, ${expected.length} expected`;
  if (missing.length > 0) {
    const listed = missing.slice(0, LISTED_DEPOSITS).map(toHex);
    const others = missing.length > listed.length ? [`and ${missing.length - listed.length} more`] : [];
    return [
      `  ${style.paint.red("✗")} ${counts}; not pushed:`,
      ...[...listed, ...others].map((line) => `      ${line}`),
    ];
  }
  if (exactDeposits) return [`  ${style.paint.red("✗")} ${counts}; the lists differ`];
  const consequence = "Scout accepts this, --exact-deposits does not";
  return [`  ${style.paint.yellow("!")} ${counts}: every expected deposit is among them; ${consequence}`];
}
