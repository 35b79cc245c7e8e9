// Which columns a network needs, told by shuffling them.
#include <clade/evaluation/tasks/data/permutation_importance.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace clade {
namespace {

/// A target that is the second column, beside a column of categories that says nothing. 40 rows, half for validation.
DataTable table_of_the_second_column() {
    DataTable table;
    table.inputs = {{.name = "noise", .kind = ColumnKind::category, .categories = {"a", "b", "c"}}, {.name = "x"}};
    table.targets = {{.name = "y"}};
    for (int row = 0; row < 40; ++row) {
        table.inputs[0].values.push_back(row % 3);
        table.inputs[1].values.push_back(row * 7 % 40);
        table.targets[0].values.push_back(row * 7 % 40);
    }
    return table;
}

DataTask task_of(DataFitness fitness, double validation_fraction = 0.5) {
    return {"rows",
            table_of_the_second_column(),
            {.validation_fraction = validation_fraction,
             .standardise = false,
             .target_scale = TargetScale::none,
             .fitness = fitness},
            1};
}

/// Says x: three inputs of the category, then x.
Network saying_x() {
    GenomeStore store({4, 1, false});
    const GenomeSize size{1, 1};
    store.place({&size, 1});
    set_node(store.rows(0), 0, {NodeId{4}, 0.0F, 1.0F, Activation::identity, Aggregation::sum});
    set_connection(store.rows(0), 0, {Innovation{1}, NodeId{3}, NodeId{4}, 1.0F, std::uint8_t{1}});
    return make_network({store, NetworkKind::feed_forward});
}

TEST(PermutationImportance, IsGreatForTheColumnThatTheNetworkNeedsAndZeroForOthers) {
    for (const DataFitness fitness : {DataFitness::r2, DataFitness::mean_squared_error}) {
        const DataTask task = task_of(fitness);
        Network network = saying_x();
        const PermutationImportance result = permutation_importance(task, network, 10, 3);
        ASSERT_EQ(result.columns.size(), 2U) << "a column of the data, not an input of the network";
        EXPECT_EQ(result.fitness, fitness == DataFitness::r2 ? 1.0 : 0.0);
        EXPECT_EQ(result.columns[0].column, "noise");
        EXPECT_EQ(result.columns[0].mean, 0.0);
        EXPECT_EQ(result.columns[0].deviation, 0.0);
        EXPECT_GT(result.columns[1].mean, 1.0) << "positive in either direction of the fitness";
        EXPECT_GT(result.columns[1].deviation, 0.0);
    }
}

TEST(PermutationImportance, DependsOnTheSeedAlone) {
    const DataTask task = task_of(DataFitness::r2);
    Network network = saying_x();
    const double mean = permutation_importance(task, network, 5, 3).columns[1].mean;
    EXPECT_EQ(permutation_importance(task, network, 5, 3).columns[1].mean, mean);
    EXPECT_NE(permutation_importance(task, network, 5, 4).columns[1].mean, mean);
}

TEST(PermutationImportance, NeedsValidationRows) {
    const DataTask task = task_of(DataFitness::r2, 0.0);
    Network network = saying_x();
    EXPECT_THROW((void)permutation_importance(task, network, 5, 3), Error);
}

}  // namespace
}  // namespace clade
