/** A cache of compiled modules: a module that is executed often is instrumented and compiled once. */
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../../core/bytes.ts";
import type { CostTable } from "../costs.ts";
import { NodeFault } from "../faults.ts";
import { instrument } from "../meter/instrument.ts";
import type { ValidModule } from "../module.ts";
import { type CompiledModule, Module } from "./web-assembly.ts";

export class CompiledModules {
  /** The least recently used one first. */
  readonly #cache = new Map<string, CompiledModule>();
  readonly #capacity: number;
  readonly #costs: CostTable;

  constructor(capacity: number, costs: CostTable) {
    this.#capacity = capacity;
    this.#costs = costs;
  }

  get size(): number {
    return this.#cache.size;
  }

  /** Returns the instrumented and compiled module. Errors: NodeFault if the engine rejects it. */
  compiled(module: ValidModule): CompiledModule {
    const key = `${this.#costs.version} ${toHex(sha256(module.bytes))}`;
    const compiled = this.#cache.get(key) ?? compile(instrument(module, this.#costs));
    this.#cache.delete(key);
    this.#cache.set(key, compiled);
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= this.#capacity) break;
      this.#cache.delete(oldest);
    }
    return compiled;
  }
}

function compile(bytes: Uint8Array): CompiledModule {
  try {
    return new Module(bytes);
  } catch (error) {
    throw new NodeFault("the engine rejected a valid module", { cause: error });
  }
}
