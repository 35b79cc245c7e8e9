/* Clade from C: evolution with ask and tell, and all of clade_model.h. Link libclade_c.
 *
 *     clade_evolver *evolver = NULL;
 *     clade_evolver_from_yaml(text, strlen(text), &evolver);
 *     clade_network *network = NULL;
 *     clade_evolver_network(evolver, 1, &network);
 *     for (int generation = 0; generation < 100; ++generation) {
 *         for (size_t genome = 0; genome < population_size; ++genome) {
 *             clade_evolver_decode(evolver, genome, network);
 *             fitness[genome] = score_of(network);
 *         }
 *         clade_evolver_tell(evolver, fitness, population_size, NULL);
 *     }
 *
 * An evolver is for one thread at a time. Between two calls of clade_evolver_tell() any number of threads may call
 * clade_evolver_decode() at once, each with a network of its own. Results do not depend on the number of threads.
 */
#ifndef CLADE_H
#define CLADE_H

#include "clade_model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct clade_evolver clade_evolver;

/* An evolver by few numbers; all else is as a configuration has it by default. */
typedef struct clade_evolver_options {
    size_t input_count;
    size_t output_count;
    size_t population_size; /* 0: as by default */
    uint64_t seed;
    int32_t minimise; /* 1: lower fitness is better */
    int32_t threads;  /* 0: all cores */
} clade_evolver_options;

CLADE_API clade_status clade_evolver_create(const clade_evolver_options *options, clade_evolver **evolver);

/* An evolver by a text of YAML: `input_count`, `output_count`, `seed`, `direction` (maximise or minimise), `threads`, and the blocks
 * `genome` and `evolution` of a configuration. The error text has every mistake, with its line. */
CLADE_API clade_status clade_evolver_from_yaml(const char *yaml, size_t length, clade_evolver **evolver);
CLADE_API void clade_evolver_destroy(clade_evolver *evolver);

/* ---- ask */

/* How many genomes each generation has; 0 without an evolver. */
CLADE_API size_t clade_evolver_population_size(const clade_evolver *evolver);

/* The number of the generation that is to be scored, from 0 on. */
CLADE_API uint32_t clade_evolver_generation(const clade_evolver *evolver);

/* A network to decode genomes into; then all functions of networks but predict and act may be called. It holds genome 0. */
CLADE_API clade_status clade_evolver_network(const clade_evolver *evolver, size_t most_rows, clade_network **network);

/* Makes `network`, which clade_evolver_network() made, the network of a genome, without a state. */
CLADE_API clade_status clade_evolver_decode(const clade_evolver *evolver, size_t genome, clade_network *network);

/* All genomes as flat arrays, for programs that run networks themselves. Genome g has the nodes [node_begin[g],
 * node_begin[g + 1]) and the connections [connection_begin[g], connection_begin[g + 1]). Inputs have the ids 0 ..
 * input_count - 1, but no rows; a bias input, always 1, has the id after them; the first nodes of a genome are its outputs.
 * A node gives activation(bias + response x aggregation(weight x value of source, ...)); of activations and aggregations
 * the names are those of clade_activation_name() and clade_aggregation_name(). */
typedef struct clade_population {
    size_t genome_count;
    size_t node_count; /* of all genomes */
    size_t connection_count;
    const size_t *node_begin;       /* [genome_count + 1] */
    const size_t *connection_begin; /* [genome_count + 1] */
    const uint32_t *node_id;        /* [node_count], so the next four */
    const float *bias;
    const float *response;
    const uint8_t *activation;
    const uint8_t *aggregation;
    const uint32_t *innovation; /* [connection_count], so the next four */
    const uint32_t *source;     /* ids of nodes or inputs */
    const uint32_t *target;
    const float *weight;
    const uint8_t *enabled; /* 0 or 1 */
} clade_population;

/* The arrays live until the next tell or restore. */
CLADE_API clade_status clade_evolver_population(clade_evolver *evolver, clade_population *population);

/* The name of a function, "tanh" or "sum"; NULL if there is none of this number. */
CLADE_API const char *clade_activation_name(uint8_t activation);
CLADE_API const char *clade_aggregation_name(uint8_t aggregation);

/* ---- tell */

/* What clade_evolver_tell() says of the generation that was scored. */
typedef struct clade_generation {
    uint32_t generation;
    uint32_t species_count;
    size_t champion;      /* the index of its best genome */
    double best_fitness;  /* of the champion; NaN if every genome failed */
    double mean_fitness;
    size_t failed_count;  /* genomes whose fitness was no finite number */
    uint64_t digest;      /* of its genomes: equal in equal runs */
} clade_generation;

/* Takes the fitness of each genome and breeds the next generation. NaN and infinity mark genomes that failed.
 * `generation` may be NULL. */
CLADE_API clade_status clade_evolver_tell(clade_evolver *evolver, const double *fitness, size_t count,
                                          clade_generation *generation);

/* The best genome so far as the text of a model, which clade_model_parse() reads. The text lives until the next call with
 * this evolver. */
CLADE_API clade_status clade_evolver_champion(clade_evolver *evolver, const char **json, size_t *length);

/* The whole state as bytes, which live until the next call with this evolver; and back, into an evolver that was created
 * alike, which then goes on as if it had never stopped. The same version of Clade reads them. */
CLADE_API clade_status clade_evolver_save(clade_evolver *evolver, const void **bytes, size_t *size);
CLADE_API clade_status clade_evolver_restore(clade_evolver *evolver, const void *bytes, size_t size);

#ifdef __cplusplus
}
#endif

#endif
