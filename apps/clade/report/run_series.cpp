#include "clade/report/run_series.hpp"

#include "clade/inspect/inspect_values.hpp"
#include "clade/output/champion_output.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/run/validation.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <numeric>

namespace clade::report {
namespace {

using inspect::json_value;

/// The value below which this share of the sorted values lies, between two of them in proportion; NaN of none.
double quantile(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return nan;
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double low = sorted[below];
    const double high = sorted[std::min(below + 1, sorted.size() - 1)];
    return low + (high - low) * (place - static_cast<double>(below));
}

void add_quartiles(Json& series, const RunLog& log, const std::vector<GenerationRow>& rows) {
    Json lower = Json::array();
    Json upper = Json::array();
    for (const GenerationRow& row : rows) {
        std::vector<double> fitness = log.fitness(row.generation);
        std::erase_if(fitness, [](double value) { return !std::isfinite(value); });
        std::ranges::sort(fitness);
        lower.push_back(json_value(quantile(fitness, 0.25)));
        upper.push_back(json_value(quantile(fitness, 0.75)));
    }
    series["lower_quartile"] = std::move(lower);
    series["upper_quartile"] = std::move(upper);
}

double effective_species(const std::vector<SpeciesRecord>& species) {
    double members = 0.0;
    double squares = 0.0;
    for (const SpeciesRecord& one : species) {
        members += one.size;
        squares += static_cast<double>(one.size) * one.size;
    }
    return squares > 0.0 ? members * members / squares : nan;
}

void add_statistics(Json& series, const std::vector<GenerationRow>& rows) {
    Json statistics = Json::object();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const Measure& one : rows[i].statistics) {
            Json& column = statistics[one.name];
            if (column.is_null()) column = std::vector<Json>(rows.size());
            column[i] = json_value(one.value);
        }
    }
    series["statistics"] = std::move(statistics);
}

std::optional<double> validation_of(const RunLog& log, std::uint32_t generation) {
    for (const Measure& one : log.measures(generation)) {
        if (one.name == validation_measure) return one.value;
    }
    return std::nullopt;
}

/// The `limit` largest lives over the run, in their order.
std::vector<const history::SpeciesLife*> largest_lives(const std::vector<history::SpeciesLife>& lives,
                                                       std::size_t limit) {
    std::vector<const history::SpeciesLife*> largest;
    for (const history::SpeciesLife& life : lives) largest.push_back(&life);
    std::ranges::stable_sort(largest, std::greater{}, &history::SpeciesLife::members);
    largest.resize(std::min(largest.size(), limit));
    std::ranges::sort(largest, std::less{}, [](const history::SpeciesLife* life) { return raw(life->id); });
    return largest;
}

/// A species with its sizes in these generations; takes its members from `others`.
Json life_json(const history::SpeciesLife& life, const std::vector<GenerationRow>& rows,
               std::vector<std::int64_t>& others) {
    std::size_t first = rows.size();
    Json sizes = Json::array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t generation = rows[i].generation;
        if (generation < life.born || generation > life.last()) continue;
        first = std::min(first, i);
        const std::uint32_t size = life.sizes[generation - life.born];
        others[i] -= size;
        sizes.push_back(size);
    }
    Json parents = Json::array();
    for (const SpeciesId parent : life.parents) parents.push_back(raw(parent));
    return {{"id", raw(life.id)},        {"born", life.born},
            {"last", life.last()},       {"parents", std::move(parents)},
            {"largest", life.largest()}, {"best", json_value(life.best)},
            {"end", name_of(life.end)},  {"first", first},
            {"sizes", std::move(sizes)}};
}

}  // namespace

std::vector<GenerationRow> drawn_generations(const std::vector<GenerationRow>& rows) {
    std::vector<GenerationRow> drawn;
    for (const std::size_t i : inspect::thinned(rows.size(), generations_drawn)) drawn.push_back(rows[i]);
    return drawn;
}

Json series_json(const RunLog& log, const std::vector<GenerationRow>& rows) {
    Json series = Json::object();
    visit_generation_columns(
        [&]<class Value>(const LogColumn& column, const Value& /*of the empty row*/) {
            if constexpr (!std::same_as<Value, Digest>) series[std::string(column.name)] = Json::array();
        },
        GenerationRow{});
    for (const GenerationRow& row : rows) {
        visit_generation_columns(
            [&]<class Value>(const LogColumn& column, const Value& value) {
                if constexpr (!std::same_as<Value, Digest>) {
                    series[std::string(column.name)].push_back(json_value(value));
                }
            },
            row);
    }
    add_quartiles(series, log, rows);
    Json effective = Json::array();
    Json seconds = Json::array();
    for (const GenerationRow& row : rows) {
        effective.push_back(json_value(effective_species(log.species(row.generation))));
        seconds.push_back(json_value(total_seconds(row)));
    }
    series["effective_species"] = std::move(effective);
    series["seconds"] = std::move(seconds);
    add_statistics(series, rows);
    return series;
}

Json held_out_series(const RunLog& log, const std::optional<ChampionChoice>& choice,
                     const std::vector<GenerationRow>& rows) {
    Json held_out{{"name", ""}, {"generation", Json::array()}, {"value", Json::array()}};
    const auto add = [&](std::uint32_t generation, double value) {
        held_out["generation"].push_back(generation);
        held_out["value"].push_back(json_value(value));
    };
    for (const GenerationRow& row : rows) {
        if (const auto score = validation_of(log, row.generation)) add(row.generation, *score);
    }
    if (!held_out["value"].empty()) {
        held_out["name"] = validation_measure;
        return held_out;
    }
    if (!choice) return nullptr;
    held_out["name"] = held_out_name(*choice);
    std::vector<ChampionCandidate> candidates = choice->candidates;
    std::ranges::sort(candidates, std::less{}, &ChampionCandidate::generation);
    for (const ChampionCandidate& one : candidates) add(one.generation, one.held_out.mean);
    return held_out["value"].empty() ? Json(nullptr) : held_out;
}

Json species_json(const std::vector<history::SpeciesLife>& lives, const std::vector<GenerationRow>& rows) {
    std::vector<std::int64_t> others;
    for (const GenerationRow& row : rows) others.push_back(static_cast<std::int64_t>(row.population));
    Json drawn = Json::array();
    for (const history::SpeciesLife* life : largest_lives(lives, species_drawn)) {
        drawn.push_back(life_json(*life, rows, others));
    }
    return {{"count", lives.size()}, {"lives", std::move(drawn)}, {"others", others}};
}

}  // namespace clade::report
