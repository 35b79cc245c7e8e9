#include "tests/experiment/run_log_fixture.hpp"

#include <clade/core/genome/genome_io.hpp>
#include <clade/experiment/log/chunk_packer_internal.hpp>
#include <clade/experiment/log/log_columns.hpp>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

namespace clade {
namespace {

// ---- what is written reads back ----

TEST_F(RunLogTest, WhatATaskFindsBesideTheFitnessReadsBack) {
    RunLog log = RunLog::create(file());
    ScoreTable scores = scores_of(0);
    scores.columns = {{"score.distance", std::vector<double>(population, 0.5)},
                      {"behaviour.x", std::vector<double>(population, -3.0)}};
    GenerationNotes notes = notes_of(0);
    notes.measures = {{"held-out mean return", 487.25}, {"generalisation", 211.0}};
    log.append(record_of(0), scores, notes);
    append(log, 1);
    const auto read = log.score_columns(0);
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].name, "score.distance");
    EXPECT_EQ(read[0].values, scores.columns[0].values);
    EXPECT_EQ(read[1].values, scores.columns[1].values);
    EXPECT_TRUE(log.score_columns(1).empty());
    const auto measures = log.measures(0);
    ASSERT_EQ(measures.size(), 2U);
    EXPECT_EQ(measures[1].name, "held-out mean return");
    EXPECT_EQ(measures[1].value, 487.25);
    EXPECT_TRUE(log.measures(1).empty());
}

TEST_F(RunLogTest, MeritReadsBackWhereItIsNotTheFitness) {
    RunLog log = RunLog::create(file());
    append(log, 0);
    GenerationRecord record = record_of(1);
    record.merit.assign(population, -0.25);
    log.append(record, scores_of(1), notes_of(1));
    EXPECT_TRUE(log.merit(0).empty());
    EXPECT_EQ(log.merit(1), record.merit);
}

TEST_F(RunLogTest, AppendGivesTheRowThatReadsBack) {
    RunLog log = RunLog::create(file());
    append(log, 0);
    const GenerationRow given = log.append(record_of(1), scores_of(1), notes_of(1));
    const GenerationRow read = *log.last_generation();
    visit_generation_columns([](const LogColumn& column, auto a, auto b) { EXPECT_EQ(a, b) << column.name; }, given,
                             read);
    EXPECT_EQ(given.seconds, read.seconds);
}

TEST_F(RunLogTest, TimesOfStagesReadBackInWholeMicroseconds) {
    RunLog log = RunLog::create(file());
    GenerationNotes notes;
    for (const std::string_view stage : logged_stages) notes.seconds.emplace(stage, 1.2345678);
    log.append(record_of(0), scores_of(0), notes);
    const StageSeconds read = log.generation(0)->seconds;
    EXPECT_EQ(read.size(), logged_stages.size());
    for (const auto& [stage, seconds] : read) EXPECT_EQ(seconds, 1.234568) << stage;
}

TEST_F(RunLogTest, StageThatIsNotInTheListIsOurMistake) {
    RunLog log = RunLog::create(file());
    EXPECT_THROW(log.append(record_of(0), scores_of(0), {.seconds = {{"dream", 0.5}}}), LogicError);
    EXPECT_FALSE(log.last_generation());
}

std::vector<RefinedGenome> refined_genomes() {
    return {{.genome = 3,
             .fitness_before = 1.5,
             .fitness = 2.5,
             .evaluations = 120,
             .weights = {0.5F, -1.0F, 3.0F},
             .biases = {0.25F}},
            {.genome = 17, .fitness_before = -1.0, .fitness = -1.0, .evaluations = 80}};
}

void append_refined(RunLog& log, std::uint32_t generation) {
    const std::vector<RefinedGenome> refined = refined_genomes();
    ScoreTable scores = scores_of(generation);
    scores.evaluated += 200;
    GenerationNotes notes = notes_of(generation);
    notes.refined = refined;
    log.append(record_of(generation), scores, notes);
}

