/** `proofhouse serve`: the reference as an implementation on stdio. */
import type { Command } from "commander";

export function addServe(program: Command): void {
  program
    .command("serve")
    .summary("be an implementation: the reference, on stdio")
    .description("Answers the proof interface on stdin and stdout with the reference, one JSON-RPC message per line.")
    .addHelpText("after", '\nExample:\n  proofhouse check --command "npx proofhouse serve"')
    .action(run);
}

async function run(): Promise<void> {
  const { serve } = await import("../runners/adapter.ts");
  const { initialize } = await import("../harness/reference-module.ts");
  const { callMethod } = await import("../reference/wire/dispatch.ts");
  // When the harness has gone there is nobody left to answer.
  process.stdout.on("error", () => process.exit(0));
  await serve({
    initialize: initialize(),
    call: callMethod,
  });
}
