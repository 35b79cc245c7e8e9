/* Evolves a network for exclusive or from C, with ask and tell: `evolve_xor [FILE]` writes the champion to the file. */
#include <clade.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { rows = 4 };

static void check(clade_status status) {
    if (status == CLADE_OK) return;
    fprintf(stderr, "%s\n", clade_error_text());
    exit(1);
}

/* Up to 4 for a network that gives exclusive or. Feature-major: the first inputs of all rows, then the second ones. */
static double fitness_of(clade_network *network) {
    const float inputs[2 * rows] = {0, 0, 1, 1, 0, 1, 0, 1};
    const float wanted[rows] = {0, 1, 1, 0};
    float outputs[rows];
    check(clade_network_activate_batch(network, inputs, outputs, rows));
    double fitness = rows;
    for (int row = 0; row < rows; ++row) fitness -= fabs(outputs[row] - wanted[row]);
    return fitness;
}

static void write_champion(clade_evolver *evolver, const char *path) {
    const char *json = NULL;
    size_t length = 0;
    check(clade_evolver_champion(evolver, &json, &length));
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(json, 1, length, file) != length || fclose(file) != 0) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(1);
    }
}

int main(int argument_count, char **arguments) {
    const char *yaml =
        "input_count: 2\n"
        "output_count: 1\n"
        "seed: 7\n"
        "genome: {bias_input: true}\n"
        "evolution: {population_size: 150}\n";
    clade_evolver *evolver = NULL;
    check(clade_evolver_from_yaml(yaml, strlen(yaml), &evolver));
    const size_t size = clade_evolver_population_size(evolver);
    clade_network *network = NULL;
    check(clade_evolver_network(evolver, rows, &network));
    double *fitness = calloc(size, sizeof *fitness);
    if (fitness == NULL) return 1;

    clade_generation told = {0};
    while (told.best_fitness < 3.8 && told.generation < 200) {
        for (size_t genome = 0; genome < size; ++genome) {
            check(clade_evolver_decode(evolver, genome, network));
            fitness[genome] = fitness_of(network);
        }
        check(clade_evolver_tell(evolver, fitness, size, &told));
    }
    printf("generation %u: fitness %.2f, %s\n", (unsigned)told.generation, told.best_fitness,
           told.best_fitness < 3.8 ? "not solved" : "solved");
    if (argument_count > 1) write_champion(evolver, arguments[1]);

    free(fitness);
    clade_network_destroy(network);
    clade_evolver_destroy(evolver);
    return told.best_fitness < 3.8;
}