TEST_F(RunLogTest, RefinedGenomesReadBack) {
    RunLog log = RunLog::create(file());
    append(log, 0);
    append_refined(log, 1);
    EXPECT_TRUE(log.refined(0).empty());
    EXPECT_EQ(log.generation(0)->refined_evaluations, 0U);
    EXPECT_EQ(log.generation(1)->refined_evaluations, 200U);
    const std::vector<RefinedGenome> expected = refined_genomes();
    const std::vector<RefinedGenome> found = log.refined(1);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].genome, expected[i].genome);
        EXPECT_EQ(found[i].fitness_before, expected[i].fitness_before);
        EXPECT_EQ(found[i].fitness, expected[i].fitness);
        EXPECT_EQ(found[i].evaluations, expected[i].evaluations);
        EXPECT_EQ(found[i].weights, expected[i].weights);
        EXPECT_EQ(found[i].biases, expected[i].biases);
        EXPECT_EQ(found[i].improved(), i == 0);
    }
}

TEST_F(RunLogTest, DamagedWeightsOfARefinedGenomeAreNamed) {
    const auto found = [&](const std::string& name, const std::string& damage) {
        {
            RunLog log = RunLog::create(file(name));
            append_refined(log, 0);
        }
        execute(file(name), "UPDATE refinement SET " + damage + " WHERE genome = 3");
        const RunLog log(file(name), Mode::read);
        return message_of<FormatError>([&] { (void)log.refined(0); });
    };
    const std::string place = ": generation 0: table 'refinement': ";
    EXPECT_EQ(found("a", "weights = 2"), file("a").string() + place + "has the wrong length");
    EXPECT_EQ(found("b", "weights = -1, biases = 5"), file("b").string() + place + "has the wrong length");
    EXPECT_EQ(found("c", "codec = 'none'"), file("c").string() + place + "has the unknown codec 'none'");
    EXPECT_EQ(found("d", "data = x'00'"), file("d").string() + place + "is no zstd frame");
    EXPECT_EQ(found("e", "genome = 40"), file("e").string() + place + "names a genome that is not there");
}

void append_race(RunLog& log, std::uint32_t generation) {
    ScoreTable scores = scores_of(generation);
    scores.rounds = {{population, 1}, {20, 1}, {11, 3}};
    log.append(record_of(generation), scores, notes_of(generation));
}

TEST_F(RunLogTest, RaceReadsBackWithTheEpisodesPlayedAndSaved) {
    RunLog log = RunLog::create(file());
    append(log, 0);
    append_race(log, 1);
    EXPECT_TRUE(log.race(0).empty());
    EXPECT_EQ(log.generation(0)->episodes_played, 0U);
    EXPECT_EQ(log.generation(0)->episodes_saved, 0U);
    EXPECT_EQ(log.race(1), (std::vector<EpisodeRound>{{population, 1}, {20, 1}, {11, 3}}));
    EXPECT_EQ(log.generation(1)->episodes_played, 40U + 20U + 33U);
    EXPECT_EQ(log.generation(1)->episodes_saved, 5 * population - 93U);
}

TEST_F(RunLogTest, RaceOfMoreGenomesThanThereAreIsNamed) {
    {
        RunLog log = RunLog::create(file());
        append_race(log, 0);
    }
    execute(file(), "UPDATE race SET genomes = 41 WHERE round = 2");
    const RunLog log(file(), Mode::read);
    const std::string expected = file().string() + ": generation 0: table 'race': has more genomes than there are";
    EXPECT_EQ(message_of<FormatError>([&] { (void)log.race(0); }), expected);
}

TEST_F(RunLogTest, EntriesReadBackAndAreReplaced) {
    {
        RunLog log = RunLog::create(file());
        log.set("name", "xor");
        log.set("config", "a: 1\nb: 'ü'\n");
        log.set("empty", {});
        log.set("name", "other");
    }
    const RunLog log(file(), Mode::read);
    EXPECT_EQ(log.get("name"), "other");
    EXPECT_EQ(log.get("config"), "a: 1\nb: 'ü'\n");
    EXPECT_EQ(log.get("empty"), "");
    EXPECT_EQ(log.get("missing"), std::nullopt);
    const auto entries = log.all_entries();
    EXPECT_EQ(entries.at("name"), "other");
    EXPECT_EQ(entries.at("format_version"), "4");
    EXPECT_EQ(entries.size(), 5U);
}

