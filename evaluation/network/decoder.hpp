// Decoders: from genome to network. Derive for encodings other than the direct one.
//
// The default decoder is direct: the genome is the network. A decoder of your own may read genomes of another shape
// than the task's, e.g. to generate the weights of a substrate, and writes a program of the task's shape.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/core/network_params.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/network/topology_programs.hpp>

#include <functional>
#include <memory>

namespace clade {

/// Turns genomes into network programs. Keeps scratch memory: every worker has a clone of its own.
class Decoder {
public:
    virtual ~Decoder() = default;

    /// Another decoder that gives the same programs.
    [[nodiscard]] virtual std::unique_ptr<Decoder> clone() const = 0;

    /// The shape of the genomes that it reads.
    [[nodiscard]] virtual const GenomeShape& genome_shape() const noexcept = 0;

    /// Writes the genome's network into `program`, whose memory is kept. Equal genomes give equal programs.
    /// Throws Error if the genome cannot be run as such a network. @pre `genome` has genome_shape().
    virtual void decode(const GenomeView& genome, const NetworkParams& network, NetworkProgram& program) = 0;

    /// Which rows of the genome the numbers of the last program are. Throws Error if they are not rows of it: then there
    /// are no gradients.
    virtual void trace_origin(ProgramOrigin& origin);
};

/// Makes the decoder for a task with these inputs and outputs.
using DecoderFactory = std::function<std::unique_ptr<Decoder>(const GenomeShape& task)>;

/// The genome is the network.
class DirectDecoder final : public Decoder {
public:
    explicit DirectDecoder(const GenomeShape& shape) : shape_(shape) {}

    [[nodiscard]] std::unique_ptr<Decoder> clone() const override { return std::make_unique<DirectDecoder>(shape_); }
    [[nodiscard]] const GenomeShape& genome_shape() const noexcept override { return shape_; }
    void decode(const GenomeView& genome, const NetworkParams& network, NetworkProgram& program) override {
        shared_ = programs_.write(genome, shape_, network, program);
        if (!shared_) compiler_.compile(genome, shape_, network, program);
    }
    void trace_origin(ProgramOrigin& origin) override {
        shared_ ? programs_.trace_origin(origin) : compiler_.trace_origin(origin);
    }

private:
    GenomeShape shape_;
    TopologyPrograms programs_;
    NetworkCompiler compiler_;  // for genomes that stand alone
    bool shared_ = false;       // whether the last program came from programs_
};

}  // namespace clade
