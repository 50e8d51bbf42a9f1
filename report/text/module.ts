/** The report on a module, as text and as JSON. */
import type { ModuleError } from "../../reference/runtime/faults.ts";
import type { FunctionType, Limits } from "../../reference/runtime/module.ts";
import type { ModuleContents, ModuleReport } from "../../workbench/module/inspect-module.ts";
import type { Trimmable } from "../../workbench/module/trimmable.ts";
import { type Cell, labelled, numberOf, type Style, table } from "./layout.ts";
import { printable } from "./printable.ts";

const LABEL = 15;
/** The maximum length of a printed name. */
const SHOWN_NAME = 60;
/** The maximum number of lines of a list without `--all`. */
const SHOWN_LINES = 12;

export interface ModuleTextOptions {
  readonly all: boolean;
}

/** Input: `name`, the name of the file. */
export function moduleText(name: string, report: ModuleReport, style: Style, options: ModuleTextOptions): string[] {
  const { contents, metering, sections } = report;
  const { paint } = style;
  const section = (label: string, lines: readonly string[]): string[] =>
    labelled(label, options.all ? lines : shortened(lines), style, LABEL);
  const verdict =
    report.refusal === undefined
      ? [`${paint.green("✓")} may be executed as ${report.role === "environment" ? "an" : "a"} ${report.role}`]
      : refusalLines(report.refusal, report).map((line, index) =>
          index === 0 ? `${paint.red("✗")} ${line}` : `  ${line}`,
        );
  const sizes = sections.map(({ id, name: title, start, end }) => {
    return [cell(id === 0 ? `custom ${shown(title)}` : title), cell(`${end - start}`), cell(`at ${start}`)];
  });
  return [
    paint.bold(printable(name)),
    ...verdict.map((line) => `  ${line}`),
    ...section("bytes", [String(report.bytes)]),
    ...(contents === undefined ? [] : contentLines(contents, section)),
    ...section("sections", table(sizes)),
    ...(contents === undefined ? [] : section("functions", functionTable(report, contents))),
    ...(metering === undefined ? [] : section("gas", [`${metering.instantiation} to instantiate it`])),
    ...(metering === undefined ? [] : section("to be trimmed", trimmableLines(metering.trimmable, contents))),
  ];
}

type Section = (label: string, lines: readonly string[]) => string[];

function contentLines({ imports, exports, memory, table: elements }: ModuleContents, section: Section): string[] {
  return [
    ...section(
      "imports",
      imports.map(({ module, name, type, isOffered }) => {
        return `${shown(`${module}.${name}`)} ${signature(type)}${isOffered ? "" : ", not offered by the host"}`;
      }),
    ),
    ...section(
      "exports",
      exports.map(({ name, kind, index, type }) => {
        return `${shown(name)}, ${kind} ${index}${type === undefined ? "" : ` ${signature(type)}`}`;
      }),
    ),
    ...(memory === undefined ? [] : section("memory", [limitsText(memory, "page")])),
    ...(elements === undefined ? [] : section("table", [limitsText(elements, "element")])),
  ];
}

function refusalLines({ reason, message, place }: ModuleError, { contents, otherRoles }: ModuleReport): string[] {
  const name = contents?.functions.find(({ index }) => index === place.function)?.name;
  const named = name === undefined || name === `#${place.function}` ? "" : ` ${shown(name)}`;
  const inFunction = place.function === undefined ? "" : `, function ${place.function}${named}`;
  return [
    `refused: ${reason}: ${printable(message, 300)}`,
    `section ${place.section}, byte ${place.offset}${inFunction}`,
    ...otherRoles.slice(0, 1).map((role) => `as a ${role} it may be executed: --role ${role}`),
  ];
}

function functionTable({ metering }: ModuleReport, { functions }: ModuleContents): string[] {
  if (functions.length === 0) return [];
  const head = ["index", "name", "bytes", "locals", ...(metering === undefined ? [] : ["gas", "frame"])];
  const rows = functions
    .map((one, position) => ({ one, gas: metering?.gas[position], frame: metering?.frames[position] }))
    .sort((a, b) => b.one.bytes - a.one.bytes || a.one.index - b.one.index)
    .map(({ one, gas, frame }) => [
      cell(String(one.index)),
      cell(shown(one.name)),
      cell(String(one.bytes)),
      cell(String(one.locals)),
      ...(gas === undefined ? [] : [cell(String(gas)), cell(String(frame))]),
    ]);
  return table([head.map(cell), ...rows], { left: [1] });
}

function trimmableLines(parts: readonly Trimmable[], contents: ModuleContents | undefined): string[] {
  const nameOf = (index: number | undefined): string =>
    contents?.functions.find((one) => one.index === index)?.name ?? `#${index}`;
  return parts.map(({ kind, name, index, bytes }) => {
    if (kind === "custom section") return `${numberOf(bytes, "byte")}: custom section ${shown(name ?? "")} (--strip)`;
    const part = kind === "import" ? `import ${shown(name ?? "")}` : `function ${index} ${shown(nameOf(index))}`;
    return `${numberOf(bytes, "byte")}: ${part}, unreachable`;
  });
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= SHOWN_LINES + 1) return lines;
  return [...lines.slice(0, SHOWN_LINES), `… and ${lines.length - SHOWN_LINES} more (--all)`];
}

function limitsText({ min, max }: Limits, unit: string): string {
  return `${numberOf(min, unit)}, ${max === undefined ? "without a maximum" : `at most ${max}`}`;
}

function signature({ params, results }: FunctionType): string {
  return `(${params.join(", ")}) → (${results.join(", ")})`;
}

const shown = (text: string): string => printable(text === "" ? '""' : text, SHOWN_NAME);
const cell = (text: string): Cell => ({ text });

export function moduleJson(file: string, report: ModuleReport): object {
  const { role, bytes, refusal, sections, contents, metering } = report;
  return {
    file,
    role,
    bytes,
    accepted: refusal === undefined,
    ...(refusal === undefined
      ? {}
      : { refusal: { reason: refusal.reason, message: refusal.message, ...refusal.place } }),
    sections: sections.map(({ id, name, start, end }) => ({ id, name, offset: start, bytes: end - start })),
    ...(report.otherRoles.length === 0 ? {} : { acceptedAs: report.otherRoles }),
    ...(contents === undefined ? {} : contentsJson(contents, report)),
    ...(metering === undefined ? {} : { instantiationGas: metering.instantiation, trimmable: metering.trimmable }),
  };
}

function contentsJson(contents: ModuleContents, { metering }: ModuleReport): object {
  const { imports, exports, memory = null, table: elements = null, functions } = contents;
  return {
    imports: imports.map(({ module, name, type, isOffered }) => ({ module, name, ...type, offered: isOffered })),
    exports: exports.map(({ name, kind, index, type = {} }) => ({ name, kind, index, ...type })),
    memory: limitsJson(memory),
    table: limitsJson(elements),
    functions: functions.map((one, position) => {
      const { gas, frames } = metering ?? {};
      return gas === undefined ? one : { ...one, gas: gas[position], frame: frames?.[position] };
    }),
  };
}

function limitsJson(limits: Limits | null): object | null {
  return limits === null ? null : { min: limits.min, max: limits.max ?? null };
}
