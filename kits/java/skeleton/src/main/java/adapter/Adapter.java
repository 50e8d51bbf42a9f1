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

/** The adapter: declares the operations of your library and calls it. Fill in this file. */
public final class Adapter {
  /** Everything listed here is declared, and the harness runs its cases. */
  private static final Declaration DECLARED =
      new Declaration(
          "proofhouse-adapter",
          "0.1.0",
          Map.of(
              "ssz",
              new Backend(
                  List.of("compact"),
                  // Add the next operation here, as "get", Adapter::get, and a method get below.
                  Map.of("root", Adapter::root))),
          List.of());

  private Adapter() {}

  /** Answers proof/root: computes the root of a proof. */
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
