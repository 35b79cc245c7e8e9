// Genes and what differs between them in words, for the pages of `clade inspect`.
#pragma once

#include "clade/history/genome_diff.hpp"
#include "clade/inspect/inspect_values.hpp"

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_store.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clade::inspect {

/// "output", "hidden": of a node with genes.
[[nodiscard]] const char* kind_of(const GenomeShape& shape, NodeId id);

/// "input 0", "bias 2", "output 3", "hidden 7".
[[nodiscard]] std::string node_name(const GenomeShape& shape, NodeId id);

/// The values of a gene's columns as text.
class GeneText {
public:
    explicit GeneText(const FunctionSet& functions) : functions_(functions) {}

    std::string operator()(NodeId id) const { return std::to_string(raw(id)); }
    std::string operator()(Innovation innovation) const { return std::to_string(raw(innovation)); }
    std::string operator()(float number) const;
    std::string operator()(std::uint8_t flag) const { return flag != 0 ? "1" : "0"; }
    std::string operator()(Activation function) const { return std::string(functions_.activations.name(function)); }
    std::string operator()(Aggregation function) const { return std::string(functions_.aggregations.name(function)); }

    /// For JSON: numbers stay numbers.
    [[nodiscard]] static Json json(float number) { return json_value(double{number}); }
    [[nodiscard]] static Json json(std::uint8_t flag) { return flag != 0; }
    template <class Function>
    [[nodiscard]] Json json(Function function) const {
        return (*this)(function);
    }

private:
    const FunctionSet& functions_;
};

/// How a gene of two genomes differs.
enum class GeneChange { value, only_a, only_b };

/// One value of a gene that differs; empty (null) where a genome has no such gene.
// NOLINTNEXTLINE(bugprone-exception-escape): JSON is moved without an exception, which its type does not say.
struct ValueDifference {
    std::string_view gene;  ///< "node", "connection"
    std::uint32_t id = 0;   ///< node id or innovation
    std::string where{};    ///< "hidden 7", "input 0 -> hidden 7"
    GeneChange change{};
    std::string_view column{};
    std::string a{};
    std::string b{};
    Json json_a{};
    Json json_b{};
    bool from_other = false;  ///< b's value is that of the same gene of a third genome, and a's is not
};

/// A number with the digits one wants to read; other values as they are.
[[nodiscard]] std::string short_value(const Json& value, const std::string& text);

/// Every value that differs, nodes first. `other`: null, or the other parent of b.
[[nodiscard]] std::vector<ValueDifference> value_differences(const history::GenomeDiff& diff, const GenomeShape& shape,
                                                             const FunctionSet& functions,
                                                             const GenomeView* other = nullptr);

}  // namespace clade::inspect
