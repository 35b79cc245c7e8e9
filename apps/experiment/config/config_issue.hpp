// Mistakes in a configuration, with their places: a ConfigIssue each, all in one ConfigError.
#pragma once

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// One mistake in a configuration.
struct ConfigIssue {
    std::string file{};     ///< the file, or the whole override: "--set evolution.population_size=x"
    int line = 0;           ///< 1-based, as editors count; 0: unknown, and not printed
    int column = 0;         ///< 1-based, in characters; 0: unknown, and not printed
    std::string key{};      ///< full path, e.g. "evolution.speciation.stagnation_limit"; may be empty
    std::string message{};  ///< rule, then the value found

    bool operator==(const ConfigIssue&) const = default;
};

/// Start of the `file` of an issue that comes from an override on the command line.
inline constexpr std::string_view override_prefix = "--set ";

/// The issue in one line: "file:line:column: key: message", without the parts that are unknown.
[[nodiscard]] std::string to_string(const ConfigIssue& issue);

/// Thrown once, after the whole configuration has been read. what() is every issue, one a line, and a last line such
/// as "2 problems in configs/xor.yaml; nothing was run".
class ConfigError : public Error {
public:
    /// Sorts the issues into the order of the file; those without a line come last, in the order given.
    explicit ConfigError(std::vector<ConfigIssue> issues);

    [[nodiscard]] const std::vector<ConfigIssue>& issues() const noexcept { return issues_; }

private:
    std::vector<ConfigIssue> issues_;
};

/// Throws ConfigError if there is any issue.
void throw_if_any(const std::vector<ConfigIssue>& issues);

}  // namespace clade
