// The champion of a control task as a controller: an observation in, an action out. Links clade::evaluation alone.
//
//   policy runs/cart_pole-20260101-120000-1/champion.json 0.1 0 0.02 0
#include <clade/evaluation/model/policy.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <vector>

int main(int argc, char** argv) try {
    if (argc < 2) throw std::runtime_error("usage: policy MODEL.json [NUMBER...]");
    clade::Policy policy(clade::load_model(argv[1]));

    std::vector<float> observation(policy.observations().size());
    std::vector<float> action(policy.actions().size());
    for (std::size_t i = 0; i < observation.size(); ++i) {
        const int word = static_cast<int>(i) + 2;
        observation[i] = word < argc ? std::strtof(argv[word], nullptr) : 0.0F;
    }
    policy.reset();                   // before each episode
    policy.act(observation, action);  // each step: what the environment says, to what it takes
    for (const float value : action) std::cout << value << '\n';
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
