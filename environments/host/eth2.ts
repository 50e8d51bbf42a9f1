/** The host functions of the module `eth2`, as chapter 19 of CONFORMANCE.md lists them. The file's name is the module's. */
export declare function loadPreStateRoot(to: usize): void;
export declare function savePostStateRoot(from: usize): void;
export declare function blockDataSize(): i32;
export declare function blockDataCopy(to: usize, offset: i32, length: i32): void;
export declare function pushNewDeposit(from: usize, length: i32): void;
