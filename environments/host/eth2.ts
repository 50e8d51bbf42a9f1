/** The host functions of the module `eth2` (docs/spec/host-functions.md). The file name is the module's name. */
export declare function loadPreStateRoot(to: usize): void;
export declare function savePostStateRoot(from: usize): void;
export declare function blockDataSize(): i32;
export declare function blockDataCopy(to: usize, offset: i32, length: i32): void;
export declare function pushNewDeposit(from: usize, length: i32): void;
