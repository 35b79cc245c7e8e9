// Brings the engine of a resumed run to where its log ends.
#pragma once

#include <clade/core/digest.hpp>
#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <string_view>

namespace clade {

/// From the last checkpoint of the run with this identity, or from the first generation where there is none to go on from:
/// everything can be bred again from the log, a checkpoint only saves time. True if the last logged generation was the
/// last of all: its species are extinct. Throws Error if a generation is missing or differs from the log.
[[nodiscard]] bool catch_up_with_log(Engine& engine, const RunLog& log, const RunFolder& folder,
                                     std::string_view identity, MessageLog& messages);

/// A new version may breed or score otherwise, which shows only where generations are made again.
void warn_of_other_version(const RunLog& log, MessageLog& messages);

}  // namespace clade
