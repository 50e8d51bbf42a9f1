/**
 * Executes environments in the engine of Node, without metering.
 * The host functions follow only docs/spec/host-functions.md.
 */
import { exportedTypes } from "../ssz/exported-types.ts";
import { fail, type Json } from "../values.ts";
import { arithmetic } from "./arithmetic.ts";
import { checkBlockRequest } from "./block-requests.ts";
import { MapState, type NaiveState, type Params, ProofState, trap } from "./block-state.ts";

type Value = number | bigint;
type Exported = (...args: Value[]) => Value | undefined;

interface WasmInstance {
  readonly exports: Record<string, unknown> & { readonly memory: { readonly buffer: ArrayBuffer } };
}

interface WasmModule {
  readonly _: never;
}

interface WasmInterface {
  readonly Module: {
    new (bytes: Uint8Array): WasmModule;
    imports(module: WasmModule): { module: string; name: string }[];
  };
  readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
}

const { Module, Instance } = (globalThis as unknown as { WebAssembly: WasmInterface }).WebAssembly;

const HOSTS = ["env", "eth2", "debug", "bignum", "proof", "proofhouse"];

/** The functions that are offered to children. */
const FOR_CHILDREN =
  /^(?:debug\.|bignum\.|env\.(?:debug_|bignum_|print)|(?:env\.eth2_|eth2\.)(?:argument|return|call)$)/;

interface Running {
  readonly argument: Buffer;
  readonly caller: NaiveInstance;
  readonly returnStart: number;
  readonly returnLength: number;
}

/** An instance, with the accesses of its host functions. */
class NaiveInstance {
  readonly instance: WasmInstance;
  readonly #execution: NaiveExecution;
  /** Types of exported functions, by name in hex. */
  readonly #types: ReadonlyMap<string, string>;

  constructor(execution: NaiveExecution, code: Buffer, isChild: boolean, libraries: Map<string, NaiveInstance>) {
    this.#execution = execution;
    const module = new Module(code);
    this.#types = exportedTypes(code);
    const imports: Record<string, Record<string, unknown>> = Object.create(null);
    for (const { module: from, name } of Module.imports(module)) {
      const full = `${from}.${name}`;
      if (isChild && !FOR_CHILDREN.test(full)) throw new Error(`no child is offered ${full}`);
      imports[from] ??= Object.create(null) as Record<string, unknown>;
      imports[from][name] = libraries.get(from)?.instance.exports[name] ?? this.#host(full);
    }
    this.instance = new Instance(module, imports);
    if (this.instance.exports.memory === undefined) throw new Error("no memory");
  }

  #host(name: string): Exported {
    return (...args) => this.#execution.callHost(name, this, args);
  }

  /** A view of a range of the memory. */
  view(start: number, length: number): Buffer {
    const { buffer } = this.instance.exports.memory;
    if (start + length > buffer.byteLength) trap("range");
    return Buffer.from(buffer, start, length);
  }

  copy(start: number, length: number): Buffer {
    return Buffer.from(this.view(start, length));
  }

  function(name: Buffer): Exported | undefined {
    // Of type () → i32.
    if (this.#types.get(name.toString("hex")) !== "→7f") return undefined;
    return this.instance.exports[name.toString("utf8")] as Exported;
  }
}

export class NaiveExecution {
  readonly #preRoot: Buffer;
  readonly #blockData: Buffer;
  readonly #state: NaiveState | undefined;
  readonly #deposits: Buffer[] = [];
  readonly #log: { function: string; data: string }[] = [];
  readonly #buffers = new Map<number, Map<string, Buffer>>();
  readonly #children = new Map<number, NaiveInstance>();
  readonly #exposed = new Set<string>();
  readonly #calls: Running[] = [];
  readonly #environment: NaiveInstance;
  #postRoot: Buffer;

  constructor(method: string, params: Params) {
    checkBlockRequest(params, method === "runtime/record" ? "entries" : "proof");
    const libraries = new Map<string, NaiveInstance>();
    const listed = (params.libraries ?? []) as { name: string; code: string }[];
    if (listed.length > 16) fail("limit-exceeded", `${listed.length} libraries`);
    for (const { name, code } of listed) {
      if (HOSTS.includes(name) || libraries.has(name)) fail("invalid-argument", `library ${name}`);
      libraries.set(name, new NaiveInstance(this, unhex(code), false, new Map()));
    }
    this.#preRoot = unhex(params.preStateRoot);
    this.#postRoot = this.#preRoot;
    this.#blockData = unhex(params.blockData);
    this.#environment = new NaiveInstance(this, unhex(params.code), false, libraries);
    this.#state = openState(method, params);
  }

