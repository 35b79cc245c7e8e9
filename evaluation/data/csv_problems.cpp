#include <clade/evaluation/data/csv_problems.hpp>

#include <clade/core/error.hpp>

#include <algorithm>
#include <utility>

namespace clade {

bool CsvProblems::add_another(std::string_view kind) {
    const auto known = of_kind_.find(std::string(kind));
    if (known == of_kind_.end()) return false;
    ++kinds_[known->second].count;
    return true;
}

void CsvProblems::add(const Problem& problem, std::string_view kind) {
    if (!kind.empty() && add_another(kind)) return;
    if (!kind.empty()) of_kind_.emplace(kind, kinds_.size());
    kinds_.push_back({problem});
}

void CsvProblems::finish() const {
    if (kinds_.empty()) return;
    std::vector<Kind> sorted = kinds_;
    std::ranges::stable_sort(sorted, {},
                             [](const Kind& kind) { return std::pair(kind.first.at.line, kind.first.at.column); });
    std::string text;
    for (std::size_t i = 0; i < std::min(limit, sorted.size()); ++i) {
        const auto& [problem, count] = sorted[i];
        if (!text.empty()) text += '\n';
        text += file_ + ":" + std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + ": " +
                problem.message;
        if (count > 1) text += " (the first of " + std::to_string(count) + ")";
        if (!problem.way_out.empty()) text += "; " + problem.way_out;
    }
    if (sorted.size() > limit)
        text += "\n" + file_ + ": and " + std::to_string(sorted.size() - limit) + " more kinds of problems";
    throw Error(text);
}

}  // namespace clade
