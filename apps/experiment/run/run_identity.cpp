#include <clade/experiment/run/run_identity.hpp>

#include <clade/core/digest.hpp>

#include <span>

namespace clade {

std::string run_identity(const ExperimentConfig& config, std::string_view initial_genome,
                         const std::vector<InputFile>& files) {
    std::string text = result_keys(config) + std::string(initial_genome) + '\n';
    for (const InputFile& file : files) text += to_hex(file.digest) + '\n';
    return to_hex(digest_of(std::span<const char>(text)));
}

}  // namespace clade