  run(): Params {
    (this.#environment.instance.exports.main as Exported)();
    const state = this.#state;
    return {
      postStateRoot: rehex(this.#postRoot),
      deposits: this.#deposits.map(rehex),
      log: this.#log,
      ...(state instanceof MapState ? state.recorded() : {}),
    };
  }

  callHost(name: string, caller: NaiveInstance, values: readonly Value[]): Value | undefined {
    const args = values.map((value) => (typeof value === "bigint" ? value : value >>> 0)) as number[];
    const short = name.replace(/^env\.eth2_/, "eth2.").replace(/^env\.debug_/, "debug.");
    const [group, own] = short.split(".");
    if (group === "debug" || short === "env.print") return this.#keep(name, own, caller, values);
    if (group === "bignum") return arithmetic(own, caller, args);
    if (short.startsWith("env.bignum_")) return arithmetic(own, caller, args);
    if (group === "proof") return this.#proof(own, caller, args);
    return (own.startsWith("buffer") ? this.#buffer(own, caller, args) : this.#eth2(own, caller, args)) as number;
  }

  #keep(name: string, own: string, caller: NaiveInstance, values: readonly Value[]): undefined {
    let data: Buffer = Buffer.alloc(own === "print64" ? 8 : 4);
    if (own === "print32") data.writeInt32LE(values[0] as number);
    else if (own === "print64") data.writeBigInt64LE(values[0] as bigint);
    else data = caller.copy((values[0] as number) >>> 0, (values[1] as number) >>> 0);
    this.#log.push({ function: name, data: rehex(data) });
  }

  #eth2(own: string, caller: NaiveInstance, args: readonly number[]): number | undefined {
    const [a, b, c] = args;
    switch (own) {
      case "loadPreStateRoot":
        this.#preRoot.copy(caller.view(a, 32));
        return undefined;
      case "savePostStateRoot":
        this.#postRoot = caller.copy(a, 32);
        return undefined;
      case "blockDataSize":
        return this.#blockData.length;
      case "blockDataCopy": {
        const to = caller.view(a, c);
        if (b + c > this.#blockData.length) trap("range");
        this.#blockData.subarray(b, b + c).copy(to);
        return undefined;
      }
      case "pushNewDeposit":
        if (b !== 184) trap("deposit-length");
        this.#deposits.push(caller.copy(a, b));
        return undefined;
      case "useTicks":
        return undefined;
      case "loadModule":
        if (a > 15 || this.#children.has(a)) trap("slot");
        this.#children.set(a, this.#child(caller.copy(b, c)));
        return undefined;
      case "callModule": {
        this.#checkDepth();
        const child = this.#children.get(a) ?? trap("slot");
        return this.#call(caller, args.slice(1), (name) => child.function(name) ?? trap("export"));
      }
      case "expose": {
        const name = caller.copy(a, b);
        if (this.#environment.function(name) === undefined) trap("export");
        this.#exposed.add(name.toString("hex"));
        return undefined;
      }
      case "call":
        this.#checkDepth();
        return this.#call(caller, args, (name) => {
          if (!this.#exposed.has(name.toString("hex"))) trap("not-exposed");
          return this.#environment.function(name) as Exported;
        });
      case "argument": {
        const room = caller.view(a, b);
        const argument = this.#calls.at(-1)?.argument ?? Buffer.alloc(0);
        argument.copy(room);
        return argument.length;
      }
      case "return": {
        const answer = caller.copy(a, b);
        const running = this.#calls.at(-1);
        if (running === undefined) return 0;
        answer.copy(running.caller.view(running.returnStart, running.returnLength));
        return running.returnLength;
      }
      default:
        throw new Error(`eth2.${own} is not known here`);
    }
  }

  #child(code: Buffer): NaiveInstance {
    try {
      return new NaiveInstance(this, code, true, new Map());
    } catch {
      return trap("child-module");
    }
  }

  #checkDepth(): void {
    if (this.#calls.length === 64) trap("call-depth");
  }

  #call(caller: NaiveInstance, args: readonly number[], find: (name: Buffer) => Exported): number {
    const [name, nlen, arg, alen, returnStart, returnLength] = args;
    const named = caller.copy(name, nlen);
    const argument = caller.copy(arg, alen);
    caller.view(returnStart, returnLength);
    const callee = find(named);
    this.#calls.push({ argument, caller, returnStart, returnLength });
    const result = callee() as number;
    this.#calls.pop();
    return result;
  }

  #buffer(own: string, caller: NaiveInstance, [a, b, c]: readonly number[]): number | undefined {
    if (a > 255 || (own === "bufferMerge" && b > 255)) trap("frame");
    const frame = this.#buffers.get(a) ?? new Map<string, Buffer>();
    this.#buffers.set(a, frame);
    if (own === "bufferClear") frame.clear();
    if (own === "bufferMerge") for (const [key, value] of [...(this.#buffers.get(b) ?? [])]) frame.set(key, value);
    if (own !== "bufferGet" && own !== "bufferSet") return undefined;
    const key = caller.copy(b, 32).toString("hex");
    const value = caller.view(c, 32);
    if (own === "bufferSet") return void frame.set(key, Buffer.from(value));
    return frame.get(key)?.copy(value) === undefined ? 1 : 0;
  }

  #proof(own: string, caller: NaiveInstance, [a, b]: readonly number[]): number | undefined {
    const state = this.#state;
    if (own === "load") return state === undefined ? 1 : 0;
    if (state === undefined) return trap("no-state");
    const zero = Buffer.alloc(32);
    switch (own) {
      case "get": {
        const [key, room] = [rehex(caller.view(a, 32)), caller.view(b, 32)];
        const value = state.get(key);
        if (value === null) return 1;
        unhex(value).copy(room);
        return 0;
      }
      case "set": {
        const [key, value] = [rehex(caller.view(a, 32)), caller.view(b, 32)];
        state.set(key, value.equals(zero) ? null : rehex(value));
        return undefined;
      }
      case "delete":
        state.set(rehex(caller.view(a, 32)), null);
        return undefined;
      case "root": {
        const room = caller.view(a, 32);
        unhex(state.root()).copy(room);
        return undefined;
      }
      case "checkpoint":
        state.checkpoint();
        return undefined;
      default:
        state.close(own as "commit" | "revert");
        return undefined;
    }
  }
}

function openState(method: string, { state, preStateRoot }: Params): NaiveState | undefined {
  if (method === "runtime/record") return new MapState(preStateRoot, state as Params);
  return state === undefined ? undefined : new ProofState(preStateRoot, state as Params);
}

function unhex(value: Json | undefined): Buffer {
  return Buffer.from(String(value).slice(2), "hex");
}

function rehex(bytes: Buffer): string {
  return `0x${bytes.toString("hex")}`;
}
