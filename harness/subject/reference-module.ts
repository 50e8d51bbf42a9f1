/** The reference as a module under test, for `proofhouse check --reference`. It shows the exports that `--module` needs. */
import { callMethod, capabilities } from "../../reference/wire/dispatch.ts";
import type { InProcessImplementation } from "../../runners/in-process.ts";
import { harnessVersion } from "../files/package-root.ts";

export const hashesThroughHost = true;

export const initialize: InProcessImplementation["initialize"] = () => ({
  protocol: 1,
  implementation: { name: "proofhouse-reference", version: harnessVersion(), language: "TypeScript" },
  capabilities: capabilities(),
});

export const call: InProcessImplementation["call"] = (method, params, host) =>
  callMethod(method, params, { functions: host });
