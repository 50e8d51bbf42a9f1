/* Reads and writes the values of docs/spec/protocol.md. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_BYTES 80

bool ph_reject(struct ph_request *request, enum ph_class error_class, const char *format, ...)
{
    if (request->is_rejected)
        return false;
    va_list measured, written;
    va_start(measured, format);
    va_copy(written, measured);
    int length = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *message = ph_allocate(request, size, 1);
    message[0] = '\0';
    vsnprintf(message, size, format, written);
    va_end(written);
    request->is_rejected = true;
    request->error_class = error_class;
    request->message = message;
    return false;
}

bool ph_reject_proof(struct ph_request *request)
{
    if (request->is_rejected && request->error_class == PH_INVALID_ARGUMENT)
        request->error_class = PH_MALFORMED;
    return false;
}

bool ph_wrong(struct ph_request *request, const struct ph_value *value, const char *path, const char *expected)
{
    if (value == NULL)
        return ph_reject(request, PH_INVALID_ARGUMENT, "%s: nothing is not %s", path, expected);
    struct ph_output shown = {.limit = SHOWN_BYTES};
    ph_print(&shown, value);
    ph_reject(request, PH_INVALID_ARGUMENT, "%s: %.*s is not %s", path, (int)shown.length, shown.data, expected);
    free(shown.data);
    return false;
}

/* -- JSON values ---------------------------------------------------------------------------------------------------------- */

struct ph_value *ph_make(struct ph_arena *arena, enum ph_kind kind)
{
    struct ph_value *value = ph_arena_allocate(arena, 1, sizeof *value);
    *value = (struct ph_value){.kind = kind};
    return value;
}

void ph_add(struct ph_value *container, struct ph_value *item)
{
    if (container->as.items.last == NULL)
        container->as.items.first = item;
    else
        container->as.items.last->next = item;
    container->as.items.last = item;
    container->as.items.count++;
}

bool ph_is_text(const struct ph_value *value, const char *text)
{
    return value != NULL && value->kind == PH_STRING && value->as.text.length == strlen(text) &&
           memcmp(value->as.text.data, text, value->as.text.length) == 0;
}

/* The last of several members with the same name counts, as in the JSON parsers of the other kits. */
const struct ph_value *ph_member(const struct ph_value *value, const char *name)
{
    if (value == NULL || value->kind != PH_OBJECT)
        return NULL;
    const struct ph_value *found = NULL;
    for (const struct ph_value *member = value->as.items.first; member != NULL; member = member->next)
        if (member->name_length == strlen(name) && memcmp(member->name, name, member->name_length) == 0)
            found = member;
    return found;
}

const struct ph_value *ph_param(const struct ph_request *request, const char *name)
{
    return ph_member(request->params, name);
}

/* -- Reading -------------------------------------------------------------------------------------------------------------- */

/* Returns the value of a lower-case hex digit, or -1 for any other byte. */
static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* Finds the digits of a string of 0x and lower-case hex. Returns false for any other value. */
static bool hex_digits(const struct ph_value *value, const char **digits, size_t *count)
{
    if (value == NULL || value->kind != PH_STRING || value->as.text.length < 2 ||
        memcmp(value->as.text.data, "0x", 2) != 0)
        return false;
    *digits = value->as.text.data + 2;
    *count = value->as.text.length - 2;
    for (size_t index = 0; index < *count; index++)
        if (digit_value((*digits)[index]) < 0)
            return false;
    return true;
}

/* Decodes digits. The first digit of an odd number is a byte of its own. */
static void decode_hex(const char *digits, size_t count, uint8_t *bytes)
{
    size_t half = count % 2;
    memset(bytes, 0, (count + half) / 2);
    for (size_t index = 0; index < count; index++) {
        uint8_t *byte = &bytes[(index + half) / 2];
        *byte = (uint8_t)(*byte << 4 | digit_value(digits[index]));
    }
}

