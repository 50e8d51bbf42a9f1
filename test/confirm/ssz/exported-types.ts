/** The types of the functions that a module exports, read from its bytes, because the JavaScript API does not report them. */

const [TYPES, IMPORTS, FUNCTIONS, EXPORTS] = [1, 2, 3, 7];

class Reader {
  readonly #bytes: Buffer;
  #offset: number;

  constructor(bytes: Buffer, offset = 0) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  number(): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.#bytes.readUInt8(this.#offset++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  }

  bytes(length: number = this.number()): Buffer {
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.number() }, read);
  }
}

/** By the name of the export in hex: the types of its parameters, an arrow and the types of its results, in hex. */
export function exportedTypes(code: Buffer): Map<string, string> {
  const reader = new Reader(code, 8);
  let types: string[] = [];
  const functions: number[] = [];
  const exported = new Map<string, string>();
  while (!reader.isAtEnd) {
    const id = reader.number();
    const section = new Reader(reader.bytes());
    if (id === TYPES) {
      types = section.list(() => {
        section.number();
        return `${section.bytes().toString("hex")}→${section.bytes().toString("hex")}`;
      });
    }
    if (id === IMPORTS) {
      section.list(() => {
        section.bytes();
        section.bytes();
        if (section.number() !== 0) throw new Error("an import that is not a function");
        functions.push(section.number());
      });
    }
    if (id === FUNCTIONS) section.list(() => functions.push(section.number()));
    if (id === EXPORTS) {
      section.list(() => {
        const name = section.bytes().toString("hex");
        const kind = section.number();
        const index = section.number();
        if (kind === 0) exported.set(name, types[functions[index]]);
      });
    }
  }
  return exported;
}
