/**
 * Splits a byte stream into lines of strict UTF-8 with a bounded length.
 *
 * Req: WIRE-004, WIRE-008.
 */
import { isAscii, isUtf8 } from "node:buffer";

export interface LineSink {
  /** Called with a line without its line feed. The sink may stop the splitter; then no further line follows. */
  line(text: string): void;
  /** Called at most once, when the rest of the stream cannot be read. */
  broken(message: string): void;
}

const LINE_FEED = 0x0a;
const FIRST_CAPACITY = 64 * 1024;

export class LineSplitter {
  readonly #sink: LineSink;
  readonly #maxLineBytes: number;
  /** Begins with the unterminated line. It doubles when it is full, because a line may arrive byte by byte. */
  #pending: Buffer | undefined;
  #pendingBytes = 0;
  #stopped = false;

  constructor(sink: LineSink, maxLineBytes: number) {
    this.#sink = sink;
    this.#maxLineBytes = maxLineBytes;
  }

  /** The number of bytes of the unterminated line. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Discards the unterminated line and all further input. */
  stop(): void {
    this.#stopped = true;
    this.#pending = undefined;
  }

  /** Reads the next bytes and calls the sink for every line that they complete. */
  push(chunk: Buffer): void {
    if (this.#stopped) return;
    let rest = chunk;
    if (this.#pendingBytes > 0) {
      const end = chunk.indexOf(LINE_FEED);
      if (!this.#keep(end < 0 ? chunk : chunk.subarray(0, end)) || end < 0) return;
      const line = (this.#pending as Buffer).subarray(0, this.#pendingBytes);
      this.#pending = undefined;
      this.#pendingBytes = 0;
      if (!this.#emit(line)) return;
      rest = chunk.subarray(end + 1);
    }
    const lastEnd = rest.lastIndexOf(LINE_FEED);
    if (lastEnd >= 0) {
      const whole = rest.subarray(0, lastEnd + 1);
      if (!(isAscii(whole) ? this.#emitAscii(whole) : this.#emitEach(whole))) return;
      rest = rest.subarray(lastEnd + 1);
    }
    if (rest.length > 0) this.#keep(rest);
  }

  /** Appends to the unterminated line. The bytes are counted before they are stored, so that the bound also limits the memory. */
  #keep(part: Buffer): boolean {
    const bytes = this.#pendingBytes + part.length;
    if (bytes > this.#maxLineBytes) return this.#breakTooLong();
    const capacity = this.#pending?.length ?? 0;
    if (bytes > capacity) {
      const grown = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(2 * capacity, this.#maxLineBytes), FIRST_CAPACITY));
      this.#pending?.copy(grown, 0, 0, this.#pendingBytes);
      this.#pending = grown;
    }
    part.copy(this.#pending as Buffer, this.#pendingBytes);
    this.#pendingBytes = bytes;
    return true;
  }

  /** The usual case, many short ASCII lines, needs only one conversion. */
  #emitAscii(lines: Buffer): boolean {
    const text = lines.toString("latin1");
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf("\n", start);
      if (end - start > this.#maxLineBytes) return this.#breakTooLong();
      if (!this.#pass(text.slice(start, end))) return false;
      start = end + 1;
    }
    return true;
  }

  #emitEach(lines: Buffer): boolean {
    for (let start = 0; start < lines.length; ) {
      const end = lines.indexOf(LINE_FEED, start);
      if (end - start > this.#maxLineBytes) return this.#breakTooLong();
      if (!this.#emit(lines.subarray(start, end))) return false;
      start = end + 1;
    }
    return true;
  }

  #emit(line: Buffer): boolean {
    if (!isUtf8(line)) return this.#break("not UTF-8");
    return this.#pass(line.toString("utf8"));
  }

  #pass(line: string): boolean {
    this.#sink.line(line);
    return !this.#stopped;
  }

  #breakTooLong(): boolean {
    return this.#break(`longer than ${this.#maxLineBytes} bytes`);
  }

  #break(message: string): boolean {
    this.stop();
    this.#sink.broken(message);
    return false;
  }
}
