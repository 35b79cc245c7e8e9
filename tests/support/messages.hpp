// What is said when something goes wrong.
#pragma once

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <string>

namespace clade {

/// The one line that a call throws, or "nothing".
template <class Exception = Error, class Call>
std::string message_of(Call&& call) {
    try {
        call();
    } catch (const Exception& error) {
        EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
        return error.what();
    }
    return "nothing";
}

inline void expect_contains(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << "'" << text << "' lacks '" << part << "'";
}

}  // namespace clade
