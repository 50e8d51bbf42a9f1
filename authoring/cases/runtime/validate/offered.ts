/** The functions of docs/spec/host-functions.md, and the roles that they are offered to. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { flagged, type ModuleCase, moduleFile } from "./cases.ts";
import { importing, MAIN, MEMORY } from "./definitions.ts";

type Offered = "environment" | "child" | "both";

interface Function {
  readonly names: readonly string[];
  /** Types of the parameters. A result is an i32. */
  readonly params: readonly string[];
  readonly result: boolean;
  readonly to: Offered;
}

const i32s = (count: number): readonly string[] => Array.from({ length: count }, () => "i32");

function eth2(to: Offered, name: string, params: number, result = false): Function {
  return { names: [`env.eth2_${name}`, `eth2.${name}`], params: i32s(params), result, to };
}

function debug(name: string, params: readonly string[]): Function {
  return { names: [`debug.${name}`, `env.debug_${name}`], params, result: false, to: "both" };
}

function proof(name: string, params: number, result = false): Function {
  return { names: [`proof.${name}`], params: i32s(params), result, to: "environment" };
}

function bignum(width: 256 | 384): Function[] {
  const one = (name: string, params: readonly string[], result = false): Function => ({
    ...{ names: [`bignum.${name}${width}`], params, result, to: "both" },
  });
  return [
    ...["add", "sub"].map((name) => one(name, i32s(3), true)),
    one("mul", i32s(3)),
    ...["divmod", "addmod", "submod", "mulmod"].map((name) => one(name, i32s(4))),
    one("montmul", ["i32", "i32", "i32", "i64", "i32"]),
    ...(width === 256 ? [one("expmod", i32s(4))] : []),
  ];
}

const FUNCTIONS: readonly Function[] = [
  eth2("environment", "loadPreStateRoot", 1),
  eth2("environment", "savePostStateRoot", 1),
  eth2("environment", "blockDataSize", 0, true),
  eth2("environment", "blockDataCopy", 3),
  eth2("environment", "pushNewDeposit", 2),
  eth2("environment", "useTicks", 1),
  eth2("environment", "loadModule", 3),
  eth2("environment", "callModule", 7, true),
  eth2("environment", "expose", 2),
  eth2("child", "call", 6, true),
  eth2("both", "argument", 2, true),
  eth2("both", "return", 2, true),
  eth2("environment", "bufferGet", 3, true),
  eth2("environment", "bufferSet", 3),
  eth2("environment", "bufferMerge", 2),
  eth2("environment", "bufferClear", 1),
  debug("print32", ["i32"]),
  debug("print64", ["i64"]),
  debug("printMem", i32s(2)),
  debug("printMemHex", i32s(2)),
  { names: ["env.print"], params: i32s(2), result: false, to: "both" },
  ...bignum(256),
  ...bignum(384),
  ...["add256", "sub256"].map(
    (name): Function => ({ names: [`env.bignum_${name}`], params: i32s(3), result: false, to: "both" }),
  ),
  proof("load", 0, true),
  proof("get", 2, true),
  proof("set", 2),
  proof("delete", 1),
  proof("root", 1),
  proof("checkpoint", 0),
  proof("commit", 0),
  proof("revert", 0),
];

function importOf(name: string, { params, result }: Pick<Function, "params" | "result">): string {
  const [module, own] = name.split(".");
  const taken = params.length === 0 ? "" : ` (param ${params.join(" ")})`;
  return `"${module}" "${own}" (func${taken}${result ? " (result i32)" : ""})`;
}

const idOf = (name: string): string => name.replace(/[._]/g, "-").toLowerCase();

/** One module that imports every function of a role, under all of its names. */
function everything(role: "environment" | "child"): ModuleCase {
  const imports = FUNCTIONS.filter(({ to }) => to === role || to === "both").flatMap((one) =>
    one.names.map((name) => `(import ${importOf(name, one)})`),
  );
  return {
    id: `everything-for-${role}`,
    about: `every function that is offered to ${role === "child" ? "a child" : "an environment"}, under each of its names`,
    wat: `(module ${imports.join("\n  ")}\n  ${MEMORY} ${MAIN})`,
    role,
  };
}

/** Functions of one role, imported by the other role and by a library. */
function toOthers(): ModuleCase[] {
  return FUNCTIONS.flatMap((one) =>
    one.names.flatMap((name, index): ModuleCase[] => {
      const wat = importing(importOf(name, one));
      const other = one.to === "child" ? "environment" : "child";
      const refused = (role: string): ModuleCase => ({
        ...{ id: `${idOf(name)}-to-${role}`, about: `${name}, imported by a module of the role ${role}` },
        ...{ wat, role, reason: "import" as const },
      });
      return [...(one.to === "both" ? [] : [refused(other)]), ...(index === 0 ? [refused("library")] : [])];
    }),
  );
}

/** Every name with wrong signatures. */
function otherSignatures(): ModuleCase[] {
  return FUNCTIONS.flatMap((one) =>
    one.names.flatMap((name): ModuleCase[] => {
      const role = one.to === "child" ? "child" : "environment";
      const wrong = (id: string, about: string, params: readonly string[], result: boolean): ModuleCase => ({
        ...{ id: `${idOf(name)}-${id}`, about: `${name} ${about}` },
        ...{ wat: importing(importOf(name, { params, result })), role, reason: "import" as const },
      });
      const last = one.params.at(-1);
      return [
        wrong("other-result", one.result ? "without its result" : "with a result", one.params, !one.result),
        wrong("one-more", "with a parameter more", [...one.params, "i32"], one.result),
        ...(last === undefined
          ? []
          : [
              wrong(
                "other-parameter",
                "with a last parameter of the other type",
                [...one.params.slice(0, -1), last === "i32" ? "i64" : "i32"],
                one.result,
              ),
            ]),
      ];
    }),
  );
}

export async function offeredFiles(): Promise<VectorFile[]> {
  return [
    await moduleFile(
      "validate/offered.ts",
      {
        theme: "offered",
        about: "Every function of the host, to whom it is offered, and under no other signature.",
        requirements: ["RUNTIME-HOST-001", "RUNTIME-MODULE-041", "RUNTIME-MODULE-042", "RUNTIME-MODULE-043"],
      },
      [
        everything("environment"),
        everything("child"),
        ...flagged(["bad-definition"], [...toOthers(), ...otherSignatures()]),
      ],
    ),
  ];
}
