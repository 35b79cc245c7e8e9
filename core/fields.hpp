// Parameter structs: each states the name, range and meaning of its fields once.
//
// Each params struct has one function `visit_fields(Params&, FieldVisitor&)` that lists its fields: name, reference,
// range, meaning. Reading YAML, range checks, the resolved dump and the reference page are visitors of that list.
//
//   void visit_fields(StopParams& p, FieldVisitor& field) {
//       field("generations", p.generations, at_least(1), "Generations after which the run ends.");
//   }
#pragma once

#include <clade/core/error.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace clade {

/// An interval of allowed numbers. NaN is never inside.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_excluded = false;
    bool high_excluded = false;

    [[nodiscard]] bool contains(double value) const noexcept;

    /// The rule in words, e.g. "at least 2", "between 0 and 1", "greater than 0"; empty when everything is allowed.
    [[nodiscard]] std::string describe() const;
};

constexpr Range any_number() { return {}; }
constexpr Range at_least(double low) { return {.low = low}; }
constexpr Range greater_than(double low) { return {.low = low, .low_excluded = true}; }
constexpr Range between(double low, double high) { return {.low = low, .high = high}; }
constexpr Range probability() { return between(0.0, 1.0); }

/// A field's name, range and meaning.
struct FieldInfo {
    std::string_view name{};                      ///< the key in YAML; snake_case
    Range range{};                                ///< of the number, or of each number of a list
    std::string_view meaning{};                   ///< one sentence
    std::span<const std::string_view> choices{};  ///< of an enum: its names, in the order of its values
    std::string_view kind{};                      ///< of a text: what it is, where that is more than "text"
    bool changes_results = true;                  ///< whether runs that differ in it alone can differ in a result
    std::string_view needs{};                     ///< without what it has no effect, see FieldOptions
};

/// Options that few fields need.
struct FieldOptions {
    std::string_view kind{};  ///< of a text, e.g. "file"
    bool changes_results = true;

    /// The values of another field without which this one has no effect: "method: adam", "method: cma_es or snes",
    /// "first_episodes: not 0", of several fields "method: adam, genomes: fraction". A field is one of the same block, or
    /// has its whole path: "genome.network: recurrent". Who sets it all the same, is warned.
    std::string_view needs{};
};

/// The names of an enum's values, in order, found by argument-dependent lookup: specialise for each enum that is a
/// field.
template <class Enum>
struct EnumNames;

template <class Enum>
concept NamedEnum = std::is_enum_v<Enum> && requires { EnumNames<Enum>::names; };

template <NamedEnum Enum>
constexpr std::string_view name_of(Enum value) {
    return EnumNames<Enum>::names[static_cast<std::size_t>(value)];
}

/// The value with this name; nothing if none has it.
template <NamedEnum Enum>
constexpr std::optional<Enum> value_named(std::string_view name) {
    const auto& names = EnumNames<Enum>::names;
    for (std::size_t value = 0; value < names.size(); ++value) {
        if (names[value] == name) return static_cast<Enum>(value);
    }
    return std::nullopt;
}

/// The types of fields, apart from enums with EnumNames.
template <class T>
concept FieldNumber = std::is_same_v<T, int> || std::is_same_v<T, std::uint64_t> || std::is_same_v<T, double> ||
                      std::is_same_v<T, std::optional<std::uint64_t>> || std::is_same_v<T, std::optional<double>> ||
                      std::is_same_v<T, std::vector<double>>;
template <class T>
concept FieldText = std::is_same_v<T, std::string> || std::is_same_v<T, std::vector<std::string>>;

class FieldVisitor;

/// Whether a struct lists its fields.
template <class Params>
concept HasFields = requires(Params& params, FieldVisitor& field) { visit_fields(params, field); };

/// Walks over a params struct. Derived visitors read, check, print or count the fields.
class FieldVisitor {
public:
    virtual ~FieldVisitor() = default;

    /// A switch, a text or a list of texts, or an enum, chosen by name.
    template <class T>
    void operator()(std::string_view name, T& value, std::string_view meaning, const FieldOptions& options = {}) {
        static_assert(!FieldNumber<T>, "a number has a range: field(name, value, at_least(0), meaning)");
        constexpr bool fits = std::is_same_v<T, bool> || FieldText<T> || NamedEnum<T>;
        static_assert(
            fits || FieldNumber<T>,
            "a field is a bool, int, std::uint64_t or double (not float, long or unsigned), a std::string, an "
            "optional or a list of these, or an enum for which clade::EnumNames is specialised");
        if constexpr (NamedEnum<T>) {
            int choice = static_cast<int>(value);
            visit_choice(info(name, {}, meaning, options, EnumNames<T>::names), choice);
            value = static_cast<T>(choice);
        } else if constexpr (fits) {  // of another type the sentence above is enough
            visit(info(name, {}, meaning, options), value);
        }
    }

    /// A number, an optional one or a list of them, with its range.
    template <class T>
    void operator()(std::string_view name, T& value, Range range, std::string_view meaning,
                    const FieldOptions& options = {}) {
        static_assert(FieldNumber<T>,
                      "a field with a range is an int, std::uint64_t or double (not float, long or unsigned), an "
                      "std::optional of the last two, or an std::vector<double>");
        if constexpr (FieldNumber<T>) visit(info(name, range, meaning, options), value);
    }

