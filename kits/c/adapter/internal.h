/* Declarations shared by the files of the adapter library. An adapter includes only adapter.h. */
#ifndef PROOFHOUSE_INTERNAL_H
#define PROOFHOUSE_INTERNAL_H

#include "adapter.h"

enum ph_kind { PH_NULL, PH_FALSE, PH_TRUE, PH_NUMBER, PH_STRING, PH_LIST, PH_OBJECT };

struct ph_value {
    enum ph_kind kind;
    const char *name; /* Set for a member of an object. */
    size_t name_length;
    struct ph_value *next; /* The next item or member of the container. */
    union {
        struct {
            const char *data; /* Decoded UTF-8, or the digits of a number. Not NUL-terminated. */
            size_t length;
        } text;
        struct {
            struct ph_value *first, *last;
            size_t count;
        } items;
    } as;
};

struct ph_arena {
    struct ph_chunk *chunks;
};

void *ph_arena_allocate(struct ph_arena *arena, size_t count, size_t size);
void ph_arena_free(struct ph_arena *arena);
_Noreturn void ph_out_of_memory(void);

struct ph_request {
    struct ph_arena arena;
    const struct ph_value *params;
    bool is_rejected;
    enum ph_class error_class;
    const char *message;
};

/* Parses one JSON value, strictly by the grammar. Decodes strings in place: it writes to `text`, and the value points into it.
   On an error it returns NULL and sets `problem` to a message. */
struct ph_value *ph_parse(struct ph_arena *arena, char *text, size_t length, const char **problem);

struct ph_output {
    char *data;
    size_t length, capacity;
    size_t limit; /* Output beyond the limit is dropped. */
};

/* Writes a value as JSON on one line. Bytes that are not UTF-8 become U+FFFD. */
void ph_print(struct ph_output *output, const struct ph_value *value);

/* Returns the length of the UTF-8 sequence at `text`, or 0 for invalid bytes. */
size_t ph_utf8_length(const char *text, size_t length);

struct ph_value *ph_make(struct ph_arena *arena, enum ph_kind kind);
void ph_add(struct ph_value *container, struct ph_value *item);
bool ph_is_text(const struct ph_value *value, const char *text);
bool ph_to_count(const struct ph_value *value, uint32_t *count);

/* Rejects a value that does not have the expected form, and returns false. */
bool ph_wrong(struct ph_request *request, const struct ph_value *value, const char *path, const char *expected);

bool ph_is_method(const char *method);

/* Checks a request of a known method, then calls the operation of that method. */
struct ph_value *ph_call(const struct ph_declaration *declared, const char *method, struct ph_request *request);

#endif
