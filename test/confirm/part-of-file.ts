/** Parses only the part of each vector file that runs, because parsing YAML takes longer than running the cases. */
import { parse } from "yaml";
import { isInPart, isThorough } from "../sample.ts";

export interface PartOfFile<File> {
  /** Contains only the cases of the part. */
  readonly file: File;
  /** The number of cases in the text, so that a case that the parser loses is noticed. */
  readonly written: number;
}

/** Input: `before` is the number of cases in the files before this one. */
export function parsePart<File extends { readonly cases: readonly unknown[] }>(
  text: string,
  before: number,
  oneIn: number,
): PartOfFile<File> {
  const [header, ...cases] = text.split(/^(?= {2}- id: )/m);
  const written = cases.length;
  if (isThorough) return { file: parse(text) as File, written };
  const part = cases.filter((_, index) => isInPart(before + index, oneIn));
  const { cases: parsed, ...file } = parse(`${header}${part.join("")}`) as File;
  return { file: { ...file, cases: parsed ?? [] } as unknown as File, written };
}

/** Parses the parts of several files, in order. */
export function parseParts<File extends { readonly cases: readonly unknown[] }>(
  texts: readonly string[],
  oneIn: number,
): PartOfFile<File>[] {
  let before = 0;
  return texts.map((text) => {
    const part = parsePart<File>(text, before, oneIn);
    before += part.written;
    return part;
  });
}