TEST_F(RunLogTest, GenerationRowsReadBack) {
    write_log(file(), 4);
    const RunLog log(file(), Mode::read);
    const std::vector<GenerationRow> rows = log.generations();
    ASSERT_EQ(rows.size(), 4U);
    const GenerationRow& row = rows[2];
    const GenerationRecord record = record_of(2);
    EXPECT_EQ(row.generation, 2U);
    EXPECT_EQ(row.fitness.best, record.fitness.best);
    EXPECT_EQ(row.fitness.mean, record.fitness.mean);
    EXPECT_EQ(row.fitness.median, record.fitness.median);
    EXPECT_EQ(row.fitness.deviation, record.fitness.deviation);
    EXPECT_EQ(row.fitness.worst, record.fitness.worst);
    EXPECT_EQ(row.complexity.mean_hidden, 1.5);
    EXPECT_EQ(row.complexity.mean_connections, 7.25);
    EXPECT_EQ(row.complexity.best_hidden, 2U);
    EXPECT_EQ(row.complexity.best_connections, 9U);
    EXPECT_EQ(row.species_count, 2U);
    EXPECT_EQ(row.threshold, record.threshold);
    EXPECT_EQ(row.population, population);
    EXPECT_EQ(row.evaluated, population - 2);
    EXPECT_EQ(row.reused, 2U);
    EXPECT_EQ(row.evaluations_total, 3 * population - 3);
    EXPECT_EQ(row.failed_count, 1U);
    EXPECT_TRUE(row.restarted);
    EXPECT_FALSE(rows[3].restarted);
    EXPECT_EQ(row.seconds, notes_of(2).seconds);
    EXPECT_EQ(row.champion, GenomeId{2 * population + 3});
    EXPECT_EQ(row.digest, Digest{record.digest});
}

TEST_F(RunLogTest, OneGenerationAndTheLastAreFound) {
    RunLog log = RunLog::create(file());
    EXPECT_FALSE(log.last_generation());
    EXPECT_TRUE(log.generations().empty());
    for (std::uint32_t generation = 0; generation < 3; ++generation) append(log, generation);
    EXPECT_EQ(log.last_generation()->generation, 2U);
    EXPECT_EQ(log.generation(1)->fitness.best, 4.5);
    EXPECT_FALSE(log.generation(3));
}

TEST_F(RunLogTest, SpeciesReadBackByGenerationAndById) {
    write_log(file(), 3);
    const RunLog log(file(), Mode::read);
    const std::vector<SpeciesRecord> species = log.species(1);
    ASSERT_EQ(species.size(), 2U);
    EXPECT_EQ(species[1].id, SpeciesId{7});
    EXPECT_EQ(species[1].age, 1U);
    EXPECT_EQ(species[1].size, 10U);
    EXPECT_EQ(species[0].stagnation, 1U);
    EXPECT_EQ(species[1].offspring, 12U);
    EXPECT_EQ(species[1].best, 1.5);
    EXPECT_EQ(species[1].mean, -0.5);
    EXPECT_EQ(species[1].champion, GenomeId{population + 31});
    const auto history = log.species_history(SpeciesId{7});
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[2].first, 2U);
    EXPECT_EQ(history[2].second.champion, GenomeId{2 * population + 31});
    EXPECT_TRUE(log.species(9).empty());
    EXPECT_TRUE(log.species_history(SpeciesId{1}).empty());
}

TEST_F(RunLogTest, ChampionsReadBack) {
    write_log(file(), 8);
    const RunLog log(file(), Mode::read);
    for (std::uint32_t generation = 0; generation < 8; ++generation) {
        EXPECT_EQ(log.champion_json(generation), genome_to_json(champion_of(generation), 0, {}));
    }
    EXPECT_EQ(log.champion_json(8), std::nullopt);
}

TEST_F(RunLogTest, ChampionIsWrittenOnlyWhereItsGenesChange) {
    write_log(file(), 5);
    {
        RunLog log(file(), Mode::append);
        append(log, 5);
        append(log, 6);
    }
    EXPECT_EQ(text_of(file(), "SELECT GROUP_CONCAT(generation) FROM champion"), "0,3,6");
    EXPECT_EQ(text_of(file(), "SELECT GROUP_CONCAT(genes) FROM champions"), "0,0,0,3,3,3,6");
}

