/** Proofs of accounts in a state of 2^256: transfers as in sheth. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { quantity, randomNode } from "../../kit/binary/pruned.ts";
import { type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import {
  type Account,
  account,
  type Member,
  memberGindex,
  type State,
  stateEntries,
  stateNode,
  stateProof,
  stateRoot,
} from "./account-state.ts";
import { confirmersOf, NAIVE } from "./confirmers.ts";
import type { EncodingName } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/accounts.ts";
const FLAGS = ["wide-gindex"];
const TYPE = "Vector[Account, 2^256]";

const SENDER = account(9000, 4, 1_000_000);
const RECEIVER = account(9010, 0, 25);
const BYSTANDER = account(9020, 77, 3);
const STATE: State = [SENDER, RECEIVER, BYSTANDER];
/** An address without an account. */
const NEWCOMER = account(9030, 0, 0);

const AMOUNT = 1_250;

const of = ({ address }: Account, ...members: Member[]): bigint[] =>
  members.map((member) => memberGindex(address, member));

/** The nodes of the sender that a transfer reads: the key that signs, the nonce, the value. */
const SENT = of(SENDER, "pubkey[0]", "pubkey[1]", "nonce", "value");
const RECEIVED = of(RECEIVER, "value");

/** The state after a transfer of `AMOUNT` from the sender to another account, which may be new. */
function transferred(to: Account): State {
  const others = STATE.filter(({ address }) => address !== SENDER.address && address !== to.address);
  const sender = { ...SENDER, nonce: SENDER.nonce + 1, value: SENDER.value - AMOUNT };
  return [sender, { ...to, value: to.value + AMOUNT }, ...others];
}

type Wide = Exclude<EncodingName, "explicit">;

function honestCases(encoding: Wide): Draft[] {
  const base: JsonObject = { backend: "ssz", encoding };
  const root = stateRoot(STATE);
  const text = (call: string, id: string, about: string, params: JsonObject) => ({
    id: `${id}-${call}`,
    about: `${TYPE}: ${about}`,
    kind: "completeness" as const,
    flags: FLAGS,
    call: `proof/${call}`,
    params: { ...base, ...params },
  });
  const proofOf = (claims: readonly bigint[], state = STATE): Json => stateProof(state, claims, encoding);
  const keysOf = (claims: readonly bigint[]): string[] => claims.map(quantity);

  const prove = (id: string, about: string, claims: readonly bigint[]): Draft =>
    stated(text("prove", id, `build a proof: ${about}`, { entries: stateEntries(STATE), keys: keysOf(claims) }), {
      root,
      proof: proofOf(claims),
    });
  const get = (id: string, about: string, claims: readonly bigint[], keys = claims): Draft =>
    stated(text("get", id, `read ${about}`, { root, proof: proofOf(claims), keys: keysOf(keys) }), {
      values: keys.map((gindex) => stateNode(STATE, gindex)),
    });
  const update = (
    id: string,
    about: string,
    claims: readonly bigint[],
    written: readonly bigint[],
    to: Account,
  ): Draft => {
    const after = transferred(to);
    const writes = written.map((gindex) => [quantity(gindex), stateNode(after, gindex)]);
    const flags = to === NEWCOMER ? [...FLAGS, "equal-nodes"] : FLAGS;
    return stated(
      { ...text("update", id, about, { root, proof: proofOf(claims), writes }), flags },
      {
        root: stateRoot(after),
        proof: proofOf(claims, after),
      },
    );
  };

  const both = [...SENT, ...RECEIVED];
  const fresh = of(NEWCOMER, "pubkey[0]", "pubkey[1]", "value");
  return [
    prove("sender", "pubkey, nonce and value of one account", SENT),
    prove("transfer", "pubkey, nonce and value of one account, and the value of another", both),
    get("sender", "an account as a whole and its pubkey, which the proof opens, then its nonce and value", SENT, [
      ...of(SENDER, "whole", "pubkey", "nonce", "value"),
    ]),
    get(
      "nobody",
      "nonce and value at an address where there is no account: zeros, proven",
      of(NEWCOMER, "nonce", "value"),
    ),
    update(
      "transfer",
      "a transfer: nonce and value of the sender, value of the receiver",
      both,
      [...of(SENDER, "nonce", "value"), ...RECEIVED],
      RECEIVER,
    ),
    update(
      "newcomer",
      "a transfer to an address where there is no account: its pubkey and value are written",
      [...SENT, ...fresh],
      [...of(SENDER, "nonce", "value"), ...fresh],
      NEWCOMER,
    ),
    stated(
      text("extract", "sender", "the sender alone out of a proof of two accounts", {
        root,
        proof: proofOf(both),
        keys: keysOf(SENT),
      }),
      { proof: proofOf(SENT) },
    ),
  ];
}

