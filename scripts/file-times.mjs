/** A reporter for `node --test` that writes the duration of every test file as a line of JSON: `[path, milliseconds]`. */
import { resolve } from "node:path";

// biome-ignore lint/style/noDefaultExport: Node takes a reporter by its default export.
export default async function* fileTimes(source) {
  for await (const { type, data } of source) {
    // Node reports a file as a test whose name is the path of the file.
    if (type !== "test:complete" || data.nesting !== 0 || data.file === undefined) continue;
    if (resolve(data.name) !== resolve(data.file)) continue;
    yield `${JSON.stringify([data.file, data.details.duration_ms])}\n`;
  }
}
