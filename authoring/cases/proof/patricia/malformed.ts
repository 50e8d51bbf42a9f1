/** Malformed RLP and lists that are not nodes. The trie is built around them, so that the root is correct. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { listFaults, NODE_FAULTS, type NodeFault, RLP_FAULTS } from "./faults.ts";
import { whereOf } from "./forged.ts";
import { branch, type Child, leaf, type Made, rawChild, trieOf } from "./nodes.ts";
import { baseOf, type EncodingName, nodesOf, proofOf, writeLists } from "./proofs.ts";
import { byteLength, type Digits, keccak, string } from "./rlp.ts";
import { NAIVE, prove, valueAt } from "./scenarios.ts";
import { shape } from "./shapes.ts";

const SOURCE = "authoring/cases/proof/patricia/malformed.ts";
const HASHED_LENGTH = 32;

/** A trie with a faulty node, and a key that leads to the node. */
interface Planted {
  readonly id: string;
  readonly about: string;
  readonly root: string;
  readonly nodes: readonly Digits[];
  readonly key: string;
}

/** The path below the faulty node. */
const REST = "34";

function under(parent: (child: Child) => Made, child: Child): { root: string; nodes: Digits[] } {
  return trieOf(parent(child));
}

const beside = leaf("2", valueAt(1).slice(2));
const inBranch = (child: Child): Made => branch({ 1: child, 9: beside });

/** The faulty node as root node, as a hashed child, and embedded where that is possible. */
function plant({ id, about, node, isList }: NodeFault): Planted[] {
  const key = (above: string): string => `0x${above}${REST}`;
  const short = byteLength(node) < HASHED_LENGTH;
  const below = under(inBranch, { stands: string(keccak(node)), items: [node] });
  return [
    { id: `${id}-root`, about: `${about}, at the root`, root: `0x${keccak(node)}`, nodes: [node], key: key("") },
    { id: `${id}-child`, about: `${about}, below a branch`, ...below, key: "0x134f" },
    ...(isList && short
      ? [
          {
            id: `${id}-embedded`,
            about: `${about}, inside a branch`,
            ...under(inBranch, rawChild(node)),
            key: "0x134f",
          },
        ]
      : []),
  ];
}

function getCase(encoding: EncodingName, flag: string, planted: Planted, options: JsonObject = {}): Draft {
  const { id, about, root, nodes, key } = planted;
  const isStrict = options.profile === "strict";
  return rejected(
    {
      id: `${id}${isStrict ? "-strict" : ""}`,
      about: `${about}${isStrict ? "; in the strict profile" : ""}`,
      kind: "soundness",
      ...(isStrict ? { profile: "strict" as const } : {}),
      flags: [flag],
      call: "proof/get",
      params: { ...baseOf(encoding, options), root, proof: proofOf(encoding, nodes, key), keys: [key] },
    },
    "malformed",
  );
}

function faultCases(encoding: EncodingName, faults: readonly NodeFault[]): Draft[] {
  return faults.flatMap((fault) => {
    const all = plant(fault);
    return [
      ...all.map((planted) => getCase(encoding, fault.flag, planted)),
      getCase(encoding, fault.flag, all[0], { profile: "strict" }),
    ];
  });
}

/** The strict profile rejects a malformed node that no requested key leads to. */
function offPathCases(encoding: EncodingName, faults: readonly NodeFault[], id: string): Draft[] {
  return faults
    .filter((fault) => fault.id === id)
    .map((fault) => {
      const [, { about, root, nodes }] = plant(fault);
      const [top, node, sibling] = nodes;
      const lists = [
        { key: "0x134f", nodes: [top, node] },
        { key: "0x92", nodes: [top, sibling] },
      ];
      return rejected(
        {
          id: `${id}-off-path-strict`,
          about: `${about}, where the requested key does not lead; in the strict profile`,
          kind: "soundness",
          profile: "strict",
          flags: [fault.flag],
          requirements: ["PROOF-PATRICIA-063"],
          call: "proof/get",
          params: {
            ...baseOf(encoding, { profile: "strict" }),
            root,
            proof: encoding === "eip1186" ? writeLists(encoding, lists) : proofOf(encoding, nodes, "0x92"),
            keys: ["0x92"],
          },
        },
        "malformed",
      );
    });
}

