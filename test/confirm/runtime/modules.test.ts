import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import loadWabt from "wabt";
import { parse } from "yaml";
import { expandForConfirmation } from "../expand.ts";
import type { Json } from "../values.ts";

declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
};

// Two independent programs decide what is WebAssembly. The vectors are read from disk.
const VECTORS = fileURLToPath(new URL("../../../../vectors/runtime/validate/", import.meta.url));

/** The place of a fault in a module, as the vector states it. */
interface Place {
  readonly section?: string;
  readonly offset?: number;
  readonly function?: number;
}

interface Case {
  readonly id: string;
  readonly params: { readonly code?: Json };
  readonly expect: {
    readonly result?: Json;
    readonly error?: readonly string[];
    readonly details?: Place & { readonly reason?: string; readonly library?: string };
  };
}

interface Module {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The reason for the rejection; undefined for an accepted module. */
  readonly reason: string | undefined;
  readonly place: Place;
}

/** The modules of the vectors whose verdict depends on one module. */
function modules(): Module[] {
  return readdirSync(VECTORS)
    .sort()
    .flatMap((file) => {
      const { theme, cases } = parse(readFileSync(join(VECTORS, file), "utf8")) as { theme: string; cases: Case[] };
      return cases.flatMap(({ id, params, expect }): Module[] => {
        const { error, details } = expect;
        const isOfModule = error === undefined || (details?.reason !== undefined && details.library === undefined);
        if (!isOfModule) return [];
        const code = expandForConfirmation(params.code as Json) as string;
        // A copy: a buffer in Node's pool would expose its neighbours through the memory behind it.
        const bytes = Uint8Array.from(Buffer.from(code.slice(2), "hex"));
        return [{ name: `${theme}/${id}`, bytes, reason: details?.reason, place: details ?? {} }];
      });
    });
}

const ALL = modules();
const ACCEPTED = ALL.filter(({ reason }) => reason === undefined);
const NO_WEB_ASSEMBLY = ALL.filter(({ reason }) => reason === "malformed" || reason === "type");
const FORBIDDEN = ALL.filter(({ name, reason }) => name.startsWith("forbidden/") && reason === "forbidden");

type Features = NonNullable<Parameters<Awaited<ReturnType<typeof loadWabt>>["readWasm"]>[1]>;

/** The features of the profile, and reference types, which bound tables as today's standard does. */
const PROFILE: Features = {
  sign_extension: true,
  bulk_memory: true,
  mutable_globals: true,
  reference_types: true,
  multi_value: false,
  simd: false,
  sat_float_to_int: false,
};

const EVERYTHING: Features = {
  ...PROFILE,
  exceptions: true,
  threads: true,
  function_references: true,
  multi_value: true,
  tail_call: true,
  gc: true,
  memory64: true,
  extended_const: true,
  relaxed_simd: true,
  simd: true,
  sat_float_to_int: true,
};

async function wabtValidator(features: Features): Promise<(bytes: Uint8Array) => boolean> {
  const wabt = await loadWabt();
  return (bytes) => {
    try {
      const module = wabt.readWasm(bytes, features);
      try {
        module.validate();
      } finally {
        module.destroy();
      }
      return true;
    } catch (error) {
      // wabt reports an invalid module, or fails to allocate gigabytes. A stack overflow is no verdict on the module.
      if (error instanceof RangeError) throw error;
      return false;
    }
  };
}

test("the vectors contain modules of every kind", () => {
  assert.ok(ACCEPTED.length >= 300, `${ACCEPTED.length} accepted`);
  assert.ok(NO_WEB_ASSEMBLY.length >= 700, `${NO_WEB_ASSEMBLY.length} malformed or ill-typed`);
  assert.ok(FORBIDDEN.length >= 50, `${FORBIDDEN.length} forbidden`);
});

