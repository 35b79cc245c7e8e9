#include "clade/history/operator_words.hpp"

#include <clade/evolution/breed/child_plan.hpp>

#include <fmt/format.h>

#include <cstddef>

namespace clade::history {

std::vector<std::string_view> operator_words(std::uint16_t operators) {
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < operator_names.size(); ++i) {
        if (((unsigned{operators} >> i) & 1U) != 0) words.push_back(operator_names[i]);
    }
    return words;
}

std::string operators_text(std::uint16_t operators, std::string_view separator) {
    const auto words = operator_words(operators);
    return words.empty() ? "none" : fmt::format("{}", fmt::join(words, separator));
}

}  // namespace clade::history
