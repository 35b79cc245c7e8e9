// The networks of the network benchmark: always the same, without biases, made as genomes.
//
//   small        4 inputs -> 2 hidden -> 1 output, every node of a layer to every one of the next: 10 connections
//   large        32 inputs -> 4 layers of 16 hidden -> 8 outputs, 1000 connections from any layer to any later one;
//                the longest way is 5 connections
//   multiplexer  11 inputs -> 4 hidden -> 1 output, with skips: 30 connections
#pragma once

#include <clade/core/genome/genome_store.hpp>

namespace clade::bench {

/// A store of one genome, of sigmoids.
[[nodiscard]] GenomeStore small_graph();
[[nodiscard]] GenomeStore large_graph();

/// A store of one genome, all of whose nodes have this activation.
[[nodiscard]] GenomeStore multiplexer_graph(Activation activation);

}  // namespace clade::bench
