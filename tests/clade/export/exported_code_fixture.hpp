// Runs exported code: a program in its language reads NAME.in, a row of numbers a call, and writes NAME.out.
#pragma once

#include "clade/export/code_text.hpp"
#include "tests/clade/export/code_cases.hpp"
#include "tests/clade/program_fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace clade {

using exported::filled;
using testing::CodeCase;
using TemplateWords = exported::Words;  // Words are those of a command line

/// Bit for bit, but for the bits of NaN.
inline bool same_bits(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
    return a == b && std::signbit(a) == std::signbit(b);
}

template <class Number>
void write_numbers(const fs::path& file, const std::vector<double>& numbers) {
    std::vector<Number> converted;
    for (const double number : numbers) converted.push_back(static_cast<Number>(number));
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(converted.data()),
                 static_cast<std::streamsize>(converted.size() * sizeof(Number)));
}

template <class Number>
std::vector<double> read_numbers(const fs::path& file) {
    const std::string bytes = read_file(file);
    std::vector<Number> numbers(bytes.size() / sizeof(Number));
    std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
    return {numbers.begin(), numbers.end()};
}

class ExportedCodeTest : public Program {
protected:
    void SetUp() override {
        Program::SetUp();
        cases_ = testing::network_cases();
        for (const auto& more : {testing::control_cases(), testing::data_cases(folder_)}) {
            cases_.insert(cases_.end(), more.begin(), more.end());
        }
        for (const CodeCase& one : cases_) {
            const fs::path file = folder_ / (one.model.name + ".in");
            one.is_of_doubles() ? write_numbers<double>(file, one.inputs) : write_numbers<float>(file, one.inputs);
        }
    }

    void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

    /// A template for one of the cases, with further words. {state} are words of a recurrent network's code alone.
    [[nodiscard]] static std::string driver(std::string_view text, const CodeCase& one, TemplateWords words,
                                            const TemplateWords& state) {
        words.insert(words.end(), {{"name", one.model.name},
                                   {"function", one.function},
                                   {"taken", std::to_string(one.taken)},
                                   {"given", std::to_string(one.given)}});
        for (const auto& [key, value] : state) {
            words.emplace_back(key, one.has_state() ? filled(value, {{"name", one.model.name}}) : "");
        }
        return filled(text, words);
    }

    /// What a program has written, which goes.
    [[nodiscard]] std::vector<double> numbers_given(const CodeCase& one) const {
        const fs::path file = folder_ / (one.model.name + ".out");
        std::vector<double> given = one.is_of_doubles() ? read_numbers<double>(file) : read_numbers<float>(file);
        fs::remove(file);
        return given;
    }

    void expect_bits_of_the_engine(const std::string& how) const {
        for (const CodeCase& one : cases_) {
            const std::vector<double> given = numbers_given(one);
            ASSERT_EQ(given.size(), one.expected.size()) << one.model.name << ", " << how;
            for (std::size_t i = 0; i < given.size(); ++i) {
                ASSERT_TRUE(same_bits(given[i], one.expected[i]))
                    << one.model.name << ", " << how << ": call " << i / one.given << ", number " << i % one.given
                    << ": " << given[i] << " for " << one.expected[i];
            }
        }
    }

    std::vector<CodeCase> cases_;
};

}  // namespace clade
