/** Flips of the meter. */
import { type Flip, flipsOf } from "./flip.ts";

const METER_BODY: readonly Flip[] = flipsOf("runtime/meter/body", [
  ["return this.#isDynamic", "return false"],
  ["result === undefined", "false"],
  ["< end", "< end - 1"],
  ["if (step.endsBlock)", "if (false)"],
  ["if (cost === 0)", "if (true)"],
  [
    "OPCODES.get(name)?.",
    "OPCODES.get(name).",
    "only names of instructions are handed to it; the line tells the compiler so",
  ],
  ["if (code === undefined)", "if (true)"],
  ["if (byte === undefined)", "if (true)"],
]);

const METER_INSTRUMENT: readonly Flip[] = flipsOf("runtime/meter/instrument", [
  ["module.memory?.max ?? ", ""],
  ["module.memory?.", "module.memory.", "a valid module has a memory with a maximum"],
  ["id !== CUSTOM_SECTION", "false"],
  ["if (places.some((place) => place.id === id))", "if (false)"],
  ["place.id === id", "true"],
  ["following === -1", "true"],
  ["cursor.left > 0", "false"],
]);

const METER_STEPS: readonly Flip[] = flipsOf("runtime/meter/steps", [
  [" ?? this.#byCode.get(prefixedCode(bytes, at))", ""],
  ["if (step === undefined)", "if (true)"],
  ["op.code < 256", "false"],
  ['if (op.immediates === "labels")', "if (false)"],
  ["target <= targets", "target < targets"],
  ["< immediates", "< immediates - 1"],
  ["if (cost === undefined)", "if (true)"],
  ["OPENS.has(op.name)", "false"],
  ['op.name === "end"', "false"],
  ["while (bytes[next] >= 0x80)", "while (false)"],
  ["if (bytes[next] < 0x80)", "if (true)"],
]);

const METER_WRITER: readonly Flip[] = flipsOf("runtime/meter/writer", [
  ["if (end - start < FEW_BYTES)", "if (false)", "it saves time or room alone"],
  ["< end", "< end - 1"],
  ["while (rest >= 0x80)", "while (false)"],
  ["while (rest < -0x40 || rest >= 0x40)", "while (false)"],
  [" || rest >= 0x40", ""],
  ["if (needed <= this.#bytes.length)", "if (false)"],
]);

export const METER_FLIPS: readonly Flip[] = [...METER_BODY, ...METER_INSTRUMENT, ...METER_STEPS, ...METER_WRITER];
