#include <clade/core/genome/genome_io.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace clade {
namespace {

std::string small_json() { return genome_to_json(small_genome(), 0, NetworkKind::feed_forward); }

std::string replaced(std::string text, const std::string& old, const std::string& with) {
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), with);
}

std::string error_of(const std::string& text) {
    try {
        (void)genome_from_json(text);
    } catch (const FormatError& error) {
        return error.what();
    }
    return "";
}

TEST(GenomeIo, ReadsBackTheSameBits) {
    const GenomeStore population = evolved_population(1, 12);
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        const SavedGenome back = genome_from_json(genome_to_json(population, genome, NetworkKind::recurrent));
        GenomeStore alone(population.shape());
        alone.append(population[genome]);
        ASSERT_EQ(back.store.digest(), alone.digest());
        ASSERT_EQ(back.network, NetworkKind::recurrent);
    }
}

TEST(GenomeIo, ReadsWhatTheFirstVersionWrote) {
    const std::string first = replaced(replaced(small_json(), "\"clade_genome\": 2", "\"clade_genome\": 1"),
                                       "\"activation\"", "\"time_constant\": 3.0, \"activation\"");
    EXPECT_EQ(genome_from_json(first).store.digest(), small_genome().digest());
}

TEST(GenomeIo, KeepsTheStepsOfANetwork) {
    const std::string text = genome_to_json(small_genome(), 0, {NetworkKind::recurrent, 4});
    EXPECT_EQ(genome_from_json(text).network, (NetworkParams{NetworkKind::recurrent, 4}));
    for (const char* const steps : {"0", "1001"}) {
        EXPECT_EQ(error_of(replaced(text, "\"network_steps\": 4", std::string("\"network_steps\": ") + steps)),
                  std::string("genome: network_steps: must be between 1 and 1000, got ") + steps);
    }
}

TEST(GenomeIo, KeepsExtremeNumbers) {
    using Limits = std::numeric_limits<float>;
    const GenomeStore store = store_of({2, 1, true}, {node(3, Limits::max())},
                                       {connection(0, 0, 3, -0.0F), connection(1, 1, 3, Limits::denorm_min()),
                                        connection(4294967200U, 2, 3, std::nextafter(1.0F, 2.0F), false)});
    const SavedGenome back = genome_from_json(genome_to_json(store, 0, NetworkKind::feed_forward));
    EXPECT_EQ(back.store.digest(), store.digest());
    EXPECT_TRUE(std::signbit(back.store[0].weight[0]));
}

TEST(GenomeIo, WritesFunctionsByName) {
    FunctionSet functions;
    const Activation half = functions.activations.add("half", [](float x) { return x / 2.0F; });
    GenomeStore store = small_genome();
    store.rows(0).activation[1] = half;
    const std::string text = genome_to_json(store, 0, NetworkKind::feed_forward, functions);
    EXPECT_NE(text.find("\"half\""), std::string::npos);
    EXPECT_EQ(genome_from_json(text, functions).store.digest(), store.digest());
    EXPECT_EQ(error_of(text), "genome: nodes[1]: unknown function 'half'");
}

TEST(GenomeIo, NamesTheRuleThatAGenomeBreaks) {
    EXPECT_EQ(error_of(replaced(small_json(), "\"target\": 2", "\"target\": 9")),
              "genome: genome 0: connection 0 leads to missing node 9 (I4)");
    EXPECT_EQ(error_of(replaced(small_json(), "\"weight\": 1.5", "\"weight\": 1e200")),
              "genome: genome 0: connection 0 has a weight that is not finite (I6)");
    EXPECT_EQ(error_of(replaced(small_json(), "\"clade_genome\": 2", "\"clade_genome\": 3")),
              "genome: format version must be at most 2, got 3");
    EXPECT_EQ(error_of(replaced(small_json(), "\"feed_forward\"", "\"sideways\"")),
              "genome: network must be 'feed_forward' or 'recurrent', got 'sideways'");
}

TEST(GenomeIo, RefusesKeysThatItDoesNotKnow) {
    const std::string end = "; a newer version of Clade may have written it: read it with that version";
    EXPECT_EQ(error_of(replaced(small_json(), "\"inputs\"", "\"delay\": 1, \"inputs\"")),
              "genome: unknown key 'delay'" + end);
    const std::size_t last_bias = small_json().rfind("\"bias\":");
    EXPECT_EQ(error_of(small_json().insert(last_bias, "\"gain\": 2.0, ")),
              "genome: nodes[1]: unknown key 'gain'" + end);
    EXPECT_EQ(error_of(replaced(small_json(), "\"source\"", "\"delay\": 1, \"source\"")),
              "genome: connections[0]: unknown key 'delay'" + end);
    EXPECT_EQ(error_of(replaced(small_json(), "\"activation\"", "\"time_constant\": 3.0, \"activation\"")),
              "genome: nodes[0]: unknown key 'time_constant'" + end);
}

