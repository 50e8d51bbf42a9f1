/* The line protocol: one JSON-RPC message per line, answered in order. */
#define _POSIX_C_SOURCE 200809L
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { NOT_JSON = -32700, NOT_A_REQUEST = -32600, UNKNOWN_METHOD = -32601, REJECTED = -32000 };

static const char *const class_names[] = {
    [PH_MALFORMED] = "malformed",
    [PH_NON_CANONICAL] = "non-canonical",
    [PH_INVALID_PROOF] = "invalid-proof",
    [PH_INCOMPLETE] = "incomplete",
    [PH_INVALID_ARGUMENT] = "invalid-argument",
    [PH_LIMIT_EXCEEDED] = "limit-exceeded",
    [PH_UNSUPPORTED] = "unsupported",
    [PH_INTERNAL] = "internal",
};

static struct ph_value *make_error(struct ph_request *request, int code, const char *message)
{
    struct ph_value *error = ph_make_object(request);
    struct ph_value *number = ph_make(&request->arena, PH_NUMBER);
    char *digits = ph_allocate(request, 16, 1);
    number->as.text.data = digits;
    number->as.text.length = (size_t)snprintf(digits, 16, "%d", code);
    ph_put(error, "code", number);
    ph_put(error, "message", ph_make_text(request, message));
    return error;
}

static struct ph_value *make_rejection(struct ph_request *request)
{
    struct ph_value *data = ph_make_object(request);
    ph_put(data, "class", ph_make_text(request, class_names[request->error_class]));
    ph_put(data, "details", ph_make_object(request));
    struct ph_value *error = make_error(request, REJECTED, request->message);
    ph_put(error, "data", data);
    return error;
}

static struct ph_value *make_names(struct ph_request *request, const char *const *names)
{
    struct ph_value *list = ph_make_list(request);
    for (; *names != NULL; names++)
        ph_append(list, ph_make_text(request, *names));
    return list;
}

static struct ph_value *make_capabilities(struct ph_request *request, const struct ph_backend *backend)
{
    struct ph_value *proof = ph_make_object(request);
    for (; backend->name != NULL; backend++) {
        struct ph_value *operations = ph_make_list(request);
        for (const struct ph_operation *operation = backend->operations; operation->name != NULL; operation++)
            ph_append(operations, ph_make_text(request, operation->name));
        struct ph_value *can = ph_make_object(request);
        ph_put(can, "encodings", make_names(request, backend->encodings));
        ph_put(can, "operations", operations);
        ph_put(proof, backend->name, can);
    }
    struct ph_value *capabilities = ph_make_object(request);
    ph_put(capabilities, "proof", proof);
    return capabilities;
}

static struct ph_value *initialize(const struct ph_declaration *declared, struct ph_request *request)
{
    struct ph_value *implementation = ph_make_object(request);
    ph_put(implementation, "name", ph_make_text(request, declared->name));
    ph_put(implementation, "version", ph_make_text(request, declared->version));
    ph_put(implementation, "language", ph_make_text(request, "C"));
    struct ph_value *unsupported = ph_make_list(request);
    for (const struct ph_rule *known = declared->unsupported; known->match != NULL; known++) {
        struct ph_value *rule = ph_make_object(request);
        ph_put(rule, "match", ph_make_text(request, known->match));
        ph_put(rule, "reason", ph_make_text(request, known->reason));
        ph_append(unsupported, rule);
    }
    struct ph_value *result = ph_make_object(request);
    ph_put(result, "protocol", ph_make_count(request, 1));
    ph_put(result, "implementation", implementation);
    ph_put(result, "capabilities", make_capabilities(request, declared->backends));
    ph_put(result, "unsupported", unsupported);
    return result;
}

/* An id is an integer that is not negative, of any size: it is returned as it is written. */
static bool is_id(const struct ph_value *value)
{
    if (value == NULL || value->kind != PH_NUMBER)
        return false;
    for (size_t index = 0; index < value->as.text.length; index++)
        if (value->as.text.data[index] < '0' || value->as.text.data[index] > '9')
            return false;
    return true;
}

struct answer {
    struct ph_value *id, *result, *error; /* Either a result or an error. */
    bool is_last;
};

static struct answer answer_request(const struct ph_declaration *declared, struct ph_request *request,
                                    const struct ph_value *message)
{
    const struct ph_value *id = ph_member(message, "id"), *method = ph_member(message, "method");
    struct answer answer = {.id = ph_make_null(request)};
    request->params = ph_member(message, "params");
    if (is_id(id)) {
        *answer.id = *id;
        answer.id->next = NULL; /* The member beside it in the message is none of the response. */
    }
    if (!is_id(id) || method == NULL || method->kind != PH_STRING || request->params == NULL ||
        request->params->kind != PH_OBJECT) {
        answer.error = make_error(request, NOT_A_REQUEST, "not a request: expected id, method and params");
        return answer;
    }
    const char *name;
    if (ph_is_text(method, "initialize")) {
        answer.result = initialize(declared, request);
    } else if (ph_is_text(method, "shutdown")) {
        answer.result = ph_make_object(request);
        answer.is_last = true;
    } else if (!ph_read_name(request, method, "method", &name) || !ph_is_method(name)) {
        answer.error = make_error(request, UNKNOWN_METHOD, "unknown method");
    } else {
        answer.result = ph_call(declared, name, request);
        if (request->is_rejected)
            answer.error = make_rejection(request);
    }
    return answer;
}

/* Writes the response to one line to `output`. Returns whether it is the last one. */
static bool answer_line(const struct ph_declaration *declared, char *line, size_t length, struct ph_output *output)
{
    struct ph_request request = {.is_rejected = false};
    struct answer answer;
    const char *problem;
    const struct ph_value *message = ph_parse(&request.arena, line, length, &problem);
    if (message == NULL)
        answer = (struct answer){.id = ph_make_null(&request), .error = make_error(&request, NOT_JSON, problem)};
    else
        answer = answer_request(declared, &request, message);
    struct ph_value *response = ph_make_object(&request);
    ph_put(response, "jsonrpc", ph_make_text(&request, "2.0"));
    ph_put(response, "id", answer.id);
    if (answer.error != NULL)
        ph_put(response, "error", answer.error);
    else
        ph_put(response, "result", answer.result);
    output->length = 0;
    ph_print(output, response);
    ph_arena_free(&request.arena);
    return answer.is_last;
}

static bool serve_lines(const struct ph_declaration *declared, FILE *responses)
{
    struct ph_output output = {.limit = SIZE_MAX};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    bool is_last = false, is_written = true;
    while (!is_last && is_written && (length = getline(&line, &capacity, stdin)) >= 0) {
        is_last = answer_line(declared, line, (size_t)length, &output);
        is_written = fwrite(output.data, 1, output.length, responses) == output.length &&
                     fputc('\n', responses) != EOF && fflush(responses) == 0;
    }
    free(line);
    free(output.data);
    return is_written && (is_last || feof(stdin));
}

int ph_serve(const struct ph_declaration *declared)
{
    /* A print of the library must not appear among the responses. */
    int own = dup(STDOUT_FILENO);
    FILE *responses = own < 0 ? NULL : fdopen(own, "w");
    if (responses == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        perror("proofhouse: stdout");
        return EXIT_FAILURE;
    }
    bool is_well = serve_lines(declared, responses);
    if (!is_well)
        perror("proofhouse: stdin or stdout failed");
    fclose(responses);
    return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}
