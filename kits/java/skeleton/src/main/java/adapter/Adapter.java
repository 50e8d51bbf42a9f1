package adapter;

import static proofhouse.Values.readBytes;
import static proofhouse.Values.toHex;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import proofhouse.Declaration;
import proofhouse.Declaration.Backend;
import proofhouse.Protocol;
import proofhouse.Rejection;

/** The adapter: what your library can do, and how it is called. This is the file to fill in. */
public final class Adapter {
  /** What is listed here is declared, and what is declared is put to the test. */
  private static final Declaration DECLARED =
      new Declaration(
          "proofhouse-adapter",
          "0.1.0",
          Map.of(
              "ssz",
              new Backend(
                  List.of("compact"),
                  // The next operation goes here, as "get", Adapter::get, with a method get below.
                  Map.of("root", Adapter::root))),
          List.of());

  private Adapter() {}

  /** Answers proof/root: the root that a proof stands for. */
  private static JsonObject root(JsonObject params) throws Rejection {
    byte[] proof = readBytes(params.get("proof"), "proof");
    byte[] root = Compact.root(proof); // Your library's call goes here.
    JsonObject result = new JsonObject();
    result.addProperty("root", toHex(root));
    return result;
  }

  public static void main(String[] arguments) throws IOException {
    Protocol.serve(DECLARED);
  }
}
