/** A test bench for the command: a folder with small vectors, scripted implementations and a separate cache. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const fromPackage = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const MAIN = fromPackage("dist/cli/main.js");
const ACTOR = fromPackage("test/cli/programs/actor.mjs");

/** Variables for a command that reads all vectors: the shared cache saves the seconds of parsing them. */
export const USERS_CACHE = { XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache") };

/** Returns 32 bytes that end with `last`. */
export const node = (last: string): string => `0x${last.padStart(64, "0")}`;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Bench {
  readonly folder: string;
  readonly path: (name: string) => string;
  /** Writes a file below `folder`; an object becomes JSON, which is valid YAML. */
  readonly write: (name: string, content: string | object) => string;
  /** Returns the words that start a scripted implementation; see programs/actor.mjs. */
  readonly actor: (script: object) => string[];
  /** Returns the same as a command line. */
  readonly actorLine: (script: object) => string;
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => ChildProcess;
  /** Runs the command in `folder`. */
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Finished>;
}

/** Cases that read a node; `MORE_CASES` has one for provers and a strict one. */
const CASES = [
  { id: "first", key: "0x2", expect: { result: { values: [node("2a")] } } },
  { id: "second", key: "0x3", expect: { result: { values: [node("3b")] } } },
  {
    id: "forged",
    key: "0x4",
    expect: { error: ["invalid-proof", "malformed"] },
    flags: ["forged-node"],
    kind: "soundness",
  },
];

export function vectorFile(theme: string, changes: object = {}): object {
  const cases = CASES.map(({ id, key, kind = "completeness", ...rest }) => {
    const params = { backend: "ssz", encoding: "compact", root: node("1"), proof: "0x80", keys: [key] };
    return { id, about: `the node at ${key}`, kind, call: "proof/get", params, ...rest };
  });
  const header = { schema: "proofhouse/vector/1", suite: "proof/ssz/compact", theme, about: `About ${theme}.` };
  return { ...header, requirements: ["PROOF-SSZ-001"], source: "hand-written", cases, ...changes };
}

const ONE_KEY = { backend: "ssz", encoding: "compact", entries: [[node("2"), node("2")]], keys: ["0x2"] };

const MORE_CASES = [
  {
    id: "prove",
    about: "a case for provers",
    kind: "completeness",
    call: "proof/prove",
    params: ONE_KEY,
    expect: { result: { root: node("1"), proof: { random: { seed: 1, length: 64 } } } },
  },
  {
    id: "strict-root",
    about: "a strict case",
    kind: "canonicality",
    profile: "strict",
    call: "proof/root",
    params: { backend: "ssz", encoding: "compact", proof: "0x80", options: { profile: "strict" } },
    expect: { error: ["non-canonical"] },
  },
];

const FLAG = { bugType: "forgery", effect: "A value that is in no tree is accepted.", about: "A node was changed." };

/** A script with which an actor passes every case that it declares. */
export const GOOD = {
  "0x2": { result: { values: [node("2a")] } },
  "0x3": { result: { values: [node("3b")] } },
  "0x4": { error: "invalid-proof" },
};

export function createBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), "proofhouse-cli-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const write: Bench["write"] = (name, content) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content, null, 1));
    return path(name);
  };
  write("vectors/proof/ssz/compact/reads.yaml", vectorFile("reads"));
  write("vectors/proof/ssz/compact/others.yaml", vectorFile("others", { cases: MORE_CASES }));
  write("vectors/flags.yaml", {
    schema: "proofhouse/flags/1",
    flags: { "forged-node": { ...FLAG, references: ["CVE-1"] } },
  });
  const aliases = { "proof/ssz/compact/reads/old-name": "proof/ssz/compact/reads/first" };
  write("vectors/aliases.yaml", { schema: "proofhouse/aliases/1", aliases });

  let scripts = 0;
  const actor: Bench["actor"] = (script) => ["node", ACTOR, write(`script-${scripts++}.json`, script)];
  const start: Bench["start"] = (args, env = {}) => {
    const own = { XDG_CACHE_HOME: path("cache"), HOME: path("home"), TERM: "xterm-256color" };
    const { NO_COLOR: _, ...inherited } = process.env;
    return spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { ...inherited, ...own, ...env } });
  };
  const run: Bench["run"] = (args, env) => finish(start(args, env));
  return { folder, path, write, actor, actorLine: (script) => actor(script).join(" "), start, run };
}

/** Collects the output of a process until it ends. */
export function finish(child: ChildProcess): Promise<Finished> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}
