/* The memory of one request, which is freed as a whole. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

/* A build with sanitizers sets this to 1, so that every allocation is its own chunk and an overrun is detected. */
#ifndef PH_CHUNK_BYTES
#define PH_CHUNK_BYTES ((size_t)64 << 10)
#endif

struct ph_chunk {
    struct ph_chunk *next;
    size_t used, capacity;
    max_align_t data[];
};

_Noreturn void ph_out_of_memory(void)
{
    fputs("proofhouse: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

void *ph_arena_allocate(struct ph_arena *arena, size_t count, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    if (size > 0 && count > (SIZE_MAX / 2 - PH_CHUNK_BYTES) / size)
        ph_out_of_memory();
    size_t bytes = (count * size + unit - 1) / unit * unit;
    struct ph_chunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->capacity - chunk->used < bytes) {
        size_t capacity = bytes > PH_CHUNK_BYTES ? bytes : PH_CHUNK_BYTES / unit * unit;
        struct ph_chunk *fresh = malloc(sizeof *fresh + capacity);
        if (fresh == NULL)
            ph_out_of_memory();
        *fresh = (struct ph_chunk){.next = chunk, .capacity = capacity};
        arena->chunks = chunk = fresh;
    }
    void *piece = (char *)chunk->data + chunk->used;
    chunk->used += bytes;
    return piece;
}

void ph_arena_free(struct ph_arena *arena)
{
    while (arena->chunks != NULL) {
        struct ph_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free(chunk);
    }
}

void *ph_allocate(struct ph_request *request, size_t count, size_t size)
{
    return ph_arena_allocate(&request->arena, count, size);
}
