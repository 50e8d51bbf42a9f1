/** Flips of how a request about proofs is read. */
import { type Flip, flipsOf } from "./flip.ts";

const VALUES: readonly Flip[] = flipsOf("wire/values", [
  ['value === undefined ? "nothing" : JSON.stringify(value)', "(JSON.stringify(value))"],
  ['typeof value === "string" ? fromHex(value) : undefined', "(fromHex(value))"],
  ['bytes ?? fail(errorClass, place, value, "0x and lower-case hex of even length")', "bytes"],
  [
    'toBytes32(readBytes(value, place, "invalid-argument")) ?? fail("invalid-argument", place, value, "32 bytes")',
    'toBytes32(readBytes(value, place, "invalid-argument"))',
  ],
  ['typeof value !== "string" || !QUANTITY.test(value)', "false"],
  ['typeof value !== "string"', '(typeof value === "string")'],
  ["value.length - 2 > MAX_QUANTITY_DIGITS", "true"],
  ["Number.isInteger(value) && value >= 0 && value < 2 ** 31", "false"],
  ["Number.isInteger(value) && value >= 0", "value >= 0"],
  [
    "if (Number.isInteger(value) && value >= 0 && value < 2 ** 31)",
    "if (Number.isInteger(value) && value >= 0 && value < 1 ** 31)",
  ],
  ['Array.isArray(value) ? value : fail(errorClass, place, value, "an array")', "(value)"],
  ['typeof value === "string" ? value : fail', "false ? value : fail"],
  ['typeof value === "object" && value !== null', 'typeof value === "object"'],
  [
    'typeof value === "object" && value !== null && !Array.isArray(value)',
    'typeof value === "object" && value !== null',
  ],
  ['if (form === "bytes") {', "if (false) {"],
  ['typeof value === "string" && value.length > 2 + 2 * MAX_PROOF_BYTES', 'typeof value === "string"'],
  [
    'if (typeof value === "string" && value.length > 2 + 2 * MAX_PROOF_BYTES) {',
    'if ((typeof value !== "string") && value.length > 2 + 2 * MAX_PROOF_BYTES) {',
  ],
  ["}\n    if (!isObject(value))", "}\n    if (false)"],
  ["!Object.hasOwn(form, name)", "false"],
  ['form === "quantity"', "false"],
  [
    'return readQuantity(value, place, "malformed");\n    if (form === "bytes")',
    'return readQuantity(value, place, "malformed");\n    if (false)',
  ],
  ['form === "json"', "true"],
  ["!Array.isArray(form)", "true"],
  ["if (!Array.isArray(form)) {\n        if (!isObject(value))", "if (!Array.isArray(form)) {\n        if (false)"],
  ['typeof item === "bigint"', "false"],
  ["item instanceof Uint8Array", "false"],
  ['typeof item !== "object" || item === null', "true"],
  ["item === null", "(item !== null)"],
  ["Array.isArray(item)", "false"],
  ["text.length > 80 ?", "true ?", "only the words of the error differ"],
  ['typeof value === "boolean" ?', "true ?"],
  ['return form === "bytes"\n        ?', "return true\n        ?"],
]);

const REQUEST_PARTS: readonly Flip[] = flipsOf("wire/request-parts", [
  ["!isObject(params)", "true"],
  ["!known.includes(name)", "false"],
  ["!Object.hasOwn(params, name)", "true"],
  ["pair.length !== 2", "false"],
  ["isObject(value) ? Object.entries(value) : []", "(Object.entries(value))"],
  ["members.length === 1", "false"],
  ['kind === "get"', "false"],
  ['kind === "set"', "false"],
  ['kind === "root" || kind === "checkpoint"', 'kind === "root"'],
  ['kind === "root" || kind === "checkpoint" || kind === "commit"', 'kind === "root" || kind === "checkpoint"'],
  [
    'kind === "root" || kind === "checkpoint" || kind === "commit" || kind === "revert"',
    'kind === "root" || kind === "checkpoint" || kind === "commit"',
  ],
  ["isPlain && argument === true", "false"],
  ["argument === true", "(argument !== true)"],
  ["written === null ?", "false ?"],
  ["(pair.length !== 2)", "(pair.length < 2)"],
]);

const PROOF_METHODS: readonly Flip[] = flipsOf("wire/proof-methods", [
  [
    "[...METHODS.keys()].filter((operation) => operation in backend)",
    "[...METHODS.keys()]",
    "what `initialize` says is no answer to a request",
  ],
  ["found === undefined", "true"],
  ["backend === undefined || !(operation in backend)", "true"],
  ["backend === undefined", "(backend !== undefined)"],
  ["options === undefined", "false"],
  ["!isObject(options)", "false"],
  ["backend.options.some((known) => known === name)", "false"],
  ["if (backend.options.some((known) => known === name))", "if (backend.options.every((known) => known === name))"],
  ['profile !== "strict" && profile !== "lenient"', "false"],
  ['profile !== "strict"', '(profile === "strict")'],
  ['depth === undefined ? {} : { depth: readCount(depth, "/options/depth") }', "({})"],
  [
    'secure === undefined ? {} : { secure: readBoolean(secure, "/options/secure") }',
    '({ secure: readBoolean(secure, "/options/secure") })',
  ],
  ["form === undefined", "false", "an implementation is asked for the encodings that it declares alone"],
  ["params.deletes === undefined", "false"],
  ["backend.deletes || isEmpty", "false"],
  ["backend.deletes || isEmpty", "backend.deletes"],
  ["value === null ? null : toHex(value)", "(null)"],
  ["keys === undefined ? undefined : keysOf(request)", "(undefined)"],
  ["result instanceof Uint8Array ? toHex(result) : result", "(toHex(result))"],
]);

const DISPATCH: readonly Flip[] = flipsOf("wire/dispatch", [
  ["area === undefined ? refuseMethod(methodName) : area(methodName, params, means)", "(refuseMethod(methodName))"],
]);

export const WIRE_FLIPS: readonly Flip[] = [...VALUES, ...REQUEST_PARTS, ...PROOF_METHODS, ...DISPATCH];
