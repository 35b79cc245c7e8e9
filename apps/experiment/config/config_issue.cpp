#include <clade/experiment/config/config_issue.hpp>

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace clade {
namespace {

std::vector<ConfigIssue> in_file_order(std::vector<ConfigIssue> issues) {
    std::vector<std::string> files;  // in the order of their first issue
    for (const ConfigIssue& issue : issues) {
        if (std::find(files.begin(), files.end(), issue.file) == files.end()) files.push_back(issue.file);
    }
    const auto rank = [&files](const ConfigIssue& issue) {
        const auto file = issue.line == 0 ? 0 : std::find(files.begin(), files.end(), issue.file) - files.begin();
        return std::tuple(issue.line == 0, file, issue.line, issue.column);
    };
    std::stable_sort(issues.begin(), issues.end(),
                     [&rank](const ConfigIssue& a, const ConfigIssue& b) { return rank(a) < rank(b); });
    return issues;
}

/// "in configs/xor.yaml and on the command line".
std::string places(const std::vector<ConfigIssue>& issues) {
    std::vector<std::string> files;
    bool overrides = false;
    for (const ConfigIssue& issue : issues) {
        if (issue.file.starts_with(override_prefix)) {
            overrides = true;
        } else if (!issue.file.empty() && std::find(files.begin(), files.end(), issue.file) == files.end()) {
            files.push_back(issue.file);
        }
    }
    std::string text;
    for (const std::string& file : files) text += (text.empty() ? " in " : ", ") + printable(file, 200);
    if (overrides) text += files.empty() ? " on the command line" : " and on the command line";
    return text;
}

std::string describe(const std::vector<ConfigIssue>& issues) {
    std::string text;
    for (const ConfigIssue& issue : issues) text += to_string(issue) + '\n';
    const std::string count = std::to_string(issues.size()) + (issues.size() == 1 ? " problem" : " problems");
    return text + count + places(issues) + "; nothing was run";
}

}  // namespace

std::string to_string(const ConfigIssue& issue) {
    std::string text = printable(issue.file, 200);
    if (issue.line > 0) {
        text += ':' + std::to_string(issue.line);
        if (issue.column > 0) text += ':' + std::to_string(issue.column);
    }
    if (!text.empty()) text += ": ";
    if (!issue.key.empty()) text += printable(issue.key, 200) + ": ";
    return text + issue.message;
}

ConfigError::ConfigError(std::vector<ConfigIssue> issues)
    : Error(describe(in_file_order(issues))), issues_(in_file_order(std::move(issues))) {}

void throw_if_any(const std::vector<ConfigIssue>& issues) {
    if (!issues.empty()) throw ConfigError(issues);
}

}  // namespace clade
