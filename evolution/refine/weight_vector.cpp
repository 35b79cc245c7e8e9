#include <clade/evolution/refine/weight_vector.hpp>

#include <numeric>

namespace clade {

WeightVector::WeightVector(const GenomeView& genome, const GenomeParams& params) : params_(&params) {
    for (std::size_t row = 0; row < genome.connection_count(); ++row) {
        if (params.weight.mutates() && genome.enabled[row] != 0) connections_.push_back(row);
    }
    if (!params.bias.mutates()) return;
    nodes_.resize(genome.node_count());
    std::iota(nodes_.begin(), nodes_.end(), std::size_t{0});
}

std::vector<double> WeightVector::read(const GenomeView& genome) const {
    std::vector<double> values;
    values.reserve(size());
    for (const std::size_t row : connections_) values.push_back(static_cast<double>(genome.weight[row]));
    for (const std::size_t row : nodes_) values.push_back(static_cast<double>(genome.bias[row]));
    return values;
}

void WeightVector::gather(std::span<const double> bias, std::span<const double> weight,
                          std::span<double> values) const {
    std::size_t next = 0;
    for (const std::size_t row : connections_) values[next++] = weight[row];
    for (const std::size_t row : nodes_) values[next++] = bias[row];
}

void WeightVector::write(std::span<const double> values, const AttributeRows& genome) const {
    std::size_t next = 0;
    for (const std::size_t row : connections_) genome.weight[row] = nearest_allowed(params_->weight, values[next++]);
    for (const std::size_t row : nodes_) genome.bias[row] = nearest_allowed(params_->bias, values[next++]);
}

}  // namespace clade
