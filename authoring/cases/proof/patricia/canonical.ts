/** The same nodes and items in other forms, which the lenient profile accepts and the strict profile rejects. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { whereOf } from "./forged.ts";
import { ITEM_FAULTS, type ItemFault } from "./item-faults.ts";
import { EMPTY_VALUE, type FormFault, PLACE_FAULTS, SHAPE_FAULTS } from "./node-forms.ts";
import { trieOf } from "./nodes.ts";
import { PREFIX_BYTES, PREFIX_FAULTS } from "./prefix-forms.ts";
import { baseOf, ENCODINGS, type EncodingName, proofOf } from "./proofs.ts";
import { EMPTY_ROOT, NAIVE, optionsFor, prove, type Scenario } from "./scenarios.ts";
import { SECURE } from "./secure.ts";
import { shape } from "./shapes.ts";

const SOURCE = "authoring/cases/proof/patricia/canonical.ts";
const STRICT = { profile: "strict" as const };

interface Read {
  readonly root: string;
  readonly proof: Json;
  readonly keys: readonly string[];
}

/** The parameters of each method, without encoding and options. The lenient profile has no cases for `root`. */
function methodsOf(encoding: EncodingName, { root, proof, keys }: Read): Readonly<Record<string, JsonObject>> {
  return {
    get: { root, proof, keys },
    cost: { root, proof },
    merge: { root, proofs: [proof] },
    extract: { root, proof, keys },
    convert: { root, proof, ...(encoding === "eip1186" ? { keys } : {}) },
  };
}

/** The parameters of the methods that the strict profile rejects. */
function strictMethodsOf(encoding: EncodingName, read: Read): Readonly<Record<string, JsonObject>> {
  const { root, proof, keys } = read;
  return {
    ...methodsOf(encoding, read),
    ...(encoding === "witness" ? {} : { root: { proof } }),
    update: { root, proof, writes: [] },
    transact: { root, proof, steps: [{ get: keys[0] }] },
  };
}

type Text = Pick<Draft, "id" | "about" | "flags">;

function lenientCase(encoding: EncodingName, text: Text, method: string, params: JsonObject): Draft {
  return accepted({
    ...text,
    id: `${text.id}-${method}`,
    about: `${method}: ${text.about}`,
    kind: "canonicality",
    call: `proof/${method}`,
    params: { ...whereOf(method, encoding), ...params },
  });
}

function strictText(encoding: EncodingName, text: Text, method: string, params: JsonObject): Omit<Draft, "expect"> {
  return {
    ...text,
    id: `${text.id}-${method}-strict`,
    about: `${method}: ${text.about}; in the strict profile`,
    kind: "canonicality",
    ...STRICT,
    call: `proof/${method}`,
    params: { ...whereOf(method, encoding, STRICT), ...params },
  };
}

function readOf(encoding: EncodingName, { top, reads }: FormFault): Read {
  const { root, nodes } = trieOf(top);
  const keys = reads.map(([key]) => `0x${key}`);
  return { root, proof: proofOf(encoding, nodes, keys[0]), keys };
}

/** Cases for a faulty node: the generator states the values, the reference everything else. */
function formCases(encoding: EncodingName, fault: FormFault): Draft[] {
  const { id, about, flag, reads } = fault;
  const read = readOf(encoding, fault);
  const text = { id, about, flags: [flag] };
  const { get, ...others } = methodsOf(encoding, read);
  return [
    stated(
      {
        ...text,
        id: `${id}-get`,
        about: `get: ${about}`,
        kind: "canonicality",
        call: "proof/get",
        params: { ...baseOf(encoding), ...get },
      },
      { values: reads.map(([, value]) => value) },
    ),
    ...Object.entries(fault.brief ? {} : others).map(([method, params]) => lenientCase(encoding, text, method, params)),
    ...Object.entries(fault.brief ? { get } : strictMethodsOf(encoding, read)).map(([method, params]) =>
      rejected(strictText(encoding, text, method, params), "non-canonical"),
    ),
  ];
}

/** Cases for a leaf with an empty value. The lenient profile allows several results, so it has no case. */
function emptyValueCases(encoding: EncodingName): Draft[] {
  return EMPTY_VALUE.flatMap((fault) => {
    const text = { id: fault.id, about: fault.about, flags: [fault.flag] };
    return Object.entries(strictMethodsOf(encoding, readOf(encoding, fault))).map(([method, params]) =>
      rejected(strictText(encoding, text, method, params), "non-canonical"),
    );
  });
}

function itemCases(encoding: EncodingName, fault: ItemFault): Draft[] {
  const { id, about, flag, keys, write, writes, classes = ["non-canonical"] } = fault;
  const { root, proof } = fault.read(encoding);
  const read = { root, proof, keys };
  const text = { id, about, flags: [flag] };
  const writing: Readonly<Record<string, JsonObject>> = {
    update: { root, proof, writes },
    transact: { root, proof, steps: [{ get: keys[0] }, { set: write }, { root: true }] },
  };
  return [
    ...Object.entries({ ...methodsOf(encoding, read), ...writing })
      .filter(([method]) => !fault.undefinedIn?.includes(method))
      .map(([method, params]) => lenientCase(encoding, text, method, params)),
    ...Object.entries(strictMethodsOf(encoding, read)).map(([method, params]) => {
      // `root` rejects lists that do not begin with the same node.
      const others = method === "root" && encoding === "eip1186" ? ["malformed"] : [];
      return rejected(strictText(encoding, text, method, params), ...classes, ...others);
    }),
  ];
}

