// The form in which checks of tasks and environments are written.
#pragma once

#include <clade/core/error.hpp>
#include <clade/core/fields.hpp>
#include <clade/evaluation/conformance/task_finding.hpp>
#include <clade/evaluation/task.hpp>

#include <exception>
#include <string>
#include <utility>

namespace clade {

/// What a check throws, or nothing.
template <class Check>
std::string refusal(Check&& check) {
    try {
        check();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

/// Collects what was checked and what was found.
class RuleBook {
public:
    /// `breach()` gives what was seen of a breach of the rule, or nothing. What it throws is a breach. Says whether the
    /// rule holds.
    template <class Breach>
    bool holds(std::string rule, std::string advice, Breach&& breach) {
        check_.checked.push_back(rule);
        std::string seen;
        try {
            seen = breach();
        } catch (const std::exception& error) {
            seen = std::string("exception: ") + error.what();
        } catch (...) {
            seen = "an exception that is no std::exception";
        }
        if (seen.empty()) return true;
        check_.findings.push_back({std::move(rule), std::move(seen), std::move(advice)});
        return false;
    }

    [[nodiscard]] TaskCheck take() { return std::move(check_); }

private:
    TaskCheck check_;
};

/// The first rule of every task.
inline bool traits_make_sense(RuleBook& rules, const TaskTraits& traits) {
    return rules.holds("traits make sense", "correct what traits() declares",
                       [&] { return refusal([&] { check_traits(traits); }); });
}

/// "2 and 3", for two values of a number that are to be one.
inline std::string differing(double a, double b) { return number_text(a) + " and " + number_text(b); }

}  // namespace clade
