/** Records the events of a session, up to a bounded number of each kind. */
import type { SessionEvent } from "../lane.ts";

const KEPT_OF_A_KIND = 100;

export class SessionEvents {
  readonly list: SessionEvent[] = [];
  readonly #counts = new Map<SessionEvent["kind"], number>();
  readonly #overflowAt = new Map<SessionEvent["kind"], number>();

  fault(kind: SessionEvent["kind"], message: string): void {
    this.#add({ severity: "fault", kind, message });
  }

  note(kind: SessionEvent["kind"], message: string): void {
    this.#add({ severity: "note", kind, message });
  }

  #add(event: SessionEvent): void {
    const { severity, kind } = event;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= KEPT_OF_A_KIND) {
      this.list.push(event);
      return;
    }
    const index = this.#overflowAt.get(kind) ?? this.list.length;
    this.#overflowAt.set(kind, index);
    this.list[index] = { severity, kind, message: `${count - KEPT_OF_A_KIND} more like these` };
  }
}
