/* Clade from C: trained networks. A program that only runs champions links libclade_model; one that evolves links
 * libclade_c, which has these functions too, and includes clade.h.
 *
 *     clade_model *model = NULL;
 *     clade_network *network = NULL;
 *     if (clade_model_load("champion.json", &model) || clade_network_create(model, 1, &network)) {
 *         puts(clade_error_text());
 *     }
 *     clade_network_activate(network, inputs, input_count, outputs, output_count);
 *     clade_network_destroy(network);
 *     clade_model_destroy(model);
 *
 * Errors: a function that can fail returns a clade_status, CLADE_OK being 0; clade_error_text() says in words what went
 * wrong. What it was to write is unchanged then. Null handles, null arrays and wrong lengths are errors; a handle that was
 * destroyed must not be used, nor destroyed again. To destroy NULL does nothing.
 *
 * Threads: a model never changes, and any number of threads may use it. A network or an evolver is for one thread at a
 * time; different ones may be used at once. Error texts are each thread's own.
 *
 * Memory: the functions of a network allocate nothing once it is created. Texts and arrays that are returned belong to their
 * handle, and live as long as it, or as long as is said.
 *
 * Texts are UTF-8 and end with 0.
 */
#ifndef CLADE_MODEL_H
#define CLADE_MODEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CLADE_API __attribute__((visibility("default")))
#else
#define CLADE_API
#endif

/* The version of this interface. It changes when programs must be compiled anew; then the soname changes too. */
#define CLADE_ABI_VERSION 1

/* That of the library. A program that loads it at run time compares it with CLADE_ABI_VERSION. */
CLADE_API uint32_t clade_abi_version(void);

/* The version of Clade: "0.1.0". */
CLADE_API const char *clade_version(void);

/* ---- errors */

typedef int32_t clade_status;
enum {
    CLADE_OK = 0,
    CLADE_WRONG_CALL = 1,     /* a null pointer, a wrong length, an index beyond the end: a mistake in the program */
    CLADE_WRONG_INPUT = 2,    /* a file, a text, bytes, or numbers that are not what they must be */
    CLADE_OUT_OF_MEMORY = 3,
    CLADE_INTERNAL_ERROR = 4, /* a mistake in Clade */
    CLADE_EXTINCT = 5         /* every species has stagnated, and the configuration says that this is an error */
};

/* What went wrong in the call of this thread that failed last; "" if none has. Until the next one fails. */
CLADE_API const char *clade_error_text(void);

/* ---- models: a trained network, and what its inputs and outputs mean */

typedef struct clade_model clade_model;

/* Reads a model, champion.json of a run, from a file or from a text of `length` bytes. */
CLADE_API clade_status clade_model_load(const char *path, clade_model **model);
CLADE_API clade_status clade_model_parse(const char *json, size_t length, clade_model **model);
CLADE_API void clade_model_destroy(clade_model *model);

/* The lists of names that a model has; those that do not apply are empty. */
typedef int32_t clade_list;
enum {
    CLADE_INPUTS = 0,      /* of the network: what clade_network_activate() takes */
    CLADE_OUTPUTS = 1,     /* and gives */
    CLADE_COLUMNS = 2,     /* of a row: what clade_network_predict() takes */
    CLADE_PREDICTIONS = 3, /* and gives: classes, whose probabilities are predicted, or targets */
    CLADE_LABELS = 4,      /* labels, of each of which a class is predicted; none of regression */
    CLADE_ACTIONS = 5,     /* what clade_network_act() gives: controls, or one number that is the index of a choice */
    CLADE_CHOICES = 6      /* the choices of such a number */
};

#define CLADE_NOT_FOUND SIZE_MAX

/* How many names a list has: of inputs, for example, how many numbers the network takes. 0 without a model. */
CLADE_API size_t clade_model_count(const clade_model *model, clade_list list);

/* A name; NULL beyond the end. */
CLADE_API const char *clade_model_name(const clade_model *model, clade_list list, size_t index);

/* The index of a name; CLADE_NOT_FOUND if the list does not have it. */
CLADE_API size_t clade_model_find(const clade_model *model, clade_list list, const char *name);

/* What the position of a category stands for in a column of categories or ranks; NULL beyond the last. */
CLADE_API const char *clade_model_category(const clade_model *model, size_t column, size_t position);

/* What is known of an input, an output or a control. */
typedef struct clade_signal {
    const char *unit; /* "" for a plain number */
    double low;       /* may be infinite */
    double high;
    double scale;     /* the network's input is so many times the observation that clade_network_act() takes */
} clade_signal;

CLADE_API clade_status clade_model_signal(const clade_model *model, clade_list list, size_t index, clade_signal *signal);

/* Where a model comes from. */
typedef struct clade_origin {
    const char *task; /* "" of a genome without a task */
    const char *run;
    const char *version;
    uint64_t seed;
    uint64_t generation;
    uint64_t genome;
    double fitness;
    int32_t recurrent; /* 1: the network has a state */
} clade_origin;

CLADE_API clade_status clade_model_origin(const clade_model *model, clade_origin *origin);

/* ---- networks: a model that runs, with a state of its own */

typedef struct clade_network clade_network;

/* Makes a network for at most `most_rows` rows a call of clade_network_activate_batch(). The model may be destroyed before
 * it. */
CLADE_API clade_status clade_network_create(const clade_model *model, size_t most_rows, clade_network **network);
CLADE_API void clade_network_destroy(clade_network *network);

/* Forgets the state of a recurrent network: call it before each sequence or episode. */
CLADE_API clade_status clade_network_reset(clade_network *network);

/* Gives `to` the state of `from`, a network of the same model with no more rows. */
CLADE_API clade_status clade_network_copy_state(clade_network *to, const clade_network *from);

/* One pass: numbers of the network's inputs to numbers of its outputs, without scales and meanings. */
CLADE_API clade_status clade_network_activate(clade_network *network, const float *inputs, size_t input_count,
                                              float *outputs, size_t output_count);

/* The same for many rows: input i of row r is inputs[i * rows + r], output o of row r is outputs[o * rows + r]. Rows have
 * states of their own, which a call with another number of rows begins anew. The arrays must not overlap; their lengths are
 * rows x the counts of inputs and outputs. */
CLADE_API clade_status clade_network_activate_batch(clade_network *network, const float *inputs, float *outputs,
                                                    size_t rows);

/* A row of data to predictions: probabilities of classes, or targets in their units; NaN where the network's output is not
 * finite. In a row, a category is its position, a time the seconds since 1970, a boolean 0 or 1, a missing value NaN.
 * `classes`, which may be NULL, gets of each label the position of its class among those of the label. A model of sequences
 * continues with the row after the one before; others have no memory of it. */
CLADE_API clade_status clade_network_predict(clade_network *network, const double *row, size_t column_count,
                                             double *predictions, size_t prediction_count, uint32_t *classes,
                                             size_t label_count);

/* What an environment says to what it is to be told: CLADE_INPUTS numbers to CLADE_ACTIONS numbers. */
CLADE_API clade_status clade_network_act(clade_network *network, const float *observation, size_t observation_count,
                                         float *action, size_t action_count);

#ifdef __cplusplus
}
#endif

#endif
