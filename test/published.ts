/** Published files to check against, which may lie beside the project. */
import { fileURLToPath } from "node:url";

/** The path of one of them. It need not be there: who reads it says so, and skips. */
export function publishedPath(name: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
}
