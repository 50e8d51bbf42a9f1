/** The host functions of the module `proof` that the environments use. The host authenticates a map of 32-byte keys and values. */
export declare function get(key: usize, value: usize): i32;
export declare function set(key: usize, value: usize): void;
export declare function root(to: usize): void;
