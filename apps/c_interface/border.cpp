#include "c_interface/border_internal.hpp"

#include <new>
#include <stdexcept>

namespace clade::c_interface {
namespace {

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): what clade_error_text() says, of each thread its own
thread_local std::string last_text;
thread_local const char* last_error = "";
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

clade_status note(clade_status status, const char* text) noexcept {
    try {
        last_text = text;
        last_error = last_text.c_str();
    } catch (...) {
        last_error = "out of memory";
    }
    return status;
}

}  // namespace

clade_status note_exception() noexcept {
    try {
        throw;
    } catch (const StatusError& error) {
        return note(error.status(), error.what());
    } catch (const Error& error) {
        return note(CLADE_WRONG_INPUT, error.what());
    } catch (const std::bad_alloc&) {
        return note(CLADE_OUT_OF_MEMORY, "out of memory");
    } catch (const std::length_error&) {
        return note(CLADE_OUT_OF_MEMORY, "more memory is needed than there can be");
    } catch (const std::exception& error) {
        return note(CLADE_INTERNAL_ERROR, error.what());
    } catch (...) {
        return note(CLADE_INTERNAL_ERROR, "an unknown exception");
    }
}

void require_count(const char* what, std::size_t count, std::size_t wanted) {
    if (count == wanted) return;
    throw StatusError(CLADE_WRONG_CALL, std::string("the number of ") + what + " must be " + std::to_string(wanted) +
                                            ", got " + std::to_string(count));
}

}  // namespace clade::c_interface

uint32_t clade_abi_version(void) { return CLADE_ABI_VERSION; }
const char* clade_version(void) { return CLADE_VERSION; }
const char* clade_error_text(void) { return clade::c_interface::last_error; }
