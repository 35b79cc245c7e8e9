#include "clade/commands/verify_command.hpp"

#include "clade/output/json_text.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <clade/experiment/replay/verify.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_shown = 20;

/// The generations that nothing was found of, as far as they come before the first that something was found of.
std::string sound_generations(const Verification& verification) {
    std::uint64_t first = verification.generations;
    for (const LogFinding& finding : verification.findings) {
        first = std::min(first, std::uint64_t{finding.generation.value_or(0)});
    }
    if (first == 0) return "";
    return first == 1 ? "Generation 0 is sound.\n" : fmt::format("Generations 0 to {} are sound.\n", first - 1);
}

std::string advice(const VerifyOptions& options, const RunFolder& folder) {
    std::string text = "Take the run from a backup, or repeat it: equal settings give equal generations.\n" +
                       fmt::format("  {} run {}\n", options.program, quoted(folder.config().string()));
    return text;
}

std::string replayed_text(const VerifyOptions& options, const Verification& verification) {
    if (!verification.not_replayed.empty()) return "not replayed: " + verification.not_replayed;
    if (verification.generations == 0) return "nothing to replay";
    return options.full ? "all generations repeat exactly" : "the champion scores the same fitness again";
}

std::string text_of(const VerifyOptions& options, const RunFolder& folder, const Verification& verification) {
    const LogFindings& findings = verification.findings;
    const std::string run = folder.path.string();
    if (findings.empty()) {
        return fmt::format("{}: sound{}: {}; digests, chain and invariants hold; {}\n", run,
                           verification.not_replayed.empty() ? "" : " so far",
                           counted(verification.generations, "generation"), replayed_text(options, verification));
    }
    std::string text = fmt::format("{}: broken: {}\n", run, counted(findings.size(), "problem"));
    for (std::size_t i = 0; i < std::min(findings.size(), most_shown); ++i) text += to_text(findings[i]) + '\n';
    if (findings.size() > most_shown) {
        text += fmt::format("and {} more; --format json lists all\n", findings.size() - most_shown);
    }
    return text + sound_generations(verification) + advice(options, folder);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json json_of(const VerifyOptions& options, const RunFolder& folder, const Verification& verification) {
    Json json{{"run", folder.path.string()},
              {"sound", verification.findings.empty()},
              {"generations", verification.generations},
              {"full", options.full},
              {"not_replayed", text_or_null(verification.not_replayed)},
              {"findings", Json::array()}};
    for (const LogFinding& finding : verification.findings) {
        json["findings"].push_back({{"generation", finding.generation ? Json(*finding.generation) : Json(nullptr)},
                                    {"table", text_or_null(finding.table)},
                                    {"column", text_or_null(finding.column)},
                                    {"problem", finding.problem}});
    }
    return json;
}

}  // namespace

int verify_command(const VerifyOptions& options, const Vocabulary& vocabulary) {
    const RunFolder folder = find_run(options.run);
    const Verification verification =
        verify_run(folder, vocabulary, options.full ? VerifyDepth::full : VerifyDepth::champion);
    if (options.format == SummaryFormat::json) {
        std::cout << json_text(json_of(options, folder, verification));
    } else {
        std::cout << for_reading(text_of(options, folder, verification), Output::out);
    }
    return verification.findings.empty() ? 0 : 1;
}

}  // namespace clade
