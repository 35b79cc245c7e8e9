#include <clade/evaluation/scoring/first_failure_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

namespace clade {
namespace {

constexpr std::size_t longest_message = 300;  // [bytes] of what a task says; about

}  // namespace

GenomeFailure failure_of(std::size_t genome, const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const TimeLimitError& error) {
        return {genome, FailureKind::time, printable(error.what(), longest_message)};
    } catch (const std::exception& error) {
        return {genome, FailureKind::exception, printable(error.what(), longest_message)};
    } catch (...) {
        return {genome, FailureKind::exception, "unknown exception"};
    }
}

void FirstFailure::add(std::size_t genome, std::exception_ptr exception) {
    const std::lock_guard lock(mutex_);
    if (genome >= index_.load()) return;
    index_.store(genome);
    exception_ = std::move(exception);
}

void FirstFailure::rethrow(std::uint32_t generation, std::size_t place, const std::string& task) const {
    const std::string where =
        "generation " + std::to_string(generation) + ", position " + std::to_string(place) + ", task '" + task + "': ";
    const GenomeFailure failure = failure_of(place, exception_);
    try {
        std::rethrow_exception(exception_);
    } catch (const std::exception& error) {
        std::throw_with_nested(ScoringError(where + error.what(), failure));
    } catch (...) {
        std::throw_with_nested(ScoringError(where + "unknown exception", failure));
    }
}

}  // namespace clade
