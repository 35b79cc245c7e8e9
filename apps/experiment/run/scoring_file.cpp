#include <clade/experiment/run/scoring_file.hpp>

#include <clade/experiment/log/generation_row.hpp>
#include <clade/experiment/log/posix_file_internal.hpp>

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

namespace clade {
namespace {

constexpr std::string_view magic = "clade scoring 1\n";
constexpr std::size_t header_size = sizeof(ScoringSlot);
constexpr std::size_t most_slots = 4096;  // more threads than any run has; a file with more is damaged
constexpr std::size_t most_named = 16;    // genomes in a message

/// Slots in memory of zeros.
std::span<ScoringSlot> slots_at(std::byte* memory, std::size_t count) {
    auto* const first = reinterpret_cast<ScoringSlot*>(memory);  // NOLINT: they are made here
    for (std::size_t i = 0; i < count; ++i) std::construct_at(first + i);
    return {first, count};
}

}  // namespace

ScoringFile::ScoringFile(const RunFolder& folder, std::size_t threads)
    : path_(folder.scoring()), size_(header_size + threads * sizeof(ScoringSlot)) {
    try {
        map(threads);
    } catch (const Error&) {
        file_.reset();
    }
    if (file_) return;
    memory_.resize(size_);
    void* at = memory_.data();
    std::size_t room = memory_.size();
    begin_ = static_cast<std::byte*>(std::align(alignof(ScoringSlot), threads * sizeof(ScoringSlot), at, room));
    slots_ = slots_at(begin_, threads);
}

/// Leaves no `file_` if the file cannot be mapped.
void ScoringFile::map(std::size_t threads) {
    std::vector<std::byte> content(size_);
    std::memcpy(content.data(), magic.data(), magic.size());
    auto file = std::make_unique<PosixFile>(path_, O_RDWR | O_CREAT | O_NOFOLLOW);
    file->lock();
    file->truncate();
    file->write(content);  // so that its blocks are there: a full disk is told now
    begin_ = file->map(size_);
    if (begin_ == nullptr) throw Error("cannot be mapped");
    slots_ = slots_at(begin_ + header_size, threads);
    file_ = std::move(file);
}

ScoringFile::~ScoringFile() {
    std::error_code ignored;
    if (file_) ::munmap(begin_, size_);
    std::filesystem::remove(path_, ignored);
}

std::optional<ScoringState> read_scoring(const RunFolder& folder) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(folder.scoring(), ignored)) return std::nullopt;
    try {
        PosixFile file(folder.scoring(), O_RDONLY);
        ScoringState state{.in_progress = !file.try_lock()};
        std::vector<std::byte> content(std::min<std::uint64_t>(file.size(), header_size * (most_slots + 2)));
        content.resize(file.read(content));
        const bool sound = content.size() > header_size && content.size() % header_size == 0 &&
                           content.size() <= header_size * (most_slots + 1) &&
                           std::memcmp(content.data(), magic.data(), magic.size()) == 0;
        if (!sound) return std::nullopt;
        for (std::size_t at = header_size; at < content.size(); at += sizeof(ScoringSlot)) {
            std::uint64_t packed = 0;
            std::memcpy(&packed, content.data() + at, sizeof(packed));
            if (const auto genome = ScoringSlot::unpacked(packed)) state.genomes.push_back(*genome);
        }
        std::ranges::sort(state.genomes, {}, &GenomeInScoring::genome);
        return state;
    } catch (const Error&) {
        return std::nullopt;  // somebody removed it meanwhile
    }
}

std::string scoring_text(const std::vector<GenomeInScoring>& genomes, std::uint64_t population) {
    if (genomes.empty()) return {};
    const std::string generation = "generation " + std::to_string(genomes.front().generation);
    if (genomes.front().genome == whole_generation) return generation + " as a whole";
    std::string text = genomes.size() == 1 ? "genome " : "genomes ";
    const std::size_t named = std::min(genomes.size(), most_named);
    for (std::size_t i = 0; i < named; ++i) {
        const bool last = i + 1 == genomes.size();
        if (i > 0) text += last ? " and " : ", ";
        text += std::to_string(raw(genome_id(genomes[i].generation, population, genomes[i].genome)));
    }
    if (named < genomes.size()) text += " and " + std::to_string(genomes.size() - named) + " more";
    return text + " of " + generation;
}

std::string crash_text(const RunFolder& folder, const ScoringState& state, std::uint64_t population,
                       const std::string& program) {
    if (state.in_progress || state.genomes.empty()) return {};
    const GenomeInScoring& first = state.genomes.front();
    std::string text = "the run crashed or was killed while " + scoring_text(state.genomes, population) +
                       (state.genomes.size() == 1 ? " was" : " were") + " scored";
    if (first.genome == whole_generation) return text;
    return text + "; to score one alone: " +
           replay_command(program, folder, genome_id(first.generation, population, first.genome));
}

void tell_of_crash(const RunFolder& folder, std::uint64_t population, const std::string& program,
                   MessageLog& messages) {
    const std::optional<ScoringState> state = read_scoring(folder);
    const std::string text = state ? crash_text(folder, *state, population, program) : "";
    if (!text.empty()) messages.warning(text);
    std::error_code ignored;
    std::filesystem::remove(folder.scoring(), ignored);
}

}  // namespace clade
