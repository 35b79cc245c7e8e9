#include <clade/evaluation/scoring/score_check_internal.hpp>

namespace clade {
namespace {

/// "score.a, behaviour.x", or "none".
std::string column_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text;
}

std::string number_for_genomes(std::size_t numbers, std::size_t genomes) {
    return "got " + std::to_string(numbers) + " for " + std::to_string(genomes) + " genomes";
}

}  // namespace

std::vector<std::string> score_column_names(const TaskTraits& traits) {
    std::vector<std::string> names;
    for (const std::string& name : traits.scores) names.push_back("score." + name);
    for (const std::string& name : traits.behaviour) names.push_back("behaviour." + name);
    return names;
}

std::string missing_in(const ScoreTable& scores, const TaskTraits& traits, std::size_t genomes) {
    if (scores.fitness.size() != genomes) {
        return "must give each genome one fitness: " + number_for_genomes(scores.fitness.size(), genomes);
    }
    if (scores.evaluated + scores.reused == 0) {
        return "must set ScoreTable::evaluated, the number of networks that were scored, got 0";
    }
    const std::vector<std::string> named = score_column_names(traits);
    std::vector<std::string> given;
    for (const ScoreColumn& column : scores.columns) {
        given.push_back(column.name);
        if (column.values.size() == genomes) continue;
        return "must give a number per genome in column '" + column.name + "', " +
               number_for_genomes(column.values.size(), genomes);
    }
    if (given == named) return "";
    return "must give the columns that the task's traits name, in their order (" + column_names(named) + "), got " +
           column_names(given);
}

}  // namespace clade
