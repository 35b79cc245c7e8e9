#include "python/bindings/python_task.hpp"

#include "python/bindings/network.hpp"
#include "python/bindings/population.hpp"

#include <clade/evaluation/scoring/population_task.hpp>
#include <clade/evaluation/seeds.hpp>

#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace clade::python {
namespace {

using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

std::string type_of(const py::object& object) { return py::str(py::type::of(object).attr("__name__")); }

/// The fitness, and the scores if the task names some.
std::pair<py::object, py::object> parts_of(const py::object& said, const TaskTraits& traits) {
    if (traits.scores.empty()) return {said, py::none()};
    if (py::isinstance<py::tuple>(said) && py::len(said) == 2) return {said[py::int_(0)], said[py::int_(1)]};
    throw Error("the function of a task with scores must return a pair, (fitness, scores), got " + type_of(said));
}

double number_in(const py::object& said) {
    const double number = PyFloat_AsDouble(said.ptr());
    if (number != -1.0 || PyErr_Occurred() == nullptr) return number;
    PyErr_Clear();
    throw Error("the function must return a number, the fitness, got " + type_of(said));
}

/// Numbers of this shape.
Numbers numbers_in(const py::object& said, const std::vector<py::ssize_t>& shape, const std::string& what) {
    Numbers numbers = Numbers::ensure(said);
    if (!numbers) PyErr_Clear();
    const bool fits = numbers && numbers.ndim() == static_cast<py::ssize_t>(shape.size()) &&
                      std::equal(shape.begin(), shape.end(), numbers.shape());
    if (fits) return numbers;
    throw Error("the function must return " + what + " of shape " + std::string(py::str(py::cast(shape))) + ", got " +
                (numbers ? "shape " + shape_text(numbers) : type_of(said)));
}

/// Lends the engine's network to a function for one call.
class Loan {
public:
    Loan(py::object& object, Network& network) : object_(object) {
        if (object_) {
            lent().lend(network);
        } else {
            object_ = py::cast(std::make_shared<PythonNetwork>(network));
        }
    }
    ~Loan() {
        const bool kept = object_.ref_count() > 1;
        lent().end_loan(kept);
        if (kept) object_ = py::object();
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

private:
    [[nodiscard]] PythonNetwork& lent() const { return object_.cast<PythonNetwork&>(); }

    py::object& object_;
};

class PythonEvaluator final : public Evaluator {
public:
    PythonEvaluator(const TaskTraits& traits, FunctionCall call) : traits_(traits), call_(std::move(call)) {}
    ~PythonEvaluator() override {
        const py::gil_scoped_acquire gil;
        network_ = py::object();
    }
    PythonEvaluator(const PythonEvaluator&) = delete;
    PythonEvaluator& operator=(const PythonEvaluator&) = delete;

    double evaluate(Network& network, const Seeds& seeds) override {
        const py::gil_scoped_acquire gil;
        try {
            const Loan loan(network_, network);
            const py::object& function = *call_.function;
            return keep(traits_.deterministic ? function(network_) : function(network_, seeds));
        } catch (const py::error_already_set& error) {
            call_.interruption->rethrow(error);
        }
    }

    [[nodiscard]] std::span<const double> scores() const override { return scores_; }

private:
    double keep(const py::object& said) {
        const auto [fitness, scores] = parts_of(said, traits_);
        if (!traits_.scores.empty()) {
            const Numbers numbers = numbers_in(scores, {static_cast<py::ssize_t>(traits_.scores.size())}, "scores");
            scores_.assign(numbers.data(), numbers.data() + numbers.size());
        }
        return number_in(fitness);
    }

    const TaskTraits& traits_;
    FunctionCall call_;
    py::object network_;  // what the function is given; its loan ends with each call
    std::vector<double> scores_;
};

class PythonTask final : public Task {
public:
    PythonTask(TaskTraits traits, FunctionCall call) : traits_(std::move(traits)), call_(std::move(call)) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        return std::make_unique<PythonEvaluator>(traits_, call_);
    }

private:
    TaskTraits traits_;
    FunctionCall call_;
};

class PythonScorer final : public Scorer {
public:
    PythonScorer(const TaskTraits& traits, FunctionCall call, Parallel parallel)
        : traits_(traits), call_(std::move(call)), parallel_(std::move(parallel)) {}

    void score(const Generation& generation, ScoreTable& scores) override {
        const py::gil_scoped_acquire gil;
        try {
            const auto population = std::make_shared<Population>(generation, parallel_);
            keep((*call_.function)(population), generation.genomes.size(), scores);
        } catch (const py::error_already_set& error) {
            call_.interruption->rethrow(error);
        }
    }

private:
    void keep(const py::object& said, std::size_t genomes, ScoreTable& scores) const {
        const auto [fitness, columns] = parts_of(said, traits_);
        const auto count = static_cast<py::ssize_t>(genomes);
        const Numbers numbers = numbers_in(fitness, {count}, "the fitness of every genome, an array");
        scores = {};
        scores.fitness.assign(numbers.data(), numbers.data() + genomes);
        scores.evaluated = genomes;
        const std::size_t width = traits_.scores.size();
        if (width == 0) return;
        const Numbers table = numbers_in(columns, {count, static_cast<py::ssize_t>(width)}, "scores");
        for (std::size_t c = 0; c < width; ++c) {
            ScoreColumn& column = scores.columns.emplace_back(ScoreColumn{"score." + traits_.scores[c], {}});
            for (std::size_t g = 0; g < genomes; ++g) column.values.push_back(table.data()[g * width + c]);
        }
    }

