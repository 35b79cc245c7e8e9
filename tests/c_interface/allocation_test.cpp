// Networks of the C interface allocate nothing once they are created. A program of its own, as it counts what every malloc
// of the program asks for.
#include "tests/c_interface/c_interface_fixture.hpp"
#include "tests/evaluation/model/model_fixture.hpp"

#include <clade/evaluation/tasks/control/cart_pole.hpp>

#include <clade_model.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// NOLINTBEGIN: the names are those of glibc
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* memory, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);

void* malloc(std::size_t bytes) {
    ++allocations;
    return __libc_malloc(bytes);
}
void* calloc(std::size_t count, std::size_t bytes) {
    ++allocations;
    return __libc_calloc(count, bytes);
}
void* realloc(void* memory, std::size_t bytes) {
    ++allocations;
    return __libc_realloc(memory, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
    ++allocations;
    return __libc_memalign(alignment, bytes);
}
}
// NOLINTEND

namespace clade {
namespace {

using testing::NetworkHandle;

class CAllocations : public FolderTest {};

/// Calls each function of a network several times; the allocations of all.
std::size_t allocations_of_calls(const clade_model* model) {
    const NetworkHandle run(model, 100);
    const NetworkHandle other(model, 100);
    const std::size_t inputs = clade_model_count(model, CLADE_INPUTS);
    const std::size_t outputs = clade_model_count(model, CLADE_OUTPUTS);
    const std::size_t actions = clade_model_count(model, CLADE_ACTIONS);
    const std::vector<float> observations(inputs * 100, 0.25F);
    std::vector<float> results(outputs * 100);
    const std::vector<double> row(clade_model_count(model, CLADE_COLUMNS), 1.0);
    std::vector<double> said(outputs);
    std::uint32_t label = 0;
    int failed = 0;
    const std::size_t before = allocations;
    for (const std::size_t rows : {std::size_t{100}, std::size_t{7}, std::size_t{100}}) {
        failed += clade_network_activate(run.get(), observations.data(), inputs, results.data(), outputs);
        failed += clade_network_activate_batch(run.get(), observations.data(), results.data(), rows);
        failed += clade_network_copy_state(other.get(), run.get());
        failed += clade_network_reset(run.get());
        if (actions != 0) failed += clade_network_act(run.get(), observations.data(), inputs, results.data(), actions);
        if (row.empty()) continue;
        failed += clade_network_predict(run.get(), row.data(), row.size(), said.data(), outputs, &label, 1);
    }
    const std::size_t counted = allocations - before;
    EXPECT_EQ(failed, 0) << clade_error_text();
    return counted;
}

TEST_F(CAllocations, AreNoneOnceANetworkIsCreated) {
    testing::write_lines(folder_ / "all.csv", testing::header_of_every_kind, testing::rows_of_every_kind(60));
    const SupervisedTask data(testing::params_of_every_kind(folder_ / "all.csv"), {.seed = 1});
    const CartPoleTask control(CartPoleTask::Params{}, TaskContext{});
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        for (const Task* task : {static_cast<const Task*>(&data), static_cast<const Task*>(&control)}) {
            Model model = testing::model_of(*task, NetworkParams(kind));
            for (Aggregation& aggregation : model.genome.store.all_attribute_rows().aggregation) {
                aggregation = Aggregation::median;  // not one that the kernels compute
            }
            const std::string text = model_to_json(model);
            clade_model* handle = nullptr;
            const std::size_t before = allocations;
            EXPECT_EQ(clade_model_parse(text.data(), text.size(), &handle), CLADE_OK);
            EXPECT_GT(allocations, before) << "the counter does not see the library";
            EXPECT_EQ(allocations_of_calls(handle), 0U) << name_of(kind);
            clade_model_destroy(handle);
        }
    }
}

}  // namespace
}  // namespace clade
