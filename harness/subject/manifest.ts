/** `proofhouse.yaml`: the commands to build and start an implementation, and its known failures. */
import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { packagePath } from "../files/package-root.ts";
import { displayPath, readYamlFile } from "../files/yaml-file.ts";
import { UsageError } from "../usage/usage-error.ts";

export type Command = readonly string[];

export interface Manifest {
  readonly name: string;
  readonly about?: string;
  readonly library?: {
    readonly name: string;
    readonly version: string;
    readonly url?: string;
    readonly license?: string;
  };
  readonly needs?: readonly { readonly command: Command; readonly reason: string }[];
  readonly build?: readonly Command[];
  readonly run: Command;
  readonly window?: number;
  readonly timeoutMs?: number;
  readonly expectations?: string;
}

export interface LoadedManifest extends Manifest {
  /** The path as the user typed it; undefined for a command line and for a module. */
  readonly givenPath?: string;
  /** The path of the manifest, and the folder in which its commands run. */
  readonly path: string;
  readonly folder: string;
  /** A JavaScript module that is imported instead of starting `run`. */
  readonly module?: string;
}

const MANIFEST_NAME = "proofhouse.yaml";

/** Input: the path of a manifest or of its folder. */
export async function loadManifest(path: string): Promise<LoadedManifest> {
  let file = resolve(path);
  try {
    if (statSync(file).isDirectory()) file = join(file, MANIFEST_NAME);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${displayPath(file)}: cannot be read (${code}); expected a ${MANIFEST_NAME} or a folder that contains one`,
    );
  }
  const manifest = await readYamlFile<Manifest>(file, "manifest");
  return { ...manifest, givenPath: path, path: file, folder: dirname(file) };
}

export function manifestOfModule(path: string, name = path): LoadedManifest {
  return { name, run: [], path: "", folder: process.cwd(), module: resolve(path) };
}

export function manifestOfReference(): LoadedManifest {
  return manifestOfModule(packagePath("dist", "harness", "subject", "reference-module.js"), "proofhouse-reference");
}

export function manifestOfCommand(command: Command): LoadedManifest {
  return { name: command.join(" "), run: command, path: "", folder: process.cwd() };
}
