/* The adapter: what your library can do, and how it is called. This is the file to fill in. */
#include "compact.h"
#include "proofhouse/adapter.h"

/* Answers proof/root: the root that a proof stands for. */
static struct ph_value *root(struct ph_request *request)
{
    struct ph_bytes proof;
    uint8_t root[32];
    if (!ph_read_bytes(request, ph_param(request, "proof"), "proof", &proof))
        return NULL;
    if (!compact_root(request, proof, root)) /* Your library's call goes here. */
        return NULL;
    struct ph_value *result = ph_make_object(request);
    ph_put(result, "root", ph_make_hex(request, root, sizeof root));
    return result;
}

/* What is listed here is declared, and what is declared is put to the test. Every list ends with an empty entry. */
static const struct ph_backend backends[] = {
    {
        .name = "ssz",
        .encodings = (const char *const[]){"compact", NULL},
        .operations =
            (const struct ph_operation[]){
                {"root", root},
                /* The next operation goes here, as {"get", get}, with a function get above. */
                {NULL, NULL},
            },
    },
    {NULL, NULL, NULL},
};

int main(void)
{
    return ph_serve(&(const struct ph_declaration){
        .name = "proofhouse-adapter",
        .version = "0.1.0",
        .backends = backends,
        .unsupported = (const struct ph_rule[]){{NULL, NULL}},
    });
}
