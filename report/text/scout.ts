/** A Scout test's run as text: every block, then what came out otherwise than the file says. */
import { toHex } from "../../reference/core/bytes.ts";
import type { DepositComparison, ScoutResult, StateComparison } from "../../workbench/scout/run-scout.ts";
import { gasText, rejectionText } from "./execution.ts";
import { type Cell, labelled, numberOf, type Style, table } from "./layout.ts";
import { printable } from "./printable.ts";

/** Most deposits that are listed: what they are is in the file, or in --json. */
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
  if (comparison === undefined) return ["  the file lists no deposits, so they are not compared"];
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
  const consequence = "that is enough for Scout, and --exact-deposits would fail";
  return [`  ${style.paint.yellow("!")} ${counts}: every expected one is among them; ${consequence}`];
}
