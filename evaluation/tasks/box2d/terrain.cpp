#include <clade/evaluation/tasks/box2d/terrain_internal.hpp>

#include <cstdint>
#include <utility>

namespace clade {
namespace {

enum class Piece { grass, stump, stairs, pit };

int sign(double x) { return (x > 0.0 ? 1 : 0) - (x < 0.0 ? 1 : 0); }

/// Walks from left to right: a piece after the other, of random lengths.
class TerrainMaker {
public:
    TerrainMaker(Stream& stream, bool hardcore) : stream_(stream), hardcore_(hardcore) {}

    Terrain make() {
        for (std::size_t i = 0; i < terrain_points; ++i) {
            x_ = static_cast<double>(i) * terrain_step;
            if (begins_) {
                begin();
            } else {
                go_on(i);
            }
            begins_ = false;
            terrain_.ground.push_back({x_, y_});
            if (--left_ == 0) choose();
        }
        return std::move(terrain_);
    }

private:
    int between(int low, int high) {
        return low + static_cast<int>(stream_.below(static_cast<std::uint32_t>(high - low + 1)));
    }

    /// A rectangle whose corner is here, moved and sized in steps.
    void add_block(double right, double up, double width, double height) {
        const double left = x_ + right * terrain_step;
        const double end = left + width * terrain_step;
        const double base = y_ + up * terrain_step;
        const double top = base + height * terrain_step;
        terrain_.blocks.push_back({Point{left, base}, {end, base}, {end, top}, {left, top}});
    }

    void begin() {
        base_ = y_;
        if (piece_ == Piece::stump) {
            left_ = between(1, 2);
            add_block(0, 0, left_, left_);
        } else if (piece_ == Piece::pit) {
            left_ = between(3, 4);
            add_block(0, -4, 1, 4);
            add_block(left_, -4, 1, 4);
            left_ += 2;
        } else if (piece_ == Piece::stairs) {
            climb_ = stream_.bernoulli(0.5) ? 1 : -1;
            const int steps = between(3, 4);
            for (int s = 0; s < steps; ++s) add_block(s * stair_width, s * climb_ - 1, stair_width, 1);
            left_ = stairs_ = steps * stair_width;
        }
    }

    void go_on(std::size_t i) {
        if (piece_ == Piece::grass) {
            slope_ = 0.8 * slope_ + 0.01 * sign(terrain_height - y_);
            if (i > terrain_start) slope_ += stream_.uniform(-1.0, 1.0) / 30.0;
            y_ += slope_;
        } else if (piece_ == Piece::pit) {
            y_ = left_ > 1 ? base_ - 4.0 * terrain_step : base_;
        } else if (piece_ == Piece::stairs) {
            y_ = base_ + static_cast<double>((stairs_ - left_ - climb_) * climb_) / stair_width * terrain_step;
        }
    }

    void choose() {
        left_ = between(terrain_grass / 2, terrain_grass - 1);
        const bool obstacle = piece_ == Piece::grass && hardcore_;
        piece_ = obstacle ? static_cast<Piece>(between(1, 3)) : Piece::grass;
        begins_ = true;
    }

    static constexpr int stair_width = 4;  // steps

    Stream& stream_;
    bool hardcore_;
    Terrain terrain_{};
    Piece piece_ = Piece::grass;
    bool begins_ = false;
    int left_ = terrain_start;  // points of this piece
    int stairs_ = 0;            // points of the whole stairs
    int climb_ = 0;             // 1 up, -1 down
    double x_ = 0.0;
    double y_ = terrain_height;
    double base_ = 0.0;  // where the piece began
    double slope_ = 0.0;
};

}  // namespace

Terrain make_terrain(Stream& stream, bool hardcore) { return TerrainMaker(stream, hardcore).make(); }

}  // namespace clade
