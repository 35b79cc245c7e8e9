#include <clade/core/genome/gene_columns.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace clade {
namespace {

TEST(GeneColumns, ListEveryColumnOnceByAName) {
    // What a gene's members take shows how many there are: a column that the list forgets is not counted here.
    const auto& [id, bias, response, activation, aggregation] = NodeGene{};
    const auto& [innovation, source, target, weight, enabled] = ConnectionGene{};
    std::multiset<std::string> names;
    std::set<const void*> members;
    const NodeGene node;
    const ConnectionGene connection;
    const auto note = [&](const GeneColumn& column, const auto& member) {
        names.emplace(column.name);
        members.insert(&member);
    };
    visit_node_columns(note, node);
    visit_connection_columns(note, connection);
    EXPECT_EQ(names, (std::multiset<std::string>{"id", "bias", "response", "activation", "aggregation", "innovation",
                                                 "source", "target", "weight", "enabled"}));
    EXPECT_EQ(members.size(), names.size()) << "two lines name the same member";
    (void)std::tie(id, bias, response, activation, aggregation, innovation, source, target, weight, enabled);
}

TEST(GeneColumns, AllNumbersAreBornAndMutateForPurposesOfTheirOwn) {
    std::multiset<Purpose> purposes;
    const auto note = [&](const NumberColumn& column, float) {
        purposes.insert(column.birth);
        purposes.insert(column.mutation);
    };
    visit_node_numbers(note, NodeGene{});
    visit_connection_numbers(note, ConnectionGene{});
    for (const Purpose purpose : purposes) EXPECT_EQ(purposes.count(purpose), 1U);
    EXPECT_EQ(purposes.count(Purpose{}), 0U);
}

TEST(GeneColumns, AGeneReadFromAViewAndWrittenToAnotherIsTheSame) {
    const GenomeStore from = evolved_population(3, 10);
    GenomeStore to(from.shape());
    std::vector<GenomeSize> sizes;
    for (std::size_t genome = 0; genome < from.size(); ++genome) sizes.push_back(from.size_of(genome));
    to.place(sizes);
    for (std::size_t genome = 0; genome < from.size(); ++genome) {
        const GenomeView view = from[genome];
        for (std::size_t row = 0; row < view.node_count(); ++row) set_node(to.rows(genome), row, view.node(row));
        for (std::size_t row = 0; row < view.connection_count(); ++row) {
            set_connection(to.rows(genome), row, view.connection(row));
        }
    }
    EXPECT_EQ(to.digest(), from.digest());
}

}  // namespace
}  // namespace clade
