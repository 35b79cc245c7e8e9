#include <clade/evaluation/conformance/task_check.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/conformance/probe_genome_internal.hpp>
#include <clade/evaluation/conformance/rule_book_internal.hpp>
#include <clade/evaluation/conformance/scorer_check_internal.hpp>
#include <clade/evaluation/model/model.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <thread>

namespace clade {
namespace {

constexpr std::size_t network_count = 6;  // every second one recurrent
constexpr Seeds first_seeds{.run = 1, .generation = 2, .genome = 3};
constexpr Seeds other_seeds{.run = 4, .generation = 5, .genome = 6};

/// What happens in the middle of an evaluation: at a call of the activation function below in the same thread.
struct Interruption {
    std::size_t calls = 0;
    std::size_t at = 0;  ///< after so many calls; 0: never
    std::function<void()> act{};
};

// An activation function is a plain function: there is no other way to reach it.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
thread_local Interruption* interruption = nullptr;

float interruptible_sigmoid(float x) {
    if (interruption != nullptr && ++interruption->calls == interruption->at) interruption->act();
    return activate(Activation::steepened_sigmoid, x);
}

/// The interruption is in force as long as this lives.
class InterruptionScope {
public:
    explicit InterruptionScope(Interruption& one) { interruption = &one; }
    ~InterruptionScope() { interruption = nullptr; }
    InterruptionScope(const InterruptionScope&) = delete;
    InterruptionScope& operator=(const InterruptionScope&) = delete;
};

class TaskChecker {
public:
    explicit TaskChecker(const Task& task) : task_(task), traits_(task.traits()) {}

    TaskCheck run() {
        if (declares() && evaluates() && repeats()) {
            check_deterministic();
            check_levels();
            if (traits_.batch > 1) check_batches();
            if (traits_.episodes > 0) check_parts();
            if (traits_.differentiable) check_gradient();
            check_words();
        }
        return rules_.take();
    }

private:
    bool declares() { return traits_make_sense(rules_, traits_); }

    /// Scores every network once, each with an evaluator of its own: what all others are compared with.
    bool evaluates() {
        const bool finite = rules_.holds(
            "an evaluation of a network of the declared sizes gives a finite fitness",
            "use spans of input_count and output_count numbers, keep what is divided by from 0, and catch what may "
            "fail",
            [&]() -> std::string {
                for (std::size_t n = 0; n < network_count; ++n) {
                    Network network = make_network(probe_genome(traits_, n, probe_activation(traits_)));
                    const auto evaluator = make_evaluator();
                    expected_.push_back(evaluator->evaluate(network, first_seeds));
                    if (!std::isfinite(expected_[n])) return "fitness " + number_text(expected_[n]);
                }
                return "";
            });
        return finite && rules_.holds("scores() and behaviour() return one number per name",
                                      "return as many numbers as traits() names, from the same evaluator",
                                      [&] { return wrong_counts(); });
    }

    [[nodiscard]] std::string wrong_counts() const {
        Network network = probe(0);
        const auto evaluator = make_evaluator();
        (void)evaluator->evaluate(network, first_seeds);
        const auto compare = [](std::size_t found, std::size_t named, const std::string& what) {
            return found == named
                       ? ""
                       : std::to_string(found) + " " + what + " where " + std::to_string(named) + " are named";
        };
        std::string scores = compare(evaluator->scores().size(), traits_.scores.size(), "scores");
        if (!scores.empty()) return scores;
        return compare(evaluator->behaviour().size(), traits_.behaviour.size(), "behaviours");
    }

    bool repeats() {
        return rules_.holds(
                   "equal seeds give equal fitness",
                   "take all randomness from the seeds (core/random/random.hpp), none from clocks, addresses, global "
                   "generators or memory that was never written",
                   [&] { return unlike_a_new_evaluator(); }) &&
               rules_.holds("an evaluator carries nothing over",
                            "begin evaluate() by resetting every member that it changes, and call network.reset() "
                            "between episodes",
                            [&] { return unlike_a_used_evaluator(); }) &&
               rules_.holds("evaluators share no state",
                            "keep what changes in the evaluator: no static, global or mutable task member",
                            [&] { return shared_state(); });
    }

    [[nodiscard]] std::string unlike_a_new_evaluator() const {
        for (std::size_t n = 0; n < network_count; ++n) {
            const double again = score(*make_evaluator(), n, first_seeds);
            if (!equal_or_nan(again, expected_[n])) return "two new evaluators gave " + differing(expected_[n], again);
        }
        return "";
    }

    [[nodiscard]] std::string unlike_a_used_evaluator() const {
        const auto evaluator = make_evaluator();
        for (const bool backwards : {false, true}) {
            for (std::size_t i = 0; i < network_count; ++i) {
                const std::size_t n = backwards ? network_count - 1 - i : i;
                const double used = score(*evaluator, n, first_seeds);
                if (!equal_or_nan(used, expected_[n])) {
                    return "new and used, evaluators gave " + differing(expected_[n], used);
                }
                (void)score(*evaluator, i, other_seeds);
            }
        }
        return "";
    }

