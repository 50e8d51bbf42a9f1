/**
 * The host functions of the module `proof` that the environments use: a map of 32 bytes to 32 bytes, authenticated by
 * the host.
 */
export declare function get(key: usize, value: usize): i32;
export declare function set(key: usize, value: usize): void;
export declare function root(to: usize): void;
