/* The parameters and options of every method, and the checks common to all operations. */
#include "internal.h"

#include <string.h>

#define MAX_PARAMETERS 5

/* Parameters of each method; those of `proof` also have `backend` and `options`. */
static const struct method {
    const char *name;
    const char *parameters[MAX_PARAMETERS + 1];
} methods[] = {
    {"proof/root", {"encoding", "proof"}},
    {"proof/get", {"encoding", "root", "proof", "keys"}},
    {"proof/cost", {"encoding", "root", "proof"}},
    {"proof/prove", {"encoding", "entries", "keys", "deletes"}},
    {"proof/merge", {"encoding", "root", "proofs"}},
    {"proof/extract", {"encoding", "root", "proof", "keys", "deletes"}},
    {"proof/update", {"encoding", "root", "proof", "writes"}},
    {"proof/transact", {"encoding", "root", "proof", "steps"}},
    {"proof/convert", {"from", "to", "root", "proof", "keys"}},
};

static const struct method *find_method(const char *name)
{
    for (size_t index = 0; index < sizeof methods / sizeof methods[0]; index++)
        if (strcmp(methods[index].name, name) == 0)
            return &methods[index];
    return NULL;
}

bool ph_is_method(const char *method)
{
    return find_method(method) != NULL;
}

static bool contains(const char *const *names, const char *name, size_t length)
{
    for (; *names != NULL; names++)
        if (strlen(*names) == length && memcmp(*names, name, length) == 0)
            return true;
    return false;
}

static bool is_named(const struct ph_value *member, const char *name)
{
    return contains((const char *const[]){name, NULL}, member->name, member->name_length);
}

/* All backends have `profile`, `sparse` has `depth`, and `patricia` has `secure`. */
static bool has_option(const char *backend, const struct ph_value *option)
{
    return is_named(option, "profile") || (is_named(option, "depth") && strcmp(backend, "sparse") == 0) ||
           (is_named(option, "secure") && strcmp(backend, "patricia") == 0);
}

static bool are_options(const char *backend, const struct ph_value *options)
{
    if (options->kind != PH_OBJECT)
        return false;
    for (const struct ph_value *option = options->as.items.first; option != NULL; option = option->next)
        if (!has_option(backend, option))
            return false;
    /* The last of several members with the same name counts, so that the values must be looked up. */
    const struct ph_value *profile = ph_member(options, "profile"), *depth = ph_member(options, "depth"),
                          *secure = ph_member(options, "secure");
    uint32_t count;
    return (profile == NULL || ph_is_text(profile, "strict") || ph_is_text(profile, "lenient")) &&
           (depth == NULL || (ph_to_count(depth, &count) && count >= 1 && count <= 256)) &&
           (secure == NULL || secure->kind == PH_TRUE || secure->kind == PH_FALSE);
}

static bool check_names(struct ph_request *request, const struct method *method)
{
    for (const struct ph_value *param = request->params->as.items.first; param != NULL; param = param->next)
        if (!contains(method->parameters, param->name, param->name_length) && !is_named(param, "backend") &&
            !is_named(param, "options"))
            return ph_reject(request, PH_INVALID_ARGUMENT, "unknown parameter %.*s",
                             (int)(param->name_length < 80 ? param->name_length : 80), param->name);
    return true;
}

static bool check_options(struct ph_request *request, const char *backend)
{
    const struct ph_value *options = ph_param(request, "options");
    return options == NULL || are_options(backend, options) ||
           ph_wrong(request, options, "options", "an object of the backend's options");
}

static bool check_deletes(struct ph_request *request, const char *backend)
{
    const struct ph_value *deletes = ph_param(request, "deletes");
    if (strcmp(backend, "ssz") == 0 && deletes != NULL && (deletes->kind != PH_LIST || deletes->as.items.count > 0))
        return ph_reject(request, PH_INVALID_ARGUMENT, "ssz has no deletion");
    return true;
}

static bool check_encodings(struct ph_request *request, const struct ph_backend *backend, const struct method *method)
{
    static const char *const roles[] = {"encoding", "from", "to"};
    for (size_t index = 0; index < sizeof roles / sizeof roles[0]; index++) {
        const char *role = roles[index], *encoding;
        if (!contains(method->parameters, role, strlen(role)))
            continue;
        if (!ph_read_name(request, ph_param(request, role), role, &encoding))
            return false;
        if (!contains(backend->encodings, encoding, strlen(encoding)))
            return ph_reject(request, PH_UNSUPPORTED, "%.80s is not declared", encoding);
    }
    return true;
}

static const struct ph_operation *find_operation(const struct ph_backend *backend, const char *name)
{
    for (const struct ph_operation *operation = backend->operations; operation->name != NULL; operation++)
        if (strcmp(operation->name, name) == 0)
            return operation;
    return NULL;
}

struct ph_value *ph_call(const struct ph_declaration *declared, const char *method_name, struct ph_request *request)
{
    const struct method *method = find_method(method_name);
    const char *backend_name;
    /* A request that is invalid for every program is rejected before one that this program does not support. */
    if (!check_names(request, method) ||
        !ph_read_name(request, ph_param(request, "backend"), "backend", &backend_name) ||
        !check_options(request, backend_name))
        return NULL;
    const struct ph_backend *backend = declared->backends;
    while (backend->name != NULL && strcmp(backend->name, backend_name) != 0)
        backend++;
    const char *name = method_name + strlen("proof/");
    const struct ph_operation *operation = backend->name == NULL ? NULL : find_operation(backend, name);
    if (operation == NULL) {
        ph_reject(request, PH_UNSUPPORTED, "%s of %.80s is not declared", method_name, backend_name);
        return NULL;
    }
    if (!check_deletes(request, backend_name) || !check_encodings(request, backend, method))
        return NULL;
    struct ph_value *result = operation->answer(request);
    if (result == NULL)
        ph_reject(request, PH_INTERNAL, "%s returned no result", method_name);
    return result;
}
