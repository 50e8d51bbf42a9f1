package proofhouse;

import com.google.gson.JsonObject;

/** Thrown to reject a request. */
public final class Rejection extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorClass errorClass;
  private final transient JsonObject details;

  public Rejection(ErrorClass errorClass, String message) {
    this(errorClass, message, new JsonObject());
  }

  public Rejection(ErrorClass errorClass, String message, JsonObject details) {
    super(message);
    this.errorClass = errorClass;
    this.details = details;
  }

  /** Returns the `data` of the error response. */
  JsonObject data() {
    JsonObject data = new JsonObject();
    data.addProperty("class", errorClass.wireName());
    data.add("details", details);
    return data;
  }
}
