/**
 * Counts the charge points of a body, as metering finds them.
 *
 * Req: RUNTIME-METER-002, RUNTIME-METER-039, RUNTIME-METER-003, RUNTIME-METER-004, RUNTIME-METER-016.
 */
import type { Cursor } from "../decode/cursor.ts";
import type { Instruction } from "../instructions.ts";
import { MAX_CHARGE_POINTS } from "../limits.ts";
import { ENDS_BLOCK } from "../meter/steps.ts";

/** The instructions that cost nothing. All others cost something in every version of the costs. */
const FREE: ReadonlySet<string> = new Set(["block", "loop", "end", "else", "nop"]);

export class ChargePoints {
  readonly #cursor: Cursor;
  #count = 0;
  /** Whether the current block costs something. */
  #costs: boolean;

  /** The first block is charged for the declared locals. */
  constructor(cursor: Cursor, locals: number) {
    this.#cursor = cursor;
    this.#costs = locals > 0;
  }

  /** Errors: ModuleError: limit, at the end of the first block above the bound. */
  pass({ op, offset }: Instruction): void {
    this.#costs ||= !FREE.has(op.name);
    if (!ENDS_BLOCK.has(op.name)) return;
    if (this.#costs && ++this.#count > MAX_CHARGE_POINTS) {
      this.#cursor.fail("limit", `more than ${MAX_CHARGE_POINTS} charge points`, offset);
    }
    this.#costs = false;
  }
}
