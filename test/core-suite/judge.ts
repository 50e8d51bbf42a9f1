/** Runs the commands of a script in the validator and the engines, counts their outcomes and lists where they disagree with the suite. */
import { assemble } from "../../authoring/cases/kit/wat.ts";
import type { WasmValue } from "../../reference/runtime/engine.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { validate as isValidInV8 } from "../reference/runtime/plain-v8.ts";
import type { Action, Command, ModuleSource } from "./script.ts";
import { OutsideProfile } from "./to-profile.ts";
import { type End, isDetached, type Linked, World } from "./world.ts";

/** The assembled texts; undefined for a text that cannot be assembled. */
type Assembled = ReadonlyMap<string, Uint8Array | undefined>;

interface Current {
  readonly linked: Linked | undefined;
  readonly isAsIntegers: boolean;
}

const NONE: Current = { linked: undefined, isAsIntegers: false };

/** Some loops never end with integers in place of floating point. */
const LITTLE_GAS = 5_000_000n;

/** The reasons of traps, by the beginnings of the suite's messages. */
const TRAPS: readonly (readonly [beginning: string, reason: string])[] = [
  ["unreachable", "unreachable"],
  ["out of bounds memory access", "memory-range"],
  ["integer divide by zero", "division-by-zero"],
  ["integer overflow", "integer-overflow"],
  ["undefined element", "table-index"],
  ["uninitialized element", "call-type"],
  ["indirect call type mismatch", "call-type"],
  ["call stack exhausted", "stack"],
];

export class Judge {
  /** The number of commands by kind and outcome. */
  readonly tally = new Map<string, number>();
  /** Each one begins with its file and line. */
  readonly disagreements: string[] = [];

  async judge(file: string, commands: readonly Command[]): Promise<void> {
    const script = new Script(await assembleAll(commands));
    for (const command of commands) {
      const count = (outcome: string) => {
        const key = `${command.kind}: ${outcome}`;
        this.tally.set(key, (this.tally.get(key) ?? 0) + 1);
      };
      const disagree = (what: string) => this.disagreements.push(`${file}:${command.line} ${command.kind}: ${what}`);
      try {
        script.play(command, count, disagree);
      } catch (error) {
        disagree(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }
}

/** Reports the outcome of a command, or a disagreement with the suite. */
type Say = (what: string) => void;

class Script {
  readonly #assembled: Assembled;
  readonly #world = new World();
  readonly #named = new Map<string, Current>();
  #last = NONE;

  constructor(assembled: Assembled) {
    this.#assembled = assembled;
  }

  play(command: Command, count: Say, disagree: Say): void {
    switch (command.kind) {
      case "module":
        this.#last = NONE;
        this.#last = this.#define(command.module, count, disagree);
        if (command.module.name !== undefined) this.#named.set(command.module.name, this.#last);
        break;
      case "register":
        this.#world.register(command.as, this.#find(command.module).linked);
        break;
      case "malformed":
      case "invalid":
      case "unlinkable":
      case "uninstantiable":
        this.#reject(command, count, disagree);
        break;
      default:
        this.#call(command, count, disagree);
    }
  }

  #find(name: string | undefined): Current {
    return name === undefined ? this.#last : (this.#named.get(name) ?? NONE);
  }

  /** A valid module is never rejected as `malformed` or `type`, and is linked if the profile allows it. */
  #define(source: ModuleSource, count: Say, disagree: Say): Current {
    const bytes = this.#bytes(source.content);
    if (bytes === undefined) {
      count("not assembled");
      return NONE;
    }
    const reason = this.#verdict(bytes, "environment", disagree);
    count(reason);
    if (reason === "malformed" || reason === "type") disagree(`a valid module is rejected as ${reason}`);
    const code = this.#bytes(source.asIntegers) ?? bytes;
    const adapted = this.#adapted(code);
    if (adapted !== undefined) this.#verdict(adapted, "child", disagree);
    const result = this.#world.link(code);
    if (typeof result === "string") {
      count("not linked");
      return NONE;
    }
    count(source.asIntegers === undefined ? "linked" : "linked, as integers");
    if (result.start !== undefined && !isOne(result.start)) disagree(`start: ${show(result.start)}`);
    return { linked: result.linked, isAsIntegers: source.asIntegers !== undefined };
  }

  /** A faulty module must be rejected. Once adapted, V8 must agree. */
  #reject(
    { kind, module, message }: Extract<Command, { message: string; module: ModuleSource }>,
    count: Say,
    disagree: Say,
  ): void {
    const bytes = this.#bytes(module.content);
    if (bytes === undefined) {
      count(module.content === undefined ? "of the text format" : "not assembled");
      return;
    }
    const reason = this.#verdict(bytes, "environment", disagree);
    count(reason);
    if (reason === "accepted") disagree(`${message}: accepted`);
    const adapted = this.#adapted(this.#bytes(module.asIntegers) ?? bytes);
    if (adapted === undefined) return;
    const after = this.#verdict(adapted, "child", disagree);
    count(`adapted, ${after}`);
    if (kind === "uninstantiable" && after === "accepted") {
      const result = this.#world.link(adapted);
      const end = typeof result === "string" ? undefined : result.start;
      if (end === undefined || !isOne(end) || end.plain !== trapOf(message))
        disagree(`${message}: ${end && show(end)}`);
    }
  }

