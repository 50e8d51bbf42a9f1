/** Published test files, which may be in a folder beside the project. */
import { fileURLToPath } from "node:url";

/** Returns the path of a file, which may not exist. A test that reads it is then skipped. */
export function publishedPath(name: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
}
