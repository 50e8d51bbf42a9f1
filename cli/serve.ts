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
  const { callMethod, proofCapabilities } = await import("../reference/wire/dispatch.ts");
  const { harnessVersion } = await import("../harness/package-root.ts");
  // When the harness has gone there is nobody left to answer.
  process.stdout.on("error", () => process.exit(0));
  await serve({
    initialize: {
      protocol: 1,
      implementation: { name: "proofhouse-reference", version: harnessVersion(), language: "TypeScript" },
      capabilities: { proof: proofCapabilities() },
    },
    call: callMethod,
  });
}