TEST_F(RunLogTest, ChampionKeepsItsNetworkAndTheNamesOfItsFunctions) {
    FunctionSet functions;
    functions.activations.add("wave", [](float x) { return x; });
    const Activation wave = functions.activations.add("ripple", [](float x) { return x; });
    GenerationRecord record = record_of(0);
    record.champion_genome.rows(0).activation[0] = wave;
    record.champion_genome.rows(0).aggregation[0] = Aggregation::product;
    const GenerationNotes notes{.network = {NetworkKind::recurrent, 3}, .functions = &functions};
    RunLog log = RunLog::create(file());
    log.append(record, scores_of(0), notes);
    EXPECT_EQ(log.champion_json(0), genome_to_json(record.champion_genome, 0, notes.network, functions));
}

TEST_F(RunLogTest, RecordWithoutItsChampionIsOurMistake) {
    RunLog log = RunLog::create(file());
    GenerationRecord record = record_of(0);
    record.champion_genome.clear();
    EXPECT_THROW(log.append(record, {}, {}), LogicError);
}

TEST_F(RunLogTest, ChunksArePackedTogetherAsSoonAsThereAreEnough) {
    constexpr std::uint32_t block = most_generations_in_chunk;
    const auto chunks = [&] { return text_of(file(), "SELECT COUNT(*) FROM chunk WHERE \"column\" = 'fitness'"); };
    write_log(file(), block - 1);
    EXPECT_EQ(chunks(), std::to_string(block - 1)) << "what is not packed yet is in the file";
    {
        RunLog log(file(), Mode::append);
        append(log, block - 1);
        EXPECT_EQ(chunks(), "1");
        append(log, block);
        EXPECT_EQ(chunks(), "2");
    }
    const RunLog log(file(), Mode::read);
    for (const std::uint32_t generation : {0U, 1U, block / 2, block - 1, block}) {
        const GenerationRecord record = record_of(generation);
        const std::vector<double> fitness = log.fitness(generation);
        ASSERT_EQ(fitness.size(), population);
        EXPECT_EQ(std::memcmp(fitness.data(), record.genome_fitness.data(), population * sizeof(double)), 0);
        const std::vector<GenomeRow> genomes = log.genomes(generation);
        for (std::size_t i = 0; i < population; ++i) {
            EXPECT_EQ(raw(genomes[i].parent_a), record.parent_a[i]);
            EXPECT_EQ(genomes[i].parent_b, no_genome);
            EXPECT_EQ(genomes[i].operators, record.operators[i]);
            EXPECT_EQ(raw(genomes[i].species), record.genome_species[i]);
        }
    }
    EXPECT_THROW((void)log.fitness(block + 1), Error);
}

TEST_F(RunLogTest, ScoreColumnsKeepTheirOrderWhenPacked) {
    const auto scores = [](std::uint32_t generation) {
        ScoreTable table = scores_of(0);
        table.columns = {{"score.z", std::vector<double>(population, generation)},
                         {"behaviour.a", std::vector<double>(population, -1.0)}};
        return table;
    };
    RunLog log = RunLog::create(file());
    for (std::uint32_t generation = 0; generation <= most_generations_in_chunk; ++generation) {
        log.append(record_of(generation), scores(generation), notes_of(generation));
    }
    const std::vector<ScoreColumn> columns = log.score_columns(5);
    ASSERT_EQ(columns.size(), 2U);
    EXPECT_EQ(columns[0].name, "score.z");
    EXPECT_EQ(columns[0].values, std::vector<double>(population, 5.0));
    EXPECT_EQ(log.score_columns(most_generations_in_chunk).size(), 2U);
}

TEST_F(RunLogTest, ParentOfAnotherGenerationIsOurMistake) {
    RunLog log = RunLog::create(file());
    append(log, 0);
    GenerationRecord record = record_of(1);
    record.parent_b[7] = population;
    EXPECT_THROW(log.append(record, scores_of(1), notes_of(1)), LogicError);
    EXPECT_FALSE(log.generation(1));
}

TEST_F(RunLogTest, EntryThatTheLogWasCreatedWithNeverChanges) {
    RunLog log = RunLog::create(file(), {{"seed", "7"}, {"config", "a: 1"}});
    expect_contains(message_of([&] { log.set("seed", "8"); }), "entry 'seed' of a run never changes");
    log.set("config", "a: 2");
    EXPECT_EQ(log.get("seed"), "7");
    EXPECT_EQ(log.get("config"), "a: 2");
}

