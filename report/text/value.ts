/** Short texts for JSON values: long values are shortened, recipes are described. */
import type { Json, JsonObject } from "../../runners/lane.ts";
import { numberOf, wrap } from "./layout.ts";
import { printable } from "./printable.ts";

/** Hex strings of more bytes are shortened to their two ends. */
const WHOLE_BYTES = 20;

/** Objects with at most this many members are never cut, because the names matter. */
const FEW_MEMBERS = 8;

/** Returns `value` on one line of about `length` characters. */
export function valueText(value: Json, length: number): string {
  if (typeof value === "string") return stringText(value, length);
  if (Array.isArray(value)) return listText(value, length);
  if (typeof value !== "object" || value === null) return String(value);
  const recipe = recipeText(value as JsonObject, length);
  if (recipe !== undefined) return recipe;
  const members = Object.entries(value).map(([name, member]) => `${printable(name, 60)}: ${valueText(member, length)}`);
  return members.length <= FEW_MEMBERS ? `{${members.join(", ")}}` : `{${joined(members, length)}}`;
}

/** Returns the members of an object, one on each line; nested objects are indented. */
export function memberLines(value: JsonObject, length: number): string[] {
  const pad = Math.max(0, ...Object.keys(value).map((name) => name.length)) + 2;
  return Object.entries(value).flatMap(([name, member]) => {
    const label = printable(name, 60).padEnd(pad);
    const room = length - pad;
    const lines = isPlainObject(member) ? memberLines(member as JsonObject, room) : wrap(valueText(member, room), room);
    return lines.map((line, index) => (index === 0 ? label : " ".repeat(pad)) + line);
  });
}

function isPlainObject(value: Json): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length > 0 && recipeText(value as JsonObject, 80) === undefined;
}

function stringText(text: string, length: number): string {
  if (!/^0x[0-9a-f]*$/.test(text)) return JSON.stringify(printable(text, length));
  if (text.length <= 2 + 2 * WHOLE_BYTES) return text;
  return `${shortHex(text)} (${Math.ceil((text.length - 2) / 2)} bytes)`;
}

function shortHex(hex: string): string {
  return `${hex.slice(0, 10)}…${hex.slice(-8)}`;
}

/** Returns a message of an implementation on one line, with long hex strings shortened. */
export function messageText(message: string): string {
  return printable(message, 500).replaceAll(/0x[0-9a-f]{41,}/g, shortHex);
}

function listText(items: readonly Json[], length: number): string {
  // A byte count is omitted for nodes of 32 bytes, because every item would repeat it.
  const texts = items.slice(0, 64).map((item) => {
    const text = valueText(item, length);
    return typeof item === "string" && item.length === 66 ? text.replace(" (32 bytes)", "") : text;
  });
  return `[${joined(texts, length, items.length)}]`;
}

function joined(texts: readonly string[], length: number, total = texts.length): string {
  const shown: string[] = [];
  // Reserved for the brackets and for the count of omitted items.
  let used = 14;
  for (const text of texts) {
    if (shown.length > 0 && used + text.length > length) break;
    shown.push(text);
    used += text.length + 2;
  }
  const more = total - shown.length;
  return more > 0 ? `${shown.join(", ")}, … ${more} more` : shown.join(", ");
}

type Arguments = Readonly<Record<string, Json | undefined>>;

const RECIPES: Readonly<Record<string, (argument: Json, length: number) => string>> = {
  random: (argument) => {
    const { seed, length } = argument as Arguments;
    return `${numberOf(String(length), "random byte")} (seed ${seed})`;
  },
  concat: (argument, length) => (argument as readonly Json[]).map((part) => valueText(part, length)).join(" ‖ "),
  chain: (argument, length) => (argument as readonly Json[]).map((part) => valueText(part, length)).join(", then "),
  repeat: (argument, length) => {
    const { bytes, count: times } = argument as Arguments;
    return `${valueText(bytes ?? null, length)} × ${times}`;
  },
  nodes: (argument) => {
    const { seed, skip = 0, count: nodes, reverse } = argument as Arguments;
    const from = skip === 0 ? "" : `, from number ${skip}`;
    return `${numberOf(String(nodes), "random node")} (seed ${seed}${from}${reverse === true ? ", reversed" : ""})`;
  },
  tree: (argument) => {
    const { seed, count: leaves, shape = "random" } = argument as Arguments;
    return `all terminal nodes of a full tree: ${numberOf(String(leaves), "node")}, shape ${shape} (seed ${seed})`;
  },
  path: (argument) => {
    const { seed, gindex } = argument as Arguments;
    return `the node at ${valueText(gindex ?? null, 40)} and every sibling on its path (seed ${seed})`;
  },
  subtrees: (argument) => {
    const { node, levels } = argument as Arguments;
    return `${numberOf(String(countOf(levels)), "root")} of subtrees whose leaves are all ${nodeText(node)}`;
  },
  sparse: (argument) => {
    const { root, depth, node, entries } = argument as Arguments;
    const below = root === undefined ? "" : ` below ${valueText(root, 40)}`;
    const nodes = Array.isArray(entries) ? numberOf(String(entries.length), "node") : "nodes by recipe";
    return `${nodes}${below}, and ${nodeText(node)} everywhere else at level ${depth}`;
  },
};

const countOf = (list: Json | undefined): number => (Array.isArray(list) ? list.length : 0);

const nodeText = (node: Json | undefined): string => valueText(node ?? null, 40).replace(" (32 bytes)", "");

/** Describes a recipe; returns undefined when `value` is not a recipe or has an invalid argument. */
function recipeText(value: JsonObject, length: number): string | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0 || !Object.hasOwn(RECIPES, name)) return undefined;
  const argument = value[name];
  if (typeof argument !== "object" || argument === null) return undefined;
  if (Array.isArray(argument) !== (name === "concat" || name === "chain")) return undefined;
  return RECIPES[name](argument, length);
}
