// A configuration of neat-python.
#pragma once

#include <string_view>

namespace clade::imported::testing {

/// All that neat-python 2.0 must have, and nothing else.
inline constexpr std::string_view least = R"([NEAT]
pop_size = 120
reset_on_extinction = False
[DefaultGenome]
num_inputs = 2
num_outputs = 1
num_hidden = 0
feed_forward = True
activation_default = tanh
activation_options = tanh relu
activation_mutate_rate = 0.1
aggregation_default = sum
aggregation_mutate_rate = 0.0
conn_add_prob = 0.5
conn_delete_prob = 0.4
node_add_prob = 0.2
node_delete_prob = 0.1
enabled_mutate_rate = 0.01
compatibility_disjoint_coefficient = 1.5
compatibility_weight_coefficient = 0.6
weight_init_mean = 0.0
weight_init_stdev = 1.0
weight_mutate_rate = 0.8
weight_mutate_power = 0.5
weight_replace_rate = 0.1
weight_min_value = -30
weight_max_value = 30
bias_init_mean = 0.0
bias_init_stdev = 1.0
bias_mutate_rate = 0.7
bias_mutate_power = 0.5
bias_replace_rate = 0.1
bias_min_value = -30
bias_max_value = 30
response_init_mean = 1.0
response_init_stdev = 0.0
response_mutate_rate = 0.0
response_mutate_power = 0.0
response_replace_rate = 0.0
response_min_value = -30
response_max_value = 30
[DefaultSpeciesSet]
compatibility_threshold = 3.0
[DefaultStagnation]
[DefaultReproduction]
)";

}  // namespace clade::imported::testing
