// The border to C: no exception crosses it.
#pragma once

#include "c_interface/clade_model.h"

#include <clade/core/error.hpp>

#include <cstddef>
#include <string>

namespace clade::c_interface {

/// An error with a status of its own.
class StatusError : public Error {
public:
    StatusError(clade_status status, const std::string& text) : Error(text), status_(status) {}
    [[nodiscard]] clade_status status() const noexcept { return status_; }

private:
    clade_status status_;
};

/// The status and the text of the exception that is being handled.
clade_status note_exception() noexcept;

/// Runs what a call does.
template <class Body>
clade_status guarded(const Body& body) noexcept {
    try {
        body();
        return CLADE_OK;
    } catch (...) {
        return note_exception();
    }
}

/// Throws if the program made a mistake; `rule` says what must hold.
inline void require(bool holds, const char* rule) {
    if (!holds) throw StatusError(CLADE_WRONG_CALL, rule);
}

/// Throws unless as many numbers are given as are taken.
void require_count(const char* what, std::size_t count, std::size_t wanted);

}  // namespace clade::c_interface