    /// Another evaluator works in another thread while the first is in the middle of a network, at a known place.
    [[nodiscard]] std::string shared_state() const {
        // Networks that run elsewhere call no function here.
        const bool runs_here = traits_.activations.empty();
        for (std::size_t n = 0; runs_here && n < network_count; ++n) {
            Interruption one;
            const InterruptionScope scope(one);
            const double undisturbed = interrupted_score(n);
            one.at = (one.calls + 1) / 2;
            one.calls = 0;
            std::string trouble;
            one.act = [&] { trouble = in_another_thread((n + 1) % network_count); };
            const double disturbed = interrupted_score(n);
            if (!trouble.empty()) return trouble;
            if (!equal_or_nan(disturbed, undisturbed)) {
                return "alone and beside an evaluator in another thread, one gave " + differing(undisturbed, disturbed);
            }
        }
        return in_threads_at_once();
    }

    [[nodiscard]] double interrupted_score(std::size_t n) const {
        FunctionSet functions;
        const Activation activation = functions.activations.add("interruptible", interruptible_sigmoid);
        Network network = make_network(probe_genome(traits_, n, activation), functions);
        return make_evaluator()->evaluate(network, first_seeds);
    }

    [[nodiscard]] std::string in_another_thread(std::size_t n) const {
        std::string trouble;
        std::thread([&] {
            try {
                const double fitness = score(*make_evaluator(), n, first_seeds);
                if (!equal_or_nan(fitness, expected_[n])) {
                    trouble = "alone and beside another evaluator, one gave " + differing(expected_[n], fitness);
                }
            } catch (const std::exception& error) {
                trouble = std::string("exception in a second thread: ") + error.what();
            } catch (...) {
                trouble = "an exception in a second thread";
            }
        }).join();
        return trouble;
    }

    [[nodiscard]] std::string in_threads_at_once() const {
        constexpr std::size_t threads = 4;
        std::vector<std::string> seen(threads);
        Parallel(threads).for_ranges(threads, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t i = begin; i < end; ++i) {
                const auto evaluator = make_evaluator();
                for (std::size_t n = 0; n < network_count; ++n) {
                    const double fitness = score(*evaluator, n, first_seeds);
                    if (!equal_or_nan(fitness, expected_[n])) {
                        seen[i] = "alone and in four threads at once, one gave " + differing(expected_[n], fitness);
                    }
                }
            }
        });
        const auto broken = std::find_if(seen.begin(), seen.end(), [](const auto& text) { return !text.empty(); });
        return broken == seen.end() ? "" : *broken;
    }

    void check_deterministic() {
        if (!traits_.deterministic) return;
        rules_.holds("a deterministic task gives every generation and genome the same fitness",
                     "declare deterministic = false, or use seeds.run only", [&]() -> std::string {
                         for (std::size_t n = 0; n < network_count; ++n) {
                             Seeds seeds = other_seeds;
                             seeds.run = first_seeds.run;
                             const double other = score(*make_evaluator(), n, seeds);
                             if (!equal_or_nan(other, expected_[n])) {
                                 return "in two generations a network got " + differing(expected_[n], other);
                             }
                         }
                         return "";
                     });
    }

