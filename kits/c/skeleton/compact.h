#ifndef COMPACT_H
#define COMPACT_H

#include "proofhouse/adapter.h"

/* Computes the root of `proof`. Rejects the request and returns false if `proof` is invalid. */
bool compact_root(struct ph_request *request, struct ph_bytes proof, uint8_t root[32]);

#endif