  /** Returns the reason of the rejection, or `accepted`. V8 must accept an accepted module, and reject a malformed or ill-typed one. */
  #verdict(bytes: Uint8Array, role: "environment" | "child", disagree: Say): string {
    const refusal = this.#world.refusal(bytes, role);
    const reason = refusal?.reason ?? "accepted";
    const isFaulty = reason === "malformed" || reason === "type";
    if ((reason === "accepted" || isFaulty) && isValidInV8(bytes) === isFaulty) {
      disagree(`${reason} (${refusal?.message}), unlike V8`);
    }
    return reason;
  }

  #adapted(bytes: Uint8Array): Uint8Array | undefined {
    try {
      return this.#world.adapt(bytes).bytes;
    } catch (error) {
      if (error instanceof OutsideProfile || error instanceof ModuleError) return undefined;
      throw error;
    }
  }

  #call(command: Extract<Command, { action: Action }>, count: Say, disagree: Say): void {
    const { field, args, module } = command.action;
    const { linked, isAsIntegers } = this.#find(module);
    const obstacle = obstacleTo(command, linked);
    if (linked === undefined || obstacle !== undefined) {
      count(`skipped, ${obstacle}`);
      return;
    }
    const end = this.#world.call(linked, field, args as WasmValue[], isAsIntegers ? LITTLE_GAS : undefined);
    if (!isOne(end)) disagree(`${field}: ${show(end)}`);
    if (!end.isCountedAlike) disagree(`${field}: gas or stack differ`);
    const wanted = wantedOf(command);
    if (wanted === undefined || end.plain === wanted) {
      count(isAsIntegers ? "executed, as integers" : "executed");
    } else if (isAsIntegers || isDetached(linked)) count("executed, means something else");
    else disagree(`${field}: expected ${wanted}, got ${show(end)}`);
  }

  #bytes(content: ModuleSource["content"]): Uint8Array | undefined {
    return typeof content === "string" ? this.#assembled.get(content) : content;
  }
}

async function assembleAll(commands: readonly Command[]): Promise<Assembled> {
  const assembled = new Map<string, Uint8Array | undefined>();
  for (const command of commands) {
    const source = "module" in command && typeof command.module === "object" ? command.module : undefined;
    for (const text of [source?.content, source?.asIntegers]) {
      if (typeof text === "string" && !assembled.has(text))
        assembled.set(text, await assemble(text).catch(() => undefined));
    }
  }
  return assembled;
}

/** Returns why a call cannot be made, undefined if it can. */
function obstacleTo(command: Extract<Command, { action: Action }>, linked: Linked | undefined): string | undefined {
  const { kind, field, args } = command.action;
  const results = command.kind === "returns" ? command.results : [];
  if (linked === undefined) return "no instance";
  if (kind === "get") return "a global";
  if (linked.instances[0].exportType(field) === undefined) return "no such function here";
  return [...args, ...results].includes(undefined) ? "of no known bits" : undefined;
}

/** The expected result or trap of an action, undefined if the script expects none. */
function wantedOf(command: Extract<Command, { action: Action }>): string | undefined {
  if (command.kind === "returns") return String(command.results[0]);
  return command.kind === "traps" ? trapOf(command.message) : undefined;
}

function trapOf(message: string): string {
  return TRAPS.find(([beginning]) => message.startsWith(beginning))?.[1] ?? message;
}

function isOne({ plain, interpreted, metered }: End): boolean {
  return plain === interpreted && interpreted === metered;
}

function show({ plain, interpreted, metered }: End): string {
  return `${plain} plain, ${interpreted} interpreted, ${metered} metered`;
}
