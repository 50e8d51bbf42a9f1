/** What everything costs, as data: chapter 18 of CONFORMANCE.md. Who keeps instrumented code keeps the version with it. */

export interface CostTable {
  readonly version: number;
  /** By the name of the instruction in the text format. */
  readonly instructions: ReadonlyMap<string, number>;
  readonly local: number;
  readonly memoryByte: number;
  readonly memoryPage: number;
  readonly moduleByte: number;
  readonly moduleFunction: number;
  readonly segmentByte: number;
  readonly segmentElement: number;
  readonly hostBase: number;
  readonly hostByte: number;
}
