package proofhouse;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** What your library can do. `initialize` reports it, and what is declared is put to the test. */
public record Declaration(
    String name,
    String version,
    Map<String, Backend> backends,
    List<Rule> unsupported) {

  /** The encodings that a backend has, and how each of its operations is called. */
  public record Backend(List<String> encodings, Map<String, Operation> operations) {}

  /** Returns the result of one request. Anything thrown except a Rejection is answered as `internal`. */
  @FunctionalInterface
  public interface Operation {
    JsonObject answer(JsonObject params) throws Exception;
  }

  /** Declared cases that cannot be run: a glob over their ids, and the reason. */
  public record Rule(String match, String reason) {}
}
