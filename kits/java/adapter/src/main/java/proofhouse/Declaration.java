package proofhouse;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** The backends that your library supports. `initialize` reports them, and the harness runs their cases. */
public record Declaration(
    String name,
    String version,
    Map<String, Backend> backends,
    List<Rule> unsupported) {

  /** The encodings of a backend, and the function of each operation. */
  public record Backend(List<String> encodings, Map<String, Operation> operations) {}

  /** Returns the result of one request. Anything thrown except a Rejection is answered as `internal`. */
  @FunctionalInterface
  public interface Operation {
    JsonObject answer(JsonObject params) throws Exception;
  }

  /** Declared cases that cannot run: a glob over case ids, and a reason. */
  public record Rule(String match, String reason) {}
}
