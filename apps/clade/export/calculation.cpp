#include "clade/export/calculation.hpp"

namespace clade::exported {

std::size_t operand_count(const Operation& operation) noexcept {
    switch (operation.kind) {
        case OperationKind::constant:
        case OperationKind::input:
            return 0;
        case OperationKind::call:
            return operation.number == static_cast<std::uint64_t>(Elementary::sine) ? 2 : 1;
        case OperationKind::shift_left:
        case OperationKind::floor:
        case OperationKind::convert:
        case OperationKind::to_bits:
        case OperationKind::from_bits:
        case OperationKind::shifted_number:
            return 1;
        case OperationKind::select:
            return 3;
        default:
            return 2;
    }
}

std::uint32_t Calculation::append(const Operation& operation) {
    operations.push_back(operation);
    return static_cast<std::uint32_t>(operations.size() - 1);
}

std::vector<std::uint32_t> count_uses(const Calculation& calculation) {
    std::vector<std::uint32_t> uses(calculation.operations.size(), 0);
    for (const Calculation::Result& result : calculation.results) ++uses[result.operation];
    for (std::size_t i = uses.size(); i-- > 0;) {
        if (uses[i] == 0) continue;
        const Operation& operation = calculation.operations[i];
        for (std::size_t o = 0; o < operand_count(operation); ++o) ++uses[operation.operand[o]];
    }
    return uses;
}

bool reads(const Calculation& calculation, std::size_t array) {
    const std::vector<std::uint32_t> uses = count_uses(calculation);
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const Operation& operation = calculation.operations[i];
        if (uses[i] > 0 && operation.kind == OperationKind::input && operation.array == array) return true;
    }
    return false;
}

}  // namespace clade::exported
