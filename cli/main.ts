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
/** A fault of this program itself; the other codes say something of the implementation or of the user. */
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
      // What was wrong has been said by then. Help and version end this way too, with the code 0.
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
    // Whoever read our output has seen enough.
    if (error.code === "EPIPE") return Number(process.exitCode ?? 0);
    warn(`error: ${error.message}`);
    return WRONG_USE;
  }
  if (error instanceof UsageError) {
    warn(`error: ${printableLines(error.message).join("\n")}`);
    return WRONG_USE;
  }
  if (error instanceof NodeFault) {
    warn(`error: this machine could not carry it out: ${error.message}`);
    return NOT_CARRIED_OUT;
  }
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined) {
    // The disk, the memory or the permissions of this machine.
    warn(`error: ${message}`);
    return WRONG_USE;
  }
  warn(`proofhouse itself is at fault; please report this.\n${(error as Error)?.stack ?? error}`);
  return OWN_FAULT;
}

// Errors of stdout reach whoever writes. Where stderr is closed there is nobody left to tell.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
process.on("uncaughtException", (error) => process.exit(codeOf(error)));

// Not left to the last open handle: nothing that an implementation leaves behind may keep us.
process.exit(await main());