TEST(GenomeIo, RefusesNumbersThatDoNotFit) {
    for (const char* const number : {"-1", "4294967296", "1.5", "\"2\"", "null", "1e3"}) {
        const auto error = [&](const std::string& key, const std::string& value) {
            return error_of(replaced(small_json(), key + value, key + number));
        };
        const std::string got = std::string(", got ") + (std::string(number) == "1e3" ? "1000.0" : number);
        EXPECT_EQ(error("\"inputs\": ", "2"), "genome: inputs must be a whole number of at most 4294967295" + got);
        EXPECT_EQ(error("\"network_steps\": ", "1"),
                  "genome: network_steps must be a whole number of at most 2147483647" + got);
        EXPECT_EQ(error("\"clade_genome\": ", "2"),
                  "genome: clade_genome must be a whole number of at most 2147483647" + got);
    }
    EXPECT_NE(error_of(replaced(small_json(), "\"outputs\": 1", "\"outputs\": 4294967295")), "");
    EXPECT_NE(error_of(replaced(small_json(), "\"outputs\": 1", "\"outputs\": 2000000000")), "");
    EXPECT_NE(error_of(replaced(small_json(), "\"id\": 3", "\"id\": 4294967299")), "");
}

TEST(GenomeIo, RefusesWhatIsNoGenome) {
    for (const char* const text :
         {"", "{", "[]", "null", "3", "{}", "{\"clade_genome\": 1}", "{\"clade_genome\": \"1\"}"}) {
        EXPECT_THROW((void)genome_from_json(text), FormatError) << text;
    }
    EXPECT_NE(error_of(replaced(small_json(), "\"nodes\": [", "\"nodes\": 3, \"other\": [")), "");
    EXPECT_NE(error_of(replaced(small_json(), "\"enabled\": false", "\"enabled\": 2")), "");
    EXPECT_NE(error_of(replaced(small_json(), "\"bias\": 0.5", "\"bias\": \"much\"")), "");
    EXPECT_NE(error_of(replaced(small_json(), "\"source\": 0", "\"origin\": 0")), "");
}

TEST(GenomeIo, NamesThePlaceOfAWrongValue) {
    EXPECT_EQ(error_of(replaced(small_json(), "\"weight\": 1.5", "\"weight\": true")),
              "genome: connections[0]: weight must be a number, got true");
    EXPECT_EQ(error_of(replaced(small_json(), "\"enabled\": false", "\"enabled\": 2")).substr(0, 20),
              "genome: connections[");
    EXPECT_EQ(error_of("[]"), "genome: must be an object, got []");
    const std::string forged = error_of(replaced(small_json(), "\"feed_forward\"", "\"x\\nerror: forged\""));
    EXPECT_EQ(forged.find('\n'), std::string::npos) << forged;
}

TEST(GenomeIo, NamesTheBrokenRulesOnOneLine) {
    GenomeStore store = small_genome();
    store.rows(0).innovation[3] = Innovation{1};
    store.rows(0).target[2] = NodeId{99};
    std::string expected;
    for (const std::string& broken : store.violations()) expected += (expected.empty() ? "genome: " : "; ") + broken;
    EXPECT_EQ(std::count(expected.begin(), expected.end(), ';'), 1);
    EXPECT_EQ(error_of(genome_to_json(store, 0, NetworkKind::feed_forward)), expected);
    for (std::uint32_t row = 0; row < 4; ++row) {
        store.rows(0).target[row] = NodeId{99 + row};
        store.rows(0).innovation[row] = Innovation{0};
    }
    ASSERT_GT(store.violations().size(), 5U);
    const std::string many = error_of(genome_to_json(store, 0, NetworkKind::feed_forward));
    EXPECT_TRUE(many.ends_with("; and " + std::to_string(store.violations().size() - 5) + " more")) << many;
}

TEST(GenomeIo, EveryTruncationIsAFormatError) {
    const std::string text = small_json();
    for (std::size_t size = 0; size + 1 < text.size(); ++size) {
        EXPECT_THROW((void)genome_from_json(text.substr(0, size)), FormatError) << size;
    }
}

}  // namespace
}  // namespace clade
