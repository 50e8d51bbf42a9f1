/* A strict reader of JSON (RFC 8259). Its recursion is bounded, and it reads no byte twice. */
#include "internal.h"

#include <string.h>

/* A deeper message is refused as no JSON. Those of the interface have a tenth of this. */
#define MAX_NESTING 128

struct parser {
    struct ph_arena *arena;
    char *at, *end;
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
    while (parser->at < parser->end && memchr(" \t\r\n", *parser->at, 4) != NULL)
        parser->at++;
}

static bool skip(struct parser *parser, char expected)
{
    if (parser->at == parser->end || *parser->at != expected)
        return false;
    parser->at++;
    return true;
}

/* The second byte says more than that it continues: it excludes overlong forms, surrogates, and what is above U+10FFFF. */
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

/* Reads the four digits after \u. Returns false when there are other bytes. */
static bool read_unit(struct parser *parser, uint32_t *unit)
{
    if (parser->end - parser->at < 4)
        return false;
    *unit = 0;
    for (int index = 0; index < 4; index++) {
        char digit = *parser->at++;
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

/* Reads what follows \u. The grammar allows half of a surrogate pair, which UTF-8 cannot hold: it becomes U+FFFD. */
static bool read_point(struct parser *parser, uint32_t *point)
{
    if (!read_unit(parser, point))
        return false;
    if (*point < 0xd800 || *point > 0xdfff)
        return true;
    uint32_t low;
    char *second = parser->at;
    bool is_high = *point < 0xdc00;
    if (is_high && skip(parser, '\\') && skip(parser, 'u') && read_unit(parser, &low) && low >= 0xdc00 && low <= 0xdfff) {
        *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
        return true;
    }
    parser->at = second; /* It is read again, for itself. */
    *point = 0xfffd;
    return true;
}

static bool read_escape(struct parser *parser, char **to)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (parser->at == parser->end)
        return false;
    char name = *parser->at++;
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

/* Decodes a string in place, after its opening quote: no escape is shorter than what it stands for. */
static bool read_string(struct parser *parser, const char **data, size_t *length)
{
    char *to = parser->at;
    *data = to;
    for (;;) {
        if (parser->at == parser->end)
            return fail(parser, "a string has no end");
        char byte = *parser->at;
        if (byte == '"') {
            parser->at++;
            *length = (size_t)(to - *data);
            return true;
        }
        if (byte == '\\') {
            parser->at++;
            if (!read_escape(parser, &to))
                return fail(parser, "an escape that JSON does not have");
            continue;
        }
        size_t sequence = ph_utf8_length(parser->at, (size_t)(parser->end - parser->at));
        if (sequence == 0)
            return fail(parser, "bytes that are not UTF-8");
        if ((unsigned char)byte < 0x20)
            return fail(parser, "a control character in a string");
        memmove(to, parser->at, sequence);
        to += sequence;
        parser->at += sequence;
    }
}

static bool skip_digits(struct parser *parser)
{
    char *start = parser->at;
    while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9')
        parser->at++;
    return parser->at > start;
}

/* Leaves a number as it is written: the readers of values take digits, and no float loses any. */
static struct ph_value *parse_number(struct parser *parser)
{
    struct ph_value *number = ph_make(parser->arena, PH_NUMBER);
    char *start = parser->at;
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
        return fail(parser, "a value that JSON does not have");
    number->as.text.data = start;
    number->as.text.length = (size_t)(parser->at - start);
    return number;
}

static struct ph_value *parse_word(struct parser *parser, const char *word, enum ph_kind kind)
{
    size_t length = strlen(word);
    if ((size_t)(parser->end - parser->at) < length || memcmp(parser->at, word, length) != 0)
        return fail(parser, "a value that JSON does not have");
    parser->at += length;
    return ph_make(parser->arena, kind);
}

static struct ph_value *parse_value(struct parser *parser, int nesting);

/* Parses the items of a list or the members of an object, after its opening bracket. */
static struct ph_value *parse_items(struct parser *parser, enum ph_kind kind, int nesting)
{
    struct ph_value *container = ph_make(parser->arena, kind);
    char closing = kind == PH_OBJECT ? '}' : ']';
    if (nesting == MAX_NESTING)
        return fail(parser, "nested too deep");
    skip_space(parser);
    if (skip(parser, closing))
        return container;
    do {
        const char *name = NULL;
        size_t name_length = 0;
        skip_space(parser);
        if (kind == PH_OBJECT) {
            if (!skip(parser, '"'))
                return fail(parser, "a member without a name");
            if (!read_string(parser, &name, &name_length))
                return NULL;
            skip_space(parser);
            if (!skip(parser, ':'))
                return fail(parser, "a name without a colon");
        }
        struct ph_value *item = parse_value(parser, nesting + 1);
        if (item == NULL)
            return NULL;
        item->name = name;
        item->name_length = name_length;
        ph_add(container, item);
        skip_space(parser);
    } while (skip(parser, ','));
    return skip(parser, closing) ? container : fail(parser, "a list or object has no end");
}

static struct ph_value *parse_value(struct parser *parser, int nesting)
{
    skip_space(parser);
    if (parser->at == parser->end)
        return fail(parser, "it ends where a value is due");
    switch (*parser->at) {
    case '{':
    case '[':
        return parse_items(parser, *parser->at++ == '{' ? PH_OBJECT : PH_LIST, nesting);
    case '"': {
        struct ph_value *string = ph_make(parser->arena, PH_STRING);
        parser->at++;
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
    struct parser parser = {.arena = arena, .at = text, .end = text + length};
    struct ph_value *value = parse_value(&parser, 0);
    skip_space(&parser);
    if (value != NULL && parser.at != parser.end)
        value = fail(&parser, "a second value");
    *problem = parser.problem;
    return value;
}
