// The exceptions of the library. It throws; only a program's main prints and exits.
#pragma once

#include <clade/core/language_standard.hpp>

#include <stdexcept>
#include <string>

namespace clade {

/// Base of everything that goes wrong through input: configuration, files, sizes, names, a user's task.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Invalid input from the user, found before anything was run.
class InputError : public Error {
public:
    using Error::Error;
};

/// A file's content is not what it must be: truncated, damaged, of another version.
class FormatError : public Error {
public:
    using Error::Error;
};

/// The call was cancelled with a stop token; its work is incomplete.
class Cancelled : public Error {
public:
    using Error::Error;
};

/// An evaluation took longer than allowed.
class TimeLimitError : public Error {
public:
    using Error::Error;
};

/// A broken invariant or precondition: a mistake in the program, not in its input.
class LogicError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

}  // namespace clade
