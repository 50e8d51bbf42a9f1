/** Returns the outcome of a naive backend as text: the result as JSON, or the class of the rejection. */
import assert from "node:assert/strict";
import { type Json, NaiveError } from "./values.ts";

type Members = { [name: string]: Json };
type Call = (method: string, members: Members) => Json;

export function classBy(call: Call): (method: string, members: Members) => string {
  return (method, members) => {
    try {
      return JSON.stringify(call(method, members));
    } catch (error) {
      if (error instanceof NaiveError) return error.class;
      throw error;
    }
  };
}

export function throwsBy(call: Call): (expected: string, method: string, members: Members) => void {
  const classOf = classBy(call);
  return (expected, method, members) =>
    assert.equal(classOf(method, members), expected, `${method} ${JSON.stringify(members).slice(0, 600)}`);
}
