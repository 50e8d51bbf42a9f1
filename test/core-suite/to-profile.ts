/**
 * Brings a valid module of the suite into the profile without changing what it computes: a memory that is exported and bounded,
 * no start function, and definitions in place of imports other than functions.
 */
import { Cursor } from "../../reference/runtime/decode/cursor.ts";
import { decodeSections } from "../../reference/runtime/decode/module.ts";
import { readInstructionAt } from "../../reference/runtime/instructions.ts";
import { MAX_MEMORY_PAGES, MAX_NAME_BYTES } from "../../reference/runtime/limits.ts";
import { Writer } from "../../reference/runtime/meter/writer.ts";
import type { Section } from "../../reference/runtime/module.ts";

/** Name under which the start function is exported, so that the creator of an instance can call it. */
export const START = "start of the suite's module";

const FIRST = { import: 2, table: 4, memory: 5, global: 6, export: 7, start: 8, element: 9, data: 11 } as const;
type Kind = keyof typeof FIRST;

const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const GLOBAL_GET = 0x23;
const END = 0x0b;
const HAS_MAXIMUM = 1;
const HEADER_BYTES = 8;

/** The modules that are imported from. */
export interface Others {
  /** The value of an immutable global, undefined if it is unknown. */
  globalValue(module: string, name: string): number | bigint | undefined;
  /** Called if a module outside of the profile changes a table, memory or global of `module`. */
  share(module: string): void;
}

/** The module cannot be brought into the profile. */
export class OutsideProfile extends Error {}

export interface Adapted {
  readonly bytes: Uint8Array;
  /** Whether the module got its own copy of a table or memory that others may use as well. */
  readonly isDetached: boolean;
}

/** Errors: OutsideProfile for imports of something shared; ModuleError for a module that the profile cannot read. */
export function toProfile(bytes: Uint8Array, others: Others): Adapted {
  const adaptation = new Adaptation(bytes, others);
  return { bytes: adaptation.write(), isDetached: adaptation.isDetached };
}

/** The exports of the suite's own module, as sections. */
const SPECTEST_TABLE = Uint8Array.of(1, 0x70, HAS_MAXIMUM, 10, 20);
const SPECTEST_MEMORY = Uint8Array.of(1, HAS_MAXIMUM, 1, 2);

interface Range {
  readonly start: number;
  readonly end: number;
}

class Adaptation {
  readonly #bytes: Uint8Array;
  readonly #sections: readonly Section[];
  readonly #functions: Range[] = [];
  #importsTable = false;
  #importsMemory = false;
  /** The imported globals: their types, and their values as bytes of a constant. */
  readonly #globals: { readonly type: number; readonly constant: Uint8Array }[] = [];

  constructor(bytes: Uint8Array, others: Others) {
    this.#bytes = bytes;
    this.#sections = decodeSections(bytes);
    this.#readImports(others);
  }

  get isDetached(): boolean {
    return this.#importsTable || this.#importsMemory;
  }

