/** Measures the gas that docs/environments.md states. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { ENVIRONMENT_NAMES } from "../environments/built-modules.ts";
import { V8 } from "../environments/engines.ts";
import { type Accounts, encode, type Transaction } from "../environments/token-model.ts";
import { recordedProof, runInPlace, runOverProof } from "../environments/token-runs.ts";

const PAGE = readFileSync(packagePath("docs", "environments.md"), "utf8");

/** Writes a number with its digits in groups of three. */
const grouped = (number: bigint | number): string => String(number).replaceAll(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, " ");

test("every environment has a section on its page", () => {
  const sections = [...PAGE.matchAll(/^## `([a-z-]+)`(?: and `([a-z-]+)`)?/gm)].flatMap(([, ...names]) => names);
  assert.deepEqual(sections.filter((name) => name !== undefined).sort(), [...ENVIRONMENT_NAMES]);
});

test("the table of gas has the measured values: 64 accounts, and transfers between distinct accounts", () => {
  const accounts: Accounts = new Map(Array.from({ length: 64 }, (_, owner) => [owner, { nonce: 0n, balance: 1000n }]));
  const rows = [1, 4, 16].map((count) => {
    const transfers = Array.from({ length: count }, (_, from): Transaction => {
      return { kind: "transfer", from, to: from + 32, nonce: 0n, amount: 10n };
    });
    const data = new Uint8Array(Buffer.concat(transfers.map(encode)));
    const proven = recordedProof(V8, accounts, data);
    const [proof, inPlace] = [runOverProof(V8, proven, data), runInPlace(V8, proven, data)];
    assert.ok(proof.gas !== undefined && inPlace.gas !== undefined);
    assert.equal(proof.root, inPlace.root);
    const ratio = Number(inPlace.gas) / Number(proof.gas);
    return `| ${[count, ...[proven.proof.length, proof.gas, inPlace.gas].map(grouped), `${ratio.toFixed(0)} ×`].join(" | ")} |`;
  });
  const shown = PAGE.split("\n").filter((line) => /^\| [0-9]+ \|.*×/.test(line));
  assert.deepEqual(shown, rows);
});
