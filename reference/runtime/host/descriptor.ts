/** What the table of host functions holds: everything about a function, so that nothing about it is said elsewhere. */
import type { FunctionType, Role, ValueType } from "../module.ts";
import type { HostCall } from "./host-call.ts";

/** Bytes that a function pays for: so many, or as many as a parameter says. */
export type ByteCount = number | string;

export interface HostDescriptor {
  /** `module.name`, each of which is the function. */
  readonly names: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly type: ValueType }[];
  readonly type: FunctionType;
  readonly roles: readonly Role[];
  /** In units of `host.base`. */
  readonly base: number;
  /** Their sum is what is paid for. */
  readonly bytes: readonly ByteCount[];
  /** Does what the function does, once it is paid. Errors: Trap, OutOfGas, NodeFault, ProofError. */
  readonly run: (call: HostCall) => number | undefined;
}

/** A function as its file states it. */
interface Stated extends Pick<HostDescriptor, "names" | "base"> {
  /** Names of parameters; an i64 is `name: i64`. */
  readonly parameters?: readonly string[];
  readonly roles?: readonly Role[];
  readonly bytes?: readonly ByteCount[];
}

const BOTH: readonly Role[] = ["environment", "child"];
const ENVIRONMENT: readonly Role[] = ["environment"];

/** Every function of `eth2` has two names. */
export function eth2(name: string): readonly string[] {
  return [`env.eth2_${name}`, `eth2.${name}`];
}

/** A function without result. For the environment alone, unless it says otherwise. */
export function procedure(stated: Stated, run: (call: HostCall) => void): HostDescriptor {
  return describe(stated, [], (call) => {
    run(call);
    return undefined;
  });
}

/** A function that returns an i32. */
export function query(stated: Stated, run: (call: HostCall) => number): HostDescriptor {
  return describe(stated, ["i32"], run);
}

/** Offers to children too what touches neither roots nor state. */
export function forBoth(stated: Stated): Stated {
  return { ...stated, roles: BOTH };
}

function describe(stated: Stated, results: readonly ValueType[], run: HostDescriptor["run"]): HostDescriptor {
  const parameters = (stated.parameters ?? []).map((text) => {
    const [name, type = "i32"] = text.split(": ");
    return { name, type: type as ValueType };
  });
  return {
    names: stated.names,
    parameters,
    type: { params: parameters.map(({ type }) => type), results },
    roles: stated.roles ?? ENVIRONMENT,
    base: stated.base,
    bytes: stated.bytes ?? [],
    run,
  };
}
