/** `proofhouse serve`: the reference as an implementation on stdio. */
import { type Command, Option } from "commander";
import type { Engine } from "../reference/runtime/engine.ts";

export function addServe(program: Command): void {
  program
    .command("serve")
    .summary("serve the reference as an implementation on stdio")
    .description(
      "Serves the reference through the interface of docs/spec/protocol.md: JSON-RPC on stdin and stdout, one message per line.",
    )
    .addOption(
      new Option("--engine <name>", "the engine for modules (default: v8, and the interpreter when V8 fails)").choices([
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
  // When the harness has exited, answers have no reader.
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