test("this engine accepts every module that the vectors accept", () => {
  const refused = ACCEPTED.filter(({ bytes }) => !WebAssembly.validate(bytes));
  assert.deepEqual(
    refused.map(({ name }) => name),
    [],
  );
});

test("this engine rejects every module that the vectors call malformed or ill-typed", () => {
  const accepted = NO_WEB_ASSEMBLY.filter(({ bytes }) => WebAssembly.validate(bytes));
  assert.deepEqual(
    accepted.map(({ name }) => name),
    [],
  );
});

test("wabt accepts every module that the vectors accept, and rejects malformed and ill-typed ones", async () => {
  const isValid = await wabtValidator(PROFILE);
  const wrong = [
    ...ACCEPTED.filter(({ bytes }) => !isValid(bytes)),
    ...NO_WEB_ASSEMBLY.filter(({ bytes }) => isValid(bytes)),
  ];
  assert.deepEqual(
    wrong.map(({ name }) => name),
    [],
  );
});

test("this engine or wabt accepts each module that the vectors call forbidden, except a few that neither knows", async () => {
  const isValid = await wabtValidator(EVERYTHING);
  const unknown = FORBIDDEN.filter(({ bytes }) => !WebAssembly.validate(bytes) && !isValid(bytes));
  assert.ok(
    unknown.length <= FORBIDDEN.length / 3,
    `neither knows ${unknown.map(({ name }) => name.slice("forbidden/".length)).join(", ")}`,
  );
});

/** The form in which the engine reports the place of a fault: `Compiling function #1 failed: … @+58`. */
const ENGINE_PLACE = /Compiling function #(\d+).*@\+(\d+)$/;
/** The engine reports the place of a mistyped operand, or of an unknown immediate, which follows the opcode. */
const OF_AN_OPERAND = / found \S+ of type /;
const LONGEST_OPCODE = 5;

function engineMessage(bytes: Uint8Array): string {
  try {
    return new WebAssembly.Module(bytes) && "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("the vectors and the engine report the same place for malformed and ill-typed bodies", () => {
  const placed = NO_WEB_ASSEMBLY.filter(({ place }) => place.function !== undefined);
  assert.ok(placed.length >= 25, `${placed.length} places`);
  for (const { name, bytes, place } of placed) {
    const message = engineMessage(bytes);
    const [, index, offset] = ENGINE_PLACE.exec(message) ?? [];
    assert.equal(Number(index), place.function, `${name}: ${message}`);
    if (place.offset === undefined) continue;
    if (OF_AN_OPERAND.test(message)) assert.ok(Number(offset) < place.offset, `${name}: ${message}`);
    else {
      const after = Number(offset) - place.offset;
      assert.ok(after >= 0 && after <= LONGEST_OPCODE, `${name}: ${message}, not ${place.offset}`);
    }
  }
});

/** The beginning and the end of each section, including its header. */
function sectionsOf(bytes: Uint8Array): { readonly name: string; readonly start: number; readonly end: number }[] {
  const names = ["custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element"];
  const sections = [];
  for (let at = 8; at < bytes.length; ) {
    const start = at;
    const id = bytes[at++];
    let length = 0;
    let factor = 1;
    for (; bytes[at] >= 0x80; at++, factor *= 128) length += (bytes[at] - 0x80) * factor;
    length += bytes[at++] * factor;
    at += length;
    sections.push({ name: [...names, "code", "data", "datacount", "tag"][id], start, end: at });
  }
  return sections;
}

test("every place is in the section that it names", () => {
  const placed = ALL.filter(({ place }) => place.section !== undefined);
  assert.ok(placed.length >= 45, `${placed.length} places`);
  for (const { name, bytes, place } of placed) {
    const section = sectionsOf(bytes).find((one) => one.name === place.section);
    assert.ok(section !== undefined, `${name}: there is no section ${place.section}`);
    const { offset = section.start } = place;
    assert.ok(section.start <= offset && offset < section.end, `${name}: ${offset} is not in ${place.section}`);
  }
});