    const TaskTraits& traits_;
    FunctionCall call_;
    Parallel parallel_;
};

class PythonPopulationTask final : public PopulationTask {
public:
    PythonPopulationTask(TaskTraits traits, FunctionCall call)
        : PopulationTask(std::move(traits)), call_(std::move(call)) {}
    [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel& parallel) const override {
        return std::make_unique<PythonScorer>(traits(), call_, parallel);
    }

private:
    FunctionCall call_;
};

/// A task without parameters.
class FunctionBlueprint final : public TaskBlueprint {
public:
    explicit FunctionBlueprint(std::function<std::unique_ptr<Task>()> make_task) : make_task_(std::move(make_task)) {}
    void visit(FieldVisitor& /*field*/) override {}
    void check(IssueSink& /*issues*/) const override {}
    [[nodiscard]] std::unique_ptr<Task> make(const TaskContext& /*context*/) const override { return make_task_(); }

private:
    std::function<std::unique_ptr<Task>()> make_task_;
};

/// clade.Task.
class FunctionSource final : public TaskSource {
public:
    FunctionSource(py::object function, TaskTraits traits, bool batch, std::string summary)
        : function_(share(std::move(function))),
          traits_(std::move(traits)),
          batch_(batch),
          summary_(std::move(summary)) {
        check_traits(traits_);
    }

    [[nodiscard]] const std::string& name() const override { return traits_.name; }
    [[nodiscard]] const TaskTraits& traits() const noexcept { return traits_; }
    [[nodiscard]] bool is_batch() const noexcept { return batch_; }
    [[nodiscard]] const py::object& function() const { return *function_; }

    void add_to(TaskRegistry& registry, const std::shared_ptr<Interruption>& interruption) const override {
        const auto make = [traits = traits_, batch = batch_,
                           call = FunctionCall{function_, interruption}]() -> std::unique_ptr<Task> {
            if (batch) return std::make_unique<PythonPopulationTask>(traits, call);
            return std::make_unique<PythonTask>(traits, call);
        };
        // The interpreter runs one thread at a time: further ones would wait for it.
        std::vector<TaskDefault> defaults;
        if (!batch_) defaults.push_back({"evaluation.threads", "1"});
        registry.add({traits_.name, summary_, [make] { return std::make_unique<FunctionBlueprint>(make); },
                      std::move(defaults)});
    }

private:
    SharedObject function_;
    TaskTraits traits_;
    bool batch_;
    std::string summary_;
};

FitnessDirection direction_named(const std::string& name) {
    if (const auto direction = value_named<FitnessDirection>(name)) return *direction;
    throw Error(unknown_name("direction", name, EnumNames<FitnessDirection>::names));
}

}  // namespace

SharedObject share(py::object object) {
    return {new py::object(std::move(object)), [](const py::object* held) {
                const py::gil_scoped_acquire gil;
                delete held;
            }};
}

void bind_python_task(py::module_& module) {
    py::class_<Seeds>(module, "Seeds",
                      "Seeds of an evaluation: they depend on nothing but the run's seed, generation and genome.")
        .def_readonly("run", &Seeds::run, "The same in every generation.")
        .def_readonly("generation", &Seeds::generation, "The same for every genome of a generation.")
        .def_readonly("genome", &Seeds::genome, "Each genome's own.");
    py::class_<TaskSource, std::shared_ptr<TaskSource>>(module, "TaskSource")
        .def_property_readonly("name", &TaskSource::name);
    py::class_<FunctionSource, TaskSource, std::shared_ptr<FunctionSource>>(
        module, "Task", "A task that is a function; @clade.task makes it, and calling it calls the function.")
        .def(py::init([](py::object function, std::string name, std::size_t inputs, std::size_t outputs, bool batch,
                         std::optional<double> solved_fitness, const std::string& direction, bool deterministic,
                         std::vector<std::string> scores, std::string summary) {
                 return std::make_shared<FunctionSource>(std::move(function),
                                                         TaskTraits{.name = std::move(name),
                                                                    .input_count = inputs,
                                                                    .output_count = outputs,
                                                                    .direction = direction_named(direction),
                                                                    .solved_fitness = solved_fitness,
                                                                    .deterministic = deterministic,
                                                                    .scores = std::move(scores)},
                                                         batch, std::move(summary));
             }),
             py::arg("function"), py::kw_only(), py::arg("name"), py::arg("inputs"), py::arg("outputs"),
             py::arg("batch") = false, py::arg("solved_fitness") = py::none(), py::arg("direction") = "maximise",
             py::arg("deterministic") = true, py::arg("scores") = std::vector<std::string>(),
             py::arg("summary") = "A function of Python.")
        .def("__call__", [](const FunctionSource& self, const py::args& args) { return self.function()(*args); })
        .def_property_readonly("function", &FunctionSource::function)
        .def_property_readonly("inputs", [](const FunctionSource& self) { return self.traits().input_count; })
        .def_property_readonly("outputs", [](const FunctionSource& self) { return self.traits().output_count; })
        .def_property_readonly("solved_fitness",
                               [](const FunctionSource& self) { return self.traits().solved_fitness; })
        .def_property_readonly("batch", &FunctionSource::is_batch);
}

}  // namespace clade::python