/** Every method rejects a malformed node that it opens. */
function methodCases(encoding: EncodingName): Draft[] {
  const chosen = ["length-long-form", "value-long-form", "items-3", "prefix-empty"];
  return [...RLP_FAULTS, ...NODE_FAULTS]
    .filter(({ id }) => chosen.includes(id))
    .flatMap((fault) => {
      const [, { root, nodes, key }] = plant(fault);
      const proof = proofOf(encoding, nodes, key);
      const keys = [key];
      const methods: Readonly<Record<string, JsonObject>> = {
        ...(encoding === "witness" ? {} : { root: { proof } }),
        cost: { root, proof },
        update: { root, proof, writes: [[key, valueAt(9)]] },
        transact: { root, proof, steps: [{ get: key }] },
        merge: { root, proofs: [proof] },
        extract: { root, proof, keys },
        convert: { root, proof, ...(encoding === "eip1186" ? { keys } : {}) },
      };
      return Object.entries(methods).map(([method, params]) =>
        rejected(
          {
            id: `${fault.id}-${method}`,
            about: `${method}: ${fault.about}`,
            kind: "soundness",
            flags: [fault.flag],
            call: `proof/${method}`,
            params: { ...whereOf(method, encoding), ...params },
          },
          "malformed",
        ),
      );
    });
}

/** Faults in the list that is the proof. */
function listCases(encoding: EncodingName): Draft[] {
  const of = shape("two-children");
  const { root } = prove(of, encoding);
  const honest = prove(of, "preorder").proof as string;
  const faults = listFaults(honest);
  const methods: readonly string[] = encoding === "witness" ? ["get"] : ["get", "root"];
  const [node] = nodesOf("preorder", honest);
  const oneNode = {
    id: "one-node",
    about: "a node in the place of a list of nodes: it is a list of strings itself, none of which hashes to the root",
    kind: "soundness" as const,
    flags: ["wrong-tag"],
    call: "proof/get",
    params: { ...baseOf(encoding), proof: `0x${node}`, root, keys: of.keys },
  };
  const cases = faults.flatMap(({ id, about, flag, proof }) =>
    methods.map((method) =>
      rejected(
        {
          id: method === "get" ? id : `${id}-${method}`,
          about: `${method}: ${about}`,
          kind: "soundness",
          flags: [flag],
          call: `proof/${method}`,
          params: { ...baseOf(encoding), proof, ...(method === "get" ? { root, keys: of.keys } : {}) },
        },
        "malformed",
        "invalid-proof",
      ),
    ),
  );
  return [...cases, rejected(oneNode, "invalid-proof", "malformed")];
}

/** The root of the empty trie is the hash of a string. A proof can hold that string, but the string is not a node. */
function emptyString(encoding: EncodingName): Draft[] {
  const top = inBranch({ stands: string(keccak("80")), items: ["80"] });
  const { root, nodes } = trieOf(top);
  return [
    rejected(
      {
        id: "empty-trie-as-child",
        about: "a child that is the empty trie by its hash",
        kind: "soundness",
        flags: ["not-a-node"],
        call: "proof/get",
        params: {
          ...baseOf(encoding),
          root,
          proof: writeLists(encoding, [{ key: "0x134f", nodes }]),
          keys: ["0x134f"],
        },
      },
      "malformed",
    ),
  ];
}

export function malformedFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/patricia/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "malformed-rlp",
      "Nodes whose RLP a lax reader takes for that of another one; on the way to the key that is asked for.",
      ["PROOF-PATRICIA-002"],
      [...faultCases(encoding, RLP_FAULTS), ...offPathCases(encoding, RLP_FAULTS, "value-long-form")],
    ),
    file(
      "malformed-nodes",
      "Lists that are no nodes, on the way to the key that is asked for.",
      ["PROOF-PATRICIA-003", "PROOF-PATRICIA-043", "PROOF-PATRICIA-044", "PROOF-PATRICIA-045", "PROOF-PATRICIA-046"],
      [
        ...faultCases(encoding, NODE_FAULTS),
        ...emptyString(encoding),
        ...offPathCases(encoding, NODE_FAULTS, "items-3"),
      ],
    ),
    file(
      "malformed-methods",
      "Malformed nodes, in every method that opens them.",
      ["PROOF-PATRICIA-002", "PROOF-PATRICIA-003", "PROOF-PATRICIA-043"],
      methodCases(encoding),
    ),
    ...(encoding === "eip1186"
      ? []
      : [
          file(
            "malformed-lists",
            "Proofs that are not one list of strings.",
            ["PROOF-PATRICIA-002", "PROOF-PATRICIA-020", "PROOF-GEN-006", "WIRE-022"],
            listCases(encoding),
          ),
        ]),
  ];
}
