/**
 * The parts in which vectors are built. A part that is built by itself has the bytes that a whole build gives it.
 *
 * A generator is the smallest unit that runs: its files depend on each other, because a case that an earlier file has is
 * dropped from a later one (`without-repeats.ts`), and on no other generator. Only the generators of a part are loaded.
 */

import type { VectorFile } from "../../harness/cases/vector.ts";
import { didYouMean } from "../../harness/usage/nearest.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";

export interface Generator {
  /** The suites that it writes, or the folders that they lie in. No other generator writes there. */
  readonly owns: readonly string[];
  generate(): Promise<readonly VectorFile[]>;
}

export const GENERATORS: readonly Generator[] = [
  {
    owns: ["proof/agreement"],
    generate: async () => [
      ...(await import("./proof/agreement/same-facts.ts")).agreementFiles(),
      ...(await import("./proof/agreement/same-map.ts")).agreementMapFiles(),
    ],
  },
  { owns: ["proof/patricia"], generate: async () => (await import("./proof/patricia/files.ts")).patriciaFiles() },
  { owns: ["proof/radix"], generate: async () => (await import("./proof/radix/files.ts")).radixFiles() },
  { owns: ["proof/sparse"], generate: async () => (await import("./proof/sparse/files.ts")).sparseFiles() },
  { owns: ["proof/ssz"], generate: async () => (await import("./proof/ssz/files.ts")).sszFiles() },
  { owns: ["proof/state"], generate: async () => (await import("./proof/state/files.ts")).stateFiles() },
  {
    owns: ["runtime/execute", "runtime/meter", "runtime/validate"],
    generate: async () => (await import("./runtime/files.ts")).runtimeFiles(),
  },
  {
    owns: ["runtime/bignum", "runtime/child", "runtime/host", "runtime/record", "runtime/stateless"],
    generate: async () => (await import("./runtime/executor-files.ts")).hostFiles(),
  },
];

/** Whether `name`, a suite or a folder of suites, lies in the folder `part` or is it. */
export function isWithin(name: string, part: string): boolean {
  return name === part || name.startsWith(`${part}/`);
}

const OWNED: readonly string[] = GENERATORS.flatMap(({ owns }) => owns);
const AREAS: readonly string[] = [...new Set(OWNED.map((name) => name.slice(0, name.indexOf("/"))))];

const withoutArea = (name: string): string => name.slice(name.indexOf("/") + 1);

/**
 * Input:  an area (`runtime`), a backend or suite (`proof/sparse`, `runtime/meter`, `proof/ssz/compact`), or one of these
 *         without its area (`sparse`, `ssz/compact`); also as a folder of `vectors/`.
 * Output: the part with its area. Whether a suite below a backend exists, only its generator knows.
 * Errors: UsageError, with the nearest names.
 */
export function readPart(text: string): string {
  const name = text.replace(/^(?:\.\/)?(?:vectors\/)?/, "").replace(/\/+$/, "");
  const owned = OWNED.find((owner) => isWithin(name, owner) || isWithin(name, withoutArea(owner)));
  if (owned !== undefined) return isWithin(name, owned) ? name : `${owned}${name.slice(withoutArea(owned).length)}`;
  if (AREAS.includes(name)) return name;
  throw unknownPart(text, [...AREAS, ...OWNED, ...OWNED.map(withoutArea)]);
}

export function unknownPart(text: string, names: readonly string[]): UsageError {
  const hint = didYouMean(text, names) || `; expected one of ${[...AREAS, ...OWNED].join(", ")}, or a suite in one`;
  return new UsageError(`there is no part ${JSON.stringify(text)} of the vectors${hint}`);
}

/** The generators that write into any of `parts`; all of them where there is none. */
export function generatorsOf(parts: readonly string[]): Generator[] {
  const reaches = ({ owns }: Generator): boolean =>
    owns.some((owner) => parts.some((part) => isWithin(part, owner) || isWithin(owner, part)));
  return GENERATORS.filter((generator) => parts.length === 0 || reaches(generator));
}