const HONEST: readonly Scenario[] = [
  ...["two-extensions", "prefix-of-two", "shared-branches", "short-root-branch", "sixteen-children", "empty"].map(
    shape,
  ),
  ...["storage", "absent"].map((id) => SECURE.find((scenario) => scenario.id === id) as Scenario),
];

/** The strict profile accepts canonical proofs in every method. */
function honestCases(encoding: EncodingName): Draft[] {
  return HONEST.flatMap((scenario) => {
    const read = { ...prove(scenario, encoding), keys: scenario.keys };
    const options = optionsFor(scenario, STRICT);
    return Object.entries(strictMethodsOf(encoding, read)).map(([method, params]) =>
      accepted({
        ...strictText(encoding, { id: `honest-${scenario.id}`, about: scenario.about }, method, params),
        params: { ...whereOf(method, encoding, options), ...params },
      }),
    );
  });
}

/** Another fault besides: it is found first, or not at all. */
function otherFaults(encoding: EncodingName): Draft[] {
  const [fault] = SHAPE_FAULTS;
  const read = readOf(encoding, fault);
  const text = { flags: [fault.flag] };
  const get = (id: string, about: string, params: JsonObject): Omit<Draft, "expect"> =>
    strictText(encoding, { ...text, id, about }, "get", { ...read, ...params });
  return [
    rejected(get("wrong-root", "a faulty node, and another root", { root: `0x${"11".repeat(32)}` }), "invalid-proof"),
    rejected(
      get("uncovered", "a faulty node, and a key that is not covered", { keys: ["0x93"] }),
      "non-canonical",
      "incomplete",
    ),
    rejected(get("no-keys", "a faulty node, and no key", { keys: [] }), "non-canonical"),
    rejected(
      get("nodes-of-the-empty-trie", "nodes under the root of the empty trie, which needs none", { root: EMPTY_ROOT }),
      "non-canonical",
    ),
  ];
}

/** Each first byte that means a leaf with an even path: 64 encodings of one leaf. */
function prefixCases(encoding: EncodingName): Draft[] {
  return PREFIX_BYTES.flatMap((fault) => formCases(encoding, fault));
}

/** The requirements on the order of nodes and claims. */
const ORDER: Readonly<Record<EncodingName, readonly string[]>> = {
  witness: ["PROOF-PATRICIA-051"],
  preorder: ["PROOF-PATRICIA-021", "PROOF-PATRICIA-051"],
  eip1186: ["PROOF-PATRICIA-067", "PROOF-PATRICIA-068", "PROOF-PATRICIA-070"],
};

export function canonicalFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/patricia/${encoding}`, theme, about, requirements }, cases);
  const itemFaults = ITEM_FAULTS.filter(({ encodings = ENCODINGS }) => encodings.includes(encoding));
  const itemForms = encoding === "eip1186" ? ["PROOF-PATRICIA-068", "PROOF-PATRICIA-070"] : ["PROOF-PATRICIA-051"];
  return [
    file(
      "prefix-forms",
      "Hex-prefixes in a form that no trie gives them, under roots that say so.",
      ["PROOF-PATRICIA-011", "PROOF-PATRICIA-052"],
      PREFIX_FAULTS.flatMap((fault) => formCases(encoding, fault)),
    ),
    file(
      "node-shapes",
      "Extensions that are not above a branch, and branches that hold less than two.",
      ["PROOF-PATRICIA-011", "PROOF-PATRICIA-053", "PROOF-PATRICIA-054", "PROOF-PATRICIA-055"],
      SHAPE_FAULTS.flatMap((fault) => formCases(encoding, fault)),
    ),
    file(
      "node-places",
      "Nodes that are embedded although they are long, or hashed although they are short.",
      ["PROOF-PATRICIA-011", "PROOF-PATRICIA-056", "PROOF-PATRICIA-057"],
      PLACE_FAULTS.flatMap((fault) => formCases(encoding, fault)),
    ),
    file(
      "prefix-bytes",
      "One leaf under every first byte of a hex-prefix that says the same.",
      ["PROOF-PATRICIA-011", "PROOF-PATRICIA-052"],
      prefixCases(encoding),
    ),
    file(
      "item-forms",
      "Items that are not nodes of the trie, occur twice or are out of order.",
      ["PROOF-PATRICIA-010", "PROOF-PATRICIA-011", ...itemForms, "PROOF-PATRICIA-064"],
      itemFaults.filter(({ encodings }) => encodings === undefined).flatMap((fault) => itemCases(encoding, fault)),
    ),
    file(
      "order-and-claims",
      "Nodes out of the order of their encoding, and claims that are not the paths of their keys.",
      ["PROOF-PATRICIA-011", ...ORDER[encoding], "PROOF-PATRICIA-064"],
      itemFaults.filter(({ encodings }) => encodings !== undefined).flatMap((fault) => itemCases(encoding, fault)),
    ),
    file(
      "strict",
      "Canonical proofs in the strict profile, and what comes before or after.",
      ["PROOF-PATRICIA-010", "PROOF-PATRICIA-058", "PROOF-PATRICIA-059"],
      [...honestCases(encoding), ...emptyValueCases(encoding), ...otherFaults(encoding)],
    ),
  ];
}
