package adapter;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import proofhouse.ErrorClass;
import proofhouse.Rejection;

/**
 * A placeholder for your library: the root of a compact proof. The encoding is specified by PROOF-SSZ-010 and PROOF-SSZ-011
 * (docs/spec/binary-trees.md). Delete this file once Adapter.java calls your own code.
 */
final class Compact {
  private static final int MAX_PROOF_BYTES = 64 << 20;
  private static final int MAX_NODES = 1 << 22;
  private static final int MAX_DEPTH = 1023;

  private Compact() {}

  /** Computes the root of `proof`: the bits of a shape, then the bottom nodes, 32 bytes each. */
  static byte[] root(byte[] proof) throws Rejection {
    if (proof.length > MAX_PROOF_BYTES) {
      throw new Rejection(ErrorClass.LIMIT_EXCEEDED, "proof: more than " + MAX_PROOF_BYTES + " bytes");
    }
    int nodes = countNodes(proof);
    int shapeBytes = (nodes + 7) / 8;
    int padding = (1 << (8 * shapeBytes - nodes)) - 1;
    if ((proof[shapeBytes - 1] & padding) != 0) {
      throw new Rejection(ErrorClass.MALFORMED, "the padding bits of the shape are not zero");
    }
    int length = shapeBytes + 32 * ((nodes + 1) / 2);
    if (proof.length != length) {
      throw new Rejection(ErrorClass.MALFORMED, "proof: " + proof.length + " bytes, expected " + length);
    }
    return fold(proof, nodes, shapeBytes);
  }

  /** Counts the bits of the shape, until bottom nodes exceed inner nodes by one. */
  private static int countNodes(byte[] proof) throws Rejection {
    int nodes = 0;
    for (int missing = 1; missing > 0; nodes++) {
      if (nodes == 8L * proof.length) {
        throw new Rejection(ErrorClass.MALFORMED, "the shape has no end within " + nodes + " bits");
      }
      if (nodes == MAX_NODES) {
        throw new Rejection(ErrorClass.LIMIT_EXCEEDED, "proof: more than " + MAX_NODES + " nodes");
      }
      missing += isBottom(proof, nodes) ? -1 : 1;
    }
    return nodes;
  }

  /** An inner node whose subtrees are being read. */
  private static final class InnerNode {
    private byte[] left;
  }

  /** Hashes the tree in pre-order, without recursion. */
  private static byte[] fold(byte[] proof, int nodes, int bottomsOffset) throws Rejection {
    MessageDigest sha256 = sha256();
    Deque<InnerNode> above = new ArrayDeque<>(); // The inner nodes above the current node.
    byte[] node = null;
    int offset = bottomsOffset;
    for (int index = 0; index < nodes; index++) {
      if (!isBottom(proof, index)) {
        above.push(new InnerNode());
        if (above.size() > MAX_DEPTH) {
          throw new Rejection(ErrorClass.LIMIT_EXCEEDED, "proof: deeper than " + MAX_DEPTH + " levels");
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

  /** Reads the bit of a node; the most significant bit of a byte is the first. */
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
