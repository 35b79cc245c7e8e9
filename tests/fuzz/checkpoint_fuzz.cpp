// The digests of a checkpoint refuse almost every damaged one, so what follows the header is also tried as a state.
#include "tests/fuzz/fuzz_targets.hpp"
#include "tests/fuzz/input_file.hpp"

#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/evolution/evolver.hpp>
#include <clade/experiment/run/checkpoint.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <algorithm>
#include <cstddef>
#include <span>

namespace clade::fuzz {
namespace {

constexpr std::size_t header_size = 48;

EvolverSetup xor_setup() {
    EvolverSetup setup{.input_count = 2, .output_count = 1, .seed = 1, .parallel = Parallel(1)};
    setup.evolution.population_size = 12;
    return setup;
}

std::vector<std::byte> state_of(const Evolver& evolver) {
    ByteWriter out;
    evolver.write(out);
    return {out.bytes().begin(), out.bytes().end()};
}

/// False if a genome cannot be scored, as it has a cycle.
bool breed_on(Evolver& evolver, int generations) {
    static const auto task = builtin_tasks().at("xor").blueprint()->make({1, ""});
    ThreadScorer scorer(*task, {.parallel = Parallel(1)});
    ScoreTable scores;
    for (int generation = 0; generation < generations; ++generation) {
        try {
            scorer.score(evolver.ask(), scores);
        } catch (const Error&) {
            return false;
        }
        evolver.tell(scores);
        require(evolver.population().violations().empty(), "genomes bred from an accepted state must be sound");
    }
    return true;
}

void require_reads_back(const std::vector<std::byte>& state) {
    ByteReader in(state);
    Evolver again(xor_setup());
    again.read(in);
    require(in.remaining() == 0, "a written state must be read to its end");
    require(state_of(again) == state, "a written state must read back as it was");
}

bool read_state(std::span<const std::byte> state) {
    Evolver evolver(xor_setup());
    try {
        ByteReader in(state);
        evolver.read(in);
    } catch (const FormatError&) {
        return false;
    }
    require_reads_back(state_of(evolver));
    breed_on(evolver, 3);
    return true;
}

void read_file_of(std::string_view input) {
    const InputFile file(input);
    std::vector<std::byte> state;
    try {
        state = read_checkpoint(file.path(), "");
    } catch (const FormatError&) {
        return;
    }
    write_checkpoint(file.path(), "", state);
    require(read_file(file.path()) == input, "an accepted checkpoint must be written as it was");
}

}  // namespace

bool checkpoint(std::string_view input) {
    read_file_of(input);
    return input.size() >= header_size && read_state(std::as_bytes(std::span(input)).subspan(header_size));
}

std::vector<std::string> checkpoint_seeds() {
    std::vector<std::string> seeds;
    Evolver evolver(xor_setup());
    for (const int generations : {0, 1, 8}) {
        breed_on(evolver, generations);
        const InputFile file("");
        write_checkpoint(file.path(), "", state_of(evolver));
        seeds.push_back(read_file(file.path()));
    }
    return seeds;
}

}  // namespace clade::fuzz
