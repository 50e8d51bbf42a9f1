/* A strict JSON parser (RFC 8259) with bounded recursion and linear time. */
#include "internal.h"

#include <string.h>

/* A deeper message is rejected as invalid JSON. Messages of the interface are at most a tenth as deep. */
#define MAX_NESTING 128

struct parser {
    struct ph_arena *arena;
    char *position, *end;
    const char *problem;
};

static void *fail(struct parser *parser, const char *problem)
{
    if (parser->problem == NULL)
        parser->problem = problem;
    return NULL;
}

static void skip_space(struct parser *parser)
{
    while (parser->position < parser->end && memchr(" \t\r\n", *parser->position, 4) != NULL)
        parser->position++;
}

static bool skip(struct parser *parser, char expected)
{
    if (parser->position == parser->end || *parser->position != expected)
        return false;
    parser->position++;
    return true;
}

/* The bounds of the second byte exclude overlong forms, surrogates, and code points above U+10FFFF. */
size_t ph_utf8_length(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (length == 0)
        return 0;
    if (bytes[0] < 0x80)
        return 1;
    size_t expected = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || length < expected)
        return 0;
    unsigned char least = bytes[0] == 0xe0 ? 0xa0 : bytes[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char most = bytes[0] == 0xed ? 0x9f : bytes[0] == 0xf4 ? 0x8f : 0xbf;
    if (bytes[1] < least || bytes[1] > most)
        return 0;
    for (size_t index = 2; index < expected; index++)
        if ((bytes[index] & 0xc0) != 0x80)
            return 0;
    return expected;
}

static size_t encode_utf8(char *to, uint32_t point)
{
    if (point < 0x80) {
        to[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t index = length - 1; index > 0; index--, point >>= 6)
        to[index] = (char)(0x80 | (point & 0x3f));
    to[0] = (char)((0xf00 >> length & 0xf0) | point);
    return length;
}

/* Reads the four hex digits after \u. Returns false for any other bytes. */
static bool read_unit(struct parser *parser, uint32_t *unit)
{
    if (parser->end - parser->position < 4)
        return false;
    *unit = 0;
    for (int index = 0; index < 4; index++) {
        char digit = *parser->position++;
        uint32_t value;
        if (digit >= '0' && digit <= '9')
            value = (uint32_t)(digit - '0');
        else if (digit >= 'a' && digit <= 'f')
            value = (uint32_t)(digit - 'a') + 10;
        else if (digit >= 'A' && digit <= 'F')
            value = (uint32_t)(digit - 'A') + 10;
        else
            return false;
        *unit = *unit << 4 | value;
    }
    return true;
}

/* Reads a code point after \u. The grammar allows half of a surrogate pair; UTF-8 does not, so that it becomes U+FFFD. */
static bool read_point(struct parser *parser, uint32_t *point)
{
    if (!read_unit(parser, point))
        return false;
    if (*point < 0xd800 || *point > 0xdfff)
        return true;
    uint32_t low;
    char *second = parser->position;
    bool is_high = *point < 0xdc00;
    if (is_high && skip(parser, '\\') && skip(parser, 'u') && read_unit(parser, &low) && low >= 0xdc00 && low <= 0xdfff) {
        *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
        return true;
    }
    parser->position = second; /* The second escape is not part of a pair. */
    *point = 0xfffd;
    return true;
}

static bool read_escape(struct parser *parser, char **to)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (parser->position == parser->end)
        return false;
    char name = *parser->position++;
    if (name == 'u') {
        uint32_t point;
        if (!read_point(parser, &point))
            return false;
        *to += encode_utf8(*to, point);
        return true;
    }
    const char *found = memchr(names, name, sizeof names - 1);
    if (found == NULL)
        return false;
    *(*to)++ = meanings[found - names];
    return true;
}

/* Decodes a string in place, after its opening quote. No escape is shorter than the bytes that it encodes. */
static bool read_string(struct parser *parser, const char **data, size_t *length)
{
    char *to = parser->position;
    *data = to;
    for (;;) {
        if (parser->position == parser->end)
            return fail(parser, "unterminated string");
        char byte = *parser->position;
        if (byte == '"') {
            parser->position++;
            *length = (size_t)(to - *data);
            return true;
        }
        if (byte == '\\') {
            parser->position++;
            if (!read_escape(parser, &to))
                return fail(parser, "invalid escape in a string");
            continue;
        }
        size_t sequence = ph_utf8_length(parser->position, (size_t)(parser->end - parser->position));
        if (sequence == 0)
            return fail(parser, "invalid UTF-8");
        if ((unsigned char)byte < 0x20)
            return fail(parser, "a control character in a string");
        memmove(to, parser->position, sequence);
        to += sequence;
        parser->position += sequence;
    }
}

