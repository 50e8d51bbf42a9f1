/* The adapter: declares the operations of your library and calls it. Fill in this file. */
#include "compact.h"
#include "proofhouse/adapter.h"

/* Answers proof/root: computes the root of a proof. */
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

/* Everything listed here is declared, and the harness runs its cases. Every list ends with an empty entry. */
static const struct ph_backend backends[] = {
    {
        .name = "ssz",
        .encodings = (const char *const[]){"compact", NULL},
        .operations =
            (const struct ph_operation[]){
                {"root", root},
                /* Add the next operation here, as {"get", get}, and a function get above. */
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
