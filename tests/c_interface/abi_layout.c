/* Prints the sizes of the structs of the C interface and the offsets of their members, for cmake/c_interface_abi.sh. */
#include <clade.h>

#include <stdio.h>

#define SIZE(type) printf("size %s %zu\n", #type, sizeof(type))
#define OFFSET(type, member) printf("offset %s.%s %zu\n", #type, #member, offsetof(type, member))

int main(void) {
    SIZE(clade_status);
    SIZE(clade_list);
    SIZE(clade_signal);
    OFFSET(clade_signal, unit);
    OFFSET(clade_signal, low);
    OFFSET(clade_signal, high);
    OFFSET(clade_signal, scale);
    SIZE(clade_origin);
    OFFSET(clade_origin, task);
    OFFSET(clade_origin, run);
    OFFSET(clade_origin, version);
    OFFSET(clade_origin, seed);
    OFFSET(clade_origin, generation);
    OFFSET(clade_origin, genome);
    OFFSET(clade_origin, fitness);
    OFFSET(clade_origin, recurrent);
    SIZE(clade_evolver_options);
    OFFSET(clade_evolver_options, input_count);
    OFFSET(clade_evolver_options, output_count);
    OFFSET(clade_evolver_options, population_size);
    OFFSET(clade_evolver_options, seed);
    OFFSET(clade_evolver_options, minimise);
    OFFSET(clade_evolver_options, threads);
    SIZE(clade_population);
    OFFSET(clade_population, genome_count);
    OFFSET(clade_population, node_count);
    OFFSET(clade_population, connection_count);
    OFFSET(clade_population, node_begin);
    OFFSET(clade_population, connection_begin);
    OFFSET(clade_population, node_id);
    OFFSET(clade_population, bias);
    OFFSET(clade_population, response);
    OFFSET(clade_population, activation);
    OFFSET(clade_population, aggregation);
    OFFSET(clade_population, innovation);
    OFFSET(clade_population, source);
    OFFSET(clade_population, target);
    OFFSET(clade_population, weight);
    OFFSET(clade_population, enabled);
    SIZE(clade_generation);
    OFFSET(clade_generation, generation);
    OFFSET(clade_generation, species_count);
    OFFSET(clade_generation, champion);
    OFFSET(clade_generation, best_fitness);
    OFFSET(clade_generation, mean_fitness);
    OFFSET(clade_generation, failed_count);
    OFFSET(clade_generation, digest);
    return 0;
}
