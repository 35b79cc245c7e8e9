#include "tests/fuzz/fuzz_targets.hpp"

#include <clade/evaluation/model/policy.hpp>
#include <clade/evaluation/model/predictor.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>

#include "tests/support/random_genomes.hpp"

#include <string>
#include <vector>

namespace clade::fuzz {
namespace {

void use(const Model& model) {
    try {
        if (model.interface.data) {
            Predictor predictor(model);
            (void)predictor.predict_row(std::vector<double>(predictor.columns().size(), 1.0));
        } else if (model.interface.control) {
            Policy policy(model);
            std::vector<float> action(policy.actions().size());
            policy.act(std::vector<float>(policy.observations().size(), 0.5F), action);
        }
    } catch (const Error&) {  // a cycle in a feed-forward network, a number beyond float
    }
}

std::string seed_of(const Task& task) {
    const TaskTraits& traits = task.traits();
    const GenomeShape shape{static_cast<std::uint32_t>(traits.input_count),
                            static_cast<std::uint32_t>(traits.output_count), true};
    return model_to_json({.genome = {testing::random_genome({.shape = shape, .hidden_count = 2}, 1), {}},
                          .interface = task.interface(),
                          .origin = {.task = traits.name}});
}

}  // namespace

bool model(std::string_view input) {
    Model model;
    try {
        model = model_from_json(input);
    } catch (const FormatError&) {
        return false;
    }
    const std::string text = model_to_json(model);
    require(model_to_json(model_from_json(text)) == text, "a written model must read back as it was");
    const bool slow = model.genome.network.steps > 1000 || (model.interface.data && model.interface.data->steps > 1000);
    if (!slow) use(model);
    return true;
}

std::vector<std::string> model_seeds() {
    DataTable table;
    table.inputs = {
        {.name = "x", .values = {1, 2, 3, 4}},
        {.name = "city", .values = {0, 1, 1, 0}, .kind = ColumnKind::category, .categories = {"a", "b"}},
        {.name = "at", .values = {0, 1e9, 2e9, 3e9}, .kind = ColumnKind::time, .time_parts = {"hour", "year"}}};
    table.labels = {{.classes = {"no", "yes"}}};
    table.labels[0].codes = {0, 1, 0, 1};
    return {seed_of(DataTask("rows", table, {.validation_fraction = 0.0}, 1)), seed_of(RegressionTask({}, {})),
            seed_of(CartPoleTask())};
}

}  // namespace clade::fuzz
