#ifndef COMPACT_H
#define COMPACT_H

#include "proofhouse/adapter.h"

/* Computes the root of the pruned tree in `proof`. Returns false once it has rejected the request. */
bool compact_root(struct ph_request *request, struct ph_bytes proof, uint8_t root[32]);

#endif
