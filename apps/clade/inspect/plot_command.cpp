#include "clade/inspect/plot_command.hpp"

#include "clade/inspect/inspect_subject.hpp"
#include "clade/output/output_file.hpp"
#include "clade/plot/network_files.hpp"
#include "clade/plot/run_figures.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

namespace clade {
namespace {

using inspect::Subject;

std::string network_file(const Subject& subject, GenomeId id, const std::string& format, const std::string& name) {
    const GenomeStore genes = inspect::genes_of(subject, id);
    const plot::NodeLabels labels = plot::labels_of(subject.run, genes.shape());
    const plot::NetworkPicture picture{genes[0], genes.shape(), labels, subject.vocabulary.functions,
                                       fmt::format("{}: genome {}", name, raw(id))};
    if (format == ".dot") return network_dot(picture);
    if (format == ".graphml") return network_graphml(picture);
    return network_svg(picture);
}

std::string file_content(const PlotOptions& options, const Subject& subject, const std::string& format) {
    const std::string name = subject.run.log.get("name").value_or("run");
    const auto genome = [&] { return options.genome ? GenomeId{*options.genome} : inspect::champion_of(subject); };
    switch (options.what) {
        case PlotSubject::fitness:
            return plot::fitness_svg(subject.run.log.generations(), name + ": fitness");
        case PlotSubject::species:
            return plot::species_svg(history::species_timeline(subject.run), name + ": species");
        case PlotSubject::network:
            return network_file(subject, genome(), format, name);
        case PlotSubject::lineage:
            (void)inspect::known_genome(subject, genome());
            return plot::lineage_svg(history::ancestors_of(subject.run.log, genome(), subject.population),
                                     subject.direction, fmt::format("{}: line of genome {}", name, raw(genome())));
    }
    return {};
}

void check_options(const PlotOptions& options, const std::string& format) {
    const bool network = options.what == PlotSubject::network;
    if (format != ".svg" && !(network && (format == ".dot" || format == ".graphml"))) {
        throw InputError(fmt::format("{}: the ending of a file of {} must be {}", options.out, name_of(options.what),
                                     network ? ".svg, .dot or .graphml" : ".svg"));
    }
    if (options.genome && !network && options.what != PlotSubject::lineage) {
        throw InputError(
            fmt::format("--genome is for --what network and lineage; {} is of the whole run", name_of(options.what)));
    }
}

}  // namespace

int plot_command(const PlotOptions& options, const Vocabulary& vocabulary) {
    const std::string format = std::filesystem::path(options.out).extension().string();
    check_options(options, format);
    const OpenedRun run = open_run(find_run(options.run), vocabulary);
    if (!run.log.last_generation()) {
        throw InputError(run.folder.path.string() + ": no generation has been logged yet");
    }
    write_output_file(options.out, file_content(options, inspect::subject_of(run, vocabulary), format));
    std::cout << options.out << '\n';
    return 0;
}

}  // namespace clade
