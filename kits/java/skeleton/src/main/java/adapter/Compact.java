package adapter;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import proofhouse.ErrorClass;
import proofhouse.Rejection;

/**
 * Stands in for your library: the root of a compact proof (CONFORMANCE.md, chapter 7). Once Adapter.java calls your own code,
 * delete this file.
 */
final class Compact {
  private static final int MAX_PROOF_BYTES = 64 << 20;
  private static final int MAX_NODES = 1 << 22;
  private static final int MAX_DEPTH = 1023;

  private Compact() {}

  /** Computes the root of the pruned tree in `proof`: its shape in bits, then its bottoms, 32 bytes each. */
  static byte[] root(byte[] proof) throws Rejection {
    if (proof.length > MAX_PROOF_BYTES) {
      throw new Rejection(ErrorClass.LIMIT_EXCEEDED, "more than " + MAX_PROOF_BYTES + " bytes");
    }
    int nodes = countNodes(proof);
    int shapeBytes = (nodes + 7) / 8;
    int padding = (1 << (8 * shapeBytes - nodes)) - 1;
    if ((proof[shapeBytes - 1] & padding) != 0) {
      throw new Rejection(ErrorClass.MALFORMED, "the padding of the shape is not zero");
    }
    int length = shapeBytes + 32 * ((nodes + 1) / 2);
    if (proof.length != length) {
      throw new Rejection(ErrorClass.MALFORMED, proof.length + " bytes, expected " + length);
    }
    return fold(proof, nodes, shapeBytes);
  }

  /** Counts the bits of the shape: they end when the bottoms exceed the inner nodes by one. */
  private static int countNodes(byte[] proof) throws Rejection {
    int nodes = 0;
    for (int missing = 1; missing > 0; nodes++) {
      if (nodes == 8L * proof.length) {
        throw new Rejection(ErrorClass.MALFORMED, "no end of the shape in " + nodes + " bits");
      }
      if (nodes == MAX_NODES) {
        throw new Rejection(ErrorClass.LIMIT_EXCEEDED, "more than " + MAX_NODES + " nodes");
      }
      missing += isBottom(proof, nodes) ? -1 : 1;
    }
    return nodes;
  }

  /** An inner node whose subtrees are being read. */
  private static final class InnerNode {
    private byte[] left;
  }

  /** Hashes the tree in the order of its shape, from left to right and without recursion. */
  private static byte[] fold(byte[] proof, int nodes, int bottomsOffset) throws Rejection {
    MessageDigest sha256 = sha256();
    Deque<InnerNode> above = new ArrayDeque<>(); // The inner nodes above the present one.
    byte[] node = null;
    int offset = bottomsOffset;
    for (int index = 0; index < nodes; index++) {
      if (!isBottom(proof, index)) {
        above.push(new InnerNode());
        if (above.size() > MAX_DEPTH) {
          throw new Rejection(ErrorClass.LIMIT_EXCEEDED, "deeper than " + MAX_DEPTH + " levels");
        }
        continue;
      }
      node = Arrays.copyOfRange(proof, offset, offset + 32);
      offset += 32;
      while (!above.isEmpty() && above.peek().left != null) {
        node = hash(sha256, above.pop().left, node);
      }
      if (!above.isEmpty()) above.peek().left = node;
    }
    return node;
  }

  /** Tells the kind of a node by its bit, counted from the most significant one of the first byte. */
  private static boolean isBottom(byte[] shape, int index) {
    return (shape[index / 8] >> (7 - index % 8) & 1) == 1;
  }

  private static byte[] hash(MessageDigest sha256, byte[] left, byte[] right) {
    sha256.update(left);
    return sha256.digest(right);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException("every Java platform has SHA-256", error);
    }
  }
}
