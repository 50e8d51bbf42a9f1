/**
 * Executes an environment without imports in the engine of Node, without metering, and reports the return or the
 * trap.
 */

type Main = () => void;

interface WasmInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly main: Main } };
  readonly RuntimeError: new () => Error;
}

const { Module, Instance, RuntimeError } = (globalThis as unknown as { WebAssembly: WasmInterface }).WebAssembly;

const REASONS: Readonly<Record<string, string>> = {
  unreachable: "unreachable",
  "memory access out of bounds": "memory-range",
  "divide by zero": "division-by-zero",
  "remainder by zero": "division-by-zero",
  "divide result unrepresentable": "integer-overflow",
  "table index is out of bounds": "table-index",
  "null function or function signature mismatch": "call-type",
};

/**
 * Output: the reason of the trap; undefined when `main` returns.
 * A stack overflow of this engine counts as endless recursion.
 */
export function plainEnd(code: string): string | undefined {
  const { main } = new Instance(new Module(Buffer.from(code.slice(2), "hex"))).exports;
  try {
    main();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return "stack";
    return trapReason(error) ?? fail(error);
  }
}

/** The reason why an instruction trapped; undefined for any other error. */
export function trapReason(error: unknown): string | undefined {
  return error instanceof RuntimeError ? (REASONS[error.message] ?? error.message) : undefined;
}

function fail(error: unknown): never {
  throw error;
}
