/**
 * A module loading hook that gives every flip a reference of its own: a URL that ends in `?flip=7` is loaded with flip
 * number 7, and what it imports gets the same ending. `?flip=none` is the control: the reference as it is.
 */
import { ALL_FLIPS } from "./all-flips.ts";

interface Loaded {
  format: string;
  source?: string | ArrayBuffer | Uint8Array;
  shortCircuit?: boolean;
}

const FLIP = /\?flip=(\d+|none)$/;
const REFERENCE = new URL("../../reference/", import.meta.url).href;

export async function resolve(
  specifier: string,
  context: { parentURL?: string },
  next: (specifier: string, context: object) => Promise<{ url: string }>,
): Promise<{ url: string }> {
  const resolved = await next(specifier, context);
  const [ending] = FLIP.exec(context.parentURL ?? "") ?? [];
  const isOurs = ending !== undefined && resolved.url.startsWith(REFERENCE);
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
