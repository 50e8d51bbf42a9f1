package proofhouse;

/** The class of a rejection (docs/spec/protocol.md). */
public enum ErrorClass {
  /** The proof does not parse. */
  MALFORMED("malformed"),
  /** The proof authenticates but is not canonical; only in the strict profile. */
  NON_CANONICAL("non-canonical"),
  /** The computed root differs. */
  INVALID_PROOF("invalid-proof"),
  /** The proof authenticates but does not cover the key. */
  INCOMPLETE("incomplete"),
  /** The request itself is wrong. */
  INVALID_ARGUMENT("invalid-argument"),
  /** The request exceeds a documented bound. */
  LIMIT_EXCEEDED("limit-exceeded"),
  /** Not implemented. */
  UNSUPPORTED("unsupported"),
  /** A fault of the library; no case accepts it. */
  INTERNAL("internal");

  private final String wireName;

  ErrorClass(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
