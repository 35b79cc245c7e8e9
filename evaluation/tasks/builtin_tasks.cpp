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
    registry.add<LunarLanderTask>("lunar_lander", "Landing softly between two flags, as Gymnasium's LunarLander.");
    registry.add<BipedalWalkerTask>("bipedal_walker", "Walking on two legs over rough ground, as Gymnasium's.");
#else
    for (const char* name : {"lunar_lander", "bipedal_walker"}) {
        registry.add_missing({name, "Box2D: install libbox2d-dev and build again"});
    }
#endif
}

}  // namespace

TaskRegistry builtin_tasks() {
    TaskRegistry registry;
    registry.add<XorTask>("xor", "Exclusive or of two inputs, with the fitness of Stanley & Miikkulainen 2002.");
    registry.add<SupervisedTask>("supervised", "Classification or regression of the rows of a CSV file.");
    registry.add<RegressionTask>("regression",
                                 "A function of one or two numbers, learnt from samples that the task draws itself.");
    registry.add<ParityTask>("parity", "Whether the number of inputs that are 1 is odd.");
    registry.add<MultiplexerTask>("multiplexer", "Some inputs choose which of the others is the answer.");
    registry.add<RetinaTask>("retina", "Objects in the left and in the right half of eight pixels.");
    registry.add<GenerativeTask>("generative", "A recurrent network that draws a curve, a sample a step.");
    registry.add<SequenceMemoryTask>("sequence_memory", "Sequences of bits that are recalled after a delay.");
    registry.add<SinglePoleTask>("single_pole", "Balancing a pole on a cart, for up to 100,000 steps.");
    registry.add<DoublePoleTask>("double_pole",
                                 "Balancing two poles on a cart, with or without their velocities to read.");
    registry.add<CartPoleTask>("cart_pole", "A pole on a cart, kept upright by pushes to the left and right.");
    registry.add<MountainCarTask>("mountain_car", "A car too weak for the hill that it must leave.");
    registry.add<ContinuousMountainCarTask>("continuous_mountain_car",
                                            "A car too weak for the hill, with a force to choose, which costs.");
    registry.add<AcrobotTask>("acrobot", "Two links that a motor between them swings up.");
    registry.add<PendulumTask>("pendulum", "A pendulum swung up and held upright by a weak torque.");
    registry.add<MazeTask>("maze", "A robot that feels its way to a goal in a maze, as in Lehman & Stanley 2011.");
    registry.add<PreyCaptureTask>("prey_capture", "Catching prey that is seen only when near, after SharpNEAT.");
    add_box2d_tasks(registry);
    return registry;
}

}  // namespace clade