static bool skip_digits(struct parser *parser)
{
    char *start = parser->position;
    while (parser->position < parser->end && *parser->position >= '0' && *parser->position <= '9')
        parser->position++;
    return parser->position > start;
}

/* Keeps the digits of a number, because a conversion to float would lose precision. */
static struct ph_value *parse_number(struct parser *parser)
{
    struct ph_value *number = ph_make(parser->arena, PH_NUMBER);
    char *start = parser->position;
    skip(parser, '-');
    bool is_number = skip(parser, '0') || skip_digits(parser);
    if (is_number && skip(parser, '.'))
        is_number = skip_digits(parser);
    if (is_number && (skip(parser, 'e') || skip(parser, 'E'))) {
        if (!skip(parser, '+'))
            skip(parser, '-');
        is_number = skip_digits(parser);
    }
    if (!is_number)
        return fail(parser, "not a JSON value");
    number->as.text.data = start;
    number->as.text.length = (size_t)(parser->position - start);
    return number;
}

static struct ph_value *parse_word(struct parser *parser, const char *word, enum ph_kind kind)
{
    size_t length = strlen(word);
    if ((size_t)(parser->end - parser->position) < length || memcmp(parser->position, word, length) != 0)
        return fail(parser, "not a JSON value");
    parser->position += length;
    return ph_make(parser->arena, kind);
}

static struct ph_value *parse_value(struct parser *parser, int nesting);

/* Parses the items of a list or the members of an object, after its opening bracket. */
static struct ph_value *parse_items(struct parser *parser, enum ph_kind kind, int nesting)
{
    struct ph_value *container = ph_make(parser->arena, kind);
    char closing = kind == PH_OBJECT ? '}' : ']';
    if (nesting == MAX_NESTING)
        return fail(parser, "nested too deeply");
    skip_space(parser);
    if (skip(parser, closing))
        return container;
    do {
        const char *name = NULL;
        size_t name_length = 0;
        skip_space(parser);
        if (kind == PH_OBJECT) {
            if (!skip(parser, '"'))
                return fail(parser, "expected the name of a member");
            if (!read_string(parser, &name, &name_length))
                return NULL;
            skip_space(parser);
            if (!skip(parser, ':'))
                return fail(parser, "expected a colon after the name of a member");
        }
        struct ph_value *item = parse_value(parser, nesting + 1);
        if (item == NULL)
            return NULL;
        item->name = name;
        item->name_length = name_length;
        ph_add(container, item);
        skip_space(parser);
    } while (skip(parser, ','));
    return skip(parser, closing) ? container : fail(parser, "unterminated list or object");
}

static struct ph_value *parse_value(struct parser *parser, int nesting)
{
    skip_space(parser);
    if (parser->position == parser->end)
        return fail(parser, "unexpected end of input, expected a value");
    switch (*parser->position) {
    case '{':
    case '[':
        return parse_items(parser, *parser->position++ == '{' ? PH_OBJECT : PH_LIST, nesting);
    case '"': {
        struct ph_value *string = ph_make(parser->arena, PH_STRING);
        parser->position++;
        return read_string(parser, &string->as.text.data, &string->as.text.length) ? string : NULL;
    }
    case 'n':
        return parse_word(parser, "null", PH_NULL);
    case 'f':
        return parse_word(parser, "false", PH_FALSE);
    case 't':
        return parse_word(parser, "true", PH_TRUE);
    default:
        return parse_number(parser);
    }
}

struct ph_value *ph_parse(struct ph_arena *arena, char *text, size_t length, const char **problem)
{
    struct parser parser = {.arena = arena, .position = text, .end = text + length};
    struct ph_value *value = parse_value(&parser, 0);
    skip_space(&parser);
    if (value != NULL && parser.position != parser.end)
        value = fail(&parser, "unexpected input after the value");
    *problem = parser.problem;
    return value;
}
