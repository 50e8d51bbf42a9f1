import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { ParseAhead } from "../../../harness/files/parse-ahead.ts";
import { type Ahead, readYamlFile } from "../../../harness/files/yaml-file.ts";
import { UsageError } from "../../../harness/usage/usage-error.ts";

const folder = mkdtempSync(join(tmpdir(), "proofhouse-ahead-"));
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  process.env.XDG_CACHE_HOME = mkdtempSync(join(folder, "cache-"));
});

/** Writes numbered files with one alias each. Input: `broken`, the numbers of invalid files. */
function files(count: number, broken: readonly number[] = []): string[] {
  const parent = mkdtempSync(join(folder, "files-"));
  return Array.from({ length: count }, (_, number) => {
    const path = join(parent, `${number}.yaml`);
    const value = broken.includes(number) ? `0x${number}` : `"c/${number}"`;
    writeFileSync(path, `schema: proofhouse/aliases/1\naliases: { a/b: ${value} }\n`);
    return path;
  });
}

async function readAll(paths: readonly string[], ahead?: Ahead): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const path of paths) values.push(await readYamlFile(path, "aliases", ahead));
  return values;
}

/** Reads the files. Returns their content or the error, and whether threads were started. */
async function outcome(paths: readonly string[], processors: number): Promise<{ end: unknown; isStarted: boolean }> {
  const ahead = new ParseAhead(paths, "aliases", processors);
  try {
    return { end: await readAll(paths, ahead), isStarted: ahead.isStarted };
  } catch (error) {
    assert.ok(error instanceof UsageError, (error as Error).stack);
    return { end: error.message, isStarted: ahead.isStarted };
  } finally {
    await ahead.close();
  }
}

/** Switches to an empty cache. */
function emptyCache(): void {
  process.env.XDG_CACHE_HOME = mkdtempSync(join(folder, "cache-"));
}

describe("files that are parsed ahead", () => {
  test("have the same content as without threads", async () => {
    const paths = files(40);
    const expected = { end: await readAll(paths), isStarted: true };
    emptyCache();
    assert.deepEqual(await outcome(paths, 3), expected);
  });

  test("are parsed by threads, except the first eight", async () => {
    const paths = files(40);
    const ahead = new ParseAhead(paths, "aliases", 2);
    let left = 0;
    const take = async (path: string) => {
      const parsed = await ahead.take(path);
      if (parsed === undefined) left += 1;
      return parsed;
    };
    await readAll(paths, { take });
    await ahead.close();
    // The caller does not parse files that a thread has parsed.
    assert.equal(left, 8);
  });

  test("are also read if the cache cannot be written", async () => {
    const [blocked, ...paths] = files(30);
    process.env.XDG_CACHE_HOME = blocked;
    assert.deepEqual(await outcome(paths, 2), { end: await readAll(paths), isStarted: true });
  });

  test("are not parsed again if they are cached", async () => {
    const paths = files(30);
    const end = await readAll(paths);
    assert.deepEqual(await outcome(paths, 2), { end, isStarted: false });
  });

  test("are parsed by the caller on one processor, and if they are few", async () => {
    assert.equal((await outcome(files(30), 1)).isStarted, false);
    assert.equal((await outcome(files(7), 2)).isStarted, false);
  });

  test("fail at the first invalid file of the list, with its position", async () => {
    const paths = files(40, [21, 22, 39]);
    const { end, isStarted } = await outcome(paths, 4);
    assert.equal(isStarted, true);
    assert.match(String(end), /21\.yaml:2:17: number 0x21; expected quotes/);
    assert.equal((await outcome(paths, 1)).end, end);
  });

  test("fail at a missing file", async () => {
    const paths = files(20);
    rmSync(paths[15]);
    assert.match(String((await outcome(paths, 2)).end), /15\.yaml: cannot be read \(ENOENT\)/);
  });

  test("are parsed by the caller if they have changed since a thread read them", async () => {
    const [path] = files(1);
    const stale: Ahead = { take: async () => ({ key: "of other bytes", json: "{}" }) };
    assert.deepEqual(await readYamlFile(path, "aliases", stale), {
      schema: "proofhouse/aliases/1",
      aliases: { "a/b": "c/0" },
    });
  });
});
