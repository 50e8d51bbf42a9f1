package proofhouse;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** The line protocol: one JSON-RPC message per line, answered in order. */
public final class Protocol {
  private static final int NOT_JSON = -32700;
  private static final int NOT_A_REQUEST = -32600;
  private static final int UNKNOWN_METHOD = -32601;
  private static final int REJECTED = -32000;

  /** A deeper message is rejected as invalid JSON. Messages of the interface are at most a tenth as deep. */
  private static final int MAX_NESTING = 128;

  private final Declaration declared;
  private final OutputStream output;
  private boolean isShutDown;

  private Protocol(Declaration declared, OutputStream output) {
    this.declared = declared;
    this.output = output;
  }

  /** Answers requests until `shutdown` or the end of input. */
  public static void serve(Declaration declared) throws IOException {
    // A print of the library must not appear among the responses.
    System.setOut(System.err);
    new Protocol(declared, new FileOutputStream(FileDescriptor.out))
        .serve(new FileInputStream(FileDescriptor.in));
  }

  private void serve(InputStream input) throws IOException {
    byte[] chunk = new byte[1 << 16];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read; (read = input.read(chunk)) >= 0; ) {
      int start = 0;
      for (int index = 0; index < read; index++) {
        if (chunk[index] != '\n') continue;
        line.write(chunk, start, index - start);
        start = index + 1;
        answer(line.toByteArray());
        if (isShutDown) return;
        line = new ByteArrayOutputStream(); // Releases the array of a long line.
      }
      line.write(chunk, start, read - start);
    }
    if (line.size() > 0) answer(line.toByteArray());
  }

  private void answer(byte[] line) throws IOException {
    output.write((responseTo(line) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject responseTo(byte[] line) {
    JsonElement message;
    try {
      message = parse(line);
    } catch (IOException | JsonParseException error) {
      return failure(JsonNull.INSTANCE, NOT_JSON, "not JSON: " + error.getMessage());
    }
    JsonObject request = message.isJsonObject() ? message.getAsJsonObject() : new JsonObject();
    JsonElement id = isId(request.get("id")) ? request.get("id") : JsonNull.INSTANCE;
    if (id.isJsonNull()
        || !(request.get("method") instanceof JsonPrimitive name && name.isString())
        || !(request.get("params") instanceof JsonObject params)) {
      return failure(id, NOT_A_REQUEST, "not a request: expected id, method and params");
    }
    String method = name.getAsString();
    switch (method) {
      case "initialize":
        return success(id, initialize());
      case "shutdown":
        isShutDown = true;
        return success(id, new JsonObject());
      default:
        if (!Methods.isKnown(method)) {
          return failure(id, UNKNOWN_METHOD, "unknown method " + method);
        }
        return call(id, method, params);
    }
  }

  private JsonObject call(JsonElement id, String method, JsonObject params) {
    try {
      return success(id, Methods.call(declared, method, params));
    } catch (Rejection rejection) {
      return rejected(id, rejection);
    } catch (Exception | StackOverflowError | AssertionError fault) {
      // After any other error the JVM is unreliable: it ends the process, and the harness reports a crash.
      fault.printStackTrace();
      return rejected(id, new Rejection(ErrorClass.INTERNAL, fault.toString()));
    }
  }

  private JsonObject initialize() {
    JsonObject implementation = new JsonObject();
    implementation.addProperty("name", declared.name());
    implementation.addProperty("version", declared.version());
    implementation.addProperty("language", "Java");
    JsonObject backends = new JsonObject();
    declared
        .backends()
        .forEach(
            (name, backend) -> {
              JsonObject can = new JsonObject();
              can.add("encodings", listOf(backend.encodings()));
              can.add("operations", listOf(backend.operations().keySet()));
              backends.add(name, can);
            });
    JsonObject capabilities = new JsonObject();
    capabilities.add("proof", backends);
    JsonArray unsupported = new JsonArray();
    for (Declaration.Rule rule : declared.unsupported()) {
      JsonObject known = new JsonObject();
      known.addProperty("match", rule.match());
      known.addProperty("reason", rule.reason());
      unsupported.add(known);
    }
    JsonObject result = new JsonObject();
    result.addProperty("protocol", 1);
    result.add("implementation", implementation);
    result.add("capabilities", capabilities);
    result.add("unsupported", unsupported);
    return result;
  }

  private static JsonArray listOf(Collection<String> names) {
    JsonArray list = new JsonArray();
    names.stream().sorted().forEach(list::add);
    return list;
  }

  /** Parses one JSON value in UTF-8, strictly by the grammar. */
  private static JsonElement parse(byte[] line) throws IOException {
    // By default a decoder rejects bytes that are not UTF-8; a reader with a charset would replace them.
    var text = new InputStreamReader(new ByteArrayInputStream(line), StandardCharsets.UTF_8.newDecoder());
    JsonReader reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_NESTING);
    // Gson would skip a byte order mark, and would read an empty text as null.
    if (line.length > 0 && line[0] == (byte) 0xEF) throw new MalformedJsonException("unexpected byte order mark");
    reader.peek();
    JsonElement message = JsonParser.parseReader(reader);
    if (reader.peek() != JsonToken.END_DOCUMENT) throw new MalformedJsonException("unexpected input after the value");
    return message;
  }

  private static boolean isId(JsonElement id) {
    return id instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsString().matches("0|[1-9][0-9]*");
  }

  private static JsonObject response(JsonElement id) {
    JsonObject response = new JsonObject();
    response.addProperty("jsonrpc", "2.0");
    response.add("id", id);
    return response;
  }

  private static JsonObject success(JsonElement id, JsonObject result) {
    JsonObject response = response(id);
    response.add("result", result);
    return response;
  }

  private static JsonObject rejected(JsonElement id, Rejection rejection) {
    JsonObject response = failure(id, REJECTED, rejection.getMessage());
    response.getAsJsonObject("error").add("data", rejection.data());
    return response;
  }

  private static JsonObject failure(JsonElement id, int code, String message) {
    JsonObject error = new JsonObject();
    error.addProperty("code", code);
    error.addProperty("message", message);
    JsonObject response = response(id);
    response.add("error", error);
    return response;
  }
}
