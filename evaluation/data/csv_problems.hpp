// What is wrong with a file of rows: collected, and thrown as one Error.
//
//   data.csv:12:5: column 'age' must hold finite numbers, got 'x' (398 times); exclude it, or name it under categorical
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace clade {

/// 1-based; columns counted in characters, as editors do.
struct CsvPlace {
    int line = 1;
    int column = 1;
};

/// Problems of a kind are told once: with the first place, and how often there are such.
class CsvProblems {
public:
    explicit CsvProblems(std::string file) : file_(std::move(file)) {}

    struct Problem {
        CsvPlace at{};          ///< of the first
        std::string message{};  ///< rule, then the value found: "must be a number, got 'x'"
        std::string way_out{};  ///< what to do; may be empty
    };

    /// `kind` is the same for problems that are told once; empty: told by itself.
    void add(const Problem& problem, std::string_view kind = {});

    /// add() for a kind of which there is a problem already; false if there is none yet.
    bool add_another(std::string_view kind);

    [[nodiscard]] bool empty() const noexcept { return kinds_.empty(); }

    /// Throws Error with every problem, if there is any.
    void finish() const;

private:
    static constexpr std::size_t limit = 20;

    struct Kind {
        Problem first;
        std::size_t count = 1;
    };

    std::string file_;
    std::vector<Kind> kinds_;
    std::unordered_map<std::string, std::size_t> of_kind_;
};

}  // namespace clade
