/**
 * Some tests ask everything of everything, which takes minutes: CI does, and whoever sets TESTS=all. Every day a part is
 * asked; a test that takes a part says so in its name.
 */
const { CI, TESTS } = process.env;

export const isThorough: boolean = TESTS === "all" || (Boolean(CI) && CI !== "false");

/** How a test calls its part. */
export function partName(oneIn: number): string {
  return isThorough ? "every" : `every ${oneIn}th`;
}

/** For a test that is asked in CI alone, or with TESTS=all. */
export const inCiAlone: { readonly skip?: string } = isThorough ? {} : { skip: "asked in CI, and with TESTS=all" };

/** Whether an item belongs to the part, by its place. */
export function isInPart(place: number, oneIn: number): boolean {
  return isThorough || place % oneIn === 0;
}
