#include <clade/experiment/replay/verify.hpp>

#include <clade/core/fields.hpp>
#include <clade/experiment/log/log_digest_check.hpp>
#include <clade/experiment/log/log_invariants.hpp>
#include <clade/experiment/replay/replay.hpp>
#include <clade/experiment/replay/verify_replay.hpp>
#include <clade/experiment/run/config_in_force.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/run_entries.hpp>

#include <optional>

namespace clade {
namespace {

/// What the check gives; an error is a finding.
template <class Check>
void add_findings(LogFindings& findings, std::string_view table, Check&& check) {
    try {
        const LogFindings found = check();
        findings.insert(findings.end(), found.begin(), found.end());
    } catch (const Error& error) {
        findings.push_back({{}, std::string(table), "", error.what()});
    }
}

LogFindings check_config(const OpenedRun& run, const Vocabulary& vocabulary) {
    LogFindings findings;
    const RunInputs inputs = logged_inputs(run.config, run.log);
    if (run.log.get("identity") != run_identity(run.config, inputs.initial_genome, inputs.files)) {
        findings.push_back({{},
                            "run",
                            "value",
                            "the entries 'config', 'initial_genome' and 'files' do not give the entry 'identity': a "
                            "setting that results depend on was changed"});
    }
    check_files(inputs);
    if (std::filesystem::exists(run.folder.config())) {
        check_config_file(run.folder.config(), run.log.get("config").value_or(""), vocabulary);
    }
    return findings;
}

LogFindings replay_champion(const OpenedRun& run, const Vocabulary& vocabulary) {
    const auto row = champion_row(run.log, logged_direction(run.log));
    if (!row) return {};
    const double fitness = score_again(run, vocabulary, *row);
    if (fitness == row->fitness.best) return {};
    return {{row->generation, "generation", "best",
             "is " + number_text(row->fitness.best) + ", but the champion, scored again, has fitness " +
                 number_text(fitness)}};
}

}  // namespace

Verification verify_run(const RunFolder& folder, const Vocabulary& vocabulary, VerifyDepth depth) {
    Verification result;
    LogFindings& findings = result.findings;
    add_findings(findings, "", [&] { return check_digests(folder.log()); });
    add_findings(findings, "", [&] {
        const RunLog log(folder.log(), RunLog::Mode::read);
        const auto last = log.last_generation();
        if (last) result.generations = std::uint64_t{last->generation} + 1;
        return check_invariants(log, logged_direction(log));
    });
    if (!findings.empty()) return result;  // the rest would only say so again
    std::optional<OpenedRun> run;
    add_findings(findings, "run", [&] {
        run.emplace(open_run(folder, vocabulary));
        if (run->config.task.blueprint) return check_config(*run, vocabulary);
        result.not_replayed = missing_task_text(run->config);  // nor are the task's keys known
        return LogFindings{};
    });
    if (!findings.empty() || !result.not_replayed.empty()) return result;
    add_findings(findings, "", [&] {
        return depth == VerifyDepth::full ? replay_run(*run, vocabulary) : replay_champion(*run, vocabulary);
    });
    return result;
}

}  // namespace clade
