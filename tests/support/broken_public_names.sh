# cmake/check_public_names.sh and its reader, fed with headers of which the answer is known.
set -eu
source=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/include/clade/core"
cat >"$scratch/include/clade/core/some.hpp" <<'END'
#pragma once
#define NOT_A_NAME(x) { x; }
namespace clade {
namespace detail { struct Hidden {}; }
class Declared;  // class InAComment {};
/// Text with "quotes {" and ; in it.
template <class T> class Box final : public Base<T> {
public:
    explicit Box(T value, int size = {}) noexcept : value_{value}, size_(size) { fill("}"); }
    [[nodiscard]] const T& value() const noexcept { if (size_ > 0) { return value_; } return value_; }
    bool operator==(const Box&) const = default;
    virtual void draw() = 0;
    struct Setup {
        double width = 2.0 * (1 + 1);  ///< a width
        std::function<void(int)> call{};
    };
private:
    struct Secret { int hidden; };
    T value_;
    int size_;
};
enum class Colour : int { red = 1, green, };
inline constexpr std::array<char, 2> letters{'{', ';'};
using Numbers = std::vector<int>;
inline int twice(int x) { return 2 * x; }
}  // namespace clade
END
cat >"$scratch/expected" <<'END'
clade: constexpr std::array<char, 2> letters
clade: enum class Colour : int { red, green }
clade: int twice(int x)
clade: template <class T> class Box final : public Base<T>
clade: using Numbers = std::vector<int>
clade::Box: bool operator==(const Box&) const = default
clade::Box: const T& value() const noexcept
clade::Box: explicit Box(T value, int size = {}) noexcept
clade::Box: struct Setup
clade::Box: virtual void draw() = 0
clade::Box::Setup: double width
clade::Box::Setup: std::function<void(int)> call
END
check() { sh "$source/cmake/check_public_names.sh" "$scratch/expected" "$scratch/include"; }
check
sed -i 's/int twice(int x)/long twice(int x)/' "$scratch/include/clade/core/some.hpp"
if check >"$scratch/said"; then echo "a changed name was not told"; exit 1; fi
grep -q '^gone or changed: clade: int twice(int x)$' "$scratch/said"
grep -q '^new: clade: long twice(int x)$' "$scratch/said"
