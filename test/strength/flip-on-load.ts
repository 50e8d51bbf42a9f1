/**
 * A module loading hook that gives every flip a reference of its own: a URL that ends in `?flip=7` is loaded with flip
 * number 7, and of what it imports what depends on the flipped file gets the same ending. The rest, which keeps nothing
 * between two calls that could tell, is loaded once. `?flip=none` is the control: the reference as it is.
 */
import { readdirSync, readFileSync } from "node:fs";
import { ALL_FLIPS } from "./all-flips.ts";

interface Loaded {
  format: string;
  source?: string | ArrayBuffer | Uint8Array;
  shortCircuit?: boolean;
}

const FLIP = /\?flip=(\d+|none)$/;
const REFERENCE = new URL("../../reference/", import.meta.url).href;

/** What each file of the reference imports, as URLs. */
const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(new URL(REFERENCE), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const url = new URL(name, REFERENCE).href;
      const imported = readFileSync(new URL(url), "utf8").matchAll(/(?:from|import\() ?"(\.[^"]+)"/g);
      return [url, [...imported].map(([, path]) => new URL(path, url).href)];
    }),
);

const dependants = new Map<string, ReadonlySet<string>>();

/** The URLs of the file with this URL and of all that depends on it. */
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
  const [ending, index] = FLIP.exec(context.parentURL ?? "") ?? [];
  if (ending === undefined || index === "none") return resolved;
  const isOurs = dependantsOf(`${REFERENCE}${ALL_FLIPS[Number(index)].file}.js`).has(resolved.url);
  return isOurs ? { ...resolved, url: `${resolved.url}${ending}` } : resolved;
}

export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const loaded = await next(url, context);
  const [ending, index] = FLIP.exec(url) ?? [];
  if (ending === undefined || index === "none") return loaded;
  const { file, find, replace } = ALL_FLIPS[Number(index)];
  if (url !== `${REFERENCE}${file}.js${ending}`) return loaded;
  const source = Buffer.from(loaded.source as Uint8Array).toString();
  return { ...loaded, source: source.replace(find, () => replace) };
}
