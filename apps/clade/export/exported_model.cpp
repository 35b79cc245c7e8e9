#include "clade/export/exported_model.hpp"

#include <clade/core/digest.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace clade::exported {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

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

}  // namespace clade::exported
