/** A reporter for `node --test` that prints every skipped test and every todo test, one on a line. */

// biome-ignore lint/style/noDefaultExport: Node takes a reporter by its default export.
export default async function* skippedTests(source) {
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { skip, todo, file, name } = data;
    const reason = skip ?? todo;
    if (reason === undefined) continue;
    yield `${file}: ${name}${typeof reason === "string" && reason !== "" ? ` (${reason})` : ""}\n`;
  }
}
