#include <clade/evaluation/tasks/boolean/parity.hpp>

namespace clade {
namespace {

TruthTable parity_table(std::size_t bits) {
    TruthTable table;
    table.outputs = {"parity"};
    table.case_count = std::size_t{1} << bits;
    table.targets.assign(table.case_count, 0.0F);
    for (std::size_t bit = 0; bit < bits; ++bit) {
        table.inputs.push_back("bit " + std::to_string(bit));
        for (std::size_t c = 0; c < table.case_count; ++c) {
            const auto value = static_cast<float>((c >> bit) & 1U);
            table.observations.push_back(value);
            if (value > 0.0F) table.targets[c] = 1.0F - table.targets[c];
        }
    }
    return table;
}

}  // namespace

ParityTask::ParityTask(const Params& params, const TaskContext& /*context*/)
    : TruthTableTask({.name = "parity", .steps = params.steps}, parity_table(static_cast<std::size_t>(params.bits))) {}

TaskPage ParityTask::page() const {
    TaskPage page = TruthTableTask::page();
    page.source =
        "Minsky & Papert, Perceptrons, 1969. The target is 1 where the number of ones is "
        "odd.";
    return page;
}

void visit_fields(ParityTask::Params& params, FieldVisitor& field) {
    field("bits", params.bits, between(2, 16), "Number of inputs; all 2^bits cases are shown.");
    visit_steps(params.steps, field);
}

}  // namespace clade
