/**
 * A state over a session of a backend, with nested frames that can be reverted.
 *
 * Req: RUNTIME-HOST-064, RUNTIME-HOST-125, RUNTIME-HOST-130, RUNTIME-HOST-131, RUNTIME-HOST-133.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import type { ProofBackend, ProofSession, RawKey } from "../../proofs/backend.ts";
import { Script } from "../../proofs/transact.ts";
import { Trap } from "../faults.ts";
import { fromStored, toBackendKey, toStored, trapping } from "./keys.ts";
import type { State } from "./storage.ts";

export class SessionState implements State {
  readonly #backend: ProofBackend;
  readonly #script: Script<RawKey, Uint8Array | null>;

  constructor(backend: ProofBackend, session: ProofSession) {
    this.#backend = backend;
    this.#script = new Script(session);
  }

  /** Req: RUNTIME-HOST-125, RUNTIME-STATE-013, RUNTIME-STATE-044. */
  get(key: Bytes32): Bytes32 | null {
    const asked = toBackendKey(this.#backend, key);
    return fromStored(trapping(() => this.#script.session.get(asked)));
  }

  /** Req: RUNTIME-HOST-128, RUNTIME-STATE-040, RUNTIME-STATE-046, RUNTIME-STATE-047. */
  set(key: Bytes32, value: Bytes32 | null): void {
    const written = toBackendKey(this.#backend, key);
    trapping(() => this.#script.set(written, toStored(this.#backend, value)));
  }

  /** Req: RUNTIME-STATE-045. */
  root(): Bytes32 {
    return trapping(() => this.#script.session.root());
  }

  checkpoint(): void {
    this.#script.checkpoint();
  }

  commit(): void {
    this.#checkOpen("commit");
    this.#script.commit();
  }

  revert(): void {
    this.#checkOpen("revert");
    this.#script.revert();
  }

  /** Req: RUNTIME-HOST-132. Errors: Trap. */
  #checkOpen(what: string): void {
    if (!this.#script.hasCheckpoint) throw new Trap("checkpoint", `${what} without a checkpoint`);
  }
}
