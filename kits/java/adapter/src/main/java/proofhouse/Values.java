package proofhouse;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the values of docs/spec/protocol.md strictly, and writes them. Error messages name a value by `path`.
 */
public final class Values {
  private static final int MAX_GINDEX_BITS = 1024;
  private static final int SHOWN_CHARACTERS = 80;
  private static final Pattern QUANTITY = Pattern.compile("0|[1-9a-f][0-9a-f]*");
  private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,9}");

  private Values() {}

  /** Reads one value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonElement value, String path) throws Rejection;
  }

  /** A pair of values, as in an entry or a write. */
  public record Pair<K, V>(K key, V value) {}

  /** Reads bytes: 0x and lower-case hex, two digits per byte. */
  public static byte[] readBytes(JsonElement value, String path) throws Rejection {
    String digits = hexDigits(value);
    if (digits == null || digits.length() % 2 != 0) {
      throw wrong(value, path, "0x and lower-case hex of even length");
    }
    return HexFormat.of().parseHex(digits);
  }

  /** Reads bytes, or null for an absent value. */
  public static byte[] readValue(JsonElement value, String path) throws Rejection {
    return value != null && value.isJsonNull() ? null : readBytes(value, path);
  }

  /** Reads a node of a tree, or a root: 32 bytes. */
  public static byte[] readNode(JsonElement value, String path) throws Rejection {
    byte[] node = readBytes(value, path);
    if (node.length != 32) throw wrong(value, path, "32 bytes");
    return node;
  }

  /** Reads a quantity, such as a generalized index, of at most 1024 bits. */
  public static BigInteger readQuantity(JsonElement value, String path) throws Rejection {
    String digits = hexDigits(value);
    if (digits == null || !QUANTITY.matcher(digits).matches()) {
      throw wrong(value, path, "0x and minimal lower-case hex");
    }
    if (4 * (long) digits.length() > MAX_GINDEX_BITS) {
      String message = path + ": more than " + MAX_GINDEX_BITS + " bits";
      throw new Rejection(ErrorClass.LIMIT_EXCEEDED, message);
    }
    return new BigInteger(digits, 16);
  }

  /** Reads a small count: a JSON integer below 2^31. */
  public static int readCount(JsonElement value, String path) throws Rejection {
    Integer count = countOf(value);
    if (count == null) throw wrong(value, path, "an integer below 2^31");
    return count;
  }

  /** Reads a list, and each item with `readItem`: `readList(params.get("keys"), "keys", Values::readQuantity)`. */
  public static <T> List<T> readList(JsonElement value, String path, Reader<T> readItem)
      throws Rejection {
    if (!(value instanceof JsonArray items)) throw wrong(value, path, "a list");
    List<T> list = new ArrayList<>(items.size());
    for (int index = 0; index < items.size(); index++) {
      list.add(readItem.read(items.get(index), path + "/" + index));
    }
    return list;
  }

  /** Reads a pair, as an item of `entries` or `writes`. */
  public static <K, V> Reader<Pair<K, V>> pairOf(Reader<K> readKey, Reader<V> readValue) {
    return (value, path) -> {
      if (!(value instanceof JsonArray pair) || pair.size() != 2) {
        throw wrong(value, path, "a key and a value");
      }
      K key = readKey.read(pair.get(0), path + "/0");
      return new Pair<>(key, readValue.read(pair.get(1), path + "/1"));
    };
  }

  /** Reads a name, such as that of an encoding. */
  public static String readName(JsonElement value, String path) throws Rejection {
    if (value instanceof JsonPrimitive name && name.isString()) return name.getAsString();
    throw wrong(value, path, "a name");
  }

  /** Writes bytes. */
  public static String toHex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** Writes a quantity. */
  public static String toHex(BigInteger quantity) {
    return "0x" + quantity.toString(16);
  }

  /** Returns the rejection of a value that does not have the form `expected`. */
  public static Rejection wrong(JsonElement value, String path, String expected) {
    String shown = value == null ? "nothing" : value.toString();
    String start = shown.substring(0, Math.min(shown.length(), SHOWN_CHARACTERS));
    String message = path + ": " + start + " is not " + expected;
    return new Rejection(ErrorClass.INVALID_ARGUMENT, message);
  }

  /** Returns null for anything except a JSON integer below 2^31, without fraction or exponent. */
  static Integer countOf(JsonElement value) {
    if (!(value instanceof JsonPrimitive number) || !number.isNumber()) return null;
    String digits = number.getAsString();
    if (!COUNT.matcher(digits).matches()) return null;
    long count = Long.parseLong(digits);
    return count <= Integer.MAX_VALUE ? (int) count : null;
  }

  /** Returns the digits of a string of 0x and lower-case hex, and null for anything else. */
  private static String hexDigits(JsonElement value) {
    if (!(value instanceof JsonPrimitive text) || !text.isString()) return null;
    String hex = text.getAsString();
    if (!hex.startsWith("0x")) return null;
    for (int index = 2; index < hex.length(); index++) {
      char digit = hex.charAt(index);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) return null;
    }
    return hex.substring(2);
  }
}
