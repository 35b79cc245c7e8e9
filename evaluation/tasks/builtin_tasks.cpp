#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <clade/evaluation/tasks/boolean/multiplexer.hpp>
#include <clade/evaluation/tasks/boolean/parity.hpp>
#include <clade/evaluation/tasks/boolean/retina.hpp>
#include <clade/evaluation/tasks/boolean/xor.hpp>
#include <clade/evaluation/tasks/box2d/bipedal_walker.hpp>
#include <clade/evaluation/tasks/box2d/lunar_lander.hpp>
#include <clade/evaluation/tasks/control/acrobot.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/continuous_mountain_car.hpp>
#include <clade/evaluation/tasks/control/double_pole.hpp>
#include <clade/evaluation/tasks/control/maze.hpp>
#include <clade/evaluation/tasks/control/mountain_car.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>
#include <clade/evaluation/tasks/control/prey_capture.hpp>
#include <clade/evaluation/tasks/control/single_pole.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>
#include <clade/evaluation/tasks/data/supervised.hpp>
#include <clade/evaluation/tasks/memory/generative.hpp>
#include <clade/evaluation/tasks/memory/sequence_memory.hpp>

namespace clade {
namespace {

void add_box2d_tasks(TaskRegistry& registry) {
#ifdef CLADE_HAS_BOX2D
    registry.add<LunarLanderTask>("lunar_lander", "Soft landing between two flags, as in Gymnasium's LunarLander.");
    registry.add<BipedalWalkerTask>("bipedal_walker",
                                    "Walking on two legs over rough ground, as in Gymnasium's BipedalWalker.");
#else
    for (const char* name : {"lunar_lander", "bipedal_walker"}) {
        registry.add_missing({name, "Box2D: install libbox2d-dev and build again"});
    }
#endif
}

}  // namespace

TaskRegistry builtin_tasks() {
    TaskRegistry registry;
    registry.add<XorTask>("xor", "XOR of two inputs, with the fitness of Stanley & Miikkulainen 2002.");
    registry.add<SupervisedTask>("supervised", "Classification or regression with a CSV file.");
    registry.add<RegressionTask>("regression", "Regression of a built-in function of one or two inputs.");
    registry.add<ParityTask>("parity", "Parity: is the number of inputs that are 1 odd?");
    registry.add<MultiplexerTask>("multiplexer", "Multiplexer: address bits select the data bit to output.");
    registry.add<RetinaTask>("retina", "Detection of objects in the left and right half of a retina of eight pixels.");
    registry.add<GenerativeTask>("generative", "Drawing a curve with a recurrent network, one sample per step.");
    registry.add<SequenceMemoryTask>("sequence_memory",
                                     "Recall of bit sequences after a delay, with a recurrent network.");
    registry.add<SinglePoleTask>("single_pole", "Balancing a pole on a cart, for up to 100,000 steps.");
    registry.add<DoublePoleTask>("double_pole", "Balancing two poles on a cart, with or without velocities as inputs.");
    registry.add<CartPoleTask>(
        "cart_pole",
        "Balancing a pole on a cart with pushes left and right, as in Gymnasium's CartPole; random "
        "first genomes often solve it.");
    registry.add<MountainCarTask>("mountain_car",
                                  "Driving an underpowered car up a hill, as in Gymnasium's MountainCar.");
    registry.add<ContinuousMountainCarTask>("continuous_mountain_car",
                                            "Driving an underpowered car up a hill with a continuous force, as in "
                                            "Gymnasium; random first genomes often solve "
                                            "it.");
    registry.add<AcrobotTask>("acrobot", "Swinging up a two-link arm, as in Gymnasium's Acrobot.");
    registry.add<PendulumTask>("pendulum",
                               "Swinging up and balancing a pendulum with limited torque, as in Gymnasium's Pendulum.");
    registry.add<MazeTask>("maze", "Robot navigation in a maze, as in Lehman & Stanley 2011.");
    registry.add<PreyCaptureTask>("prey_capture", "Catching a prey that is visible only when near, after SharpNEAT.");
    add_box2d_tasks(registry);
    return registry;
}

}  // namespace clade