bool ph_read_bytes(struct ph_request *request, const struct ph_value *value, const char *path, struct ph_bytes *bytes)
{
    const char *digits;
    size_t count;
    if (!hex_digits(value, &digits, &count) || count % 2 != 0)
        return ph_wrong(request, value, path, "0x and lower-case hex of even length");
    uint8_t *data = ph_allocate(request, count / 2, 1);
    decode_hex(digits, count, data);
    *bytes = (struct ph_bytes){data, count / 2};
    return true;
}

bool ph_read_value(struct ph_request *request, const struct ph_value *value, const char *path, struct ph_bytes *bytes)
{
    if (value == NULL || value->kind != PH_NULL)
        return ph_read_bytes(request, value, path, bytes);
    *bytes = (struct ph_bytes){NULL, 0};
    return true;
}

bool ph_read_node(struct ph_request *request, const struct ph_value *value, const char *path, uint8_t node[32])
{
    struct ph_bytes bytes;
    if (!ph_read_bytes(request, value, path, &bytes))
        return false;
    if (bytes.length != 32)
        return ph_wrong(request, value, path, "32 bytes");
    memcpy(node, bytes.data, 32);
    return true;
}

bool ph_read_quantity(struct ph_request *request, const struct ph_value *value, const char *path,
                      struct ph_quantity *quantity)
{
    const char *digits;
    size_t count;
    if (!hex_digits(value, &digits, &count) || count == 0 || (digits[0] == '0' && count > 1))
        return ph_wrong(request, value, path, "0x and minimal lower-case hex");
    if (count > PH_MAX_GINDEX_BITS / 4)
        return ph_reject(request, PH_LIMIT_EXCEEDED, "%s: more than %d bits", path, PH_MAX_GINDEX_BITS);
    quantity->length = digits[0] == '0' ? 0 : (count + 1) / 2;
    if (quantity->length > 0)
        decode_hex(digits, count, quantity->bytes);
    return true;
}

bool ph_to_u64(const struct ph_quantity *quantity, uint64_t *number)
{
    if (quantity->length > sizeof *number)
        return false;
    *number = 0;
    for (size_t index = 0; index < quantity->length; index++)
        *number = *number << 8 | quantity->bytes[index];
    return true;
}

bool ph_to_count(const struct ph_value *value, uint32_t *count)
{
    if (value == NULL || value->kind != PH_NUMBER)
        return false;
    const char *digits = value->as.text.data;
    size_t length = value->as.text.length;
    if (length > 10 || (digits[0] == '0' && length > 1))
        return false;
    uint64_t number = 0;
    for (size_t index = 0; index < length; index++) {
        if (digits[index] < '0' || digits[index] > '9')
            return false;
        number = 10 * number + (uint64_t)(digits[index] - '0');
    }
    if (number > INT32_MAX)
        return false;
    *count = (uint32_t)number;
    return true;
}

bool ph_read_count(struct ph_request *request, const struct ph_value *value, const char *path, uint32_t *count)
{
    return ph_to_count(value, count) || ph_wrong(request, value, path, "an integer below 2^31");
}

bool ph_read_flag(struct ph_request *request, const struct ph_value *value, const char *path, bool *flag)
{
    if (value == NULL || (value->kind != PH_TRUE && value->kind != PH_FALSE))
        return ph_wrong(request, value, path, "true or false");
    *flag = value->kind == PH_TRUE;
    return true;
}

bool ph_read_name(struct ph_request *request, const struct ph_value *value, const char *path, const char **name)
{
    if (value == NULL || value->kind != PH_STRING || memchr(value->as.text.data, '\0', value->as.text.length) != NULL)
        return ph_wrong(request, value, path, "a name");
    char *copy = ph_allocate(request, value->as.text.length + 1, 1);
    memcpy(copy, value->as.text.data, value->as.text.length);
    copy[value->as.text.length] = '\0';
    *name = copy;
    return true;
}

