// What verify_run() finds: nothing in a sound run, and every change of a log.
#include "tests/experiment/run_fixture.hpp"

#include <clade/experiment/log/sqlite_internal.hpp>
#include <clade/experiment/replay/verify.hpp>
#include <clade/experiment/replay/verify_replay.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <tuple>

namespace clade {
namespace {

namespace fs = std::filesystem;

class GivesStatistics : public ExperimentObserver {
public:
    std::vector<Measure> statistics(const ToldGeneration& generation) override {
        return {{"genomes", static_cast<double>(generation.genomes.size())}, {"half", 0.5}};
    }
};

/// A task that fails for some networks.
double score_unlucky_network(Network& network, const Seeds& /*seeds*/) {
    std::array<float, 1> output{};
    network.activate(std::array{0.5F, -0.25F}, output);
    const double fitness = 10.0 * double{output[0]};
    return std::fmod(std::abs(100.0 * fitness), 1.0) < 0.3 ? std::nan("") : fitness;
}

Vocabulary vocabulary_with_unlucky() {
    Vocabulary vocabulary{builtin_tasks(), {}};
    vocabulary.tasks.add_function({.name = "unlucky", .input_count = 2, .output_count = 1}, "Fails at times.",
                                  score_unlucky_network);
    return vocabulary;
}

class Verify : public RunTest {
protected:
    RunFolder run_with(const std::string& name, const std::vector<std::string>& overrides) {
        const ExperimentConfig config = loaded(fs::path(CLADE_SOURCE_DIR "/configs") / name, overrides);
        const RunInputs inputs = read_inputs(config, CLADE_SOURCE_DIR "/configs");
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment experiment = Experiment::start(config, vocabulary_, inputs, folder);
        GivesStatistics statistics;
        outcome_ = experiment.run(statistics, stop_);
        return folder;
    }

    /// Runs whose logs together have rows in every table; refinement and racing exclude each other.
    RunFolder refined_run() {
        return run_with("xor.yaml", {"seed=7", "evolution.population_size=20", "stop.generations=6",
                                     "stop.solved_fitness=1000", "refine.method=cma_es", "refine.evaluations=20"});
    }
    RunFolder racing_run() {
        return run_with("cart_pole.yaml", {"seed=1", "evolution.population_size=30", "stop.generations=12",
                                           "evaluation.racing.first_episodes=1"});
    }

    /// A third one, of a task that fails for some genomes, for the table `failure`.
    RunFolder failing_run() {
        ExperimentConfig config = load_config({"unlucky.yaml",
                                               {"seed=7", "evolution.population_size=20", "stop.generations=3"},
                                               with_unlucky_.tasks,
                                               with_unlucky_.functions,
                                               "{name: unlucky, task: {name: unlucky}}"});
        resolve(config);
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment::start(config, with_unlucky_, {}, folder).run();
        return folder;
    }

    [[nodiscard]] LogFindings findings(const RunFolder& folder, VerifyDepth depth = VerifyDepth::champion) const {
        return verify_run(folder, with_unlucky_, depth).findings;
    }

    /// The same after a change of a copy of the log.
    [[nodiscard]] LogFindings findings_after(const RunFolder& folder, const std::string& sql) const {
        const fs::path sound = folder.path / "sound.sqlite";
        if (!fs::exists(sound)) fs::copy_file(folder.log(), sound);
        fs::copy_file(sound, folder.log(), fs::copy_options::overwrite_existing);
        SqliteDatabase(folder.log(), SqliteDatabase::Access::write).execute(sql.c_str());
        return findings(folder);
    }

    std::vector<std::string> texts(const RunFolder& folder, const std::string& sql) const {
        SqliteDatabase database(folder.log(), SqliteDatabase::Access::write);
        SqliteStatement statement(database, sql);
        std::vector<std::string> result;
        for (auto rows = statement.rows(); rows.next();) rows.read(result.emplace_back());
        return result;
    }

    std::set<std::string> expect_every_column_is_covered(const RunFolder& folder);

