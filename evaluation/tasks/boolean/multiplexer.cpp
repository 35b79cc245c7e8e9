#include <clade/evaluation/tasks/boolean/multiplexer.hpp>

#include <clade/core/random/random.hpp>

#include <array>

namespace clade {
namespace {

constexpr std::array<double, 5> bonuses{0.0, 100.0, 1000.0, 0.0, 0.0};  // by address bits, as SharpNEAT has them
constexpr std::size_t shown_pairs = 64;                                 // of cases an address, where not all are shown
constexpr std::size_t held_out_pairs = 2048;

/// A table of these cases, each the bits of a number: the address, then the data.
TruthTable table_of(std::size_t address_bits, const std::vector<std::uint32_t>& cases) {
    TruthTable table;
    table.outputs = {"data bit"};
    table.case_count = cases.size();
    const std::size_t data_bits = std::size_t{1} << address_bits;
    for (std::size_t i = 0; i < address_bits + data_bits; ++i) {
        const bool is_address = i < address_bits;
        table.inputs.push_back(is_address ? "address " + std::to_string(i)
                                          : "data " + std::to_string(i - address_bits));
        for (const std::uint32_t bits : cases) table.observations.push_back(static_cast<float>((bits >> i) & 1U));
    }
    for (const std::uint32_t bits : cases) {
        const std::size_t address = bits & (data_bits - 1);
        table.targets.push_back(static_cast<float>((bits >> (address_bits + address)) & 1U));
    }
    return table;
}

TruthTable all_cases(std::size_t address_bits) {
    std::vector<std::uint32_t> cases(std::size_t{1} << (address_bits + (std::size_t{1} << address_bits)));
    for (std::size_t c = 0; c < cases.size(); ++c) cases[c] = static_cast<std::uint32_t>(c);
    return table_of(address_bits, cases);
}

/// So many pairs of cases an address, which differ in the chosen bit alone.
TruthTable random_cases(std::size_t address_bits, std::size_t pairs, Stream random) {
    std::vector<std::uint32_t> cases;
    const std::uint32_t data_bits = 1U << address_bits;
    for (std::uint32_t address = 0; address < data_bits; ++address) {
        const std::uint32_t chosen = 1U << (address_bits + address);
        for (std::size_t pair = 0; pair < pairs; ++pair) {
            const std::uint32_t data = random.below(1U << data_bits) << address_bits;
            cases.push_back((data & ~chosen) | address);
            cases.push_back(data | chosen | address);
        }
    }
    return table_of(address_bits, cases);
}

bool shows_all(std::size_t address_bits) { return address_bits <= 3; }

TruthTable shown_table(std::size_t address_bits, std::uint64_t seed) {
    if (shows_all(address_bits)) return all_cases(address_bits);
    return random_cases(address_bits, shown_pairs, Stream({seed, 0, Purpose::episode}, 0));
}

TruthTable held_out_table(std::size_t address_bits, std::uint64_t seed) {
    if (shows_all(address_bits)) return {};
    return random_cases(address_bits, held_out_pairs, Stream({seed, 0, Purpose::episode}, 1));
}

}  // namespace

MultiplexerTask::MultiplexerTask(const Params& params, const TaskContext& context)
    : TruthTableTask({.name = "multiplexer",
                      .steps = params.steps,
                      .bonus = bonuses[static_cast<std::size_t>(params.address_bits)]},
                     shown_table(static_cast<std::size_t>(params.address_bits), context.seed),
                     held_out_table(static_cast<std::size_t>(params.address_bits), context.seed)) {}

TaskPage MultiplexerTask::page() const {
    TaskPage page = TruthTableTask::page();
    page.source =
        "The binary multiplexers of SharpNEAT (colgreen/sharpneat) with their fitness. Differences: the cases of 20 "
        "inputs are random here, periodic there, and only Clade has held-out cases.";
    return page;
}

void visit_fields(MultiplexerTask::Params& params, FieldVisitor& field) {
    field("address_bits", params.address_bits, between(1, 4),
          "Number of address bits; they select one of 2^address_bits data bits: 3, 6, 11 or 20 inputs.");
    visit_steps(params.steps, field);
}

}  // namespace clade
