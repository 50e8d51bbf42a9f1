/**
 * Counts the blocks of a body that cost something, as metering will find them.
 *
 * Req: RUNTIME-METER-002, RUNTIME-METER-003, RUNTIME-METER-004.
 */
import type { Cursor } from "../decode/cursor.ts";
import type { Instruction } from "../instructions.ts";
import { MAX_CHARGE_POINTS } from "../limits.ts";
import { ENDS_BLOCK } from "../meter/steps.ts";

/** Instructions that cost nothing; all others cost something in every version of the costs. */
const FREE: ReadonlySet<string> = new Set(["block", "loop", "end", "else", "nop"]);

export class ChargePoints {
  readonly #cursor: Cursor;
  #count = 0;
  /** Whether the block costs something so far. */
  #costs: boolean;

  /** The first block pays for the locals that are declared. */
  constructor(cursor: Cursor, locals: number) {
    this.#cursor = cursor;
    this.#costs = locals > 0;
  }

  /** Errors: limit at the end of the block that is one too many. */
  pass({ op, at }: Instruction): void {
    this.#costs ||= !FREE.has(op.name);
    if (!ENDS_BLOCK.has(op.name)) return;
    if (this.#costs && ++this.#count > MAX_CHARGE_POINTS) {
      this.#cursor.fail("limit", `more than ${MAX_CHARGE_POINTS} charge points`, at);
    }
    this.#costs = false;
  }
}
