/** The functions of docs/spec/host-functions.md, and the roles that they are offered to. */
import { readFileSync } from "node:fs";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { packagePath } from "../../../../harness/files/package-root.ts";
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

/** The rows of the table in the specification, so that a new function has its vectors at once. */
const FUNCTIONS: readonly Function[] = hostTable();

function hostTable(): Function[] {
  const page = readFileSync(packagePath("docs/spec/host-functions.md"), "utf8");
  return [...page.matchAll(/^\| (`[a-z]+\.[^|]*`) \|([^|]*)\|([^|]*)\|([^|]*)\|[^|]*\|[^|]*\|$/gm)].map(
    ([, names, parameters, result, roles]) => ({
      names: names.split(", ").map((name) => name.slice(1, -1)),
      params: parameters
        .split(",")
        .map((parameter) => parameter.trim())
        .filter((parameter) => parameter !== "")
        .map((parameter) => parameter.split(": ")[1] ?? "i32"),
      result: result.trim() !== "",
      to: roles.includes(",") ? "both" : (roles.trim() as Offered),
    }),
  );
}

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
