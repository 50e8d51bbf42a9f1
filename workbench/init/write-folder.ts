/** Writes a folder of files: all of them, or none. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes `files` into `folder`, which is empty or does not exist. Files are written to a temporary folder and then renamed,
 * so that a failure leaves nothing behind.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  if (existsSync(folder)) {
    writeInto(folder, files);
    return;
  }
  const firstCreated = mkdirSync(dirname(folder), { recursive: true });
  const partial = join(dirname(folder), `.${basename(folder)}.${process.pid}.partial`);
  try {
    writeTemporary(partial, files);
    renameSync(partial, folder);
  } catch (error) {
    rmSync(firstCreated ?? partial, { recursive: true, force: true });
    throw error;
  }
}

/** Keeps an existing folder: it may be the current folder of a shell, or a mount point. */
function writeInto(folder: string, files: ReadonlyMap<string, string>): void {
  const partial = join(folder, `.${process.pid}.partial`);
  const moved: string[] = [];
  try {
    writeTemporary(partial, files);
    for (const name of readdirSync(partial)) {
      renameSync(join(partial, name), join(folder, name));
      moved.push(join(folder, name));
    }
    rmdirSync(partial);
  } catch (error) {
    for (const path of [partial, ...moved]) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

function writeTemporary(partial: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(partial);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(partial, path)), { recursive: true });
    writeFileSync(join(partial, path), text, { flag: "wx" });
  }
}
