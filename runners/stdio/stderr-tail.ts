/** Keeps the end of the stderr of a process, in bounded memory. Req: WIRE-018. */

const KEPT_BYTES = 64 * 1024;

export class StderrTail {
  #ring: Buffer | undefined;
  #totalBytes = 0;

  /** A position in the stream, for `since`. */
  get position(): number {
    return this.#totalBytes;
  }

  push(chunk: Buffer): void {
    this.#ring ??= Buffer.alloc(KEPT_BYTES);
    const kept = chunk.length > KEPT_BYTES ? chunk.subarray(chunk.length - KEPT_BYTES) : chunk;
    const start = (this.#totalBytes + chunk.length - kept.length) % KEPT_BYTES;
    const copied = kept.copy(this.#ring, start);
    kept.copy(this.#ring, 0, copied);
    this.#totalBytes += chunk.length;
  }

  /** Returns the text since `position`, with invalid UTF-8 replaced. It begins with the number of dropped bytes, if there are any. */
  since(position: number): string {
    const kept = Math.min(this.#totalBytes - position, KEPT_BYTES);
    if (this.#ring === undefined || kept === 0) return "";
    const start = (this.#totalBytes - kept) % KEPT_BYTES;
    const first = this.#ring.subarray(start, start + kept);
    const text = Buffer.concat([first, this.#ring.subarray(0, kept - first.length)]).toString("utf8");
    const dropped = this.#totalBytes - position - kept;
    return dropped === 0 ? text : `[${dropped} bytes dropped]\n${text}`;
  }
}
