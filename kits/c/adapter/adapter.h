/*
 * The adapter library: the protocol, and strict readers of its values (docs/spec/protocol.md). It requires C11 and POSIX, and no
 * other library.
 *
 * A request, its values and its result live until the request is answered, and are then freed together. A process that is out
 * of memory exits with a message, and the harness reports a crash.
 */
#ifndef PROOFHOUSE_ADAPTER_H
#define PROOFHOUSE_ADAPTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __GNUC__
#define PH_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define PH_PRINTF(text, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct ph_request;
struct ph_value; /* A JSON value: a parameter, or part of a result. */

/* -- Declaration: the backends of your library, and the function of each operation --------------------------------------- */

/* Returns the result of a request, or rejects the request and returns NULL. */
typedef struct ph_value *ph_answer(struct ph_request *request);

struct ph_operation {
    const char *name;
    ph_answer *answer;
};

struct ph_backend {
    const char *name;
    const char *const *encodings;          /* Ends with NULL. */
    const struct ph_operation *operations; /* Ends with a NULL name. */
};

/* Declared cases that cannot run: a glob over case ids, and a reason. */
struct ph_rule {
    const char *match, *reason;
};

struct ph_declaration {
    const char *name, *version;
    const struct ph_backend *backends; /* Ends with a NULL name. */
    const struct ph_rule *unsupported; /* Ends with a NULL match. */
};

/* Answers the requests on stdin until `shutdown` or the end of input, and returns the exit status. Redirects all other output
   to stdout to stderr. */
int ph_serve(const struct ph_declaration *declared);

/* -- Rejections --------------------------------------------------------------------------------------------------------- */

enum ph_class {
    PH_MALFORMED,        /* The proof does not parse. */
    PH_NON_CANONICAL,    /* The proof authenticates but is not canonical; only in the strict profile. */
    PH_INVALID_PROOF,    /* The computed root differs. */
    PH_INCOMPLETE,       /* The proof authenticates but does not cover the key. */
    PH_INVALID_ARGUMENT, /* The request itself is wrong. */
    PH_LIMIT_EXCEEDED,   /* The request exceeds a documented bound. */
    PH_UNSUPPORTED,      /* Not implemented. */
    PH_INTERNAL          /* A fault of the library; no case accepts it. */
};

/* Rejects the request and returns false. The first rejection is reported, even if the operation returns a result. */
bool ph_reject(struct ph_request *request, enum ph_class error_class, const char *format, ...) PH_PRINTF(3, 4);

/* Changes a rejection as invalid-argument to malformed, for a value inside a proof. Returns false. */
bool ph_reject_proof(struct ph_request *request);

/* -- Reading. For an invalid value, a reader rejects the request and returns false. The message names the value by `path`. */

struct ph_bytes {
    const uint8_t *data; /* NULL for an absent value, and only then. */
    size_t length;
};

#define PH_MAX_GINDEX_BITS 1024

/* A quantity, such as a generalized index: big-endian without leading zeros. Zero has no bytes. */
struct ph_quantity {
    uint8_t bytes[PH_MAX_GINDEX_BITS / 8];
    size_t length;
};

struct ph_list {
    const struct ph_value *const *items;
    size_t count;
};

/* Returns NULL for a missing parameter. Readers reject NULL. */
const struct ph_value *ph_param(const struct ph_request *request, const char *name);

/* Returns a member of an object such as `options`. Returns NULL for a missing member, or if `value` is not an object. */
const struct ph_value *ph_member(const struct ph_value *value, const char *name);

/* Reads bytes: 0x and lower-case hex, two digits per byte. */
bool ph_read_bytes(struct ph_request *request, const struct ph_value *value, const char *path, struct ph_bytes *bytes);

/* Reads bytes, or null for an absent value. */
bool ph_read_value(struct ph_request *request, const struct ph_value *value, const char *path, struct ph_bytes *bytes);

/* Reads a node of a tree, or a root: 32 bytes. */
bool ph_read_node(struct ph_request *request, const struct ph_value *value, const char *path, uint8_t node[32]);

/* Reads a quantity of at most 1024 bits. */
bool ph_read_quantity(struct ph_request *request, const struct ph_value *value, const char *path,
                      struct ph_quantity *quantity);

/* Returns false for a quantity of more than 64 bits, without rejecting the request. */
bool ph_to_u64(const struct ph_quantity *quantity, uint64_t *number);

/* Reads a small count: a JSON integer below 2^31. */
bool ph_read_count(struct ph_request *request, const struct ph_value *value, const char *path, uint32_t *count);

bool ph_read_flag(struct ph_request *request, const struct ph_value *value, const char *path, bool *flag);

/* Reads a name, such as that of an encoding: a string without NUL. */
bool ph_read_name(struct ph_request *request, const struct ph_value *value, const char *path, const char **name);

/* Reads a list. The caller reads each item with its own path: ph_item_path(request, "keys", index). */
bool ph_read_list(struct ph_request *request, const struct ph_value *value, const char *path, struct ph_list *list);
const char *ph_item_path(struct ph_request *request, const char *path, size_t index);

/* Reads an item of `entries` or `writes`: a list of a key and a value. */
bool ph_read_pair(struct ph_request *request, const struct ph_value *value, const char *path,
                  const struct ph_value *pair[2]);

/* -- Writing. A name must be a string literal, or outlive the request. --------------------------------------------------- */

struct ph_value *ph_make_object(struct ph_request *request);
void ph_put(struct ph_value *object, const char *name, struct ph_value *value);

struct ph_value *ph_make_list(struct ph_request *request);
void ph_append(struct ph_value *list, struct ph_value *value);

struct ph_value *ph_make_hex(struct ph_request *request, const uint8_t *data, size_t length);
struct ph_value *ph_make_quantity(struct ph_request *request, const uint8_t *big_endian, size_t length);
struct ph_value *ph_make_count(struct ph_request *request, uint32_t count);
struct ph_value *ph_make_text(struct ph_request *request, const char *text);
struct ph_value *ph_make_null(struct ph_request *request);

/* Allocates memory that lives until the request is answered; never returns NULL. */
void *ph_allocate(struct ph_request *request, size_t count, size_t size);

#ifdef __cplusplus
}
#endif

#endif
