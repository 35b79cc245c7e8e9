// A suite: the configurations of a folder, each run as a set of trials, beside what they gave before.
//
//   <folder>/NAME.yaml       the configurations; in the folder of a suite that was begun, NAME/ are their sets
//           /recorded.csv    what an earlier run gave: a row a trial
#pragma once

#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/trials/trials_summary.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// What a suite keeps of a trial.
struct SuiteTrial {
    std::uint64_t seed = 0;
    bool solved = false;
    std::uint64_t evaluations = 0;  ///< to the solution; of a trial without one, all
    double value = nan;             ///< of the measure

    bool operator==(const SuiteTrial& other) const {
        return seed == other.seed && solved == other.solved && evaluations == other.evaluations &&
               equal_or_nan(value, other.value);
    }
};

/// The trials of a configuration.
struct SuiteResult {
    std::string name{};         ///< the file's, without ".yaml"
    bool has_criterion = true;  ///< whether anything counts as a solution
    std::string measure{};      ///< goes for a criterion where there is none, higher is better; empty: none known
    std::vector<SuiteTrial> trials{};

    [[nodiscard]] std::size_t solved() const;
    [[nodiscard]] Summary evaluations() const;  ///< of the solved trials; of all without a criterion
    [[nodiscard]] Summary values() const;       ///< of the measure, of all trials

    /// Whether trials of both can be compared.
    [[nodiscard]] bool is_judged_as(const SuiteResult& other) const {
        return has_criterion == other.has_criterion && measure == other.measure;
    }
};

/// The measure is the first of these that all champions have: accuracy or R2 on test rows, mean held-out return.
[[nodiscard]] SuiteResult suite_result(std::string name, const std::vector<TrialResult>& results);

/// The configurations of a folder (*.yaml), or the sets of a suite that was begun, by their names. Throws InputError if
/// there are none.
[[nodiscard]] std::vector<std::filesystem::path> suite_entries(const std::filesystem::path& folder);

[[nodiscard]] std::filesystem::path recorded_file(const std::filesystem::path& folder);

/// Throws InputError for a name that does not fit into a table: with a comma, quote or line end.
[[nodiscard]] std::string recorded_to_csv(const std::vector<SuiteResult>& results);

/// `name` is the text's in messages. Throws InputError, with the line, for what recorded_to_csv() does not write.
[[nodiscard]] std::vector<SuiteResult> recorded_from_csv(std::string_view text, const std::string& name);

/// What may differ from the recorded trials.
enum class SuiteAspect {
    solved,       ///< how many: Fisher's exact test
    evaluations,  ///< to the solution, unsolved trials rank last: Mann-Whitney test
    measure       ///< where nothing counts as a solution: Mann-Whitney test
};

/// A difference beyond chance.
struct SuiteDifference {
    std::string name{};  ///< empty: all configurations that are recorded, together
    SuiteAspect aspect = SuiteAspect::solved;
    double p = 1.0;  ///< as it counts among all tests of the aspect (Holm)
    bool is_worse = false;
};

/// Compares the configurations that both have; those that differ with p below `significance_level`. Where the number of
/// solved trials differs, their evaluations are not told as well.
[[nodiscard]] std::vector<SuiteDifference> compare_suites(const std::vector<SuiteResult>& now,
                                                          const std::vector<SuiteResult>& recorded);

/// Whether every trial is recorded as it is now; there may be others.
[[nodiscard]] bool all_as_recorded(const std::vector<SuiteResult>& now, const std::vector<SuiteResult>& recorded);

/// The trials of a configuration; null: there are none.
[[nodiscard]] const SuiteResult* find_result(const std::vector<SuiteResult>& results, std::string_view name);

}  // namespace clade
