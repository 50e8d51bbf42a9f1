/**
 * The host functions of the module `eth2`, as docs/spec/host-functions.md lists them.
 * The name of the file is that of the module.
 */
export declare function loadPreStateRoot(to: usize): void;
export declare function savePostStateRoot(from: usize): void;
export declare function blockDataSize(): i32;
export declare function blockDataCopy(to: usize, offset: i32, length: i32): void;
export declare function pushNewDeposit(from: usize, length: i32): void;
