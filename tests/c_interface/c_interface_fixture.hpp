// Handles of the C interface for tests.
#pragma once

#include <clade/evaluation/model/model.hpp>

#include <clade_model.h>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>

namespace clade::testing {

/// A model that went across the border as text.
class ModelHandle {
public:
    explicit ModelHandle(Model model) : model_(std::move(model)) {
        const std::string text = model_to_json(model_);
        EXPECT_EQ(clade_model_parse(text.data(), text.size(), &handle_), CLADE_OK) << clade_error_text();
    }
    ModelHandle(const ModelHandle&) = delete;
    ModelHandle& operator=(const ModelHandle&) = delete;
    ~ModelHandle() { clade_model_destroy(handle_); }

    [[nodiscard]] const clade_model* get() const { return handle_; }
    [[nodiscard]] const Model& model() const { return model_; }

private:
    Model model_;
    clade_model* handle_ = nullptr;
};

class NetworkHandle {
public:
    NetworkHandle(const clade_model* model, std::size_t most_rows) {
        EXPECT_EQ(clade_network_create(model, most_rows, &handle_), CLADE_OK) << clade_error_text();
    }
    NetworkHandle(const NetworkHandle&) = delete;
    NetworkHandle& operator=(const NetworkHandle&) = delete;
    ~NetworkHandle() { clade_network_destroy(handle_); }

    [[nodiscard]] clade_network* get() const { return handle_; }

private:
    clade_network* handle_ = nullptr;
};

}  // namespace clade::testing