TEST_F(RunLogTest, ChainIsTheSameForEqualLogsAndAnotherForOthers) {
    const auto chain_of = [&](const std::string& name, const std::string& seed, std::uint32_t reopen_at) {
        auto log = std::make_unique<RunLog>(RunLog::create(file(name), {{"seed", seed}}));
        for (std::uint32_t generation = 0; generation < 5; ++generation) {
            if (generation == reopen_at) {
                log.reset();
                log = std::make_unique<RunLog>(file(name), Mode::append);
            }
            append(*log, generation);
        }
        return log->chain();
    };
    EXPECT_EQ(chain_of("a", "7", 9), chain_of("b", "7", 2));
    EXPECT_NE(chain_of("c", "7", 9), chain_of("d", "8", 9));
}

TEST_F(RunLogTest, GenomesReadBackWithTheirParentsAndOperators) {
    write_log(file(), 3);
    const std::vector<GenomeRow> genomes = RunLog(file(), Mode::read).genomes(2);
    const GenerationRecord record = record_of(2);
    ASSERT_EQ(genomes.size(), population);
    for (std::size_t i = 0; i < population; ++i) {
        EXPECT_EQ(genomes[i].id, GenomeId{2 * population + i});
        EXPECT_EQ(genomes[i].generation, 2U);
        EXPECT_EQ(genomes[i].index, i);
        EXPECT_EQ(std::bit_cast<std::uint64_t>(genomes[i].fitness),
                  std::bit_cast<std::uint64_t>(record.genome_fitness[i]));
        EXPECT_EQ(raw(genomes[i].species), record.genome_species[i]);
        EXPECT_EQ(raw(genomes[i].parent_a), record.parent_a[i]);
        EXPECT_EQ(genomes[i].parent_b, no_genome);
        EXPECT_EQ(genomes[i].operators, record.operators[i]);
    }
}

TEST_F(RunLogTest, FitnessThatIsNoNumberReadsBackAsItWas) {
    GenerationRecord record = record_of(0);
    record.fitness = {nan, infinity, -infinity, nan, 0.0};
    record.species[0].best = nan;
    record.genome_fitness = {nan, -nan, std::bit_cast<double>(0x7ff8000000abcdefU), infinity, -infinity, -0.0, 5e-324};
    record.genome_species.assign(7, 2);
    record.parent_a.assign(7, raw(no_genome));
    record.parent_b = record.parent_a;
    record.operators.assign(7, 0);
    RunLog log = RunLog::create(file());
    log.append(record, {}, {});
    const FitnessSummary fitness = log.generation(0)->fitness;
    EXPECT_TRUE(std::isnan(fitness.best));
    EXPECT_EQ(fitness.mean, infinity);
    EXPECT_EQ(fitness.median, -infinity);
    EXPECT_TRUE(std::isnan(fitness.deviation));
    EXPECT_TRUE(std::isnan(log.species(0)[0].best));
    const std::vector<double> genomes = log.fitness(0);
    ASSERT_EQ(genomes.size(), record.genome_fitness.size());
    EXPECT_EQ(std::memcmp(genomes.data(), record.genome_fitness.data(), genomes.size() * sizeof(double)), 0);
}

TEST_F(RunLogTest, LargeGenerationsReadBack) {
    GenerationRecord record;
    record.champion_genome = champion_of(0);
    constexpr std::size_t large = 300000;  // several blocks of a frame, some of them all zero
    record.genome_fitness.assign(large, 0.0);
    record.genome_species.assign(large, 0);
    record.parent_a.assign(large, raw(no_genome));
    record.parent_b.assign(large, raw(no_genome));
    record.operators.assign(large, 0);
    RunLog log = RunLog::create(file());
    log.append(record, {}, {});
    EXPECT_EQ(log.fitness(0), record.genome_fitness);
    EXPECT_EQ(log.genomes(0).back().parent_a, no_genome);
}

TEST_F(RunLogTest, GenerationThatIsNotThereHasNoGenomes) {
    write_log(file(), 1);
    const RunLog log(file(), Mode::read);
    expect_contains(message_of([&] { (void)log.fitness(1); }), "there is no generation 1");
    expect_contains(message_of([&] { (void)log.genomes(7); }), "there is no generation 7");
}

// ---- appending ----

TEST_F(RunLogTest, EvaluationsGoOnCountingAfterReopening) {
    write_log(file(), 3);
    RunLog log(file(), Mode::append);
    append(log, 3);
    EXPECT_EQ(log.last_generation()->evaluations_total, 4 * population - 6);
    expect_contiguous(log);
}

