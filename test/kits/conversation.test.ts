/**
 * Sends the same hostile lines to the skeleton of every language. Each kit must answer with the same ids, codes and classes.
 * No vector covers these lines, because the harness never sends them.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { packagePath } from "../../harness/files/package-root.ts";
import type { Manifest } from "../../harness/subject/manifest.ts";
import { languageNames, writeSkeleton } from "../../workbench/init/skeleton.ts";
import { inCiAlone } from "../sample.ts";
import { CONVERSATION, type Expected } from "./hostile-lines.ts";

interface Response {
  readonly jsonrpc: string;
  readonly id: number | null;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly data?: { readonly class: string; readonly details: object } };
}

function outcomeOf({ jsonrpc, id, result, error }: Response): Expected {
  assert.equal(jsonrpc, "2.0");
  if (result !== undefined) return [id, ["root", "protocol"].find((name) => name in result) ?? "done"];
  assert.ok(error);
  if (error.code !== -32000) return [id, error.code];
  assert.deepEqual(error.data?.details, {});
  return [id, error.data.class];
}

const folder = mkdtempSync(join(tmpdir(), "proofhouse-kits-"));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const language of languageNames()) {
  const path = join(folder, language);
  writeSkeleton(language, path);
  if (language === "typescript") installPackages(path);
  const { needs = [], build = [], run } = parse(readFileSync(join(path, "proofhouse.yaml"), "utf8")) as Manifest;
  const missing = needs.find(({ command: [program = "", ...args] }) => {
    return spawnSync(program, args, { cwd: path }).status !== 0;
  });
  const skip = missing !== undefined && !process.env.CI ? missing.reason : false;

  // The kits of compiled languages run only in CI, because compiling them takes longer than all other tests.
  describe(
    `the kit of ${language}`,
    language === "typescript" || language === "python"
      ? { skip }
      : {
          skip: inCiAlone.skip ?? skip,
        },
    () => {
      let answers: readonly Response[] = [];

      before(() => {
        for (const [program = "", ...args] of build) {
          const { status, stderr } = spawnSync(program, args, { cwd: path, encoding: "utf8" });
          assert.equal(status, 0, stderr);
        }
        const [program = "", ...args] = run;
        const input = CONVERSATION.map(([, line]) => `${line}\n`).join("");
        const { status, stdout, stderr } = spawnSync(program, args, { cwd: path, encoding: "utf8", input });
        assert.equal(status, 0, stderr);
        answers = stdout
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as Response);
      });

      for (const [index, [about, , expected]] of CONVERSATION.entries()) {
        if (expected[1] === "never") continue;
        test(`answers ${about} with ${expected[1]}`, () => {
          assert.deepEqual(outcomeOf(answers[index] as Response), expected);
        });
      }

      test("answers each line once, and nothing after shutdown", () => {
        assert.equal(answers.length, CONVERSATION.length - 1);
      });
    },
  );
}

/** Replaces `npm install`, which needs a network: links this checkout and its packages. */
function installPackages(path: string): void {
  const modules = join(path, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(packagePath("."), join(modules, "proofhouse"));
  for (const name of ["typescript", "@types"]) symlinkSync(packagePath("node_modules", name), join(modules, name));
  symlinkSync("../typescript/bin/tsc", join(modules, ".bin", "tsc"));
}
