#include <clade/experiment/run/catch_up.hpp>

#include <clade/experiment/run/checkpoint.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/version.hpp>

#include <filesystem>
#include <memory>

namespace clade {
namespace {

/// Leaves the evolver at its first generation if there is no checkpoint to continue from.
void read_last_checkpoint(Engine& engine, const std::filesystem::path& file, std::string_view identity,
                          std::uint32_t next, MessageLog& messages) {
    const std::string again =
        next == 1 ? "generation 0 is bred again from the log"
                  : "generations 0 to " + std::to_string(next - 1) + " are bred again from the log, not scored again";
    if (!std::filesystem::exists(file)) {
        messages.info("no checkpoint yet: " + again);
        return;
    }
    try {
        const std::vector<std::byte> state = read_checkpoint(file, identity);
        ByteReader reader(state);
        engine.evolver->read(reader);
        if (engine.evolver->generation() > next) throw FormatError(file.string() + ": is ahead of the log");
    } catch (const Error& error) {
        messages.warning(std::string(error.what()) + "; " + again);
        engine.evolver = std::make_unique<Evolver>(engine.evolver->setup());
    }
}

}  // namespace

bool catch_up_with_log(Engine& engine, const RunLog& log, const RunFolder& folder, std::string_view identity,
                       MessageLog& messages) {
    const auto last = log.last_generation();
    if (!last) return false;
    const std::uint32_t next = last->generation + 1;
    read_last_checkpoint(engine, folder.checkpoint(), identity, next, messages);
    try {
        replay_logged(engine, log, next);
    } catch (const ExtinctionError&) {
        return true;
    }
    return false;
}

void warn_of_other_version(const RunLog& log, MessageLog& messages) {
    const std::string before = log.get("clade_version").value_or("");
    if (before == version) return;
    messages.warning("the run was started by clade " + before + ", this is " + std::string(version) +
                     ": results may differ from those of a run without an interruption");
}

}  // namespace clade
