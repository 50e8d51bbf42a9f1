/**
 * Module loading hooks, which load changed references without writing to disk.
 *
 *   …/wire/dispatch.js?edit=7            edit number 7. Files that depend on the edited file are loaded again with the same
 *                                        ending; the other files keep no state between two calls and are shared.
 *   …/wire/dispatch.js?build=coverage    every file counts the mutants that are reached.
 *   …/wire/dispatch.js?build=switched    every file holds all of its mutants, of which `switch.ts` activates one.
 */
import { readdirSync, readFileSync } from "node:fs";
import { applyEdit, type Edit } from "./edit.ts";

interface Loaded {
  format: string;
  source?: string | ArrayBuffer | Uint8Array;
  shortCircuit?: boolean;
}

export interface Changes {
  readonly edits: readonly Edit[];
  readonly builds: Readonly<Record<string, ReadonlyMap<string, string>>>;
}

const REFERENCE = new URL("../../reference/", import.meta.url).href;
const ENDING = /\?(edit|build)=(\w+)$/;

let changes: Changes;

export function initialize(data: Changes): void {
  changes = data;
}

/** The URLs that each file of the reference imports. */
const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(new URL(REFERENCE), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const url = new URL(name.replaceAll("\\", "/"), REFERENCE).href;
      const imported = readFileSync(new URL(url), "utf8").matchAll(/(?:from|import\() ?"(\.[^"]+)"/g);
      return [url, [...imported].map(([, path]) => new URL(path, url).href)];
    }),
);

const dependants = new Map<string, ReadonlySet<string>>();

/** The file with this URL, and all files that depend on it. */
function dependantsOf(url: string): ReadonlySet<string> {
  let found = dependants.get(url);
  if (found === undefined) {
    const all = new Set([url]);
    for (let size = 0; size < all.size; ) {
      size = all.size;
      for (const [one, imported] of IMPORTS) if (imported.some((path) => all.has(path))) all.add(one);
    }
    found = all;
    dependants.set(url, found);
  }
  return found;
}

export async function resolve(
  specifier: string,
  context: { parentURL?: string },
  next: (specifier: string, context: object) => Promise<{ url: string }>,
): Promise<{ url: string }> {
  const resolved = await next(specifier, context);
  const [ending, kind, name] = ENDING.exec(context.parentURL ?? "") ?? [];
  if (ending === undefined || !resolved.url.startsWith(REFERENCE)) return resolved;
  const isOurs = kind === "build" || dependantsOf(REFERENCE + changes.edits[Number(name)].file).has(resolved.url);
  return isOurs ? { ...resolved, url: `${resolved.url}${ending}` } : resolved;
}

export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const [ending, kind, name] = ENDING.exec(url) ?? [];
  if (ending === undefined || !url.startsWith(REFERENCE)) return next(url, context);
  const file = url.slice(REFERENCE.length, -ending.length);
  if (kind === "build") {
    const source = changes.builds[name].get(file);
    if (source === undefined) throw new Error(`the build "${name}" has no file ${file}`);
    return { format: "module", source, shortCircuit: true };
  }
  const loaded = await next(url, context);
  const edit = changes.edits[Number(name)];
  if (file !== edit.file) return loaded;
  return { ...loaded, source: applyEdit(edit, Buffer.from(loaded.source as Uint8Array).toString()) };
}
