/**
 * Reads the lines of an implementation as responses, and finds their faults.
 *
 * Req: WIRE-009, WIRE-010, WIRE-011, WIRE-018.
 */

import type { Answer, Json, JsonObject } from "../lane.ts";
import { checkMessage, type MessageFault, resultSchemaOf } from "../messages.ts";
import { readJsonLine } from "./json-line.ts";

/** The code of every error of the interface. */
const INTERFACE_ERROR = -32000;

/** A line that was read. It may break the protocol and still contain the id of its request. */
export interface Response {
  readonly id: number | undefined;
  readonly fault: MessageFault | undefined;
  /** Valid under the definition `response`, unless there is a fault. */
  readonly message: Json | undefined;
}

export function readResponse(line: string): Response {
  const { value, fault } = readJsonLine(line);
  if (value === undefined) return { id: undefined, fault, message: undefined };
  const id = isObject(value) ? value.id : undefined;
  // An id that is itself faulty, or repeated, identifies no request.
  const isValidId = Number.isSafeInteger(id) && fault?.pointer !== "/id";
  return { id: isValidId ? (id as number) : undefined, fault: fault ?? checkResponse(value), message: value };
}

/** Returns the result or the error of a response to `method`, or how the response breaks the protocol. */
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
  // The message of JSON-RPC's own errors often explains why the implementation did not understand the request.
  const message = `must be ${INTERFACE_ERROR}, not ${error.code} (${JSON.stringify(error.message ?? "")})`;
  return { pointer: "/error/code", message };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
