/** Keeps compiled modules, so that a module that is executed often is instrumented and compiled once. */
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../../core/bytes.ts";
import type { CostTable } from "../costs.ts";
import { NodeFault } from "../faults.ts";
import { instrument } from "../meter/instrument.ts";
import type { ValidModule } from "../module.ts";
import { type CompiledModule, Module } from "./web-assembly.ts";

export class CompiledModules {
  /** In the order of their last use. */
  readonly #kept = new Map<string, CompiledModule>();
  readonly #most: number;
  readonly #costs: CostTable;

  constructor(most: number, costs: CostTable) {
    this.#most = most;
    this.#costs = costs;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** The module, instrumented and compiled. Errors: NodeFault where the engine does not take it. */
  compiled(module: ValidModule): CompiledModule {
    const key = `${this.#costs.version} ${toHex(sha256(module.bytes))}`;
    const compiled = this.#kept.get(key) ?? compile(instrument(module, this.#costs));
    this.#kept.delete(key);
    this.#kept.set(key, compiled);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return compiled;
  }
}

function compile(bytes: Uint8Array): CompiledModule {
  try {
    return new Module(bytes);
  } catch (error) {
    throw new NodeFault("the engine refused a module that is valid", { cause: error });
  }
}
