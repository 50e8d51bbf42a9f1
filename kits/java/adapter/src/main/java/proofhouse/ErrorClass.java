package proofhouse;

/** Why a request is rejected (CONFORMANCE.md, chapter 4). */
public enum ErrorClass {
  /** The proof does not parse. */
  MALFORMED("malformed"),
  /** It authenticates in another form; only in the strict profile. */
  NON_CANONICAL("non-canonical"),
  /** The computed root differs. */
  INVALID_PROOF("invalid-proof"),
  /** It authenticates, but does not reach the key. */
  INCOMPLETE("incomplete"),
  /** The request itself is wrong. */
  INVALID_ARGUMENT("invalid-argument"),
  /** Beyond a documented bound. */
  LIMIT_EXCEEDED("limit-exceeded"),
  /** The program does not offer what is asked. */
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