    /// A nested block: calls visit_fields on it between enter() and leave(). Where the block changes no result, none of
    /// its fields does.
    template <class Params>
    void block(std::string_view name, Params& params, std::string_view meaning, const FieldOptions& options = {}) {
        static_assert(HasFields<Params>,
                      "a block's struct needs `void visit_fields(Params&, clade::FieldVisitor&)` in its own namespace");
        const bool outer = block_changes_results_;
        block_changes_results_ = outer && options.changes_results;
        enter(name, meaning);
        visit_fields(params, *this);
        leave();
        block_changes_results_ = outer;
    }

    /// A key of earlier versions; using it is an error with this explanation.
    void removed(std::string_view name, std::string_view why) { visit_removed(name, why); }

protected:
    /// Whether the fields of the block that has been entered can change a result.
    [[nodiscard]] bool block_changes_results() const noexcept { return block_changes_results_; }

    virtual void visit_removed(std::string_view /*name*/, std::string_view /*why*/) {}
    virtual void visit(const FieldInfo& info, bool& value) = 0;
    virtual void visit(const FieldInfo& info, int& value) = 0;
    virtual void visit(const FieldInfo& info, std::uint64_t& value) = 0;
    virtual void visit(const FieldInfo& info, double& value) = 0;
    virtual void visit(const FieldInfo& info, std::string& value) = 0;
    virtual void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) = 0;
    virtual void visit(const FieldInfo& info, std::optional<double>& value) = 0;
    virtual void visit(const FieldInfo& info, std::vector<double>& value) = 0;
    virtual void visit(const FieldInfo& info, std::vector<std::string>& value) = 0;
    virtual void visit_choice(const FieldInfo& info, int& choice) = 0;
    virtual void enter(std::string_view name, std::string_view meaning) = 0;
    virtual void leave() = 0;

private:
    [[nodiscard]] FieldInfo info(std::string_view name, Range range, std::string_view meaning,
                                 const FieldOptions& options, std::span<const std::string_view> choices = {}) const {
        return {name,         range, meaning, choices, options.kind, block_changes_results_ && options.changes_results,
                options.needs};
    }

    bool block_changes_results_ = true;
};

/// Where rules that span several fields report what they find: the key path within the visited struct, and the rule.
class IssueSink {
public:
    virtual ~IssueSink() = default;

    /// `key` is a path from the root of the checked struct, e.g. "speciation.threshold".
    virtual void add(std::string_view key, std::string message) = 0;
};

/// An invalid field value.
struct FieldIssue {
    std::string key{};      ///< a path, e.g. "genome.initial.genome"
    std::string message{};  ///< rule, then the value found
};

/// Invalid field values: what() has one line per issue.
class FieldError : public Error {
public:
    explicit FieldError(std::vector<FieldIssue> issues);
    FieldError(std::string key, std::string message);

    [[nodiscard]] const std::vector<FieldIssue>& issues() const noexcept { return issues_; }

    /// The same with keys below `block`.
    [[nodiscard]] FieldError within(std::string_view block) const;

private:
    std::vector<FieldIssue> issues_;
};

/// Throws FieldError with every issue: what a library user without a configuration file gets.
class ThrowingSink final : public IssueSink {
public:
    void add(std::string_view key, std::string message) override;

    /// Throws if anything was added.
    void finish() const;

private:
    std::vector<FieldIssue> issues_;
};

/// Reports every number and choice of a params struct that is out of its range; `prefix` is the key of its block.
/// Values from a configuration file are checked when they are read.
class RangeCheck final : public FieldVisitor {
public:
    RangeCheck(std::string_view prefix, IssueSink& issues) : path_(prefix), issues_(issues) {}

protected:
    void visit(const FieldInfo& info, bool& value) override;
    void visit(const FieldInfo& info, int& value) override;
    void visit(const FieldInfo& info, std::uint64_t& value) override;
    void visit(const FieldInfo& info, double& value) override;
    void visit(const FieldInfo& info, std::string& value) override;
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) override;
    void visit(const FieldInfo& info, std::optional<double>& value) override;
    void visit(const FieldInfo& info, std::vector<double>& value) override;
    void visit(const FieldInfo& info, std::vector<std::string>& value) override;
    void visit_choice(const FieldInfo& info, int& choice) override;
    void enter(std::string_view name, std::string_view meaning) override;
    void leave() override;

private:
    void check_number(const FieldInfo& info, double value);
    [[nodiscard]] std::string key(std::string_view name) const;

    std::string path_;
    IssueSink& issues_;
};

/// A number as people write it: the fewest digits that read back to the same, without an exponent up to 1e15.
[[nodiscard]] std::string number_text(double value);

/// The candidate nearest in spelling to `word` (Damerau-Levenshtein), if near enough to be a slip of the keyboard; else
/// the only one that begins with `word`.
std::optional<std::string_view> nearest_name(std::string_view word, std::span<const std::string_view> candidates);

/// Lower-case letters, digits and _, a letter first: what every name is that a configuration or a log may hold.
[[nodiscard]] bool is_snake_case(std::string_view name) noexcept;

/// Throws Error if the name of such a thing ("a task") is not snake_case.
void check_name(std::string_view thing, std::string_view name);

/// What to say of a name that is not there: "unknown task 'xro'; did you mean 'xor'?", or which names there are.
[[nodiscard]] std::string unknown_name(std::string_view what, std::string_view name,
                                       std::span<const std::string_view> known);

}  // namespace clade
