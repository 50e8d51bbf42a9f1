#!/usr/bin/env node
/** The command `proofhouse`. */
import { CommanderError } from "commander";
import { UsageError } from "../harness/usage/usage-error.ts";
import { NodeFault } from "../reference/runtime/faults.ts";
import { printableLines } from "../report/text/printable.ts";
import { OutputError, print, warn } from "./output.ts";
import { createProgram } from "./program.ts";

const WRONG_USE = 2;
const NOT_CARRIED_OUT = 3;
/** A bug in this program; the other codes concern the implementation or the user. */
const OWN_FAULT = 70;

async function main(): Promise<number> {
  const program = createProgram();
  let help = "";
  for (const command of [program, ...program.commands.flatMap((child) => [child, ...child.commands])]) {
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
  }
  try {
    try {
      await program.parseAsync();
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      // Commander has already printed the error. Help and version end this way too, with exit code 0.
      await print(help);
      return error.exitCode === 0 ? 0 : WRONG_USE;
    }
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): number {
  if (error instanceof OutputError) {
    // The reader of our output closed the pipe on purpose.
    if (error.code === "EPIPE") return Number(process.exitCode ?? 0);
    warn(`error: ${error.message}`);
    return WRONG_USE;
  }
  if (error instanceof UsageError) {
    warn(`error: ${printableLines(error.message).join("\n")}`);
    return WRONG_USE;
  }
  if (error instanceof NodeFault) {
    warn(`error: this machine could not complete the run: ${error.message}`);
    return NOT_CARRIED_OUT;
  }
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined) {
    // An error of the disk, the memory or the permissions of this machine.
    warn(`error: ${message}`);
    return WRONG_USE;
  }
  warn(`this is a bug in proofhouse; please report it.\n${(error as Error)?.stack ?? error}`);
  return OWN_FAULT;
}

// `print` handles errors of stdout. When stderr is closed, an error cannot be reported at all.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
process.on("uncaughtException", (error) => process.exit(codeOf(error)));

// An explicit exit: handles that an implementation leaves open must not keep this process alive.
process.exit(await main());
