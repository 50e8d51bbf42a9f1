/** The command line with all its commands. */
import { Command } from "commander";
import { harnessVersion } from "../harness/files/package-root.ts";
import { addCheck } from "./check.ts";
import { addExplain } from "./explain.ts";
import { addInit } from "./init.ts";
import { addMatrix } from "./matrix.ts";
import { addModule } from "./module.ts";
import { addMutants } from "./mutants.ts";
import { addRun } from "./run.ts";
import { addScout } from "./scout.ts";
import { addServe } from "./serve.ts";
import { addStrength } from "./strength.ts";
import { addVectors } from "./vectors.ts";

const ABOUT = `Proofhouse is a conformance suite for Merkle multiproofs and for the metered execution of WebAssembly. It runs implementations in any language against canonical vectors. It also runs execution environments.`;

export function createProgram(): Command {
  const program = new Command("proofhouse")
    .description(ABOUT)
    .version(harnessVersion(), "--version", "print the version")
    .helpOption("--help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showHelpAfterError("(--help lists the commands and options)")
    .exitOverride();
  addCheck(program);
  addMatrix(program);
  addExplain(program);
  addInit(program);
  addVectors(program);
  addMutants(program);
  addStrength(program);
  addModule(program);
  addRun(program);
  addScout(program);
  addServe(program);
  return program;
}
