/** Cases of incomplete and invalid proofs, and of wrong requests. */
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Json } from "../../../../runners/lane.ts";
import { type HostCase, logged, loggedMemory } from "../host/cases.ts";
import { failing, prove, rootOf, type Scenario, type Step, type Store, stateOf, wireKey } from "./cases.ts";
import { A, C, PATRICIA, RADIX, SPARSE, SSZ, value, word } from "./samples.ts";

const SECURE: Store = { ...PATRICIA, options: { secure: true } };

const root: Step = { do: "root" };

export function uncovered(): HostCase[] {
  const stores: readonly (readonly [string, Store])[] = [
    ["sparse", SPARSE],
    ["patricia", PATRICIA],
    ["patricia-secure", SECURE],
    ["radix", RADIX],
  ];
  return stores.flatMap(([name, store]) => {
    const fault = (
      id: string,
      about: string,
      covered: readonly string[],
      steps: readonly Step[],
      key?: string,
    ): HostCase => {
      const scenario = { id: `${name}-${id}`, about, steps, flags: ["uncovered-key"] };
      const expect = key === undefined ? {} : { details: { key: wireKey(store, key) } };
      return failing(store, prove(store, covered), scenario, { error: "incomplete", ...expect });
    };
    return [
      fault(
        "read-uncovered",
        "A key that the proof does not decide is read: it is not absent.",
        [C],
        [{ get: C }, { get: A }],
        A,
      ),
      // In a secure trie the hashed path of such a key may diverge anywhere.
      ...(name === "patricia-secure"
        ? []
        : [
            fault(
              "read-absent-uncovered",
              "A key that is not there, and of which the proof does not say so.",
              [C],
              [{ get: word("10", "f0") }],
              word("10", "f0"),
            ),
          ]),
      fault(
        "root-over-uncovered",
        "A key that the proof does not decide is written, and a root asked for.",
        [C],
        [{ set: [A, value(0x77)] }, root],
      ),
      fault(
        "delete-uncovered",
        "A key that the proof does not decide is deleted, and a root asked for.",
        [C],
        [{ delete: A }, root],
      ),
      ...(name === "sparse" || name === "patricia-secure"
        ? []
        : [
            fault(
              "delete-needs-sibling",
              "A deletion leaves a node alone that the proof does not open.",
              [A],
              [{ delete: A }, root],
            ),
          ]),
      written(store, name),
      takenBack(store, name),
    ];
  });
}

/** A written value can be read even when the proof does not cover the key. */
function written(store: Store, name: string): HostCase {
  const scenario: Scenario = {
    id: `${name}-written-needs-no-proof`,
    about: "A key that the proof does not decide is written and read back; no root is asked for.",
    steps: [{ set: [A, value(0x77)] }, { get: A }],
    flags: ["late-nodes"],
  };
  return failing(store, prove(store, [C]), scenario, { log: [...logged(0), ...loggedMemory(value(0x77))] });
}

function takenBack(store: Store, name: string): HostCase {
  const steps: readonly Step[] = [{ do: "checkpoint" }, { set: [A, value(0x77)] }, { do: "revert" }, root];
  const about = "A write to a key that the proof does not decide is taken back before a root is asked for.";
  const scenario: Scenario = {
    id: `${name}-taken-back-needs-no-proof`,
    about,
    steps,
    flags: ["late-nodes", "checkpoints"],
  };
  return failing(store, prove(store, [C]), scenario, { log: loggedMemory(rootOf(store)) });
}

/** A program that does not use the state. */
function untouched(id: string, about: string, store: Store, proof: Json, error: string, flag: string): HostCase {
  return failing(store, proof, { id, about, steps: [], flags: [flag] }, { error });
}

export function proofFaults(): HostCase[] {
  const good = prove(SPARSE, [A]) as string;
  const forged = good.slice(0, -2) + (good.endsWith("00") ? "01" : "00");
  const forgedAbout = "A proof of another root, which the program would not look at.";
  const cut = good.slice(0, -2);
  const cutAbout = "A proof that lacks its last byte, which the program would not look at.";
  const helpers = { ...SSZ, encoding: "helpers" };
  const stray = { gindices: [], leaves: [], nodes: [] };
  const afterModule = "Neither the module nor the proof is right: the module is looked at first.";
  return [
    untouched("proof-forged", forgedAbout, SPARSE, forged, "invalid-proof", "forged-node"),
    untouched("proof-cut-short", cutAbout, SPARSE, cut, "malformed", "truncated"),
    untouched("proof-members", "A member that there is not.", helpers, stray, "malformed", "bad-request-form"),
    {
      ...untouched("proof-after-module", afterModule, SPARSE, cut, "invalid-module", "error-precedence"),
      others: ['(import "eth2" "nothing" (func))'],
    },
    {
      ...untouched("proof-members-after-module", afterModule, helpers, stray, "invalid-module", "error-precedence"),
      others: ['(import "eth2" "nothing" (func))'],
    },
    aliasedLeaf(),
  ];
}

/**
 * A trie of one leaf with a meaningless flag nibble.
 * The lenient profile accepts such a proof; an execution rejects it.
 */
function aliasedLeaf(): HostCase {
  const leaf = Buffer.from(`f843a160${A}a0${value(0x11)}`, "hex");
  const proof = `0xf847b845${leaf.toString("hex")}`;
  const about = "An open node that is not canonical, in the lenient profile.";
  return {
    ...untouched("patricia-alias", about, PATRICIA, proof, "non-canonical", "hex-prefix-alias"),
    preStateRoot: Buffer.from(keccak_256(leaf)).toString("hex"),
  };
}

export function requests(): HostCase[] {
  const proof = prove(SPARSE, [A]);
  const wrong = (id: string, about: string, state: Json, error: string): HostCase => ({
    id,
    about,
    main: [],
    preStateRoot: rootOf(SPARSE),
    state: state as NonNullable<HostCase["state"]>,
    flags: ["bad-request-form"],
    expect: { error },
  });
  return [
    wrong(
      "depth-255",
      "A sparse state of 255 levels.",
      stateOf({ ...SPARSE, options: { depth: 255 } }, { proof }),
      "invalid-argument",
    ),
    {
      ...wrong(
        "depth-256",
        "A sparse state of 256 levels, as it is when nothing is said.",
        stateOf({ ...SPARSE, options: { depth: 256 } }, { proof }),
        "",
      ),
      expect: {},
    },
    wrong(
      "no-such-backend",
      "A backend that there is not.",
      { ...stateOf(SPARSE, { proof }), backend: "verkle" },
      "unsupported",
    ),
    wrong(
      "no-such-encoding",
      "An encoding that the backend does not have.",
      { ...stateOf(SPARSE, { proof }), encoding: "kmm" },
      "unsupported",
    ),
    wrong("no-proof", "A state without a proof.", stateOf(SPARSE, {}), "invalid-argument"),
    wrong(
      "entries-for-a-proof",
      "A state with entries, which are for recordings.",
      stateOf(SPARSE, { entries: [] }),
      "invalid-argument",
    ),
    wrong("state-as-list", "A state that is a list.", [], "invalid-argument"),
  ];
}