  write(): Uint8Array {
    const contents = new Map<number, Uint8Array | undefined>([
      [FIRST.import, this.#functions.length === 0 ? undefined : this.#list(this.#functions)],
      [FIRST.table, this.#importsTable ? SPECTEST_TABLE : this.#content("table")],
      [FIRST.memory, this.#memorySection()],
      [FIRST.global, this.#globalSection()],
      [FIRST.export, this.#exportSection()],
      [FIRST.start, undefined],
      [FIRST.element, this.#segments("element")],
      [FIRST.data, this.#segments("data")],
    ]);
    const out = new Writer(this.#bytes.length + 64);
    out.copy(this.#bytes, 0, HEADER_BYTES);
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11]) {
      const section = this.#sections.find((one) => one.id === id);
      const kept = section && this.#bytes.subarray(section.content, section.end);
      const content = contents.has(id) ? contents.get(id) : kept;
      if (content === undefined) continue;
      out.byte(id);
      out.u32(content.length);
      out.copy(content);
    }
    return out.written.slice();
  }

  #readImports(others: Others): void {
    const cursor = this.#cursor("import");
    const count = cursor?.u32("number of imports") ?? 0;
    for (let index = 0; cursor !== undefined && index < count; index++) {
      const start = cursor.at;
      const module = cursor.name("module");
      const name = cursor.name("name");
      const kind = cursor.byte("kind");
      if (kind === FUNCTION) cursor.u32("type");
      else if (kind === GLOBAL) this.#define(cursor, module, name, others);
      else {
        if (kind === TABLE) cursor.byte("type");
        if (cursor.byte("flags") === HAS_MAXIMUM) cursor.u32("minimum");
        cursor.u32("limit");
        if (module !== "spectest") throw shared(module, name, others);
        if (kind === TABLE) this.#importsTable = true;
        else this.#importsMemory = true;
      }
      if (kind === FUNCTION) this.#functions.push({ start, end: cursor.at });
    }
  }

  #define(cursor: Cursor, module: string, name: string, others: Others): void {
    const type = cursor.byte("type");
    const isMutable = cursor.byte("mutability") === 1;
    const value = others.globalValue(module, name);
    if (isMutable || value === undefined) throw shared(module, name, others);
    const constant = new Writer();
    constant.byte(typeof value === "bigint" ? 0x42 : 0x41);
    constant.s32(Number(value));
    constant.byte(END);
    this.#globals.push({ type, constant: constant.written });
  }

  #memorySection(): Uint8Array {
    if (this.#importsMemory) return SPECTEST_MEMORY;
    const cursor = this.#cursor("memory");
    const isThere = cursor !== undefined && cursor.u32("number of memories") > 0;
    if (!isThere) return Uint8Array.of(1, HAS_MAXIMUM, 0, 0);
    const hasMaximum = cursor.byte("flags") === HAS_MAXIMUM;
    const min = cursor.u32("minimum");
    const max = Math.min(hasMaximum ? cursor.u32("maximum") : MAX_MEMORY_PAGES, MAX_MEMORY_PAGES);
    if (min > max) throw new OutsideProfile(`a memory of ${min} pages`);
    const content = new Writer();
    for (const value of [1, HAS_MAXIMUM, min, max]) content.u32(value);
    return content.written;
  }

  #globalSection(): Uint8Array | undefined {
    const cursor = this.#cursor("global");
    const count = cursor?.u32("number of globals") ?? 0;
    if (count + this.#globals.length === 0) return undefined;
    const content = new Writer();
    content.u32(count + this.#globals.length);
    for (const { type, constant } of this.#globals) {
      content.copy(Uint8Array.of(type, 0));
      content.copy(constant);
    }
    for (let index = 0; cursor !== undefined && index < count; index++) {
      content.copy(this.#bytes, cursor.at, cursor.at + 2);
      cursor.at += 2;
      this.#constant(cursor, content);
    }
    return content.written;
  }

  #exportSection(): Uint8Array {
    const cursor = this.#cursor("export");
    const count = cursor?.u32("number of exports") ?? 0;
    const items = new Writer();
    let written = 0;
    let memoryIsExported = false;
    for (let index = 0; cursor !== undefined && index < count; index++) {
      const start = cursor.at;
      const name = cursor.name("name");
      const kind = cursor.byte("kind");
      cursor.u32("index");
      if (name === "memory" && kind !== MEMORY) throw new OutsideProfile("something else is exported as `memory`");
      memoryIsExported ||= name === "memory";
      if (Buffer.byteLength(name) > MAX_NAME_BYTES) continue;
      items.copy(this.#bytes, start, cursor.at);
      written++;
    }
    const start = this.#cursor("start")?.u32("index of the start function");
    if (start !== undefined) written += writeExport(items, START, FUNCTION, start);
    if (!memoryIsExported) written += writeExport(items, "memory", MEMORY, 0);
    const content = new Writer();
    content.u32(written);
    content.copy(items.written);
    return content.written;
  }

  /** Copies segments, whose offsets must be constants. */
  #segments(section: "element" | "data"): Uint8Array | undefined {
    const cursor = this.#cursor(section);
    if (cursor === undefined) return undefined;
    const content = new Writer();
    const count = cursor.u32("number of segments");
    content.u32(count);
    for (let index = 0; index < count; index++) {
      const flags = cursor.byte("form");
      if (flags !== 0) throw new OutsideProfile("a segment that is not active, or names its table or memory");
      content.byte(0);
      this.#constant(cursor, content);
      const start = cursor.at;
      const length = cursor.u32("length");
      if (section === "data") cursor.at += length;
      for (let item = 0; section === "element" && item < length; item++) cursor.u32("index");
      content.copy(this.#bytes, start, cursor.at);
    }
    return content.written;
  }

  /** Copies a constant expression, with the value of an imported global in its place. */
  #constant(cursor: Cursor, content: Writer): void {
    const start = cursor.at;
    if (this.#bytes[start] !== GLOBAL_GET) {
      while (readInstructionAt(cursor).op.name !== "end");
      content.copy(this.#bytes, start, cursor.at);
      return;
    }
    cursor.at += 1;
    const global = this.#globals[cursor.u32("index of the global")];
    if (global === undefined || cursor.byte("end") !== END) throw new OutsideProfile("an expression of globals");
    content.copy(global.constant);
  }

  #list(ranges: readonly Range[]): Uint8Array {
    const content = new Writer();
    content.u32(ranges.length);
    for (const { start, end } of ranges) content.copy(this.#bytes, start, end);
    return content.written;
  }

  #content(kind: Kind): Uint8Array | undefined {
    const section = this.#sections.find(({ id }) => id === FIRST[kind]);
    return section && this.#bytes.subarray(section.content, section.end);
  }

  #cursor(kind: Kind): Cursor | undefined {
    const section = this.#sections.find(({ id }) => id === FIRST[kind]);
    return section && new Cursor(this.#bytes, section.content, section.end, kind);
  }
}

function shared(module: string, name: string, others: Others): OutsideProfile {
  others.share(module);
  return new OutsideProfile(`${module}.${name} is shared`);
}

function writeExport(writer: Writer, name: string, kind: number, index: number): 1 {
  writer.name(name);
  writer.byte(kind);
  writer.u32(index);
  return 1;
}
