/** Reads a script of the suite as a list of commands. */
import { floatsAsIntegers } from "./floats-as-integers.ts";
import { bytesOf, headOf, type List, type Node, parseScript, print } from "./s-expressions.ts";

/** A signed i32 or i64; undefined for several values or another type. */
export type Value = number | bigint | undefined;

export interface ModuleSource {
  /** `$name`, undefined if the module has none. */
  readonly name: string | undefined;
  /** Text of the text format, or bytes; undefined for text that only tests a parser of the text format. */
  readonly content: string | Uint8Array | undefined;
  /** The module with integers in place of floating point and without its largest functions; undefined if that changes nothing. */
  readonly asIntegers: string | undefined;
}

export interface Action {
  readonly kind: "invoke" | "get";
  /** Name of the module; undefined is the last one. */
  readonly module: string | undefined;
  readonly field: string;
  readonly args: readonly Value[];
}

export type Command = { readonly line: number } & (
  | { readonly kind: "module"; readonly module: ModuleSource }
  | { readonly kind: "register"; readonly as: string; readonly module: string | undefined }
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "returns"; readonly action: Action; readonly results: readonly Value[] }
  | { readonly kind: "traps"; readonly action: Action; readonly message: string }
  | {
      readonly kind: "malformed" | "invalid" | "unlinkable" | "uninstantiable";
      readonly module: ModuleSource;
      readonly message: string;
    }
);

/** Errors: Error for an unknown command. */
export function readScript(source: string): Command[] {
  return parseScript(source).map(readCommand);
}

const REFUSALS = { assert_malformed: "malformed", assert_invalid: "invalid", assert_unlinkable: "unlinkable" } as const;

function readCommand(list: List): Command {
  const { items, line } = list;
  const head = headOf(list) ?? "";
  switch (head) {
    case "module":
      return { line, kind: "module", module: readModule(list) };
    case "register":
      return { line, kind: "register", as: textOf(items[1]), module: nameOf(items[2]) };
    case "invoke":
    case "get":
      return { line, kind: "action", action: readAction(list) };
    case "assert_return":
      return { line, kind: "returns", action: readAction(items[1]), results: items.slice(2).map(readValue) };
    case "assert_trap":
    case "assert_exhaustion":
      if (headOf(items[1]) === "module") {
        return { line, kind: "uninstantiable", module: readModule(items[1]), message: textOf(items[2]) };
      }
      return { line, kind: "traps", action: readAction(items[1]), message: textOf(items[2]) };
    case "assert_malformed":
    case "assert_invalid":
    case "assert_unlinkable":
      return { line, kind: REFUSALS[head], module: readModule(items[1]), message: textOf(items[2]) };
    default: {
      // A file may be the fields of one module.
      const fields = [list];
      return { line, kind: "module", module: readModule({ kind: "list", items: [WORD_MODULE, ...fields], line }) };
    }
  }
}

const WORD_MODULE: Node = { kind: "atom", text: "module" };

function readModule(node: Node | undefined): ModuleSource {
  if (node?.kind !== "list") throw new Error("expected a module");
  const name = nameOf(node.items[1]);
  const rest = node.items.slice(name === undefined ? 1 : 2);
  const [form] = rest;
  if (form?.kind !== "atom") {
    const integers = floatsAsIntegers(withoutLargest(node));
    return { name, content: print(node), asIntegers: integers === node ? undefined : print(integers) };
  }
  if (form.text === "quote") return { name, content: undefined, asIntegers: undefined };
  if (form.text !== "binary") throw new Error(`line ${node.line}: a module of the form ${form.text}`);
  const strings = rest.flatMap((part) => (part.kind === "string" ? [bytesOf(part)] : []));
  return { name, content: Uint8Array.from(Buffer.concat(strings)), asIntegers: undefined };
}

/** A list of more words than this is a `br_table` that exceeds the bounds of the profile. */
const MOST_WORDS = 2000;

/** Returns the module without the functions that exceed the bounds of the profile. */
function withoutLargest(module: List): List {
  const items = module.items.filter((field) => headOf(field) !== "func" || longest(field) <= MOST_WORDS);
  return items.length === module.items.length ? module : { ...module, items };
}

function longest(node: Node): number {
  return node.kind === "list" ? Math.max(node.items.length, ...node.items.map(longest)) : 0;
}

function readAction(node: Node | undefined): Action {
  const head = headOf(node);
  if (node?.kind !== "list" || (head !== "invoke" && head !== "get")) throw new Error(`${head} is not an action`);
  const module = nameOf(node.items[1]);
  const [field, ...args] = node.items.slice(module === undefined ? 1 : 2);
  return { kind: head, module, field: textOf(field), args: args.map(readValue) };
}

function readValue(node: Node): Value {
  const [type, value] = (node.kind === "list" ? floatsAsIntegers(node) : { items: [] }).items;
  const digits = value?.kind === "atom" ? value.text.replaceAll("_", "") : "";
  switch (type?.kind === "atom" ? type.text : undefined) {
    case "i32.const":
      return Number(BigInt.asIntN(32, integerOf(digits)));
    case "i64.const":
      return BigInt.asIntN(64, integerOf(digits));
    default:
      return undefined;
  }
}

function integerOf(digits: string): bigint {
  return digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits.replace("+", ""));
}

function nameOf(node: Node | undefined): string | undefined {
  return node?.kind === "atom" && node.text.startsWith("$") ? node.text : undefined;
}

function textOf(node: Node | undefined): string {
  if (node?.kind !== "string") throw new Error("expected a string");
  return Buffer.from(bytesOf(node)).toString("utf8");
}
