/**
 * Reads the YAML files of the project: strict scalars, no aliases, no repeated keys, valid under their schema.
 *
 * A checked file is cached as JSON under the hash of its bytes, because parsing YAML takes a hundred times as long. The
 * cache is only an optimisation: a cache that is unreadable, unwritable or damaged is ignored.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { Document, LineCounter, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { canonicalJson, sha256Hex } from "../json/canonical-json.ts";
import { UsageError } from "../usage/usage-error.ts";
import { packagePath } from "./package-root.ts";

export type FileSchema =
  | "vector"
  | "flags"
  | "aliases"
  | "requirements"
  | "manifest"
  | "expectations"
  | "scout"
  | "state";

/** A valid file as JSON, and its key in the cache. */
export interface Parsed {
  readonly key: string;
  readonly json: string;
}

/** Parses the files of a list before they are read. */
export interface Ahead {
  /** Returns the parsed file; undefined if the caller must parse it. Input: `path`, not in the cache. */
  take(path: string): Promise<Parsed | undefined>;
}

/** Returns `path` as a user would type it: relative if it is below the current folder. */
export function displayPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}

/**
 * Reads and checks one file. Throws `UsageError` that names file, line, field and expectation.
 *
 * Input: `ahead`, if the file is in a list that threads may be parsing.
 */
export async function readYamlFile<T>(path: string, schema: FileSchema, ahead?: Ahead): Promise<T> {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${displayPath(path)}: cannot be read (${code}); expected ${article(schema)} ${schema} file`);
  }
  const key = cacheKey(text, schema);
  const cached = readCache(key);
  if (cached !== undefined) return cached as T;
  const parsed = await ahead?.take(path);
  // The file may have changed since a thread read it.
  if (parsed?.key === key) return JSON.parse(parsed.json) as T;
  const value = await parseYaml(text, displayPath(path), schema);
  writeCache(key, JSON.stringify(value));
  // Reading all vectors takes longer than an implementation takes to start, and its answers must be read meanwhile.
  await setImmediate();
  return value as T;
}

/** For a thread: parses a file into the cache; returns undefined if it is cached. Throws as `readYamlFile` does. */
export async function parseIntoCache(path: string, schema: FileSchema): Promise<Parsed | undefined> {
  const text = readFileSync(path);
  const key = cacheKey(text, schema);
  if (readCache(key) !== undefined) return undefined;
  const json = JSON.stringify(await parseYaml(text, displayPath(path), schema));
  writeCache(key, json);
  return { key, json };
}

function cacheKey(text: Buffer, schema: FileSchema): string {
  return sha256Hex(`${schemaFingerprint(schema)}\n${sha256Hex(text)}`);
}

function article(schema: FileSchema): string {
  return /^[aeiou]/.test(schema) ? "an" : "a";
}

/** Changes with the schema and with the rules in this file, so that an older cache bypasses neither. */
function schemaFingerprint(schema: FileSchema): string {
  const rules = "2";
  return `${rules} ${schema} ${sha256Hex(readFileSync(packagePath("schemas", `${schema}.schema.json`)))}`;
}

/** Parses and checks text. Input: `name`, the name of the file in errors. */
export async function parseYaml(text: Uint8Array, name: string, schema: FileSchema): Promise<unknown> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    throw new UsageError(`${name}: not UTF-8; expected ${article(schema)} ${schema} file`);
  }
  const document = yaml.parseDocument(source, { lineCounter: lines, merge: false, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw new UsageError(`${name}:${position(lines, problem.pos[0])}: ${problem.message}`);
  checkScalars(yaml, document, name, lines);
  const value = document.toJS() as unknown;
  await checkSchema(value, document, name, lines, schema);
  return value;
}

function position(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${line}:${col}`;
}

/** Unquoted hex would be read as a number, large integers would be rounded, and aliases can expand without bound. */
function checkScalars(yaml: typeof import("yaml"), document: Document, name: string, lines: LineCounter): void {
  const refuse = (node: Node, message: string): never => {
    throw new UsageError(`${name}:${position(lines, node.range?.[0] ?? 0)}: ${message}`);
  };
  const refuseAnchor = (node: Scalar | YAMLMap | YAMLSeq): void => {
    if (node.anchor !== undefined) refuse(node, `anchor &${node.anchor}; expected no anchors`);
  };
  yaml.visit(document, {
    Alias: (_, node) => refuse(node, `alias *${node.source}; expected no aliases`),
    Collection: (_, node) => refuseAnchor(node),
    Pair: (_, pair: Pair) => {
      if (!yaml.isScalar(pair.key) || typeof pair.key.value !== "string") {
        refuse((pair.key ?? document.contents) as Node, "a key that is not a string; expected a quoted key");
      }
    },
    Scalar: (_, node) => {
      refuseAnchor(node);
      if (typeof node.value === "number") {
        if (!/^(?:0|[1-9][0-9]{0,15})$/.test(node.source ?? "") || !Number.isSafeInteger(node.value)) {
          refuse(node, `number ${node.source}; expected quotes, or only the digits of a whole number below 2^53`);
        }
      }
    },
  });
}

