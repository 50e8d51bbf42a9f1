/** A reporter for `node --test` that writes the time of every test file as a line of JSON, `[path, milliseconds]`. */
import { resolve } from "node:path";

// biome-ignore lint/style/noDefaultExport: Node takes a reporter by its default export.
export default async function* fileTimes(source) {
  for await (const { type, data } of source) {
    // A file is a test that has the path of the file for a name, and holds the others.
    if (type !== "test:complete" || data.nesting !== 0 || data.file === undefined) continue;
    if (resolve(data.name) !== resolve(data.file)) continue;
    yield `${JSON.stringify([data.file, data.details.duration_ms])}\n`;
  }
}
