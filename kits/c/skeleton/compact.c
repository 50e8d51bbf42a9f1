/*
 * This file is a placeholder for your library: the root of a compact proof. The encoding is specified by PROOF-SSZ-010 and
 * PROOF-SSZ-011 (docs/spec/binary-trees.md). Delete this file, compact.h, and libcrypto in the Makefile once adapter.c calls your
 * own code.
 */
#include "compact.h"

#include <openssl/evp.h>
#include <string.h>

#define NODE_BYTES 32
#define MAX_PROOF_BYTES ((size_t)64 << 20)
#define MAX_NODES ((size_t)1 << 22)
#define MAX_DEPTH 1023

/* Reads the bit of a node; the most significant bit of a byte is the first. */
static bool is_bottom(const uint8_t *shape, size_t index)
{
    return (shape[index / 8] >> (7 - index % 8) & 1) == 1;
}

/* Counts the bits of the shape, until bottom nodes exceed inner nodes by one. */
static bool count_nodes(struct ph_request *request, struct ph_bytes proof, size_t *nodes)
{
    *nodes = 0;
    for (size_t missing = 1; missing > 0; ++*nodes) {
        if (*nodes == 8 * proof.length)
            return ph_reject(request, PH_MALFORMED, "the shape has no end within %zu bits", *nodes);
        if (*nodes == MAX_NODES)
            return ph_reject(request, PH_LIMIT_EXCEEDED, "proof: more than %zu nodes", MAX_NODES);
        if (is_bottom(proof.data, *nodes))
            missing--;
        else
            missing++;
    }
    return true;
}

/* Replaces `right` with the hash of both nodes. */
static bool hash(EVP_MD_CTX *sha256, const uint8_t left[NODE_BYTES], uint8_t right[NODE_BYTES])
{
    /* NULL reuses the algorithm of the context, which avoids a lookup for each hash. */
    return EVP_DigestInit_ex(sha256, NULL, NULL) == 1 && EVP_DigestUpdate(sha256, left, NODE_BYTES) == 1 &&
           EVP_DigestUpdate(sha256, right, NODE_BYTES) == 1 && EVP_DigestFinal_ex(sha256, right, NULL) == 1;
}

/* An inner node whose subtrees are being read. */
struct inner_node {
    uint8_t left[NODE_BYTES];
    bool has_left;
};

/* Hashes the tree in pre-order, without recursion. */
static bool fold(struct ph_request *request, EVP_MD_CTX *sha256, const uint8_t *shape, size_t nodes, const uint8_t *bottoms,
                 uint8_t root[NODE_BYTES])
{
    struct inner_node above[MAX_DEPTH]; /* The inner nodes above the current node. */
    size_t depth = 0;
    for (size_t index = 0; index < nodes; index++) {
        if (!is_bottom(shape, index)) {
            if (depth == MAX_DEPTH)
                return ph_reject(request, PH_LIMIT_EXCEEDED, "proof: deeper than %d levels", MAX_DEPTH);
            above[depth++].has_left = false;
            continue;
        }
        memcpy(root, bottoms, NODE_BYTES);
        bottoms += NODE_BYTES;
        for (; depth > 0 && above[depth - 1].has_left; depth--)
            if (!hash(sha256, above[depth - 1].left, root))
                return ph_reject(request, PH_INTERNAL, "libcrypto failed to hash");
        if (depth > 0) {
            memcpy(above[depth - 1].left, root, NODE_BYTES);
            above[depth - 1].has_left = true;
        }
    }
    return true;
}

bool compact_root(struct ph_request *request, struct ph_bytes proof, uint8_t root[NODE_BYTES])
{
    size_t nodes;
    if (proof.length > MAX_PROOF_BYTES)
        return ph_reject(request, PH_LIMIT_EXCEEDED, "proof: more than %zu bytes", MAX_PROOF_BYTES);
    if (!count_nodes(request, proof, &nodes))
        return false;
    size_t shape_bytes = (nodes + 7) / 8;
    unsigned padding = (1u << (8 * shape_bytes - nodes)) - 1;
    if ((proof.data[shape_bytes - 1] & padding) != 0)
        return ph_reject(request, PH_MALFORMED, "the padding bits of the shape are not zero");
    size_t length = shape_bytes + NODE_BYTES * ((nodes + 1) / 2);
    if (proof.length != length)
        return ph_reject(request, PH_MALFORMED, "proof: %zu bytes, expected %zu", proof.length, length);
    EVP_MD_CTX *sha256 = EVP_MD_CTX_new();
    bool is_ready = sha256 != NULL && EVP_DigestInit_ex(sha256, EVP_sha256(), NULL) == 1;
    bool is_folded = is_ready ? fold(request, sha256, proof.data, nodes, proof.data + shape_bytes, root)
                              : ph_reject(request, PH_INTERNAL, "libcrypto has no SHA-256");
    EVP_MD_CTX_free(sha256);
    return is_folded;
}
