/**
 * Some tests are exhaustive and take minutes. They run completely in CI and with TESTS=all. Otherwise they are skipped or
 * run a part, which their names then state.
 */
const { CI, TESTS } = process.env;

export const isThorough: boolean = TESTS === "all" || (Boolean(CI) && CI !== "false");

/** The name of the part, for the name of a test. */
export function partName(oneIn: number): string {
  return isThorough ? "every" : `every ${oneIn}th`;
}

/** Options of a test that runs only in CI or with TESTS=all. */
export const inCiAlone: { readonly skip?: string } = isThorough ? {} : { skip: "runs in CI and with TESTS=all" };

/** Whether an item belongs to the part. Input: `place`, the index of the item. */
export function isInPart(place: number, oneIn: number): boolean {
  return isThorough || place % oneIn === 0;
}
