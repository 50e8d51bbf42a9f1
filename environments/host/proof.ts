/** The host functions of the module `proof`, as far as they are used here: a map of 32 bytes to 32 bytes that the host authenticates. */
export declare function get(key: usize, value: usize): i32;
export declare function set(key: usize, value: usize): void;
export declare function root(to: usize): void;
