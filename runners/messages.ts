/** Checks an implementation's messages against the compiled `schemas/interface.schema.json`. */
import type { ErrorObject, ValidateFunction } from "ajv";

/** What is wrong with a message: where, and what was expected there. */
export interface MessageFault {
  readonly pointer: string;
  readonly message: string;
}

let compiled: Readonly<Record<string, ValidateFunction>> | undefined;

/** Loads the compiled validators. `checkMessage` needs them; loading them is kept out of the way of start-up. */
export async function loadMessageSchemas(): Promise<void> {
  const file = new URL("../schemas/interface.js", import.meta.url);
  compiled ??= (await import(file.href)) as Record<string, ValidateFunction>;
}

/** Describes what `value` breaks of the definition `name` (say `getResult`), or returns `undefined` when it is valid. */
export function checkMessage(name: string, value: unknown): MessageFault | undefined {
  const validate = compiled?.[name];
  if (validate === undefined) throw new Error(`no compiled schema ${name}: await loadMessageSchemas() first`);
  if (validate(value)) return undefined;
  // `if`/`then` wrappers come last and say less than the keyword that failed inside.
  const fault = (validate.errors as ErrorObject[]).find(({ keyword }) => keyword !== "if") as ErrorObject;
  return { pointer: fault.instancePath, message: describeFault(fault) };
}

function describeFault(fault: ErrorObject): string {
  const { keyword, params, message } = fault;
  if (keyword === "additionalProperties") return `unexpected member "${params.additionalProperty}"`;
  if (keyword === "required") return `member "${params.missingProperty}" is missing`;
  if (keyword === "const") return `must be ${JSON.stringify(params.allowedValue)}`;
  if (keyword === "enum") return `must be one of ${params.allowedValues.join(", ")}`;
  return message ?? keyword;
}

/** The definition that a method's result must meet. */
export function resultSchemaOf(method: string): string {
  return `${method.slice(method.indexOf("/") + 1)}Result`;
}
