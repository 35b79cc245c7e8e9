#include "clade/output/champion_output.hpp"

#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <fmt/format.h>
#include <clade/experiment/run/validation.hpp>

namespace clade {

std::string held_out_name(const ChampionChoice& choice) {
    return choice.validated ? std::string(validation_measure) : "held-out fitness";
}

std::string held_out_text(const ChampionChoice& choice) {
    if (choice.validated) return short_fitness(choice.held_out.mean);
    const std::string count = choice.episodes > 0 ? fmt::format("{} episodes", choice.episodes)
                                                  : fmt::format("{} evaluations", choice.held_out.evaluations);
    return fmt::format("{}, standard error {}, over {}", short_fitness(choice.held_out.mean),
                       short_fitness(choice.held_out.standard_error()), count);
}

std::string choice_text(const ChampionChoice& choice) {
    if (choice.validated) return "the best validation score of all generations; so expect less of new data";
    if (choice.candidates.size() == 1) return "the only candidate";
    return fmt::format("the best of {} candidates on held-out evaluations ({} besides those of the run)",
                       choice.candidates.size(), choice.evaluations);
}

std::string luck_text(const ChampionChoice& choice) {
    if (!choice.differs()) return {};
    return fmt::format("Its fitness in evolution is {} than the held-out mean by more than chance: expect the mean.",
                       choice.fitness > choice.held_out.mean ? "higher" : "lower");
}

nlohmann::ordered_json held_out_json(const ChampionChoice* choice) {
    if (choice == nullptr) return nullptr;
    return {{"mean", choice->held_out.mean},
            {"standard_error", choice->held_out.standard_error()},
            {"evaluations", choice->held_out.evaluations},
            {"episodes", choice->episodes},
            {"differs", choice->differs()},
            {"validated", choice->validated},
            {"candidates", choice->candidates.size()},
            {"evaluations_of_choice", choice->evaluations}};
}

}  // namespace clade
