/** `proofhouse serve`: the reference as an implementation on stdio. */
import { type Command, Option } from "commander";
import type { Engine } from "../reference/runtime/engine.ts";

export function addServe(program: Command): void {
  program
    .command("serve")
    .summary("be an implementation: the reference, on stdio")
    .description(
      "Answers the interface of CONFORMANCE.md on stdin and stdout with the reference, one JSON-RPC message per line.",
    )
    .addOption(
      new Option("--engine <name>", "what executes modules; the interpreter where V8 gives up, when left out").choices([
        "v8",
        "interpreter",
      ]),
    )
    .addHelpText("after", '\nExample:\n  proofhouse check --command "npx proofhouse serve"')
    .action(run);
}

async function run({ engine }: { engine?: "v8" | "interpreter" }): Promise<void> {
  const { serve } = await import("../kits/javascript/adapter/adapter.ts");
  const { initialize } = await import("../harness/subject/reference-module.ts");
  const { callMethod } = await import("../reference/wire/dispatch.ts");
  const engines = engine === undefined ? {} : { engines: [await engineOf(engine)] };
  // When the harness has gone there is nobody left to answer.
  process.stdout.on("error", () => process.exit(0));
  await serve({
    initialize: initialize(),
    call: (method, params) => callMethod(method, params, engines),
  });
}

async function engineOf(name: "v8" | "interpreter"): Promise<Engine> {
  if (name === "interpreter") return (await import("../reference/runtime/interpreter/engine.ts")).createInterpreter();
  return (await import("../reference/runtime/v8/engine.ts")).createV8Engine();
}
