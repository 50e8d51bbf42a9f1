/** The description of one case: its request, its expectation, and the reason for it. */

import { caseDigest } from "../../harness/cases/digest.ts";
import type { Flag, LoadedFile } from "../../harness/cases/load.ts";
import { expectsResult, type VectorCase } from "../../harness/cases/vector.ts";
import { pictureLines } from "../picture/draw-text.ts";
import type { Picture } from "../picture/picture.ts";
import { callLines, flagText } from "./failure.ts";
import { labelled, type Style, wrap } from "./layout.ts";
import { paragraph, printable, printableLines } from "./printable.ts";
import { memberLines } from "./value.ts";

const LABEL_WIDTH = 14;
const INDENT = "  ";

/** The data that an explanation needs besides the case. */
export interface ExplainSources {
  readonly flags: Readonly<Record<string, Flag>>;
  readonly requirements: ReadonlyMap<string, { readonly text: string }>;
  /** The file that contains the case. */
  readonly file: LoadedFile;
  readonly picture: Picture;
}

export function explainText(vector: VectorCase, sources: ExplainSources, style: Style): string[] {
  const { flags, requirements, file, picture } = sources;
  const { paint, width } = style;
  const room = width - LABEL_WIDTH - 2;
  const section = (label: string, lines: readonly string[]): string[] => labelled(label, lines, style, LABEL_WIDTH);
  const prose = (label: string, text: string): string[] => section(label, wrap(paragraph(text), room));
  const confirmedBy = file.file["confirmed-by"];
  return [
    paint.bold(vector.id),
    "",
    ...prose("about", vector.about),
    ...prose("theme", file.file.about),
    ...section("kind", [`${vector.kind}; role ${vector.role}, ${vector.profile} profile`]),
    "",
    ...section("calls", callLines(vector, room)),
    ...(vector.wat === undefined ? [] : section("module", printableLines(vector.wat))),
    ...section("expects", expectationLines(vector, room)),
    ...section("budget", budgetLines(vector)),
    "",
    ...pictureLines(picture, { paint, width: width - INDENT.length }).map((line) => `${INDENT}${line}`.trimEnd()),
    "",
    ...vector.requirements.flatMap((id) => prose(id, requirements.get(id)?.text ?? "(not in the specification)")),
    ...vector.flags.flatMap((name) => ["", ...flagLines(name, flags[name], section, room)]),
    "",
    ...section("file", [`vectors/${vector.file}`]),
    ...prose("source", file.file.source),
    ...(confirmedBy === undefined ? [] : prose("confirmed by", confirmedBy.join("; "))),
    ...section("sha256", [caseDigest(vector)]),
    ...section("run it", [paint.cyan(`npx proofhouse check <manifest> --case ${vector.id}${strictOption(vector)}`)]),
  ];
}

/** The option that a command needs to select a strict case. */
export function strictOption({ profile }: VectorCase): string {
  return profile === "strict" ? " --profile strict" : "";
}

function expectationLines({ expect }: VectorCase, room: number): string[] {
  if (expectsResult(expect)) {
    const members = memberLines(expect.result, room);
    return members.length === 0 ? ["an empty result"] : ["exactly this result", ...members];
  }
  const [preferred, ...others] = expect.error;
  const or =
    others.length === 0
      ? []
      : wrap(`${others.join(" or ")} is accepted too: implementations may check in a different order`, room);
  const details = expect.details === undefined ? [] : ["with these details", ...memberLines(expect.details, room)];
  return [`to be rejected as ${preferred}`, ...details, ...or];
}

function budgetLines({ budget }: VectorCase): string[] {
  const { proofBytes, hashes } = budget ?? {};
  const parts = [
    ...(proofBytes === undefined ? [] : [`at most ${proofBytes} bytes of proof`]),
    ...(hashes === undefined ? [] : [`at most ${hashes} hashes`]),
  ];
  return parts.length === 0 ? [] : [parts.join(", ")];
}

function flagLines(
  name: string,
  flag: Flag | undefined,
  section: (label: string, lines: readonly string[]) => string[],
  room: number,
): string[] {
  if (flag === undefined) return section("flag", [`${name} (not in vectors/flags.yaml)`]);
  return [
    ...section("flag", wrap(flagText(name, flag), room)),
    ...section("", wrap(paragraph(flag.about), room)),
    ...section(
      "see",
      (flag.references ?? []).map((reference) => printable(reference)),
    ),
  ];
}
