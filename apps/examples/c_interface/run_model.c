/* Runs a champion from C: `run_model champion.json [NUMBER...]` prints what the model takes, and what it says of the numbers:
 * a row of data, an observation, or the network's inputs; those that are left out are 0. */
#include <clade_model.h>

#include <stdio.h>
#include <stdlib.h>

static void check(clade_status status) {
    if (status == CLADE_OK) return;
    fprintf(stderr, "%s\n", clade_error_text());
    exit(1);
}

static void *numbers(size_t count, size_t size) {
    void *memory = calloc(count + 1, size);
    if (memory == NULL) exit(1);
    return memory;
}

static double given(char **words, int word_count, size_t index) {
    return index < (size_t)word_count ? strtod(words[index], NULL) : 0.0;
}

static void print_names(const clade_model *model, const char *title, clade_list list) {
    printf("%s:", title);
    for (size_t i = 0; i < clade_model_count(model, list); ++i) printf(" %s", clade_model_name(model, list, i));
    printf("\n");
}

/* Predicts a row of data. */
static void predict(const clade_model *model, clade_network *network, char **words, int word_count) {
    const size_t columns = clade_model_count(model, CLADE_COLUMNS);
    const size_t predictions = clade_model_count(model, CLADE_PREDICTIONS);
    double *row = numbers(columns, sizeof *row);
    double *said = numbers(predictions, sizeof *said);
    for (size_t i = 0; i < columns; ++i) row[i] = given(words, word_count, i);
    check(clade_network_predict(network, row, columns, said, predictions, NULL, 0));
    for (size_t i = 0; i < predictions; ++i) {
        printf("%s %g\n", clade_model_name(model, CLADE_PREDICTIONS, i), said[i]);
    }
    free(row);
    free(said);
}

/* Acts on an observation, or, with a model without actions, gives the network's outputs. */
static void act(const clade_model *model, clade_network *network, char **words, int word_count) {
    const int acts = clade_model_count(model, CLADE_ACTIONS) != 0;
    const clade_list list = acts ? CLADE_ACTIONS : CLADE_OUTPUTS;
    const size_t inputs = clade_model_count(model, CLADE_INPUTS);
    const size_t outputs = clade_model_count(model, list);
    float *observation = numbers(inputs, sizeof *observation);
    float *action = numbers(outputs, sizeof *action);
    for (size_t i = 0; i < inputs; ++i) observation[i] = (float)given(words, word_count, i);
    check(clade_network_reset(network));
    check(acts ? clade_network_act(network, observation, inputs, action, outputs)
               : clade_network_activate(network, observation, inputs, action, outputs));
    for (size_t i = 0; i < outputs; ++i) printf("%s %g\n", clade_model_name(model, list, i), (double)action[i]);
    free(observation);
    free(action);
}

int main(int argument_count, char **arguments) {
    if (argument_count < 2) {
        fprintf(stderr, "usage: run_model champion.json [NUMBER...]\n");
        return 2;
    }
    clade_model *model = NULL;
    clade_network *network = NULL;
    check(clade_model_load(arguments[1], &model));
    check(clade_network_create(model, 1, &network));

    print_names(model, "inputs", CLADE_INPUTS);
    print_names(model, "outputs", CLADE_OUTPUTS);
    if (clade_model_count(model, CLADE_COLUMNS) != 0) {
        print_names(model, "columns", CLADE_COLUMNS);
        predict(model, network, arguments + 2, argument_count - 2);
    } else {
        act(model, network, arguments + 2, argument_count - 2);
    }

    clade_network_destroy(network);
    clade_model_destroy(model);
    return 0;
}