async function checkSchema(
  value: unknown,
  document: Document,
  name: string,
  lines: LineCounter,
  schema: FileSchema,
): Promise<void> {
  const validate = (await fileValidators())[schema];
  if (validate(value)) return;
  if (value === null) throw new UsageError(`${name}: is empty; expected ${article(schema)} ${schema} file`);
  const fault = mostSpecific(validate.errors as ErrorObject[]);
  const steps = fault.instancePath.split("/").slice(1).map(unescapePointer);
  const place = `${name}:${position(lines, offsetOf(document, steps))}`;
  const missing = missingMembers(validate.errors as ErrorObject[], fault);
  if (missing.length > 1)
    throw new UsageError(`${place}: ${fieldName(steps)}: field ${missing.join(" or ")} is missing`);
  throw new UsageError(`${place}: ${describe(fault, steps, value)}`);
}

let validators: Record<string, ValidateFunction> | undefined;

export async function fileValidators(): Promise<Record<string, ValidateFunction>> {
  const file = new URL("../../schemas/files.js", import.meta.url);
  validators ??= (await import(file.href)) as Record<string, ValidateFunction>;
  return validators;
}

/** Returns the deepest error: an alternative that fails at its first member is rarely the intended one. */
function mostSpecific(errors: readonly ErrorObject[]): ErrorObject {
  const wrappers = new Set(["if", "oneOf", "anyOf"]);
  const inner = errors.filter(({ keyword }) => !wrappers.has(keyword));
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  return inner.reduce((best, error) => (depth(error) > depth(best) ? error : best), inner[0] ?? errors[0]);
}

/** Returns the alternatives for a missing member; each of them would make the value valid. */
function missingMembers(errors: readonly ErrorObject[], { keyword, instancePath }: ErrorObject): string[] {
  if (keyword !== "required") return [];
  return errors
    .filter((error) => error.keyword === "required" && error.instancePath === instancePath)
    .map(({ params }) => `"${params.missingProperty}"`);
}

function fieldName(steps: readonly string[]): string {
  return steps.length === 0 ? "the file" : steps.join(".");
}

function unescapePointer(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Returns the offset of the value at `steps`, or of its nearest existing ancestor. */
function offsetOf(document: Document, steps: readonly string[]): number {
  for (let length = steps.length; length > 0; length--) {
    const path = steps.slice(0, length).map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
    const node = document.getIn(path, true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function describe(fault: ErrorObject, steps: readonly string[], root: unknown): string {
  const field = fieldName(steps);
  const { keyword, params, propertyName } = fault;
  // The rule for names failed, so the name of a member is invalid, not the value at the pointer.
  if (propertyName !== undefined) return `${field}: "${propertyName}" is not a valid name`;
  if (keyword === "required") return `${field}: field "${params.missingProperty}" is missing`;
  if (keyword === "additionalProperties") return `${field}: unknown field "${params.additionalProperty}"`;
  let value = root;
  for (const step of steps) value = (value as Record<string, unknown>)[step];
  const shown = canonicalJson(value) ?? "no value";
  const found = `${field}: ${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown}`;
  if (keyword === "const") return `${found}; expected ${JSON.stringify(params.allowedValue)}`;
  if (keyword === "enum") return `${found}; expected one of ${params.allowedValues.join(", ")}`;
  return `${found}; expected ${expectation(fault)}`;
}

/** Describes the rule of the schema; falls back to the message of the validator. */
function expectation({ keyword, params, message = "" }: ErrorObject): string {
  if (keyword === "false schema") return "no such field";
  if (keyword === "type") return TYPE_WORDS[String(params.type)] ?? String(params.type);
  if (keyword === "minItems") return `at least ${params.limit} items`;
  if (keyword === "maxItems") return `at most ${params.limit} items`;
  if (keyword === "minimum") return `at least ${params.limit}`;
  if (keyword === "pattern") {
    const digits = /^\^\(\?:0x\)\?\[0-9a-fA-F\]\{([0-9]+)\}\$$/.exec(params.pattern)?.[1];
    if (digits !== undefined) return `${digits} hex digits, with or without 0x`;
    if (params.pattern === "^(?:0x)?(?:[0-9a-fA-F]{2})*$") return "an even number of hex digits, with or without 0x";
  }
  return message.replace(/^must /, "it to ");
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a string in quotes",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function cacheFolder(): string {
  const { XDG_CACHE_HOME: base = "" } = process.env;
  // The XDG specification requires that relative paths are ignored.
  return join(isAbsolute(base) ? base : join(homedir(), ".cache"), "proofhouse", "parsed");
}

function readCache(key: string): unknown {
  try {
    const [digest, json] = readFileSync(join(cacheFolder(), `${key}.json`), "utf8").split("\n");
    return sha256Hex(json) === digest ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}

function writeCache(key: string, json: string): void {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    const file = join(cacheFolder(), `${key}.json`);
    const partial = `${file}.${process.pid}.${threadId}`;
    writeFileSync(partial, `${sha256Hex(json)}\n${json}`);
    renameSync(partial, file);
  } catch {
    // The home folder may be read-only.
  }
}
