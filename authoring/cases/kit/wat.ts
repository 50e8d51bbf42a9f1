/** Assembles modules in the text format. Only generators and tests use it, because `wabt` is not shipped. */
import loadWabt from "wabt";

type Wabt = Awaited<ReturnType<typeof loadWabt>>;

/** All features of the assembler, so that it also accepts modules outside of the profile. */
const FEATURES: Parameters<Wabt["parseWat"]>[2] = {
  exceptions: true,
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  threads: true,
  function_references: true,
  multi_value: true,
  tail_call: true,
  bulk_memory: true,
  reference_types: true,
  gc: true,
  memory64: true,
  extended_const: true,
  relaxed_simd: true,
};

let loading: Promise<Wabt> | undefined;

/**
 * Returns the bytes of a module. Types are not checked, so that generators can write ill-typed modules. A `relocatable` module has its
 * indices in the longest form, as linkers write them.
 *
 * Errors: Error with the line, for a text that is not a module.
 */
export async function assemble(wat: string, relocatable = false): Promise<Uint8Array> {
  loading ??= loadWabt();
  const wabt = await loading;
  const module = wabt.parseWat("module.wat", wat, FEATURES);
  try {
    module.resolveNames();
    return Uint8Array.from(module.toBinary({ canonicalize_lebs: !relocatable, relocatable }).buffer);
  } finally {
    module.destroy();
  }
}
