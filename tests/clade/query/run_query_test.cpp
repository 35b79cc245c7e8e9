#include "clade/query/run_query.hpp"

#include "clade/history/operator_success.hpp"
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <clade/experiment/log/sqlite_internal.hpp>

#include <clade/evolution/breed/child_plan.hpp>

#include <fstream>
#include <iterator>
#include <optional>

namespace clade {
namespace {

using query::Value;
using Rows = std::vector<std::vector<Value>>;

class RunQuery : public RunTest {
protected:
    void SetUp() override {
        RunTest::SetUp();
        const ExperimentConfig config =
            loaded(CLADE_SOURCE_DIR "/configs/xor.yaml",
                   {"seed=7", "stop.generations=20", "stop.solved_fitness=1000", "evolution.population_size=50",
                    "evolution.mutation.delete_connection_probability=0"});
        run_.emplace(open_run(run(config), vocabulary_));
    }

    [[nodiscard]] Rows rows(const std::string& sql) const {
        Rows all;
        query::run_query(*run_, vocabulary_, sql,
                         {[](const auto&) {},
                          [&](const auto& row) {
                              all.push_back(row);
                              return true;
                          }});
        return all;
    }
    [[nodiscard]] std::int64_t number(const std::string& sql) const {
        return std::get<std::int64_t>(rows(sql).at(0).at(0));
    }
    [[nodiscard]] std::string refused(const std::string& sql) const {
        return message_of<InputError>([&] { (void)rows(sql); });
    }
    [[nodiscard]] std::string log_bytes() const {
        std::ifstream in(run_->folder.log(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    std::optional<OpenedRun> run_;
};

TEST_F(RunQuery, TheTableHasEveryGenomeOfTheLog) {
    const Rows all = rows("SELECT generation, position, id, fitness, species, parent_a, parent_b FROM genome");
    ASSERT_EQ(all.size(), 20U * 50U);
    std::size_t next = 0;
    for (std::uint32_t generation = 0; generation < 20; ++generation) {
        for (const GenomeRow& row : run_->log.genomes(generation)) {
            const auto id = [](GenomeId one) {
                return one == no_genome ? Value(nullptr) : Value(static_cast<std::int64_t>(raw(one)));
            };
            const auto& found = all[next++];
            EXPECT_EQ(std::get<std::int64_t>(found[0]), generation);
            EXPECT_EQ(std::get<std::int64_t>(found[1]), static_cast<std::int64_t>(row.index));
            EXPECT_EQ(std::get<std::int64_t>(found[2]), static_cast<std::int64_t>(raw(row.id)));
            EXPECT_EQ(std::get<double>(found[3]), row.fitness);
            EXPECT_EQ(std::get<std::int64_t>(found[4]), raw(row.species));
            EXPECT_EQ(found[5].index(), id(row.parent_a).index());
            EXPECT_EQ(found[6].index(), id(row.parent_b).index());
        }
    }
}

TEST_F(RunQuery, ConditionsGiveTheRowsThatHoldThem) {
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE id = 123"), 1);
    EXPECT_EQ(number("SELECT generation FROM genome WHERE id = 123"), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE id = 123 AND generation = 3"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE generation = 7"), 50);
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE generation > 7 AND generation <= 9"), 100);
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE generation >= 18"), 100);
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE generation IN (1, 3, 99)"), 100);
    for (const char* nothing :
         {"id = 1000", "id = -1", "generation = 20", "generation = -1", "generation = NULL", "id = NULL",
          "generation > 5 AND generation < 5", "id = 1.5", "generation = 'x'", "id = 9223372036854775807"}) {
        EXPECT_EQ(number(std::string("SELECT COUNT(*) FROM genome WHERE ") + nothing), 0) << nothing;
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE generation < 1.5"), 100);
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome WHERE generation = '7'"), 50);
    EXPECT_EQ(number("SELECT id FROM genome ORDER BY id DESC LIMIT 1"), 999);
    EXPECT_EQ(number("SELECT id FROM genome WHERE generation > 3 ORDER BY generation LIMIT 1"), 200);
}

TEST_F(RunQuery, GenesAreCountedInTheRebuiltGenomes) {
    for (const std::uint32_t generation : {0U, 19U, 5U}) {
        const auto engine = rebuild(*run_, vocabulary_, generation);
        const GenomeStore& store = engine->evolver->population();
        const Rows all =
            rows("SELECT nodes, connections, enabled FROM genome WHERE generation = " + std::to_string(generation));
        ASSERT_EQ(all.size(), store.size());
        for (std::size_t i = 0; i < store.size(); ++i) {
            EXPECT_EQ(std::get<std::int64_t>(all[i][0]), store.size_of(i).nodes);
            EXPECT_EQ(std::get<std::int64_t>(all[i][1]), store.size_of(i).connections);
            EXPECT_EQ(std::get<std::int64_t>(all[i][2]), std::ranges::count(store[i].enabled, std::uint8_t{1}));
        }
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM genome c JOIN genome p ON p.id = c.parent_a WHERE c.nodes < p.nodes"), 0)
        << "nothing deletes nodes here";
}

TEST_F(RunQuery, OperatorsAgreeWithARecountInSql) {
    for (const history::OperatorCount& count : history::operator_success(run_->log, FitnessDirection::maximise)) {
        if (count.name == "none") continue;
        const std::string has = "('+' || c.operators || '+') LIKE '%+" + count.name + "+%'";
        EXPECT_EQ(number("SELECT COUNT(*) FROM genome c WHERE " + has), static_cast<std::int64_t>(count.genomes));
        EXPECT_EQ(number("SELECT COUNT(*) FROM genome c JOIN genome p ON p.id = c.parent_a WHERE c.fitness > p.fitness "
                         "AND " +
                         has),
                  static_cast<std::int64_t>(count.improved));
    }
}

TEST_F(RunQuery, JoinsWithTheTablesOfTheLog) {
    EXPECT_EQ(number("SELECT COUNT(*) FROM generation g JOIN genome e ON e.id = g.champion WHERE e.fitness = g.best"),
              20);
    EXPECT_EQ(
        number("SELECT COUNT(*) FROM species s WHERE s.size <> (SELECT COUNT(*) FROM genome e WHERE e.generation = "
               "s.generation AND e.species = s.id)"),
        0);
}

TEST_F(RunQuery, CanOnlyRead) {
    const std::string before = log_bytes();
    for (const char* sql :
         {"DELETE FROM species", "INSERT INTO run VALUES ('a', 'b', 0, 0)", "UPDATE generation SET best = 1",
          "DROP TABLE chunk", "CREATE TABLE t(a)", "CREATE TEMP TABLE t(a)", "ATTACH '/tmp/clade-query-test.db' AS x",
          "PRAGMA journal_mode = DELETE", "PRAGMA user_version", "VACUUM INTO '/tmp/clade-query-test.db'", "BEGIN",
          "DELETE FROM genome", "INSERT INTO genome(id) VALUES (1)", "SELECT load_extension('x')", "REINDEX", "ANALYZE",
          "EXPLAIN DELETE FROM species"}) {
        EXPECT_NE(refused(sql), "nothing") << sql;
    }
    EXPECT_EQ(log_bytes(), before);
    EXPECT_FALSE(std::filesystem::exists("/tmp/clade-query-test.db"));
}

TEST_F(RunQuery, WrongSqlIsTold) {
    EXPECT_EQ(refused("SELECT fitnes FROM genome"), "--query: no such column: fitnes");
    EXPECT_EQ(refused("SELECT 1; SELECT 2"), "--query: must be one statement, got more");
    EXPECT_EQ(refused("  -- nothing"), "--query: there is no statement");
    EXPECT_NE(refused("SELEC 1").find("syntax error"), std::string::npos);
    EXPECT_EQ(rows("SELECT 1;  -- with an end").size(), 1U);
}

TEST_F(RunQuery, EndsWhenTheReaderHasEnough) {
    int seen = 0;
    query::run_query(*run_, vocabulary_,
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
                     {[](const auto&) {}, [&](const auto&) { return ++seen < 10; }});
    EXPECT_EQ(seen, 10);
}

TEST_F(RunQuery, ADamagedChunkIsAnErrorWithItsPlace) {
    SqliteDatabase(run_->folder.log(), SqliteDatabase::Access::write)
        .execute("UPDATE chunk SET data = zeroblob(20) WHERE \"column\" = 'fitness'");
    EXPECT_NE(refused("SELECT MAX(fitness) FROM genome").find("column 'fitness'"), std::string::npos);
}

}  // namespace
}  // namespace clade
