#include "clade/export/exported_model.hpp"

#include <clade/core/digest.hpp>
#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace clade::exported {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The functions of a column that are not built in, by name.
template <class Table, class Column>
std::set<std::string> own_functions(const Table& table, const Column& column) {
    std::set<std::string> names;
    for (const auto function : column) {
        if (table.added(function) != nullptr) names.emplace(table.name(function));
    }
    return names;
}

}  // namespace

std::string name_problem(const std::string& name) {
    const bool is_identifier = !name.empty() && std::ranges::all_of(name, is_word) && !is_digit(name.front());
    if (is_identifier && name.size() <= 60) return "";
    return fmt::format("must be at most 60 letters, digits and _, and begin with no digit, got '{}'", printable(name));
}

std::string usual_name(const ModelOrigin& origin) {
    std::string name = origin.run.substr(0, 60);
    std::ranges::replace_if(
        name, [](char c) { return !is_word(c); }, '_');
    if (name.empty()) return "champion";
    return is_digit(name.front()) ? "_" + name.substr(0, 59) : name;
}

std::vector<std::string> provenance(const Model& model) {
    const ModelOrigin& origin = model.origin;
    const std::string digest = to_hex(model.genome.store.digest());
    if (origin.task.empty()) return {fmt::format("a genome of digest {}", digest)};
    return {fmt::format("Clade {}: run '{}', task {}, seed {}", escaped(origin.version), escaped(origin.run),
                        escaped(origin.task), origin.seed),
            fmt::format("genome {} of generation {}, fitness {}, digest {}", origin.genome, origin.generation,
                        origin.fitness, digest)};
}

void require_expressible(const ExportedModel& exported) {
    const GenomeView genome = exported.model.genome.store[0];
    std::vector<std::string> reasons;
    if (!exported.model.is_direct) reasons.emplace_back("a decoder of the program's own makes its network");
    for (const std::string& name : own_functions(exported.functions.activations, genome.activation)) {
        reasons.push_back("activation '" + name + "' is a function of the program's own");
    }
    for (const std::string& name : own_functions(exported.functions.aggregations, genome.aggregation)) {
        reasons.push_back("aggregation '" + name + "' is a function of the program's own");
    }
    if (reasons.empty()) return;
    throw Error(fmt::format("cannot be written as code: {}; --format json keeps it for that program",
                            fmt::join(reasons, "; ")));
}

}  // namespace clade::exported
