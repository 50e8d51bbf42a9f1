/** Roots, block data and deposits. */
import { Trap } from "../faults.ts";
import { eth2, type HostDescriptor, procedure, query } from "./descriptor.ts";
import { checkWithin, type HostCall } from "./host-call.ts";

/** The public key, the withdrawal credentials, the amount and the signature. */
const DEPOSIT_BYTES = 48 + 32 + 8 + 96;

export const ROOT_AND_BLOCK_FUNCTIONS: readonly HostDescriptor[] = [
  procedure({ names: eth2("loadPreStateRoot"), parameters: ["ptr"], base: 1, bytes: [32] }, loadPreStateRoot),
  procedure({ names: eth2("savePostStateRoot"), parameters: ["ptr"], base: 1, bytes: [32] }, savePostStateRoot),
  query({ names: eth2("blockDataSize"), base: 1 }, blockDataSize),
  procedure(
    { names: eth2("blockDataCopy"), parameters: ["ptr", "offset", "length"], base: 1, bytes: ["length"] },
    blockDataCopy,
  ),
  procedure(
    { names: eth2("pushNewDeposit"), parameters: ["ptr", "length"], base: 1, bytes: ["length"] },
    pushNewDeposit,
  ),
  procedure({ names: eth2("useTicks"), parameters: ["ticks"], base: 1 }, useTicks),
];

/** Req: RUNTIME-HOST-010. Errors: Trap. */
function loadPreStateRoot(call: HostCall): void {
  const [ptr] = call.args;
  call.write(ptr, call.execution.preStateRoot);
}

/** Req: RUNTIME-HOST-011, RUNTIME-HOST-080. Errors: Trap. */
function savePostStateRoot(call: HostCall): void {
  const [ptr] = call.args;
  call.execution.postStateRoot = call.read32(ptr);
}

/** Req: RUNTIME-HOST-012. */
function blockDataSize({ execution }: HostCall): number {
  return execution.blockData.length;
}

/** Req: RUNTIME-HOST-082, RUNTIME-HOST-083. Errors: Trap. */
function blockDataCopy(call: HostCall): void {
  const [ptr, offset, length] = call.args;
  const { blockData } = call.execution;
  call.checkRange(ptr, length);
  checkWithin(blockData.length, offset, length, "the block data");
  call.write(ptr, blockData.subarray(offset, offset + length));
}

/** Req: RUNTIME-HOST-013, RUNTIME-HOST-073, RUNTIME-HOST-084, RUNTIME-HOST-085. Errors: Trap. */
function pushNewDeposit(call: HostCall): void {
  const [ptr, length] = call.args;
  if (length !== DEPOSIT_BYTES) {
    throw new Trap("deposit-length", `a deposit of ${length} bytes, not ${DEPOSIT_BYTES}`);
  }
  call.execution.deposits.push(call.read(ptr, length));
}

/** Scout measures time in ticks; a tick is a unit of gas. Req: RUNTIME-HOST-014. Errors: OutOfGas. */
function useTicks({ execution, args: [ticks] }: HostCall): void {
  execution.charge(ticks);
}
