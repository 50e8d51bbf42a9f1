/**
 * Runs the steps of action.yml like the runner of GitHub: evaluates expressions, runs scripts in bash, and only records the
 * inputs of other actions.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packagePath } from "../../harness/files/package-root.ts";

export interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const ACTION_TEXT = readFileSync(packagePath("action.yml"), "utf8");
export const ACTION = parse(ACTION_TEXT) as Action;

interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Map<string, Readonly<Record<string, string>>>;
  hasFailed: boolean;
}

export interface Ran {
  /** The exit code of the first failed step; 0 if no step failed. */
  readonly exitCode: number;
  /** The output of all scripts. */
  readonly log: string;
  readonly summary: string;
  /** The outputs of the action. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The inputs of the other actions, by their names. */
  readonly used: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface RunOptions {
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly actionPath?: string;
  readonly PATH?: string | undefined;
}

/** Runs the whole action. */
export function runAction({
  workspace,
  inputs,
  actionPath = packagePath("."),
  PATH = process.env.PATH,
}: RunOptions): Ran {
  const temporary = mkdtempSync(join(workspace, ".runner-"));
  const defaults = Object.entries(ACTION.inputs).map(([name, { default: value }]) => [name, value]);
  const context: Context = {
    inputs: { ...Object.fromEntries(defaults), ...inputs },
    outputs: new Map(),
    hasFailed: false,
  };
  let [exitCode, log, summary] = [0, "", ""];
  const used: Record<string, Readonly<Record<string, string>>> = {};
  for (const [index, step] of ACTION.runs.steps.entries()) {
    if (!isDue(step.if, context)) continue;
    if (step.uses !== undefined) {
      used[step.uses.split("@")[0]] = evaluated(step.with ?? {}, context);
      continue;
    }
    const file = (name: string): string => join(temporary, `${index}-${name}`);
    for (const name of ["script", "output", "summary"])
      writeFileSync(file(name), name === "script" ? (step.run ?? "") : "");
    const env = {
      ...{ PATH, HOME: process.env.HOME, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME, CI: "true" },
      ...{ GITHUB_WORKSPACE: workspace, GITHUB_ACTION_PATH: actionPath },
      ...{ GITHUB_OUTPUT: file("output"), GITHUB_STEP_SUMMARY: file("summary"), GITHUB_ENV: file("env") },
      ...evaluated(step.env ?? {}, context),
    };
    const bash = ["--noprofile", "--norc", "-eo", "pipefail", file("script")];
    const { status, stdout, stderr } = spawnSync("/bin/bash", bash, { cwd: workspace, env, encoding: "utf8" });
    log += stdout + stderr;
    summary += readFileSync(file("summary"), "utf8");
    if (step.id !== undefined) context.outputs.set(step.id, readOutputs(readFileSync(file("output"), "utf8")));
    if (status !== 0 && !context.hasFailed) {
      exitCode = status ?? -1;
      context.hasFailed = true;
    }
  }
  const values = Object.entries(ACTION.outputs).map(([name, { value }]) => [name, value]);
  return { exitCode, log, summary, outputs: evaluated(Object.fromEntries(values), context), used };
}

/** Parses `name=value`, and values on lines between two equal lines. */
function readOutputs(text: string): Record<string, string> {
  const pattern = /^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm;
  return Object.fromEntries([...text.matchAll(pattern)].map(([, name, short, , long]) => [name, short ?? long]));
}

function evaluated(texts: Readonly<Record<string, string>>, context: Context): Record<string, string> {
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression) => evaluate(expression, context));
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));
}

function isDue(condition: string | undefined, context: Context): boolean {
  if (condition === undefined) return !context.hasFailed;
  if (!condition.includes("always()") && context.hasFailed) return false;
  return condition.split("&&").every((part) => {
    if (part.trim() === "always()") return true;
    const [, left, operator, right] = /^(.*?)(==|!=)(.*)$/.exec(part) ?? [];
    if (left === undefined) throw new Error(`this runner does not support the condition ${part}`);
    return (evaluate(left, context) === evaluate(right, context)) === (operator === "==");
  });
}

/** Evaluates an input, an output of a step or a text in quotes. The action must use no other expressions. */
function evaluate(expression: string, { inputs, outputs }: Context): string {
  const [, text] = /^'([^']*)'$/.exec(expression.trim()) ?? [];
  if (text !== undefined) return text;
  const [first, name, ...rest] = expression.trim().split(".");
  if (first === "inputs" && Object.hasOwn(inputs, name) && rest.length === 0) return inputs[name];
  if (first === "steps" && rest[0] === "outputs" && rest.length === 2) return outputs.get(name)?.[rest[1]] ?? "";
  throw new Error(`this runner does not support the expression ${expression}`);
}
