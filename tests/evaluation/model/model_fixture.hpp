// Models of the data tasks of a file, with networks that nothing was learnt by: what they say is all the same to tests.
#pragma once

#include "tests/support/folder_test.hpp"
#include "tests/support/random_genomes.hpp"

#include <clade/evaluation/model/predictor.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/tasks/data/supervised.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace clade::testing {

/// A row has a column of each kind, some with missing values; the first half of the rows has all categories.
inline std::vector<std::string> rows_of_every_kind(std::size_t count) {
    const std::vector<std::string> cities{"Bonn", "\"Ulm, old\"", "Köln", "?"};
    const std::vector<std::string> sizes{"small", "large", "medium"};
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string age = i % 7 == 3 ? "NA" : std::to_string(20 + i * 13 % 50) + ".25";
        rows.push_back(age + ',' + cities[i % 4] + ',' + sizes[i % 3] + ',' + (i % 5 < 2 ? "yes" : "no") + ",2024-0" +
                       std::to_string(1 + i % 9) + "-11T0" + std::to_string(i % 10) + ":30:00," +
                       (i % 2 == 0 ? "good" : "bad") + ',' + std::to_string(i * i % 17) + ".5," +
                       std::to_string(i % 3 + 1));
    }
    return rows;
}

inline const std::string header_of_every_kind = "age,city,size,member,start,outcome,price,importance";

inline void write_lines(const std::filesystem::path& file, const std::string& header,
                        const std::vector<std::string>& rows) {
    std::ofstream stream(file);
    stream << header << '\n';
    for (const std::string& row : rows) stream << row << '\n';
}

inline SupervisedTask::Params params_of_every_kind(const std::filesystem::path& file) {
    SupervisedTask::Params params;
    params.file = file.string();
    params.label = "outcome";
    params.features = {"age", "city", "size", "member", "start"};
    params.columns.categorical = {"city"};
    params.columns.ordinal = {"size=small<medium<large"};
    params.columns.boolean = {"member"};
    params.columns.time = {"start"};
    params.columns.time_parts = {"seconds", "month", "hour"};
    params.columns.column_fill = {"age=median", "city=category"};
    params.columns.indicator = {"age"};
    params.data.validation_fraction = 0.5;
    params.data.split = SplitKind::in_order;
    return params;
}

inline SupervisedTask::Params as_regression(SupervisedTask::Params params) {
    params.kind = SupervisedKind::regression;
    params.label.clear();
    params.targets = {"price"};
    return params;
}

inline Model model_of(const Task& task, const NetworkParams& network = {}, std::uint64_t seed = 3) {
    const TaskTraits& traits = task.traits();
    const GenomeShape shape{static_cast<std::uint32_t>(traits.input_count),
                            static_cast<std::uint32_t>(traits.output_count), true};
    return {.genome = {random_genome({.shape = shape,
                                      .recurrent = network.is_recurrent(),
                                      .activations = {Activation::identity, Activation::tanh}},
                                     seed),
                       network},
            .interface = task.interface(),
            .origin = {.task = traits.name,
                       .run = "test",
                       .seed = 1,
                       .generation = 2,
                       .genome = 3,
                       .fitness = 0.25,
                       .version = "0.0.0"}};
}

/// Outputs as the engine's scorers get them: [output_count x rows].
inline std::vector<float> engine_outputs(const Model& model, const Dataset& rows) {
    Network network = make_network(model.genome);
    std::vector<float> outputs(rows.row_count() * network.output_count());
    const int steps = network.is_recurrent() ? data_of(model).steps : 1;
    network.reset();
    for (int step = 0; step < steps; ++step) network.activate_batch(rows.observations(), outputs, rows.row_count());
    return outputs;
}

}  // namespace clade::testing