    const Vocabulary with_unlucky_ = vocabulary_with_unlucky();
};

std::string all(const LogFindings& findings) {
    std::string text;
    for (const LogFinding& finding : findings) text += to_text(finding) + '\n';
    return text;
}

bool name_table(const LogFindings& findings, const std::string& table) {
    return std::ranges::any_of(findings, [&](const LogFinding& finding) { return finding.table == table; });
}

bool name_generation(const LogFindings& findings, std::uint32_t generation) {
    return std::ranges::any_of(findings, [&](const LogFinding& finding) { return finding.generation == generation; });
}

/// Another value of the same type.
std::string changed(const std::string& column) {
    return "CASE TYPEOF(" + column + ") WHEN 'integer' THEN " + column + " + 1000 WHEN 'real' THEN " + column +
           " + 0.5 WHEN 'text' THEN " + column + " || 'x' WHEN 'blob' THEN " + column + " || x'01' ELSE 1 END";
}

/// Gives the tables that have no rows.
std::set<std::string> Verify::expect_every_column_is_covered(const RunFolder& folder) {
    std::set<std::string> without_rows;
    for (const std::string& table : texts(folder, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
        const std::string key_list =
            texts(folder, "SELECT GROUP_CONCAT(name) FROM pragma_table_info('" + table + "') WHERE pk > 0").front();
        const std::string key = key_list.empty() ? "rowid" : '(' + key_list + ')';
        const std::string keys = key_list.empty() ? "rowid" : key_list;
        const std::string count = texts(folder, "SELECT COUNT(*) FROM " + table).front();
        if (count == "0") {
            without_rows.insert(table);
            continue;
        }
        const std::string row = " WHERE " + key + " = (SELECT " + keys + " FROM " + table + " ORDER BY " + keys +
                                " LIMIT 1 OFFSET " + count + " / 2)";
        for (const std::string& name : texts(folder, "SELECT name FROM pragma_table_info('" + table + "')")) {
            const std::string column = '"' + name + '"';
            const std::string change = "UPDATE " + table + " SET " + column + " = " + changed(column) + row;
            std::string generation;
            if (table != "run") generation = texts(folder, "SELECT generation FROM " + table + row).front();
            const LogFindings found = findings_after(folder, change);
            EXPECT_TRUE(name_table(found, table)) << change << '\n' << all(found);
            if (table == "run") continue;
            EXPECT_TRUE(name_generation(found, static_cast<std::uint32_t>(std::stoul(generation)))) << change << '\n'
                                                                                                    << all(found);
            fs::copy_file(folder.path / "sound.sqlite", folder.log(), fs::copy_options::overwrite_existing);
        }
        fs::copy_file(folder.path / "sound.sqlite", folder.log(), fs::copy_options::overwrite_existing);
    }
    EXPECT_EQ(all(findings(folder)), "");
    return without_rows;
}

TEST_F(Verify, ChangeOfAnyColumnOfAnyTableIsFoundWithItsPlace) {
    const std::set<std::string> of_refined = expect_every_column_is_covered(refined_run());
    const std::set<std::string> of_racing = expect_every_column_is_covered(racing_run());
    const std::set<std::string> of_failing = expect_every_column_is_covered(failing_run());
    for (const std::string& table : of_refined) {
        EXPECT_FALSE(of_racing.contains(table) && of_failing.contains(table)) << table << " is in no run";
    }
}

TEST_F(Verify, SoundRunsAreSoundAlsoBredAndScoredAgain) {
    for (const RunFolder& folder : {refined_run(), racing_run(), failing_run()}) {
        EXPECT_EQ(all(findings(folder)), "");
        EXPECT_EQ(all(findings(folder, VerifyDepth::full)), "");
    }
}

TEST_F(Verify, RunLongEnoughToBePackedIsSoundAlsoAfterItWasContinued) {
    const RunFolder folder = run_with("xor.yaml", {"seed=7", "evolution.population_size=20", "stop.generations=70",
                                                   "stop.solved_fitness=1000", "checkpoint.every_generations=10"});
    EXPECT_EQ(all(findings(folder)), "");
    resume(folder, {"stop.generations=130"});
    EXPECT_EQ(all(findings(folder)), "");
    EXPECT_EQ(all(findings(folder, VerifyDepth::full)), "");
    EXPECT_EQ(verify_run(folder, vocabulary_, VerifyDepth::champion).generations, 130U);
}

TEST_F(Verify, RowsThatAreDeletedAddedOrSwappedAreFound) {
    const RunFolder folder = refined_run();
    const auto expect_found = [&](const std::string& sql, const std::string& text) {
        const std::string found = all(findings_after(folder, sql));
        EXPECT_NE(found.find(text), std::string::npos) << sql << '\n' << found;
    };
    expect_found("DELETE FROM generation WHERE generation = 2", "generation 2, table 'generation'");
    expect_found("DELETE FROM species WHERE generation = 2", "generation 2, table 'species'");
    expect_found("DELETE FROM chunk WHERE generation = 2 AND \"column\" = 'operators'", "generation 2, table 'chunk'");
    expect_found("INSERT INTO statistic VALUES (3, 'more', 1.0)", "generation 3, table 'statistic'");
    expect_found("INSERT INTO statistic VALUES (9, 'more', 1.0)", "table 'statistic', column 'generation'");
    expect_found(
        "UPDATE generation SET generation = 100 WHERE generation = 2;"
        "UPDATE generation SET generation = 2 WHERE generation = 3;"
        "UPDATE generation SET generation = 3 WHERE generation = 100",
        "generation 2, table 'generation'");
    expect_found(
        "UPDATE chunk SET generation = 100 WHERE generation = 2;"
        "UPDATE chunk SET generation = 2 WHERE generation = 3;"
        "UPDATE chunk SET generation = 3 WHERE generation = 100",
        "generation 3, table 'chunk'");
    const std::string last = " WHERE generation = 5;";
    std::string cut;
    for (const char* table : {"generation", "species", "chunk", "measure", "statistic", "refinement", "champion"}) {
        cut += "DELETE FROM " + std::string(table) + last;
    }
    expect_found(cut, "the last generations of the run are missing");
}

TEST_F(Verify, EntriesOfTheRunAreFoundIfTheyChange) {
    const RunFolder folder = refined_run();
    const std::string changed = all(findings_after(folder, "UPDATE run SET value = '8' WHERE key = 'seed'"));
    EXPECT_NE(changed.find("table 'run': entry 'seed' differs from its digest"), std::string::npos) << changed;
    const std::string gone = all(findings_after(folder, "DELETE FROM run WHERE key = 'seed'"));
    EXPECT_NE(gone.find("generation 0, table 'generation'"), std::string::npos) << gone;
}

TEST_F(Verify, TablesAndViewsThatWereChangedAreNamed) {
    const RunFolder folder = refined_run();
    const auto found = [&](const std::string& sql) { return all(findings_after(folder, sql)); };
    EXPECT_NE(found("DROP VIEW champions").find("table 'champions': is missing"), std::string::npos);
    EXPECT_NE(found("CREATE TABLE more (a)").find("table 'more': is defined otherwise"), std::string::npos);
    EXPECT_NE(found("ALTER TABLE species ADD COLUMN a").find("table 'species'"), std::string::npos);
}

TEST_F(Verify, DamagedFileIsAFinding) {
    const RunFolder folder = refined_run();
    fs::resize_file(folder.log(), fs::file_size(folder.log()) / 2);
    EXPECT_NE(all(findings(folder)), "");
}

TEST_F(Verify, EditedConfigurationIsAFinding) {
    const RunFolder folder = refined_run();
    std::string text = read_file(folder.config());
    text.replace(text.find("population_size: 20"), 19, "population_size: 21");
    replace_file(folder.config(), text);
    EXPECT_NE(all(findings(folder)).find("was edited since the run began"), std::string::npos);
}

TEST_F(Verify, ReplayNamesTheFirstGenerationAndTheColumnsThatDiffer) {
    OpenedRun run = open_run(refined_run(), vocabulary_);
    run.config.seed = 8;
    const LogFindings found = replay_run(run, vocabulary_);
    ASSERT_FALSE(found.empty());
    for (const LogFinding& finding : found) EXPECT_EQ(finding.generation, 0U);
    const std::string text = all(found);
    EXPECT_NE(text.find("generation 0, table 'generation', column 'digest': the log has"), std::string::npos) << text;
    EXPECT_NE(text.find("table 'champion', column 'data'"), std::string::npos) << text;
}

}  // namespace
}  // namespace clade
