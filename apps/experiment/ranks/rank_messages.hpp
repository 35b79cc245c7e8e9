// What the ranks of a job tell each other, as bytes.
//
//   rank 0                                  another rank
//     <------------------------- place        where it runs
//     setup ------------------------>         the configuration, and which files its task reads
//     <--------------- ready, refused         the task is made, or why it cannot be
//     slice ------------------------>         genomes to score; several may wait there
//     <------------------------ scored        in any order
//     cancel ----------------------->         what it has is not wanted any more; it answers nothing
//     quit ------------------------->
//     <---------------------- farewell
//
// Numbers are in the order of this machine's bytes: the ranks run one program.
#pragma once

#include <clade/core/score_table.hpp>
#include <clade/evaluation/scoring/generation_slice.hpp>
#include <clade/evaluation/scoring/scorer.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clade {

enum class RankMessageKind : std::uint8_t { place, setup, ready, refused, slice, scored, cancel, quit, farewell };

/// What a rank makes its task from.
struct RankSetup {
    std::string config{};     ///< resolved, as YAML
    std::string directory{};  ///< where relative file names start
    std::string files{};      ///< the task's files as rank 0 read them; files_to_json()
    std::uint64_t threads = 1;
};

/// The part of the evaluations that is asked for, of genomes that race.
struct SliceEpisodes {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    std::vector<double> before{};  ///< [genome][first]: the returns of the episodes before
};

/// Genomes to be scored.
struct SliceOrder {
    std::uint64_t id = 0;
    bool gradient = false;                    ///< whether derivatives are asked for
    std::optional<SliceEpisodes> episodes{};  ///< empty: whole evaluations
    GenerationSlice slice{};
};

/// Why a slice could not be scored.
struct SliceError {
    std::string message{};
    std::optional<GenomeFailure> failure{};  ///< the genome, by its place in the generation, where one is to blame
};

/// The scores of a slice, or why there are none.
struct SliceResult {
    std::uint64_t id = 0;
    double seconds = 0.0;           ///< that scoring it took
    ScoreTable scores{};            ///< fitness, values of columns and failures alone; indices are those of the slice
    PopulationGradient gradient{};  ///< where it was asked for
    std::vector<double> returns{};  ///< [genome][episodes that were asked for]
    std::optional<SliceError> error{};
};

void write_setup(const RankSetup& setup, ByteWriter& out);
[[nodiscard]] RankSetup read_setup(ByteReader& in);

void write_order(const SliceOrder& order, ByteWriter& out);
[[nodiscard]] SliceOrder read_order(ByteReader& in);

void write_result(const SliceResult& result, ByteWriter& out);
[[nodiscard]] SliceResult read_result(ByteReader& in);

void write_text(const std::string& text, ByteWriter& out);
[[nodiscard]] std::string read_text(ByteReader& in);

/// A message of its kind, and what write(writer) adds.
template <class Write>
[[nodiscard]] ByteWriter rank_message(RankMessageKind kind, const Write& write) {
    ByteWriter out;
    out.value(kind);
    write(out);
    return out;
}
[[nodiscard]] inline ByteWriter rank_message(RankMessageKind kind) {
    return rank_message(kind, [](ByteWriter&) {});
}

}  // namespace clade