    void check_levels() {
        rules_.holds("fitness is the same at every SIMD level",
                     "compute with code that is compiled once, or without fused multiply-add", [&]() -> std::string {
                         for (std::size_t n = 0; n < network_count; ++n) {
                             for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
                                 Network network = probe(n, supported(level));
                                 const double fitness = make_evaluator()->evaluate(network, first_seeds);
                                 if (!equal_or_nan(fitness, expected_[n])) return differing(expected_[n], fitness);
                             }
                         }
                         return "";
                     });
    }

    void check_batches() {
        rules_.holds("networks that are scored together get what each gets alone",
                     "keep results in the order of the batch, and let nothing of one network reach another", [&] {
                         const std::string all = unlike_in_a_batch(0);
                         return all.empty() ? unlike_in_a_batch(network_count / 2) : all;
                     });
    }

    /// Of a batch of the networks from `first` on.
    [[nodiscard]] std::string unlike_in_a_batch(std::size_t first) const {
        std::vector<Network> networks;
        for (std::size_t n = first; n < std::min(network_count, first + traits_.batch); ++n)
            networks.push_back(probe(n));
        std::vector<BatchEvaluation> batch(networks.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i].network = &networks[i];
            batch[i].seeds = first_seeds;
        }
        make_evaluator()->evaluate_batch(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch[i].failed || !equal_or_nan(batch[i].fitness, expected_[first + i])) {
                return differing(expected_[first + i], batch[i].fitness);
            }
            if (batch[i].scores.size() != traits_.scores.size()) return "other numbers of scores than named";
        }
        return "";
    }

    void check_parts() {
        rules_.holds("episodes played in parts make the fitness of evaluate()",
                     "let an episode depend on its number and the seeds alone, and compute the fitness in one function "
                     "that evaluate() calls too",
                     [&]() -> std::string {
                         for (std::size_t n = 0; n < network_count; ++n) {
                             const double fitness = fitness_of_parts(n);
                             if (!equal_or_nan(fitness, expected_[n])) return differing(expected_[n], fitness);
                         }
                         return "";
                     });
    }

    /// One episode first, then the rest, as in a race.
    [[nodiscard]] double fitness_of_parts(std::size_t n) const {
        const auto evaluator = make_evaluator();
        std::vector<double> returns(traits_.episodes);
        for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
            if (first == returns.size()) break;
            Network network = probe(n);
            const std::size_t count = first == 0 ? 1 : returns.size() - 1;
            evaluator->play(network, first_seeds, first, std::span(returns).subspan(first, count));
        }
        return evaluator->fitness_of(returns);
    }

    void check_gradient() {
        rules_.holds("gradient() gives the fitness of evaluate()", "compute the fitness in one function that both call",
                     [&]() -> std::string {
                         for (std::size_t n = 0; n < network_count; n += 2) {  // those without a cycle
                             Network network = probe(n);
                             NetworkGradient gradient;
                             const double fitness = make_evaluator()->gradient(network, first_seeds, gradient);
                             if (!equal_or_nan(fitness, expected_[n])) return differing(expected_[n], fitness);
                         }
                         return "";
                     });
    }

    /// What is said of a champion, and of the task.
    void check_words() {
        rules_.holds("solves() and report() give the same result twice",
                     "let them depend on the network and the fitness alone", [&]() -> std::string {
                         for (std::size_t n = 0; n < 2; ++n) {
                             Network network = probe(n);
                             const Verdict first = task_.solves(network, expected_[n], {}).value_or(Verdict{});
                             network.reset();
                             (void)task_.report(network);
                             network.reset();
                             if (task_.solves(network, expected_[n], {}).value_or(Verdict{}).solved != first.solved) {
                                 return "a network solves the task once, and once not";
                             }
                         }
                         return "";
                     });
        rules_.holds("page() names every input and output, or none", "list one signal per input and output",
                     [&]() -> std::string {
                         const TaskPage page = task_.page();
                         const auto wrong = [](std::size_t listed, std::size_t count) {
                             return listed != 0 && listed != count;
                         };
                         if (wrong(page.inputs.size(), traits_.input_count)) {
                             return std::to_string(page.inputs.size()) + " of " + std::to_string(traits_.input_count) +
                                    " inputs";
                         }
                         if (wrong(page.outputs.size(), traits_.output_count)) {
                             return std::to_string(page.outputs.size()) + " of " +
                                    std::to_string(traits_.output_count) + " outputs";
                         }
                         return "";
                     });
        rules_.holds("interface() is that of a model that can be saved",
                     "describe as many inputs and outputs as traits() has, and sound encodings or actions",
                     [&]() -> std::string {
                         const Model model{.genome = probe_genome(traits_, 0, probe_activation(traits_)),
                                           .interface = task_.interface()};
                         check_model(model);
                         (void)model_from_json(model_to_json(model));
                         return "";
                     });
    }

    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const {
        auto evaluator = task_.make_evaluator();
        if (!evaluator) throw Error("make_evaluator() returned null");
        return evaluator;
    }

    [[nodiscard]] Network probe(std::size_t n, SimdLevel simd = best_simd_level()) const {
        return make_network(probe_genome(traits_, n, probe_activation(traits_)), {}, simd);
    }

    [[nodiscard]] double score(Evaluator& evaluator, std::size_t n, const Seeds& seeds) const {
        Network network = probe(n);
        return evaluator.evaluate(network, seeds);
    }

    const Task& task_;
    const TaskTraits& traits_;
    std::vector<double> expected_;  // [network_count], with the first seeds
    RuleBook rules_;
};

}  // namespace

TaskCheck check_task(const Task& task) {
    if (const auto* together = dynamic_cast<const PopulationTask*>(&task)) return check_scorer(*together);
    TaskCheck environment;
    if (const auto* control = dynamic_cast<const ControlTask*>(&task)) {
        environment = check_environment(control->environment_factory());
        if (!environment.sound()) return environment;  // what the task breaks would follow from it
    }
    TaskCheck check = TaskChecker(task).run();
    check.checked.insert(check.checked.begin(), environment.checked.begin(), environment.checked.end());
    return check;
}

}  // namespace clade
