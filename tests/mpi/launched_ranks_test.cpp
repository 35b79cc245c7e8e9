#include "mpi/launched_ranks.hpp"

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <map>

namespace clade {
namespace {

std::optional<LaunchedRanks> launched_by(const std::map<std::string, std::string>& variables) {
    return launched_ranks([&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    });
}

}  // namespace

TEST(LaunchedRanks, OfAProcessWithoutALauncherThereAreNone) {
    EXPECT_FALSE(launched_by({}));
    EXPECT_FALSE(launched_by({{"OMPI_COMM_WORLD_RANK", "first"}}));
}

TEST(LaunchedRanks, AreFoundForEveryLauncher) {
    const auto open_mpi = launched_by({{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "4"}});
    ASSERT_TRUE(open_mpi);
    EXPECT_EQ(open_mpi->rank, 1U);
    EXPECT_EQ(open_mpi->size, 4U);
    EXPECT_EQ(launched_by({{"PMI_RANK", "0"}, {"PMI_SIZE", "2"}})->size, 2U);
    EXPECT_FALSE(launched_by({{"PMIX_RANK", "3"}})->size);
}

TEST(LaunchedRanks, SeveralThatMpiDoesNotKnowOfAreRefused) {
    const LaunchedRanks two{"Open MPI", 0, 2};
    EXPECT_NO_THROW(require_one_world(two, 2, "Open MPI"));
    EXPECT_NO_THROW(require_one_world({"Open MPI", 0, 1}, 1, "MPICH"));
    EXPECT_NO_THROW(require_one_world({"PMIx", 0, std::nullopt}, 1, "MPICH"));
    EXPECT_THROW(require_one_world({"PMIx", 1, std::nullopt}, 1, "MPICH"), Error);
    try {
        require_one_world(two, 1, "MPICH Version: 4.0.2");
        FAIL() << "two worlds of one rank were accepted";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find("Open MPI"), std::string::npos);
        EXPECT_NE(text.find("MPICH Version: 4.0.2"), std::string::npos);
    }
}

}  // namespace clade