function forgedCases(encoding: Wide): Draft[] {
  const base: JsonObject = { backend: "ssz", encoding };
  const root = stateRoot(STATE);
  const richer: State = [{ ...SENDER, value: SENDER.value + AMOUNT }, RECEIVER, BYSTANDER];
  const forged = (id: string, about: string, flag: string, params: JsonObject, error: string, call = "get"): Draft =>
    rejected(
      {
        id: `${id}-${call}`,
        about: `${TYPE}: ${about}`,
        kind: "soundness",
        flags: [flag, ...FLAGS],
        call: `proof/${call}`,
        params: { ...base, ...params },
      },
      error,
    );
  const proof = stateProof(STATE, SENT, encoding);
  const keys = of(SENDER, "value").map(quantity);
  const lowHalf = { ...SENDER, address: SENDER.address % 2n ** 128n };
  return [
    forged(
      "richer",
      "a proof of more value than the account has",
      "forged-node",
      {
        root,
        proof: stateProof(richer, SENT, encoding),
        keys,
      },
      "invalid-proof",
    ),
    forged(
      "address-cut",
      "the value at the low half of an address whose account is proven",
      "uncovered-key",
      {
        root,
        proof,
        keys: of(lowHalf, "value").map(quantity),
      },
      "incomplete",
    ),
    forged(
      "receiver-not-proven",
      "a transfer to an account that the proof does not open",
      "uncovered-key",
      {
        root,
        proof,
        writes: RECEIVED.map((gindex) => [quantity(gindex), randomNode(9040)]),
      },
      "incomplete",
      "update",
    ),
  ];
}

/** An index of 128 bits cannot name an account. */
function tooWide(): Draft[] {
  return [
    rejected(
      {
        id: "sender-prove",
        about: `${TYPE}: build a proof: pubkey, nonce and value of one account, whose indices have 259 bits and more`,
        kind: "soundness",
        flags: FLAGS,
        call: "proof/prove",
        params: { backend: "ssz", encoding: "explicit", entries: stateEntries(STATE), keys: SENT.map(quantity) },
      },
      "limit-exceeded",
    ),
  ];
}

const ABOUT = `Accounts of a state of 2^256, ${TYPE}, an Account being pubkey Bytes48, nonce and value uint64: leaves 258 and 259 levels down, and zero accounts everywhere else.`;

export function accountFiles(encoding: EncodingName): VectorFile[] {
  const wide = encoding !== "explicit";
  const requirements = [
    "PROOF-SSZ-001",
    "PROOF-SSZ-005",
    ...(wide ? ["PROOF-SSZ-088", "PROOF-SSZ-091", "PROOF-SSZ-104"] : ["PROOF-SSZ-067"]),
    ...(encoding === "helpers" ? ["PROOF-SSZ-089"] : []),
  ];
  return [
    vectorFile(
      SOURCE,
      wide ? confirmersOf(encoding) : [NAIVE],
      { suite: `proof/ssz/${encoding}`, theme: "accounts", about: ABOUT, requirements },
      wide ? [...honestCases(encoding), ...forgedCases(encoding)] : tooWide(),
    ),
  ];
}

export function accountConvertFile(): VectorFile {
  const root = stateRoot(STATE);
  const wide: readonly Wide[] = ["compact", "offsets64", "offsets16", "helpers"];
  const text = (from: EncodingName, to: EncodingName, claims: JsonObject) => ({
    id: `${from}-to-${to}`,
    about: `${TYPE}: from ${from} to ${to}: pubkey, nonce and value of one account`,
    kind: "completeness" as const,
    flags: FLAGS,
    call: "proof/convert",
    params: { backend: "ssz", from, to, root, proof: stateProof(STATE, SENT, from), ...claims },
  });
  const cases = wide.map((from, index) => {
    const to = wide[(index + 1) % wide.length];
    const claims = to === "helpers" ? { keys: SENT.map(quantity) } : {};
    return stated(text(from, to, claims), { proof: stateProof(STATE, SENT, to) });
  });
  const tooNarrow = rejected({ ...text("compact", "explicit", {}), kind: "soundness" }, "limit-exceeded");
  const requirements = ["PROOF-SSZ-083", "PROOF-SSZ-084", "PROOF-SSZ-087", "PROOF-SSZ-067"];
  return vectorFile(SOURCE, [NAIVE], { suite: "proof/ssz/convert", theme: "accounts", about: ABOUT, requirements }, [
    ...cases,
    tooNarrow,
  ]);
}
