// The folder of a run: runs/NAME-TIME-SEED/ with config.yaml (resolved), run.sqlite, champion.json,
// checkpoint.bin, run.log and, where a hook asks for it, genomes/; failed/ with genomes that could not be scored;
// workers.log with what a task's programs printed to stderr; and, as long as the run goes on, `scoring`
// (scoring_file.hpp). A folder is never written over: a taken name gets a number.
#pragma once

#include <clade/core/genome/ids.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

class PosixFile;

/// Where the files of a run lie. Makes none of them.
struct RunFolder {
    std::filesystem::path path{};

    [[nodiscard]] std::filesystem::path config() const { return path / "config.yaml"; }
    [[nodiscard]] std::filesystem::path log() const { return path / "run.sqlite"; }
    [[nodiscard]] std::filesystem::path champion() const { return path / "champion.json"; }
    [[nodiscard]] std::filesystem::path checkpoint() const { return path / "checkpoint.bin"; }
    [[nodiscard]] std::filesystem::path saved_genome(std::uint32_t generation, GenomeId id) const {
        return path / "genomes" / (std::to_string(generation) + "-" + std::to_string(raw(id)) + ".json");
    }
    [[nodiscard]] std::filesystem::path failed() const { return path / "failed"; }
    [[nodiscard]] std::filesystem::path failed_genome(std::uint32_t generation, GenomeId id) const {
        return failed() / (std::to_string(generation) + "-" + std::to_string(raw(id)) + ".json");
    }
    [[nodiscard]] std::filesystem::path scoring() const { return path / "scoring"; }
    [[nodiscard]] std::filesystem::path messages() const { return path / "run.log"; }
    [[nodiscard]] std::filesystem::path task_output() const { return path / "workers.log"; }
};

/// Holds a run's folder for one writer, until it is destroyed or the process ends.
class RunLock {
public:
    /// Throws InputError if another process, or another object of this one, is writing to the run.
    explicit RunLock(const RunFolder& folder);
    ~RunLock();
    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;

    /// Throws Error, naming the folder, if the run is no longer where it was.
    void require_in_place() const;

private:
    std::unique_ptr<PosixFile> file_;
};

/// Makes a new folder below `parent` (made too if missing): NAME-YYYYMMDD-HHMMSS-SEED, the seed left out where
/// there is none, with -2, -3, ... if taken, also when two processes ask at the same time. The time is local. In the
/// name, ASCII letters, digits, - _ and . stay (but no . in front) and any other character becomes -; an empty name
/// becomes "run", a long one is cut. Throws Error if it cannot be written.
[[nodiscard]] RunFolder create_run_folder(const std::filesystem::path& parent, std::string_view name,
                                          std::optional<std::uint64_t> seed = std::nullopt);

/// The run at `path` (a folder with a run log, or the run log itself), or the run below it that was started last.
/// Throws InputError with what was looked for if there is none.
[[nodiscard]] RunFolder find_run(const std::filesystem::path& path);

/// Replaces a file's content so that a kill at any moment leaves the old or the new one: temporary file, fsync, rename.
/// A kill may also leave FILE.tmp, which the next call takes over. Threads and processes take turns.
/// Throws Error with the file and the reason.
void replace_file(const std::filesystem::path& file, std::string_view content);
void replace_file(const std::filesystem::path& file, std::span<const std::byte> content);

/// A whole file. Throws Error with the file and the reason.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// What to type in a shell to score a genome of a run alone: "clade replay RUN --genome 1834".
[[nodiscard]] std::string replay_command(const std::string& program, const RunFolder& folder, GenomeId genome);

}  // namespace clade