TEST_F(RunLogTest, GenerationOutOfTurnIsRefusedAndChangesNothing) {
    RunLog log = RunLog::create(file());
    expect_contains(message_of([&] { append(log, 1); }), "generation 0 is due");
    append(log, 0);
    const std::string message = message_of([&] { append(log, 0); });
    expect_contains(message, file().string());
    expect_contains(message, "generation 1 is due; is another program writing to this run?");
    append(log, 1);
    expect_contiguous(log);
}

TEST_F(RunLogTest, FailedAppendLeavesNothingBehind) {
    RunLog log = RunLog::create(file());
    append(log, 0);
    GenerationRecord twice = record_of(1);
    twice.species[1].id = twice.species[0].id;
    EXPECT_THROW(log.append(twice, scores_of(1), notes_of(1)), Error);
    EXPECT_FALSE(log.generation(1));
    EXPECT_TRUE(log.species(1).empty());
    append(log, 1);
    EXPECT_EQ(log.species(1).size(), 2U);
}

TEST_F(RunLogTest, RecordWhoseColumnsDifferInLengthIsOurMistake) {
    RunLog log = RunLog::create(file());
    GenerationRecord record = record_of(0);
    record.operators.pop_back();
    EXPECT_THROW(log.append(record, {}, {}), LogicError);
    EXPECT_FALSE(log.last_generation());
}

TEST_F(RunLogTest, LogOpenedToBeReadIsNotWrittenTo) {
    write_log(file(), 1);
    RunLog log(file(), Mode::read);
    EXPECT_THROW(log.set("a", "b"), LogicError);
    EXPECT_THROW(append(log, 1), LogicError);
}

TEST_F(RunLogTest, ClosedLogIsOneFile) {
    write_log(file(), 2);
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder_)) ++count;
    EXPECT_EQ(count, 1U);
    read_everything(file());
    EXPECT_FALSE(fs::exists(file("run.sqlite-wal")));
}

TEST_F(RunLogTest, ViewsServeTheSqlitePrompt) {
    {
        RunLog log = RunLog::create(file());
        log.set("direction", "minimise");
        for (std::uint32_t generation = 0; generation < 3; ++generation) append(log, generation);
    }
    EXPECT_EQ(text_of(file(), "SELECT best FROM fitness_over_generations WHERE generation = 1"), "4.5");
    EXPECT_EQ(text_of(file(), "SELECT threshold FROM complexity_over_generations WHERE generation = 0"), "3.0");
    EXPECT_EQ(text_of(file(), "SELECT last_generation || ' ' || best FROM species_lifetimes WHERE id = 2"), "2 3.5");
    EXPECT_EQ(text_of(file(), "SELECT id || ' ' || fitness FROM champions WHERE generation = 1"), "43 4.5");
    EXPECT_EQ(text_of(file(), "SELECT stage || ' ' || seconds FROM seconds_by_stage LIMIT 1"), "evaluate 0.75");
    EXPECT_EQ(text_of(file(), "SELECT ROUND(seconds, 3) FROM seconds_over_generations LIMIT 1"), "0.375");
    EXPECT_EQ(text_of(file(), "SELECT seconds FROM stage WHERE generation = 2 AND stage = 'inherit'"), "1.0e-06");
    EXPECT_EQ(text_of(file(), "SELECT COUNT(*) FROM stage"), "9") << "no row for a stage that there was not";
    EXPECT_EQ(text_of(file(), "SELECT digest FROM digest_over_generations LIMIT 1"), "fedcba9876543210");
    EXPECT_EQ(text_of(file(), "SELECT genomes FROM bytes_by_column WHERE \"column\" = 'species'"), "120");
}

TEST_F(RunLogTest, FileSystemWithoutSharedMemoryGetsARollbackJournal) {
    sqlite3_vfs* usual = sqlite3_vfs_find(nullptr);
    sqlite3_vfs_register(sqlite3_vfs_find("unix-dotfile"), 1);
    write_log(file(), 2);
    {
        RunLog log(file(), Mode::append);
        append(log, 2);
        EXPECT_TRUE(!fs::exists(file("run.sqlite-wal")));
        expect_contiguous(log);
    }
    sqlite3_vfs_register(usual, 1);
    EXPECT_EQ(RunLog(file(), Mode::read).generations().size(), 3U);
}

}  // namespace
}  // namespace clade
