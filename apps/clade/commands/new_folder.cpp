#include "clade/commands/new_folder.hpp"

#include <clade/core/error.hpp>

namespace clade {

RunFolder make_new_folder(const std::string& out, std::string_view name, std::optional<std::uint64_t> seed) {
    try {
        return create_run_folder(out, name, seed);
    } catch (const Error& error) {
        throw InputError(std::string(error.what()) + "; choose another folder with --out");
    }
}

}  // namespace clade
