/** Sends a proof that does not authenticate to every method with a root. Each must reject it, even if there is nothing to do. */
import type { Json, JsonObject } from "../../../runners/lane.ts";
import { flipBit } from "./binary/pruned.ts";
import { type Draft, rejected } from "./draft.ts";

export interface MethodRequests {
  /** By method, a function that returns the other parameters for a proof. */
  readonly methods: Readonly<Record<string, (proof: Json) => JsonObject>>;
  /** By method, parameters with nothing to do, for the methods that allow this. */
  readonly idle: Readonly<Record<string, JsonObject>>;
  readonly root: string;
  readonly proof: Json;
  /** The proof with one bit inverted, and a text that names the bit. */
  readonly broken: { readonly proof: Json; readonly about: string };
  readonly randomRoot: string;
  /** Returns backend, encodings and options. */
  whereOf(method: string): JsonObject;
}

export function forgedMethodCases(requests: MethodRequests): Draft[] {
  const { methods, idle, root, proof, broken, randomRoot, whereOf } = requests;
  const refuse = (id: string, about: string, flag: string, method: string, params: JsonObject): Draft =>
    rejected(
      {
        id: `${method}-${id}`,
        about: `${method}: ${about}`,
        kind: "soundness",
        flags: [flag],
        call: `proof/${method}`,
        params: { ...whereOf(method), ...params },
      },
      "invalid-proof",
    );
  const wrongRoot = flipBit(root, 255);
  return [
    ...Object.entries(methods).flatMap(([method, paramsFor]) => [
      refuse("forged", broken.about, "forged-node", method, { root, ...paramsFor(broken.proof) }),
      refuse("wrong-root", "another root", "wrong-root", method, { root: wrongRoot, ...paramsFor(proof) }),
      refuse("random-root", "a made-up root", "wrong-root", method, { root: randomRoot, ...paramsFor(proof) }),
    ]),
    ...Object.entries(idle).map(([method, params]) =>
      refuse("idle-wrong-root", "another root, and nothing to do", "wrong-root", method, {
        root: wrongRoot,
        ...params,
      }),
    ),
  ];
}
