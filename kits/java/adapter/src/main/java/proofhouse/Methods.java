package proofhouse;

import static proofhouse.Values.readName;
import static proofhouse.Values.wrong;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** The parameters and options of every method, and the checks common to all operations. */
final class Methods {
  private static final String PROOF = "proof/";

  /** Parameters of each method; those of `proof` also have `backend` and `options`. */
  private static final Map<String, List<String>> PARAMETERS =
      Map.ofEntries(
          Map.entry("proof/root", List.of("encoding", "proof")),
          Map.entry("proof/get", List.of("encoding", "root", "proof", "keys")),
          Map.entry("proof/cost", List.of("encoding", "root", "proof")),
          Map.entry("proof/prove", List.of("encoding", "entries", "keys", "deletes")),
          Map.entry("proof/merge", List.of("encoding", "root", "proofs")),
          Map.entry("proof/extract", List.of("encoding", "root", "proof", "keys", "deletes")),
          Map.entry("proof/update", List.of("encoding", "root", "proof", "writes")),
          Map.entry("proof/transact", List.of("encoding", "root", "proof", "steps")),
          Map.entry("proof/convert", List.of("from", "to", "root", "proof", "keys")));

  private Methods() {}

  static boolean isKnown(String method) {
    return PARAMETERS.containsKey(method);
  }

  /** Checks a request of a known method, then calls the operation that it names. */
  static JsonObject call(Declaration declared, String method, JsonObject params) throws Exception {
    List<String> known = PARAMETERS.get(method);
    // A request that is invalid for every program is rejected before one that this program does not support.
    checkNames(params, known);
    String backendName = readName(params.get("backend"), "backend");
    checkOptions(backendName, params.get("options"));
    Declaration.Backend backend = declared.backends().get(backendName);
    String operationName = method.substring(PROOF.length());
    if (backend == null || !backend.operations().containsKey(operationName)) {
      String message = method + " of " + backendName + " is not declared";
      throw new Rejection(ErrorClass.UNSUPPORTED, message);
    }
    JsonElement deletes = params.get("deletes");
    if (backendName.equals("ssz") && deletes != null && !deletes.equals(new JsonArray())) {
      throw new Rejection(ErrorClass.INVALID_ARGUMENT, "ssz has no deletion");
    }
    for (String role : List.of("encoding", "from", "to")) {
      if (!known.contains(role)) continue;
      String encoding = readName(params.get(role), role);
      if (!backend.encodings().contains(encoding)) {
        throw new Rejection(ErrorClass.UNSUPPORTED, encoding + " is not declared");
      }
    }
    return backend.operations().get(operationName).answer(params);
  }

  private static void checkNames(JsonObject params, List<String> known) throws Rejection {
    for (String name : params.keySet()) {
      if (!known.contains(name) && !name.equals("backend") && !name.equals("options")) {
        throw new Rejection(ErrorClass.INVALID_ARGUMENT, "unknown parameter " + name);
      }
    }
  }

  private static void checkOptions(String backend, JsonElement options) throws Rejection {
    if (options == null) return;
    boolean areKnown =
        options.isJsonObject()
            && options.getAsJsonObject().entrySet().stream()
                .allMatch(option -> isOption(backend, option.getKey(), option.getValue()));
    if (!areKnown) throw wrong(options, "options", "an object of the backend's options");
  }

  /** All backends have `profile`, `sparse` has `depth`, and `patricia` has `secure`. */
  private static boolean isOption(String backend, String name, JsonElement value) {
    if (!value.isJsonPrimitive()) return false;
    var primitive = value.getAsJsonPrimitive();
    return switch (name) {
      case "profile" ->
          primitive.isString() && List.of("strict", "lenient").contains(value.getAsString());
      case "depth" -> {
        Integer depth = Values.countOf(value);
        yield backend.equals("sparse") && depth != null && depth >= 1 && depth <= 256;
      }
      case "secure" -> backend.equals("patricia") && primitive.isBoolean();
      default -> false;
    };
  }
}