bool ph_read_list(struct ph_request *request, const struct ph_value *value, const char *path, struct ph_list *list)
{
    if (value == NULL || value->kind != PH_LIST)
        return ph_wrong(request, value, path, "a list");
    const struct ph_value **items = ph_allocate(request, value->as.items.count, sizeof *items);
    size_t count = 0;
    for (const struct ph_value *item = value->as.items.first; item != NULL; item = item->next)
        items[count++] = item;
    *list = (struct ph_list){items, count};
    return true;
}

const char *ph_item_path(struct ph_request *request, const char *path, size_t index)
{
    size_t size = strlen(path) + 3 * sizeof index + 2;
    char *item = ph_allocate(request, size, 1);
    snprintf(item, size, "%s/%zu", path, index);
    return item;
}

bool ph_read_pair(struct ph_request *request, const struct ph_value *value, const char *path,
                  const struct ph_value *pair[2])
{
    if (value == NULL || value->kind != PH_LIST || value->as.items.count != 2)
        return ph_wrong(request, value, path, "a key and a value");
    pair[0] = value->as.items.first;
    pair[1] = value->as.items.last;
    return true;
}

/* -- Writing -------------------------------------------------------------------------------------------------------------- */

struct ph_value *ph_make_object(struct ph_request *request)
{
    return ph_make(&request->arena, PH_OBJECT);
}

struct ph_value *ph_make_list(struct ph_request *request)
{
    return ph_make(&request->arena, PH_LIST);
}

struct ph_value *ph_make_null(struct ph_request *request)
{
    return ph_make(&request->arena, PH_NULL);
}

void ph_put(struct ph_value *object, const char *name, struct ph_value *value)
{
    value->name = name;
    value->name_length = strlen(name);
    ph_add(object, value);
}

void ph_append(struct ph_value *list, struct ph_value *value)
{
    ph_add(list, value);
}

/* Returns a string or number of `length` bytes, which the caller fills in. */
static struct ph_value *make_text(struct ph_request *request, enum ph_kind kind, size_t length, char **data)
{
    struct ph_value *value = ph_make(&request->arena, kind);
    *data = ph_allocate(request, length, 1);
    value->as.text.data = *data;
    value->as.text.length = length;
    return value;
}

static void encode_hex(const uint8_t *bytes, size_t length, char *digits)
{
    for (size_t index = 0; index < length; index++) {
        digits[2 * index] = "0123456789abcdef"[bytes[index] >> 4];
        digits[2 * index + 1] = "0123456789abcdef"[bytes[index] & 15];
    }
}

struct ph_value *ph_make_hex(struct ph_request *request, const uint8_t *data, size_t length)
{
    if (length > SIZE_MAX / 2 - 2)
        ph_out_of_memory();
    char *text;
    struct ph_value *hex = make_text(request, PH_STRING, 2 + 2 * length, &text);
    memcpy(text, "0x", 2);
    encode_hex(data, length, text + 2);
    return hex;
}

struct ph_value *ph_make_quantity(struct ph_request *request, const uint8_t *big_endian, size_t length)
{
    while (length > 0 && big_endian[0] == 0) {
        big_endian++;
        length--;
    }
    if (length == 0)
        return ph_make_text(request, "0x0");
    struct ph_value *quantity = ph_make_hex(request, big_endian, length);
    if (big_endian[0] < 0x10) {
        /* The first digit is zero: the prefix overwrites it. */
        char *text = (char *)quantity->as.text.data + 1;
        memcpy(text, "0x", 2);
        quantity->as.text.data = text;
        quantity->as.text.length--;
    }
    return quantity;
}

struct ph_value *ph_make_count(struct ph_request *request, uint32_t count)
{
    char digits[11];
    int length = snprintf(digits, sizeof digits, "%lu", (unsigned long)count);
    char *text;
    struct ph_value *number = make_text(request, PH_NUMBER, (size_t)length, &text);
    memcpy(text, digits, (size_t)length);
    return number;
}

struct ph_value *ph_make_text(struct ph_request *request, const char *text)
{
    char *copy;
    struct ph_value *value = make_text(request, PH_STRING, strlen(text), &copy);
    memcpy(copy, text, value->as.text.length);
    return value;
}
