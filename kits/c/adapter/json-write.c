/* Writes values as JSON. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void put(struct ph_output *output, const char *data, size_t length)
{
    if (length > output->limit - output->length)
        length = output->limit - output->length;
    if (length > output->capacity - output->length) {
        size_t capacity = output->capacity < 256 ? 256 : output->capacity;
        while (capacity - output->length < length) {
            if (capacity > SIZE_MAX / 2)
                ph_out_of_memory();
            capacity *= 2;
        }
        output->data = realloc(output->data, capacity);
        if (output->data == NULL)
            ph_out_of_memory();
        output->capacity = capacity;
    }
    if (length > 0)
        memcpy(output->data + output->length, data, length);
    output->length += length;
}

static void put_text(struct ph_output *output, const char *text)
{
    put(output, text, strlen(text));
}

/* Returns the number of bytes at `text` that need no escape. */
static size_t plain_length(const char *text, size_t length)
{
    size_t plain = 0, sequence;
    while (plain < length && (unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\' &&
           (sequence = ph_utf8_length(text + plain, length - plain)) > 0)
        plain += sequence;
    return plain;
}

static void put_string(struct ph_output *output, const char *text, size_t length)
{
    put_text(output, "\"");
    while (length > 0 && output->length < output->limit) {
        size_t plain = plain_length(text, length);
        put(output, text, plain);
        text += plain;
        length -= plain;
        if (length == 0)
            break;
        unsigned char byte = (unsigned char)*text++;
        length--;
        if (byte == '"' || byte == '\\') {
            put(output, (char[]){'\\', (char)byte}, 2);
        } else if (byte < 0x20) {
            const char *digits = "0123456789abcdef";
            put(output, (char[]){'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]}, 6);
        } else {
            put_text(output, "\\ufffd");
        }
    }
    put_text(output, "\"");
}

/* The recursion is bounded: the reader limits the nesting of parameters, and the adapter builds the results. */
void ph_print(struct ph_output *output, const struct ph_value *value)
{
    switch (value->kind) {
    case PH_NULL:
        put_text(output, "null");
        return;
    case PH_FALSE:
        put_text(output, "false");
        return;
    case PH_TRUE:
        put_text(output, "true");
        return;
    case PH_NUMBER:
        put(output, value->as.text.data, value->as.text.length);
        return;
    case PH_STRING:
        put_string(output, value->as.text.data, value->as.text.length);
        return;
    case PH_LIST:
    case PH_OBJECT:
        put_text(output, value->kind == PH_OBJECT ? "{" : "[");
        for (const struct ph_value *item = value->as.items.first; item != NULL; item = item->next) {
            if (output->length == output->limit)
                return;
            if (item != value->as.items.first)
                put_text(output, ",");
            if (value->kind == PH_OBJECT) {
                put_string(output, item->name, item->name_length);
                put_text(output, ":");
            }
            ph_print(output, item);
        }
        put_text(output, value->kind == PH_OBJECT ? "}" : "]");
    }
}
