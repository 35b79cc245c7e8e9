// The file `scoring` of a run's folder: which genome each thread is scoring. It is mapped into memory, so writing it
// costs nothing, and it outlives a crash of the process: whoever looks next knows which genomes may be to blame. A run
// that ends, with an error or without, removes it.
//
//   64 bytes   "clade scoring 1\n", then zeros
//   64 bytes   a slot per thread (ScoringSlot)
#pragma once

#include <clade/evaluation/scoring/scoring_slot.hpp>
#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// The place of a task that scores a whole generation at once.
inline constexpr std::uint32_t whole_generation = 0xFFFF'FFFF;

/// The slots of a running run, in its file.
class ScoringFile {
public:
    /// Replaces one that a crash left. Where the folder does not allow it, the slots are in memory alone.
    ScoringFile(const RunFolder& folder, std::size_t threads);
    ~ScoringFile();
    ScoringFile(const ScoringFile&) = delete;
    ScoringFile& operator=(const ScoringFile&) = delete;

    [[nodiscard]] std::span<ScoringSlot> slots() noexcept { return slots_; }
    [[nodiscard]] bool is_mapped() const noexcept { return file_ != nullptr; }

private:
    void map(std::size_t threads);

    std::filesystem::path path_;
    std::unique_ptr<PosixFile> file_;  // holds the lock
    std::vector<std::byte> memory_;    // where it is not mapped
    std::byte* begin_ = nullptr;
    std::size_t size_ = 0;
    std::span<ScoringSlot> slots_;
};

/// What a run is scoring, or was when it crashed or was killed.
struct ScoringState {
    bool in_progress = false;                ///< somebody is running it now
    std::vector<GenomeInScoring> genomes{};  ///< by position; empty: it was between two generations
};

/// Nothing where no run is going on and the last one ended well. A damaged file says nothing, too.
[[nodiscard]] std::optional<ScoringState> read_scoring(const RunFolder& folder);

/// "genomes 1840 and 1857 of generation 12", "generation 12 as a whole"; empty for none.
[[nodiscard]] std::string scoring_text(const std::vector<GenomeInScoring>& genomes, std::uint64_t population);

/// For a run that crashed, which genomes were being scored, and how `program` scores one alone. Empty where none was.
[[nodiscard]] std::string crash_text(const RunFolder& folder, const ScoringState& state, std::uint64_t population,
                                     const std::string& program);

/// Says the same of the folder's file in run.log, and removes the file. @pre the run's lock is held.
void tell_of_crash(const RunFolder& folder, std::uint64_t population, const std::string& program, MessageLog& messages);

}  // namespace clade
