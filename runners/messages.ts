/**
 * Checks an implementation's messages against the compiled `schemas/interface.schema.json`.
 *
 * Req: WIRE-010, WIRE-011, WIRE-017.
 */
import type { ErrorObject, ValidateFunction } from "ajv";

/** The place of a fault in a message, and the expectation there. */
export interface MessageFault {
  readonly pointer: string;
  readonly message: string;
}

let compiled: Readonly<Record<string, ValidateFunction>> | undefined;

/** Loads the compiled validators that `checkMessage` needs. It is asynchronous so that it does not delay the start of a process. */
export async function loadMessageSchemas(): Promise<void> {
  const file = new URL("../schemas/interface.js", import.meta.url);
  compiled ??= (await import(file.href)) as Record<string, ValidateFunction>;
}

/** Returns the first fault of `value` under the definition `name`, for example `getResult`, or `undefined` if there is none. */
export function checkMessage(name: string, value: unknown): MessageFault | undefined {
  const validate = compiled?.[name];
  if (validate === undefined) throw new Error(`no compiled schema ${name}: await loadMessageSchemas() first`);
  if (validate(value)) return undefined;
  // The keyword that failed inside of `if` and `then` comes first and is more precise.
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

/** Returns the name of the definition of a method's result. */
export function resultSchemaOf(method: string): string {
  return `${method.slice(method.indexOf("/") + 1)}Result`;
}
