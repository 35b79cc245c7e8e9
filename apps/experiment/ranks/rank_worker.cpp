#include <clade/experiment/ranks/rank_worker.hpp>

#include <clade/experiment/ranks/nap.hpp>
#include <clade/experiment/ranks/rank_layout.hpp>
#include <clade/experiment/ranks/rank_messages.hpp>
#include <clade/experiment/ranks/slice_lanes.hpp>
#include <clade/experiment/run/engine.hpp>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace clade {
namespace {

/// Throws InputError for a file that is not the one that rank 0 has read.
void require_same_files(const std::vector<InputFile>& here, const std::vector<InputFile>& there) {
    if (here.size() != there.size()) {
        throw InputError("the task reads " + std::to_string(here.size()) + " files here, on rank 0 " +
                         std::to_string(there.size()));
    }
    for (std::size_t i = 0; i < here.size(); ++i) {
        if (here[i].digest == there[i].digest) continue;
        throw InputError(here[i].path + ": is another file than on rank 0 (" + std::to_string(here[i].bytes) +
                         " bytes here, " + std::to_string(there[i].bytes) +
                         " there); every host needs the same file under the same name");
    }
}

/// The task, and the threads that score on it.
class Bench {
public:
    Bench(const RankSetup& setup, const Vocabulary& vocabulary)
        : config_(load_logged_config(
              {"the configuration of rank 0", {}, vocabulary.tasks, vocabulary.functions, setup.config})),
          task_(make_task(config_, {.directory = setup.directory})) {
        require_same_files(task_->traits().files, files_from_json(setup.files));
        const Parallel parallel(static_cast<int>(setup.threads), config_.evaluation.simd);
        lanes_.emplace(*task_, vocabulary.functions, scorer_setup(config_, vocabulary, *task_, parallel));
    }

    [[nodiscard]] SliceLanes& lanes() { return *lanes_; }

private:
    ExperimentConfig config_;
    std::unique_ptr<Task> task_;
    std::optional<SliceLanes> lanes_;
};

class RankWorker {
public:
    RankWorker(RankLink& link, const Vocabulary& vocabulary) : link_(link), vocabulary_(vocabulary) {}

    void run() {
        answer(
            rank_message(RankMessageKind::place, [](ByteWriter& out) { write_place(place_of_this_process(), out); }));
        Nap nap;
        while (!over_) {
            bool busy = send_results(nap.next());
            while (const auto message = link_.receive()) {
                busy = true;
                obey(*message);
            }
            if (busy) nap.reset();
        }
        bench_.reset();  // a task that hangs keeps this rank from saying farewell
        answer(rank_message(RankMessageKind::farewell));
    }

private:
    void answer(const ByteWriter& message) { link_.send(0, message.bytes()); }

    bool send_results(std::chrono::microseconds longest) {
        if (!bench_) {
            std::this_thread::sleep_for(longest);
            return false;
        }
        bool any = false;
        for (auto result = bench_->lanes().take(longest); result; result = bench_->lanes().take()) {
            answer(rank_message(RankMessageKind::scored, [&](ByteWriter& out) { write_result(*result, out); }));
            any = true;
        }
        return any;
    }

    void obey(const RankMessage& message) {
        ByteReader in(message.bytes);
        switch (in.value<RankMessageKind>()) {
            case RankMessageKind::setup:
                return prepare(read_setup(in));
            case RankMessageKind::slice:
                if (bench_) bench_->lanes().add(read_order(in));
                return;
            case RankMessageKind::cancel:
                if (bench_) bench_->lanes().cancel();
                return;
            case RankMessageKind::quit:
                over_ = true;
                return;
            default:
                throw LogicError("rank 0 sent what only other ranks send");
        }
    }

    void prepare(const RankSetup& setup) {
        try {
            bench_.reset();
            bench_ = std::make_unique<Bench>(setup, vocabulary_);
            answer(rank_message(RankMessageKind::ready));
        } catch (const std::exception& error) {
            const std::string text = error.what();
            answer(rank_message(RankMessageKind::refused, [&](ByteWriter& out) { write_text(text, out); }));
        }
    }

    RankLink& link_;
    const Vocabulary& vocabulary_;
    std::unique_ptr<Bench> bench_;
    bool over_ = false;
};

}  // namespace

void serve_rank_0(RankLink& link, const Vocabulary& vocabulary) { RankWorker(link, vocabulary).run(); }

}  // namespace clade
