/** Reads vector files as they lie on disk, of each no more than is asked: parsing YAML takes longer than asking. */
import { parse } from "yaml";
import { isInPart, isThorough } from "../sample.ts";

export interface PartOfFile<File> {
  /** With the cases of the part alone. */
  readonly file: File;
  /** Cases in the text, so that one which the parser drops is missed. */
  readonly written: number;
}

/** `before` is the number of cases in the files before this one. */
export function parsePart<File extends { readonly cases: readonly unknown[] }>(
  text: string,
  before: number,
  oneIn: number,
): PartOfFile<File> {
  const [header, ...cases] = text.split(/^(?= {2}- id: )/m);
  const written = cases.length;
  if (isThorough) return { file: parse(text) as File, written };
  const part = cases.filter((_, place) => isInPart(before + place, oneIn));
  const { cases: parsed, ...file } = parse(`${header}${part.join("")}`) as File;
  return { file: { ...file, cases: parsed ?? [] } as unknown as File, written };
}

/** The parts of several files, in their order. */
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
