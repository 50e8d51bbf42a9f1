/** An entry of the table of host functions: everything about one function, so that no other place repeats it. */
import type { FunctionType, Role, ValueType } from "../module.ts";
import type { HostCall } from "./host-call.ts";

/** The number of bytes that a function pays for, or the name of the parameter that holds it. */
export type ByteCount = number | string;

export interface HostDescriptor {
  /** Each as `module.name`. */
  readonly names: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly type: ValueType }[];
  readonly type: FunctionType;
  readonly roles: readonly Role[];
  /** In units of `host.base`. */
  readonly base: number;
  /** A function pays for the sum of them. */
  readonly bytes: readonly ByteCount[];
  /** Runs the function after it has been charged. Errors: Trap, OutOfGas, NodeFault, ProofError. */
  readonly run: (call: HostCall) => number | undefined;
}

/** A function as its file declares it. */
interface Declaration extends Pick<HostDescriptor, "names" | "base"> {
  /** The names of the parameters; an i64 is written `name: i64`. */
  readonly parameters?: readonly string[];
  readonly roles?: readonly Role[];
  readonly bytes?: readonly ByteCount[];
}

const BOTH: readonly Role[] = ["environment", "child"];
const ENVIRONMENT: readonly Role[] = ["environment"];

/** The two names of a function of `eth2`. */
export function eth2(name: string): readonly string[] {
  return [`env.eth2_${name}`, `eth2.${name}`];
}

/** A function without a result. It is offered only to environments, unless `roles` names others. */
export function procedure(stated: Declaration, run: (call: HostCall) => void): HostDescriptor {
  return describe(stated, [], (call) => {
    run(call);
    return undefined;
  });
}

/** A function that returns an i32. It is offered only to environments, unless `roles` names others. */
export function query(stated: Declaration, run: (call: HostCall) => number): HostDescriptor {
  return describe(stated, ["i32"], run);
}

/** Offers a function to children too. Such a function touches neither roots nor state. */
export function forBoth(stated: Declaration): Declaration {
  return { ...stated, roles: BOTH };
}

function describe(stated: Declaration, results: readonly ValueType[], run: HostDescriptor["run"]): HostDescriptor {
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
