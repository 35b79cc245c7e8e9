// Functions known by name: the built-in ones of an enum, and those that a user adds.
//
// A genome's columns hold a function's number; built-in numbers are fixed, added ones are given in the order of adding.
// A table is a value: every engine has its own.
#pragma once

#include <clade/core/error.hpp>
#include <clade/core/fields.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// The functions of one kind.
template <NamedEnum Enum, class Function>
class FunctionTable {
public:
    static constexpr std::size_t builtin_count = EnumNames<Enum>::names.size();

    /// Adds a function; throws Error if there is none, its name is taken or not snake_case, or 256 functions are there.
    Enum add(std::string name, Function function) {
        check_name("a function", name);
        if (function == nullptr) throw Error("function '" + name + "' is a null pointer");
        if (find(name)) throw Error("function '" + name + "' is registered twice");
        if (size() == 256) throw Error("function '" + name + "' is one too many: at most 256 are allowed");
        added_.push_back({std::move(name), function});
        return static_cast<Enum>(size() - 1);
    }

    [[nodiscard]] std::optional<Enum> find(std::string_view name) const {
        for (std::size_t i = 0; i < size(); ++i) {
            if (name_at(i) == name) return static_cast<Enum>(i);
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string_view name(Enum value) const { return name_at(static_cast<std::size_t>(value)); }

    /// The added function behind a number, or nullptr for a built-in one.
    [[nodiscard]] Function added(Enum value) const noexcept {
        const auto i = static_cast<std::size_t>(value);
        return i < builtin_count ? nullptr : added_[i - builtin_count].function;
    }

    [[nodiscard]] bool contains(Enum value) const noexcept { return static_cast<std::size_t>(value) < size(); }
    [[nodiscard]] std::size_t size() const noexcept { return builtin_count + added_.size(); }

    [[nodiscard]] std::vector<std::string_view> names() const {
        std::vector<std::string_view> all;
        for (std::size_t i = 0; i < size(); ++i) all.push_back(name_at(i));
        return all;
    }

private:
    struct Added {
        std::string name;
        Function function;
    };

    [[nodiscard]] std::string_view name_at(std::size_t i) const {
        return i < builtin_count ? EnumNames<Enum>::names[i] : std::string_view(added_[i - builtin_count].name);
    }

    std::vector<Added> added_;
};

}  // namespace clade
