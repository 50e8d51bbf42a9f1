/** The built environments of this repository. */
import { readFileSync } from "node:fs";
import { packagePath } from "../../harness/files/package-root.ts";

export const ENVIRONMENT_NAMES = ["bazaar", "counter", "hello", "token-in-place", "token-proof"] as const;

export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

export function environmentCode(name: EnvironmentName): Uint8Array {
  return new Uint8Array(readFileSync(packagePath("dist", "environments", `${name}.wasm`)));
}
