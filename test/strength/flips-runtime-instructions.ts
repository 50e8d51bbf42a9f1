/** Flips of what is known of instructions and modules. */
import { type Flip, flipsOf } from "./flip.ts";

const INSTRUCTIONS: readonly Flip[] = flipsOf("runtime/instructions", [
  ["code < 256", "true"],
  ["last)?.[2]", "last)[2]"],
  ["first <= code && code <= last", "true"],
  [" && code <= last", ""],
  ['op.immediates === "i64"', "false"],
  ["FIRST_PREFIX <= first && ", ""],
  ["second = hasMore ?", "second = false ?"],
  ["code = hasMore ?", "code = false ?"],
  ["op = second < 65_536 ?", "op = false ?"],
  ["if (op !== undefined)", "if (false)"],
  ["name = hasMore ?", "name = false ?", "the words of the message alone depend on it"],
  ["part = second < 65_536 ?", "part = false ?"],
  ["if (part !== undefined)", "if (false)"],
  ["if (count > MAX_BRANCH_TARGETS)", "if (false)"],
  ["index <= count", "index < count"],
  ['if (cursor.u32("index of the table") !== 0)', 'cursor.u32("index of the table");\n    if (false)'],
  ['if (cursor.byte("index of the memory") !== 0)', 'cursor.byte("index of the memory");\n    if (false)'],
  ["if (alignment >= 128)", "if (false)"],
  ["if (alignment >= 64)", "if (false)"],
  ["if (byte === NO_VALUE || VALUE_TYPES.has(byte))", "if (false)"],
  [" || VALUE_TYPES.has(byte)", ""],
  ["if (isForbiddenValueType(byte))", "if (false)"],
  ["if (cursor.at - start > INDEX_BYTES)", "if (false)"],
  ["if (index < 0n || index >= 2n ** 32n)", "if (false)"],
  [" || index >= 2n ** 32n", ""],
  [" || byte === 0x64", ""],
  [" || byte === 0x63", ""],
  [" && byte !== 0x78", ""],
  [" && byte !== 0x77", ""],
  [" && byte <= 0x7d", ""],
  ["FORBIDDEN_NAMES.get(byte) ?? `0x", "`0x", "the words of the message alone depend on it"],
  ["if (type === undefined)", "if (true)"],
  ['word !== ""', "true"],
  ["index === 0", "false"],
]);

const MODULE: readonly Flip[] = flipsOf("runtime/module", [
  [" ?? body?.type", ""],
  ["module.imports[index]?.", "module.imports[index]."],
  ["body?.", "body."],
]);

export const INSTRUCTION_FLIPS: readonly Flip[] = [...INSTRUCTIONS, ...MODULE];
