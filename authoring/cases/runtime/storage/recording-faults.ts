/** Cases of recordings that end with an error. */
import type { HostCase } from "../host/cases.ts";
import { type Code, host } from "../host/program.ts";
import { entriesJson, failing, prove, rootOf, type Step, type Store, stateOf } from "./cases.ts";
import { A, ENTRIES, FAR, PATRICIA, SPARSE, SSZ, value, word } from "./samples.ts";

export function recordingFaults(): HostCase[] {
  const record = (store: Store, one: Omit<HostCase, "main"> & { readonly main?: readonly Code[] }): HostCase => ({
    main: [],
    preStateRoot: rootOf(store),
    state: stateOf(store, { entries: entriesJson(store) }),
    call: "runtime/record",
    ...one,
  });
  const deletion = failing(
    { ...PATRICIA, encoding: "witness" },
    "0x",
    { id: "", about: "", steps: [{ delete: A }] },
    {},
  );
  const withSteps = (steps: readonly Step[]): Pick<HostCase, "main" | "data"> => {
    const { main, data } = failing(SSZ, "0x", { id: "", about: "", steps }, {});
    return { main, ...(data === undefined ? {} : { data }) };
  };
  return [
    record(SPARSE, {
      id: "another-root",
      about: "Entries of another root than the pre-state root: the program, which would trap, is not executed.",
      main: [host("proof.commit")],
      preStateRoot: rootOf(SPARSE, ENTRIES.slice(1)),
      flags: ["wrong-root"],
      expect: { error: "invalid-proof" },
    }),
    record(SPARSE, {
      id: "no-entries",
      about: "A state without entries.",
      state: stateOf(SPARSE, {}),
      flags: ["bad-request-form"],
      expect: { error: "invalid-argument" },
    }),
    record(SPARSE, {
      id: "proof-for-entries",
      about: "A state with a proof, which is for executions.",
      state: stateOf(SPARSE, { proof: prove(SPARSE, [A]) }),
      flags: ["bad-request-form"],
      expect: { error: "invalid-argument" },
    }),
    record(SSZ, {
      id: "entries-with-a-gap",
      about: "Entries that leave part of the tree out.",
      state: stateOf(SSZ, { entries: entriesJson(SSZ, SSZ.entries.slice(1)) }),
      flags: ["entries-gap"],
      expect: { error: "incomplete" },
    }),
    record(
      { ...SSZ, encoding: "helpers" },
      {
        id: "helpers-of-nothing",
        about: "An encoding that cannot prove nothing, and an execution that asks for nothing.",
        flags: ["recorded-proof"],
        expect: { error: "invalid-argument" },
      },
    ),
    record(
      { ...PATRICIA, encoding: "eip1186" },
      {
        id: "eip1186-of-a-deletion",
        about: "An encoding that has no place for what a deletion needs.",
        main: deletion.main,
        ...(deletion.data === undefined ? {} : { data: deletion.data }),
        flags: ["recorded-proof"],
        expect: { error: "invalid-argument" },
      },
    ),
    record(
      { ...PATRICIA, entries: [...ENTRIES, [FAR, "0102"]] },
      {
        id: "short-value",
        about: "A stored value of two bytes is read.",
        ...withSteps([{ peek: FAR }]),
        flags: ["value-length"],
        expect: { trap: "state-value" },
      },
    ),
    record(
      { ...PATRICIA, entries: [...ENTRIES, [FAR, "0102"]] },
      {
        id: "short-value-after-a-frame",
        about: "A stored value of two bytes is read when the write over it has been taken back.",
        ...withSteps([{ do: "checkpoint" }, { set: [FAR, value(0x77)] }, { do: "revert" }, { peek: FAR }]),
        flags: ["value-length", "checkpoints"],
        expect: { trap: "state-value" },
      },
    ),
    record(SPARSE, {
      id: "other-root-after-module",
      about: "Neither the module nor the root of the entries is right: the module is looked at first.",
      preStateRoot: rootOf(SPARSE, ENTRIES.slice(1)),
      others: ['(import "eth2" "nothing" (func))'],
      flags: ["error-precedence"],
      expect: { error: "invalid-module" },
    }),
    record(SPARSE, {
      id: "out-of-gas",
      about: "A recording that the gas does not suffice for.",
      main: [host("proof.checkpoint")],
      flags: ["gas-to-the-last"],
      expect: { lacks: 1 },
    }),
    record(SPARSE, {
      id: "trap",
      about: "A trap gives up the recording.",
      main: [host("proof.checkpoint"), host("proof.commit"), host("proof.commit")],
      flags: ["checkpoints"],
      expect: { trap: "checkpoint" },
    }),
    ...(
      [
        ["ssz-read-below-entry", "A key below an entry: the whole tree has no leaf there.", "08"],
        ["ssz-read-above-entry", "A key above entries.", "03"],
        ["ssz-read-zero", "Generalized index 0.", "00"],
      ] as const
    ).map(([id, about, gindex]) =>
      record(SSZ, {
        id,
        about,
        ...withSteps([{ peek: word("", gindex) }]),
        flags: ["key-of-no-leaf"],
        expect: { trap: "state-key" },
      }),
    ),
    record(SSZ, {
      id: "ssz-write-above-entry",
      about: "A write above entries.",
      ...withSteps([{ set: [word("", "03"), value(0x77)] }]),
      flags: ["key-of-no-leaf"],
      expect: { trap: "state-key" },
    }),
  ];
}
