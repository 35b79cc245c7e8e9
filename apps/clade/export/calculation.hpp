// Calculations: straight lists of operations on numbers, to be written in any language. No loops, no branches, no memory.
//
//   operations   0 input x[0] | 1 constant 2.5 | 2 multiply 0 1 | 3 call tanh 2 | ...      operands stand before
//   results      y[0] = 3
//
// Recorded numbers (recorded_number.hpp) make them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace clade::exported {

/// IEEE single and double precision, unsigned integers (modulo 2^32 and 2^64), and truth values.
enum class NumberType : std::uint8_t { single, real, bits32, bits64, truth };

/// Functions that activations and more are made of: the engine's own in code, or those that a format has.
enum class Elementary : std::uint8_t {
    absolute,
    exp2,
    exp,
    log,
    sine,  ///< of two numbers, see sin_reduced()
    exp_double,
    log_double,
};

/// The number of a call of an activation is this plus the activation; that of an elementary function its own.
inline constexpr std::uint64_t first_activation = 64;

enum class OperationKind : std::uint8_t {
    constant,
    input,
    call,  ///< of an elementary function or an activation
    add,
    subtract,
    multiply,
    divide,
    bit_and,
    bit_xor,
    shift_left,
    less,
    equal,
    unequal,
    either,
    select,          ///< the second operand where the first holds, else the third
    floor,           ///< of a double
    convert,         ///< single to double; double to single, rounded
    to_bits,         ///< the bits of a number
    from_bits,       ///< the number of these bits
    shifted_number,  ///< the bits as a signed integer, shifted right, as a number
};

struct Operation {
    OperationKind kind{};
    NumberType type{};  ///< of its value
    std::array<std::uint32_t, 3> operand{};
    std::uint64_t number = 0;  ///< the bits of a constant; how far a shift goes; which function a call is of
    std::uint32_t array = 0;   ///< of an input: which array
    std::uint32_t index = 0;   ///< and where in it
};

/// How many operands an operation has.
[[nodiscard]] std::size_t operand_count(const Operation& operation) noexcept;

struct Calculation {
    struct Array {
        std::string name{};
        NumberType type{};
        std::size_t size = 0;
        bool is_number = false;  ///< no array, but a number alone
    };
    struct Result {
        std::uint32_t array = 0;
        std::uint32_t index = 0;
        std::uint32_t operation = 0;
    };

    std::vector<Array> inputs{};
    std::vector<Array> outputs{};
    std::vector<Operation> operations{};
    std::vector<Result> results{};

    /// Appends an operation and returns its position.
    std::uint32_t append(const Operation& operation);
};

/// How many operations and results use each operation; those that no result depends on are not written.
[[nodiscard]] std::vector<std::uint32_t> count_uses(const Calculation& calculation);

/// Whether a result depends on an input array.
[[nodiscard]] bool reads(const Calculation& calculation, std::size_t array);

}  // namespace clade::exported
