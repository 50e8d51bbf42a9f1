/** Reads an implementation's lines as responses, and says what each breaks. */

import type { Answer, Json, JsonObject } from "../lane.ts";
import { checkMessage, type MessageFault, resultSchemaOf } from "../messages.ts";
import { readJsonLine } from "./json-line.ts";

/** The one code that an error of the interface has. */
const INTERFACE_ERROR = -32000;

/** A line, read. It may break the protocol and still tell which request it answers. */
export interface Response {
  readonly id: number | undefined;
  readonly fault: MessageFault | undefined;
  /** Valid under the definition `response` unless there is a fault. */
  readonly message: Json | undefined;
}

export function readResponse(line: string): Response {
  const { value, fault } = readJsonLine(line);
  if (value === undefined) return { id: undefined, fault, message: undefined };
  const id = isObject(value) ? value.id : undefined;
  // An id that is itself written wrongly, or twice, tells nothing.
  const isTold = Number.isSafeInteger(id) && fault?.pointer !== "/id";
  return { id: isTold ? (id as number) : undefined, fault: fault ?? checkResponse(value), message: value };
}

/** What a response to `method` says: the result or error of the implementation, or how it breaks the protocol. */
export function answerOf(method: string, { fault, message }: Response): Answer {
  if (fault !== undefined) return { kind: "protocol-fault", ...fault };
  const { result, error } = message as unknown as { result: Json; error?: ErrorMember };
  if (error !== undefined) {
    return { kind: "error", class: error.data.class, message: error.message, details: error.data.details ?? {} };
  }
  const resultFault = checkMessage(resultSchemaOf(method), result);
  if (resultFault === undefined) return { kind: "result", result };
  return { kind: "protocol-fault", pointer: `/result${resultFault.pointer}`, message: resultFault.message };
}

interface ErrorMember {
  readonly message: string;
  readonly data: { readonly class: string; readonly details?: JsonObject };
}

function checkResponse(value: Json): MessageFault | undefined {
  const fault = checkMessage("response", value);
  if (!fault?.pointer.startsWith("/error")) return fault;
  const { error } = value as { error: Json };
  if (!isObject(error) || typeof error.code !== "number" || error.code === INTERFACE_ERROR) return fault;
  // JSON-RPC's own errors say in plain words what the implementation made of the request.
  const message = `must be ${INTERFACE_ERROR}, not ${error.code} (${JSON.stringify(error.message ?? "")})`;
  return { pointer: "/error/code", message };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
